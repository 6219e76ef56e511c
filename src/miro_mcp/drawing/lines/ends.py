"""Where a connector's ends are: points of its items' outlines, given by the API or chosen as Miro would."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from ...board.contents import Connector, Item, as_object, number
from ...board.geometry import Box, Point, turned_point, unit

_SIDES: dict[str, tuple[Point, Point]] = {
    "top": ((0.5, 0.0), (0.0, -1.0)),
    "right": ((1.0, 0.5), (1.0, 0.0)),
    "bottom": ((0.5, 1.0), (0.0, 1.0)),
    "left": ((0.0, 0.5), (-1.0, 0.0)),
}
"""By side: the middle of it in shares of the box, and the way out."""


class LineEnd(NamedTuple):
    """A point of an item's outline, and the direction that leads away from it."""

    point: Point
    out: Point


def ends_of(connector: Connector, start: tuple[Item, Box], end: tuple[Item, Box]) -> tuple[LineEnd, LineEnd]:
    firsts = _candidates(connector.raw.get("startItem"), *start)
    seconds = _candidates(connector.raw.get("endItem"), *end)
    return min(
        ((first, second) for first in firsts for second in seconds),
        key=lambda pair: math.dist(pair[0].point, pair[1].point) + _detour(*pair),
    )


def _detour(first: LineEnd, second: LineEnd) -> float:
    """How much a line has to turn at ends that don't face each other, as a length."""
    way = unit(first.point, second.point)
    facing = first.out[0] * way[0] + first.out[1] * way[1] - second.out[0] * way[0] - second.out[1] * way[1]
    return max(0.0, 1.2 - facing) * 60


def _candidates(raw_end: object, item: Item, box: Box) -> list[LineEnd]:
    """Where an end may be: at its given point or side, else in the middle of any side."""
    given = as_object(raw_end)
    position = given.get("position")
    if isinstance(position, Mapping):
        x, y = (_percent(as_object(position).get(axis), 0.5) for axis in ("x", "y"))
        return [_end(item, box, (x, y), _nearest_side(x, y))]
    side = _SIDES.get(str(given.get("snapTo")))
    return [_end(item, box, *one) for one in ([side] if side else _SIDES.values())]


def _end(item: Item, box: Box, share: Point, out: Point) -> LineEnd:
    point = (box.x + share[0] * box.width, box.y + share[1] * box.height)
    if not item.rotation % 360:
        return LineEnd(point, out)
    return LineEnd(turned_point(point, box.centre, item.rotation), turned_point(out, (0.0, 0.0), item.rotation))


def _nearest_side(x: float, y: float) -> Point:
    return min(((x, (-1.0, 0.0)), (1 - x, (1.0, 0.0)), (y, (0.0, -1.0)), (1 - y, (0.0, 1.0))), key=lambda one: one[0])[
        1
    ]


def _percent(value: object, otherwise: float) -> float:
    if isinstance(value, str) and value.strip().endswith("%"):
        return min(max(number(value.strip()[:-1]) / 100, -10.0), 10.0)
    return otherwise
