"""Where the captions of a line can be, and what is wrong with one at a place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal

from ...board.geometry import Point
from .faults import DrawingFault
from .obstacles import Surroundings
from .stretches import Edges, Way, overlap

VerticalAlign = Literal["top", "middle", "bottom"]
Size = tuple[float, float]

CLEAR_OF_HEADS = 15.0
_CLEAR, _MARGIN = 3.0, 20.0
_SHOWN = 30.0
"""Board units of a line that should be seen beside its caption."""

_OFF_LINE = 4.0


def caption_edges(way: Way, share: float, size: Size, align: VerticalAlign) -> tuple[Edges, bool]:
    """The box of a caption at a share of a line, and whether the line is level there."""
    (x, y), level = way.at(share)
    width, height = size
    y += {"top": -height / 2 - _OFF_LINE, "middle": 0.0, "bottom": height / 2 + _OFF_LINE}[align]
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2), level


def caption_faults(edges: Edges, way: Way, heads: Iterable[Point], around: Surroundings) -> Iterator[DrawingFault]:
    """Faults of a caption with what doesn't move and with its own line; `heads` are the points of its arrows."""
    for key, box in around.nodes.items():
        if overlap(edges, box, -2):
            yield DrawingFault("caption", (key,))
        elif overlap(edges, box, 1):
            yield DrawingFault("crowded", (key,))
    for key, box in around.titles.items():
        if overlap(edges, box, -1):
            yield DrawingFault("caption", (key,))
    for key, box in around.groups.items():
        if overlap(edges, box) and not _holds(box, edges):
            yield DrawingFault("edge", (key,))
    if any(_distance(edges, head) < CLEAR_OF_HEADS for head in heads):
        yield DrawingFault("arrowhead", ())
    corners = sum(_distance(edges, corner) < 2 for corner in way.points[1:-1])
    if corners:
        yield DrawingFault("corner", (), corners)


def hides_its_line(edges: Edges, way: Way, *, level: bool) -> bool:
    """Whether hardly more of a line is to be seen than its caption covers."""
    return way.length < (edges[2] - edges[0] if level else edges[3] - edges[1]) + _SHOWN


def sticks_out(edges: Edges, bounds: Edges) -> bool:
    """Whether a caption leaves the picture that the nodes and groups make."""
    return (
        edges[0] < bounds[0] - _MARGIN
        or edges[1] < bounds[1] - _MARGIN
        or edges[2] > bounds[2] + _MARGIN
        or edges[3] > bounds[3] + _MARGIN
    )


def _distance(edges: Edges, point: Point) -> float:
    x, y = point
    return math.hypot(max(edges[0] - x, 0.0, x - edges[2]), max(edges[1] - y, 0.0, y - edges[3]))


def _holds(box: Edges, edges: Edges) -> bool:
    return box[0] < edges[0] and box[1] < edges[1] and edges[2] < box[2] and edges[3] < box[3]
