"""Lines that would run through other boxes leave and arrive on other sides, where that helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product

from ...board.geometry import Box
from ...diagrams.graph import Edge, Side
from ...drawing.lines.elbows import elbowed
from ...drawing.lines.ends import LineEnd

MOST_EDGES = 150
"""Of more, lines go where they go: looking at every way takes its time."""

Sides = tuple[Side, Side]
Points = tuple[tuple[float, float], ...]

_OUT: dict[Side, tuple[float, float]] = {"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)}
_NEAR = 6.0
"""Board units."""

_HIT, _BEND, _CHANGE = 1_000.0, 40.0, 60.0
"""What a box in the way, a bend, and other sides than the usual ones cost, as lengths in board units."""


def around_boxes(
    edges: Sequence[Edge], sides: Mapping[str, Sides], boxes: Mapping[str, Box], nodes: set[str]
) -> dict[str, Sides]:
    """The sides of every edge; `nodes` are the keys of boxes that a line shouldn't run through."""
    found = dict(sides)
    if len(edges) > MOST_EDGES:
        return found
    for edge in edges:
        if edge.sides or edge.curve not in (None, "elbowed"):
            continue
        others = [boxes[key] for key in nodes if key not in (edge.start, edge.end)]
        usual = sides[edge.key]
        if _hits(way(edge, usual, boxes), others):
            choices = list(product(_OUT, _OUT))
            found[edge.key] = min(choices, key=lambda pair: _cost(edge, pair, usual, boxes, others))
    return found


def way(edge: Edge, sides: Sides, boxes: Mapping[str, Box]) -> Points:
    """The corners of an elbowed line from the middle of one side to that of another."""
    ends = _end(boxes[edge.start], sides[0]), _end(boxes[edge.end], sides[1])
    return elbowed(ends[0], ends[1], boxes[edge.start], boxes[edge.end])


def _cost(edge: Edge, sides: Sides, usual: Sides, boxes: Mapping[str, Box], others: Sequence[Box]) -> float:
    points = way(edge, sides, boxes)
    own = _hits(points, [boxes[key].grown(-_NEAR - 3) for key in (edge.start, edge.end)])
    length = sum(abs(x - next_x) + abs(y - next_y) for (x, y), (next_x, next_y) in pairwise(points))
    change = _CHANGE * sum(one != other for one, other in zip(sides, usual, strict=True))
    return _HIT * (_hits(points, others) + own) + _BEND * len(points) + length + change


def _end(box: Box, side: Side) -> LineEnd:
    x, y = _OUT[side]
    return LineEnd((box.centre_x + x * box.width / 2, box.centre_y + y * box.height / 2), (x, y))


def _hits(points: Points, boxes: Sequence[Box]) -> int:
    """How many boxes a line runs through, or along so near that it seems to."""
    return sum(any(_passes(one, other, box) for one, other in pairwise(points)) for box in boxes)


def _passes(one: tuple[float, float], other: tuple[float, float], box: Box) -> bool:
    return (
        min(one[0], other[0]) < box.right + _NEAR
        and max(one[0], other[0]) > box.left - _NEAR
        and min(one[1], other[1]) < box.bottom + _NEAR
        and max(one[1], other[1]) > box.top - _NEAR
    )
