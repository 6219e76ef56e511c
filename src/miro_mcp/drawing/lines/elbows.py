"""Elbowed lines: level and upright stretches that leave one item, turn, and arrive at another."""

from __future__ import annotations

import math

from ...board.geometry import Box, Point, along
from .ends import LineEnd

_STUB = 24.0
"""Board units that an elbowed line leaves an item straight, before it turns."""


def elbowed(first: LineEnd, second: LineEnd, start: Box, end: Box) -> tuple[Point, ...]:
    """Level and upright stretches only: out of the start, round the corners, into the end."""
    out, into = _square(first.out), _square(second.out)
    here, there = along(first.point, out, _stub(first, second)), along(second.point, into, _stub(first, second))
    return _straightened((first.point, here, *_corners(here, out, there, into, start, end), there, second.point))


def _stub(first: LineEnd, second: LineEnd) -> float:
    return min(_STUB, max(math.dist(first.point, second.point) / 3, 6.0))


def _corners(here: Point, out: Point, there: Point, into: Point, start: Box, end: Box) -> list[Point]:
    """The turns between the ends' first steps."""
    ahead = (there[0] - here[0]) * out[0] + (there[1] - here[1]) * out[1]
    back = (here[0] - there[0]) * into[0] + (here[1] - there[1]) * into[1]
    level = out[0] != 0
    if level == (into[0] != 0):
        if out != into and ahead >= 0:
            middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
            return (
                [(middle[0], here[1]), (middle[0], there[1])]
                if level
                else [(here[0], middle[1]), (there[0], middle[1])]
            )
        if out == into:
            return _around_the_front(here, out, there, start, end)
        lane = _lane(level, start, end)
        return [(here[0], lane), (there[0], lane)] if level else [(lane, here[1]), (lane, there[1])]
    corner = (there[0], here[1]) if level else (here[0], there[1])
    if ahead >= 0 and back >= 0:
        return [corner]
    other = (here[0], there[1]) if level else (there[0], here[1])
    return [other]


def _around_the_front(here: Point, out: Point, there: Point, start: Box, end: Box) -> list[Point]:
    """The turns of a line that leaves and arrives on the same side: beyond both ends, beside a box in the way."""
    axis, cross = (0, 1) if out[0] else (1, 0)
    sign = out[axis]
    front = max(here[axis] * sign, there[axis] * sign) * sign
    points = [_point(axis, front, here[cross]), _point(axis, front, there[cross])]
    for box, first, second in ((end, here, there), (start, there, here)):
        is_before = first[axis] * sign < second[axis] * sign
        low, high = box[cross], box[cross] + box[cross + 2]
        if is_before and low - _STUB / 2 < first[cross] < high + _STUB / 2:
            lane = low - _STUB if first[cross] - low < high - first[cross] else high + _STUB
            aside = [_point(axis, first[axis], lane), _point(axis, front, lane), _point(axis, front, second[cross])]
            return aside if first == here else aside[::-1]
    return points


def _point(axis: int, value: float, other: float) -> Point:
    return (value, other) if axis == 0 else (other, value)


def _lane(level: bool, start: Box, end: Box) -> float:
    """Where a line may pass that has to turn back: between two boxes, or beside both."""
    axis, size = (1, 3) if level else (0, 2)
    low, high = sorted((start, end), key=lambda box: box[axis])
    if low[axis] + low[size] < high[axis]:
        return (low[axis] + low[size] + high[axis]) / 2
    return max(start[axis] + start[size], end[axis] + end[size]) + _STUB


def _straightened(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Points without those that stand still or lie on the line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and math.dist(kept[-1], point) < 0.01:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept) if len(kept) > 1 else (points[0], points[-1])


def _is_straight(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.01 and abs(b[0] - c[0]) < 0.01) or (
        abs(a[1] - b[1]) < 0.01 and abs(b[1] - c[1]) < 0.01
    )


def _square(direction: Point) -> Point:
    """The closest of the four main directions."""
    if abs(direction[0]) >= abs(direction[1]):
        return math.copysign(1.0, direction[0]), 0.0
    return 0.0, math.copysign(1.0, direction[1])
