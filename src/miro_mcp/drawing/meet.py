"""Whether turned boxes and lines meet."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..board.points import Point
from .svg import Box

Turned = tuple[Box, float]
"""A box before rotation, and the degrees it is turned by about its centre."""


def meet(first: Turned, second: Turned) -> bool:
    """Whether two boxes, whose upright outlines meet, do so as they are turned: no line can be laid between them."""
    turns = [first[1], second[1]]
    if not any(turn % 90 for turn in turns):
        return True
    corners = [_corners(*first), _corners(*second)]
    for turn in turns:
        angle = math.radians(turn)
        for axis in ((math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))):
            (low, high), (other_low, other_high) = (one.span(axis) for one in corners)
            if high <= other_low or other_high <= low:
                return False
    return True


def cuts(one: Point, other: Point, box: Box) -> bool:
    """Whether a stretch of line has a part inside a box."""
    begin, end = 0.0, 1.0
    for axis, low, high in ((0, box.x, box.right), (1, box.y, box.bottom)):
        step = other[axis] - one[axis]
        if abs(step) < 1e-9:
            if not low < one[axis] < high:
                return False
            continue
        first, last = sorted(((low - one[axis]) / step, (high - one[axis]) / step))
        begin, end = max(begin, first), min(end, last)
        if begin >= end:
            return False
    return True


@dataclass(frozen=True)
class _Corners:
    points: tuple[Point, Point, Point, Point]

    def span(self, axis: Point) -> tuple[float, float]:
        reached = [x * axis[0] + y * axis[1] for x, y in self.points]
        return min(reached), max(reached)


def _corners(box: Box, degrees: float) -> _Corners:
    angle = math.radians(degrees)
    cos, sin, (x, y) = math.cos(angle), math.sin(angle), box.centre
    half = [(dx * box.width / 2, dy * box.height / 2) for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    a, b, c, d = ((x + dx * cos - dy * sin, y + dx * sin + dy * cos) for dx, dy in half)
    return _Corners((a, b, c, d))
