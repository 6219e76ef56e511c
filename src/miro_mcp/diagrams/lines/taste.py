"""What is preferred of ways that have no fault: few bends, short, out and in by the sides of the diagram's way."""

from __future__ import annotations

import math

from ...drawing.readability.faults import WEIGHTS
from ...drawing.readability.obstacles import hairpins
from ...drawing.readability.stretches import Way
from ..graph import Curve, Side
from .chart import DECISION, ONWARD, Chart, Line

OPPOSITE: dict[Side, Side] = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
BEND, LENGTH, SIDE, OFF_MIDDLE, SLANT, SHORT, FAN = 3.5, 0.012, 2.5, 1.0, 16.0, 5.0, 3.0
"""What a bend, a board unit, a side off the diagram's way, an end off its middle, a slanting line, a stretch that can
hardly be seen, and branches by different sides cost."""

_LEAST_STRETCH, _LEAST_LAST = 18.0, 22.0


def way_cost(
    chart: Chart, line: Line, way: Way, curve: Curve, start: tuple[Side, float], end: tuple[Side, float]
) -> float:
    """What a way costs with nothing around it."""
    bends = len(way.stretches) - 1 if curve != "curved" else 0
    cost = WEIGHTS["hairpin"] * hairpins(way) + BEND * bends + LENGTH * way.length + _short_stretches(way, bends)
    if curve == "straight" and not _is_square(way):
        cost += SLANT * (0.3 if line.edge.curve == "straight" else 1)
    onward = ONWARD[chart.direction][2]
    back = OPPOSITE[onward]
    off = abs(start[1] - 0.5), abs(end[1] - 0.5)
    if line.comb:
        plain = (start[0], end[0]) == (onward, back) and max(off) < 1e-6 and curve == "elbowed"
        cost += 1 - BEND * min(2, bends) if plain else FAN
    if line.goes_back:
        taken = (start[0], end[0]) == (back, onward)
        return cost + (SIDE * 1.4 if taken else 0) + sum(_off_middle(one) for one in off)
    if start[0] != onward:
        by_corner = chart.is_decision(line.edge.start)
        cost += SIDE * (0.2 if by_corner else 1) * (2 if start[0] == back else 1)
    if end[0] != back:
        cost += SIDE * 0.6 * (2 if end[0] == onward else 1)
    for key, one in ((line.edge.start, off[0]), (line.edge.end, off[1])):
        cost += _off_middle(one) * (4 if chart.shapes.get(key) == DECISION else 1)
    return cost


def fan_cost(chart: Chart, one: Line, sides: tuple[Side, Side], other: Line, other_sides: tuple[Side, Side]) -> float:
    """Branches without captions should leave by one side, and arrive by one."""
    if one.goes_back or other.goes_back or one.caption or other.caption:
        return 0.0
    cost = 0.0
    if one.edge.start == other.edge.start and sides[0] != other_sides[0]:
        key = one.edge.start
        cost += FAN if len(chart.below[key]) > 2 and chart.shapes.get(key) != DECISION else 0.0
    if one.edge.end == other.edge.end and sides[1] != other_sides[1] and len(chart.over[one.edge.end]) > 2:
        cost += FAN / 3
    return cost


def _short_stretches(way: Way, bends: int) -> float:
    if not bends:
        return 0.0
    last = math.dist(*way.stretches[-1])
    cost = SHORT * (_LEAST_LAST - last) / 10 if last < _LEAST_LAST else 0.0
    return cost + SHORT * sum(math.dist(a, b) < _LEAST_STRETCH for a, b in way.stretches[1:-1])


def _is_square(way: Way) -> bool:
    (x, y), (end_x, end_y) = way.points[0], way.points[-1]
    return x == end_x or y == end_y


def _off_middle(off: float) -> float:
    return OFF_MIDDLE * (1 + 2 * max(0.0, off - 0.3)) if off > 1e-6 else 0.0
