"""Where a connector goes: its ends on the items' boxes, and a straight, elbowed or curved way between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from ..reading.contents import Connector, Item, Raw, number
from .svg import MOST, Box, num

Point = tuple[float, float]

_STUB = 24.0
"""Board units that an elbowed line leaves an item straight, before it turns."""

_CORNER = 8.0
_CURVE_STEPS = 20

_SIDES: dict[str, tuple[Point, Point]] = {
    "top": ((0.5, 0.0), (0.0, -1.0)),
    "right": ((1.0, 0.5), (1.0, 0.0)),
    "bottom": ((0.5, 1.0), (0.0, 1.0)),
    "left": ((0.0, 0.5), (-1.0, 0.0)),
}
"""By side: the middle of it in shares of the box, and the way out."""


class End(NamedTuple):
    """A point of an item's outline, and the direction that leads away from it."""

    point: Point
    out: Point


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
    def length(self) -> float:
        return sum(math.dist(one, other) for one, other in zip(self.points, self.points[1:], strict=False))

    def along(self, share: float) -> tuple[Point, Point]:
        """The point at a share of the length, and the direction of the line there."""
        left = self.length * min(max(share, 0.0), 1.0)
        for one, other in zip(self.points, self.points[1:], strict=False):
            step = math.dist(one, other)
            if step and left <= step:
                return _between(one, other, left / step), _unit(one, other)
            left -= step
        return self.points[-1], _unit(self.points[-2], self.points[-1])

    @property
    def arrival(self) -> Point:
        """The direction of the line where it ends."""
        return _unit(self.bends[1], self.points[-1]) if self.bends else _last_direction(self.points)

    @property
    def departure(self) -> Point:
        """The direction against the line where it starts: into the start."""
        return _unit(self.bends[0], self.points[0]) if self.bends else _last_direction(self.points[::-1])


def route(connector: Connector, start: tuple[Item, Box], end: tuple[Item, Box]) -> Route:
    """The way of a connector between two items' boxes."""
    first, second = _ends(connector, start, end)
    match connector.raw.get("shape"):
        case "straight":
            return Route((first.point, second.point))
        case "elbowed":
            return Route(_elbowed(first, second, start[1], end[1]))
        case _:
            return _curved(first, second)


def _ends(connector: Connector, start: tuple[Item, Box], end: tuple[Item, Box]) -> tuple[End, End]:
    firsts = _candidates(connector.raw.get("startItem"), *start)
    seconds = _candidates(connector.raw.get("endItem"), *end)
    return min(
        ((first, second) for first in firsts for second in seconds),
        key=lambda pair: math.dist(pair[0].point, pair[1].point) + _detour(*pair),
    )


def _detour(first: End, second: End) -> float:
    """How much a line has to turn at ends that don't face each other, as a length."""
    way = _unit(first.point, second.point)
    facing = first.out[0] * way[0] + first.out[1] * way[1] - second.out[0] * way[0] - second.out[1] * way[1]
    return max(0.0, 1.2 - facing) * 60


def _candidates(raw_end: object, item: Item, box: Box) -> list[End]:
    """Where an end may be: at its given point or side, else in the middle of any side."""
    given = cast("Raw", raw_end) if isinstance(raw_end, Mapping) else {}
    position = given.get("position")
    if isinstance(position, Mapping):
        shares = cast("Mapping[str, Any]", position)
        x, y = _percent(shares.get("x"), 0.5), _percent(shares.get("y"), 0.5)
        return [_end(item, box, (x, y), _nearest_side(x, y))]
    side = _SIDES.get(str(given.get("snapTo")))
    return [_end(item, box, *one) for one in ([side] if side else _SIDES.values())]


def _end(item: Item, box: Box, share: Point, out: Point) -> End:
    point = (box.x + share[0] * box.width, box.y + share[1] * box.height)
    if not item.rotation % 360:
        return End(point, out)
    angle = math.radians(item.rotation)
    cos, sin = math.cos(angle), math.sin(angle)
    (x, y), (dx, dy) = box.centre, (point[0] - box.centre[0], point[1] - box.centre[1])
    turned = (x + dx * cos - dy * sin, y + dx * sin + dy * cos)
    return End(turned, (out[0] * cos - out[1] * sin, out[0] * sin + out[1] * cos))


def _nearest_side(x: float, y: float) -> Point:
    return min(((x, (-1.0, 0.0)), (1 - x, (1.0, 0.0)), (y, (0.0, -1.0)), (1 - y, (0.0, 1.0))), key=lambda one: one[0])[
        1
    ]


def _percent(value: object, otherwise: float) -> float:
    if isinstance(value, str) and value.strip().endswith("%"):
        return min(max(number(value.strip()[:-1]) / 100, -10.0), 10.0)
    return otherwise


def _curved(first: End, second: End) -> Route:
    reach = max(math.dist(first.point, second.point) * 0.45, 20.0)
    bends = (_moved(first.point, first.out, reach), _moved(second.point, second.out, reach))
    steps = [at / _CURVE_STEPS for at in range(_CURVE_STEPS + 1)]
    return Route(tuple(_cubic(first.point, *bends, second.point, step) for step in steps), bends)


def _cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    s = 1 - t
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
    return x, y


def _elbowed(first: End, second: End, start: Box, end: Box) -> tuple[Point, ...]:
    """Level and upright stretches only: out of the start, round the corners, into the end."""
    out, into = _square(first.out), _square(second.out)
    here, there = _moved(first.point, out, _stub(first, second)), _moved(second.point, into, _stub(first, second))
    return _straightened((first.point, here, *_corners(here, out, there, into, start, end), there, second.point))


def _stub(first: End, second: End) -> float:
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


def _rounded(points: tuple[Point, ...]) -> str:
    parts = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(_CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        begin, end = _moved(corner, _unit(corner, before), radius), _moved(corner, _unit(corner, after), radius)
        control = (_between(begin, corner, 0.55), _between(end, corner, 0.55))
        parts.append(f"L{_at(begin)}C{_at(control[0])} {_at(control[1])} {_at(end)}")
    return "".join([*parts, f"L{_at(points[-1])}"])


def _trimmed(points: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """Points whose last is moved towards the one before it."""
    last, before = points[-1], points[-2]
    room = math.dist(last, before)
    if not length or room <= length:
        return points
    return (*points[:-1], _between(last, before, length / room))


def _last_direction(points: tuple[Point, ...]) -> Point:
    return _unit(points[-2], points[-1])


def _moved(point: Point, direction: Point, length: float) -> Point:
    return point[0] + direction[0] * length, point[1] + direction[1] * length


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _unit(one: Point, other: Point) -> Point:
    length = math.dist(one, other)
    return ((other[0] - one[0]) / length, (other[1] - one[1]) / length) if 0 < length < MOST * 10 else (1.0, 0.0)


def _at(point: Point) -> str:
    return f"{num(point[0])},{num(point[1])}"
