"""How the stretches of lines lie: through boxes, across each other, on each other. All in board units."""

from __future__ import annotations

import math
from itertools import pairwise

from ...board.geometry import Box, Point

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom of a box."""

ON, BESIDE = 4.0, 12.0
"""How far apart two stretches lie on each other, and beside each other."""


class Way:
    """The corners of a line, with what is asked of them again and again."""

    __slots__ = ("extent", "length", "points", "stretches")

    def __init__(self, points: tuple[Point, ...]) -> None:
        self.points = points
        self.stretches = tuple(pairwise(points))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.extent: Edges = (min(xs), min(ys), max(xs), max(ys))
        self.length = sum(math.dist(a, b) for a, b in self.stretches)

    def meets(self, edges: Edges, grown: float = 0.0) -> bool:
        """Whether some of the line is inside a box that is so much larger at each side."""
        left, top, right, bottom = edges[0] - grown, edges[1] - grown, edges[2] + grown, edges[3] + grown
        own = self.extent
        if own[0] >= right or own[2] <= left or own[1] >= bottom or own[3] <= top:
            return False
        return any(passes(a, b, left, top, right, bottom) for a, b in self.stretches)

    def at(self, share: float) -> tuple[Point, bool]:
        """The point at a share of the length, and whether the line is level there."""
        left = self.length * share
        for a, b in self.stretches:
            step = math.dist(a, b)
            if step and left <= step:
                part = left / step
                return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part), abs(a[1] - b[1]) < 0.5
            left -= step
        return self.points[-1], False


def box_edges(box: Box) -> Edges:
    return box.left, box.top, box.right, box.bottom


def overlap(one: Edges, other: Edges, apart: float = 0.0) -> bool:
    """Whether two boxes share some room, or are less than so far apart."""
    return (
        one[0] < other[2] + apart
        and other[0] < one[2] + apart
        and one[1] < other[3] + apart
        and other[1] < one[3] + apart
    )


def gap(one: Edges, other: Edges) -> float:
    """How far two boxes are apart along the axis that parts them most; negative where they overlap."""
    return max(one[0] - other[2], other[0] - one[2], one[1] - other[3], other[1] - one[3])


def passes(a: Point, b: Point, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a stretch has a part inside a box."""
    (ax, ay), (bx, by) = a, b
    if max(ax, bx) <= left or min(ax, bx) >= right or max(ay, by) <= top or min(ay, by) >= bottom:
        return False
    if ax == bx or ay == by:
        return True
    begin, end = 0.0, 1.0
    for step, room in ((ax - bx, ax - left), (bx - ax, right - ax), (ay - by, ay - top), (by - ay, bottom - ay)):
        if step < 0:
            begin = max(begin, room / step)
        elif step > 0:
            end = min(end, room / step)
        elif room < 0:
            return False
    return end - begin > 1e-6


def crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    return turn(a, b, c) * turn(a, b, d) < -1e-6 and turn(c, d, a) * turn(c, d, b) < -1e-6


def turn(a: Point, b: Point, c: Point) -> float:
    """Positive where a way from a over b to c turns right, negative where it turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def parallel_lengths(a: Point, b: Point, c: Point, d: Point) -> tuple[float, float]:
    """How far two stretches lie on each other, and how far beside each other (on each other included)."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    if length < 1:
        return 0.0, 0.0
    x, y = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    first = abs((c[0] - a[0]) * y - (c[1] - a[1]) * x)
    last = abs((d[0] - a[0]) * y - (d[1] - a[1]) * x)
    if first > BESIDE or last > BESIDE:
        return 0.0, 0.0
    begin, end = (c[0] - a[0]) * x + (c[1] - a[1]) * y, (d[0] - a[0]) * x + (d[1] - a[1]) * y
    if abs(end - begin) < 1:
        return 0.0, 0.0
    both = min(max(begin, end), length) - max(min(begin, end), 0.0)
    if both <= 0:
        return 0.0, 0.0
    return (both, both) if first <= ON and last <= ON else (0.0, both)


def lie(one: Way, other: Way) -> tuple[int, float, float]:
    """How often two lines cross, how far they lie on each other, and how far beside each other."""
    a, b = one.extent, other.extent
    if a[2] < b[0] - BESIDE or b[2] < a[0] - BESIDE or a[3] < b[1] - BESIDE or b[3] < a[1] - BESIDE:
        return 0, 0.0, 0.0
    crossings, on, near = 0, 0.0, 0.0
    for first, last in one.stretches:
        left, right = (first[0], last[0]) if first[0] < last[0] else (last[0], first[0])
        top, bottom = (first[1], last[1]) if first[1] < last[1] else (last[1], first[1])
        for begin, end in other.stretches:
            if (
                (begin[0] < left - BESIDE and end[0] < left - BESIDE)
                or (begin[0] > right + BESIDE and end[0] > right + BESIDE)
                or (begin[1] < top - BESIDE and end[1] < top - BESIDE)
                or (begin[1] > bottom + BESIDE and end[1] > bottom + BESIDE)
            ):
                continue
            lies = parallel_lengths(first, last, begin, end)
            on, near = on + lies[0], near + lies[1]
            crossings += not lies[1] and crosses(first, last, begin, end)
    return crossings, on, near
