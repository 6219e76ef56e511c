"""Points and directions in a plane."""

from __future__ import annotations

import math

from ..drawing.svg import MOST

Point = tuple[float, float]


def moved(point: Point, direction: Point, length: float) -> Point:
    return point[0] + direction[0] * length, point[1] + direction[1] * length


def between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def unit(one: Point, other: Point) -> Point:
    length = math.dist(one, other)
    return ((other[0] - one[0]) / length, (other[1] - one[1]) / length) if 0 < length < MOST * 10 else (1.0, 0.0)
