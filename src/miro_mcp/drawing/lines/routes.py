"""Where a connector goes: its ends on the items' boxes, and a straight, elbowed or curved way between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...board.contents import Connector, Item
from ...board.geometry import Box, Point, along, around_points, between, unit
from ..svg import num
from .elbows import elbowed
from .ends import LineEnd, ends_of

_CORNER = 8.0
_CURVE_STEPS = 20


@dataclass(frozen=True)
class Route:
    """`points` follow the line closely enough to measure it; `bends` are control points when it is a curve."""

    points: tuple[Point, ...]
    bends: tuple[Point, Point] | None = None

    def path(self, start_trim: float = 0.0, end_trim: float = 0.0) -> str:
        """The line as an SVG path, shortened at its ends to make room for caps."""
        points = _trimmed(_trimmed(self.points, end_trim)[::-1], start_trim)[::-1]
        if self.bends:
            first, second = self.bends
            return f"M{_at(points[0])}C{_at(first)} {_at(second)} {_at(points[-1])}"
        return _rounded(points)

    @property
    def extent(self) -> Box:
        """The box around the line, of some size even where the line is level."""
        return around_points(self.points, least=0.01)

    @property
    def length(self) -> float:
        return sum(math.dist(one, other) for one, other in zip(self.points, self.points[1:], strict=False))

    def along(self, share: float) -> tuple[Point, Point]:
        """The point at a share of the length, and the direction of the line there."""
        left = self.length * min(max(share, 0.0), 1.0)
        for one, other in zip(self.points, self.points[1:], strict=False):
            step = math.dist(one, other)
            if step and left <= step:
                return between(one, other, left / step), unit(one, other)
            left -= step
        return self.points[-1], unit(self.points[-2], self.points[-1])

    @property
    def arrival(self) -> Point:
        """The direction of the line where it ends."""
        return unit(self.bends[1], self.points[-1]) if self.bends else _last_direction(self.points)

    @property
    def departure(self) -> Point:
        """The direction against the line where it starts: into the start."""
        return unit(self.bends[0], self.points[0]) if self.bends else _last_direction(self.points[::-1])


def find_route(connector: Connector, start: tuple[Item, Box], end: tuple[Item, Box]) -> Route:
    """The way of a connector between two items' boxes."""
    first, second = ends_of(connector, start, end)
    match connector.raw.get("shape"):
        case "straight":
            return Route((first.point, second.point))
        case "elbowed":
            return Route(elbowed(first, second, start[1], end[1]))
        case _:
            return _curved(first, second)


def curve_points(first: LineEnd, second: LineEnd, steps: int = _CURVE_STEPS) -> tuple[Point, ...]:
    """Points along a curved line, the first and last at its ends."""
    bends = _bends(first, second)
    return tuple(_cubic(first.point, *bends, second.point, at / steps) for at in range(steps + 1))


def _curved(first: LineEnd, second: LineEnd) -> Route:
    return Route(curve_points(first, second), _bends(first, second))


def _bends(first: LineEnd, second: LineEnd) -> tuple[Point, Point]:
    reach = max(math.dist(first.point, second.point) * 0.45, 20.0)
    return along(first.point, first.out, reach), along(second.point, second.out, reach)


def _cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
    return x, y


def _rounded(points: tuple[Point, ...]) -> str:
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        begin, end = along(corner, unit(corner, before), radius), along(corner, unit(corner, after), radius)
        control = (between(begin, corner, 0.55), between(end, corner, 0.55))
        parts.append(f"L{_at(begin)}C{_at(control[0])} {_at(control[1])} {_at(end)}")
    return "".join([*parts, f"L{_at(points[-1])}"])


def _trimmed(points: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """Points whose last is moved towards the one before it."""
    last, before = points[-1], points[-2]
    room = math.dist(last, before)
    if not length or room <= length:
        return points
    return (*points[:-1], between(last, before, length / room))


def _last_direction(points: tuple[Point, ...]) -> Point:
    return unit(points[-2], points[-1])


def _at(point: Point) -> str:
    return f"{num(point[0])},{num(point[1])}"
