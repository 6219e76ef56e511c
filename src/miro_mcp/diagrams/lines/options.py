"""The ways that a line may take: sides and places at both ends, elbowed or aslant, the best of each pair of sides."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, product
from typing import Literal

from ...board.geometry import Box, Point
from ...drawing.lines.elbows import elbowed
from ...drawing.lines.ends import LineEnd
from ...drawing.lines.routes import curve_points
from ...drawing.readability.captions import VerticalAlign
from ...drawing.readability.faults import faults_cost
from ...drawing.readability.obstacles import obstacle_faults
from ...drawing.readability.stretches import Edges, Way, box_edges
from ..graph import Curve, Side
from .chart import DECISION, Chart, Line
from .taste import OPPOSITE, way_cost

OUT: dict[Side, Point] = {"top": (0.0, -1.0), "right": (1.0, 0.0), "bottom": (0.0, 1.0), "left": (-1.0, 0.0)}
MOST, MOST_ROUGH = 28, 14
"""Ways of a line that the search chooses among."""

_SQUARE = frozenset({"rectangle", "round_rectangle", "flow_chart_predefined_process", "can"})
"""Shapes whose sides are straight, so that a line may arrive anywhere on them."""

_numbers = count()

_AROUND = 60.0
_WORSE = 150.0
_HOPELESS, _HOPELESS_ROUGH = 45.0, 18.0
"""How much dearer than the best sides others may be, middle to middle, for their other places to be looked at."""

_BLOCKED = 90.0
_MIDDLE = 0.5
_ALIKE = 1e-6

Spot = tuple[float, float, VerticalAlign, Edges]
"""A caption's place: its cost, the percentage along the line, how it stands to the line, and the box it covers."""


class LineOption:
    """One way. `cost` is what it costs by itself; `start` and `end` are sides and the shares along them.

    Options of one `number` are the same way, with other things around it.
    """

    __slots__ = ("cost", "curve", "end", "number", "spots", "start", "way")

    curve: Curve

    def __init__(self, way: Way, curve: Curve, start: tuple[Side, float], end: tuple[Side, float]) -> None:
        self.way, self.curve, self.start, self.end = way, curve, start, end
        self.cost = 0.0
        self.number = next(_numbers)
        self.spots: list[Spot] | None = None

    def costing(self, more: float) -> LineOption:
        """The same way where it costs more."""
        option = LineOption(self.way, self.curve, self.start, self.end)
        option.cost, option.number = self.cost + more, self.number
        return option


class Ways:
    """Ways between boxes, kept while a diagram is laid out: what is around them changes more often than they do."""

    def __init__(self) -> None:
        self._found: dict[tuple[Line, Box, Box, bool], list[LineOption]] = {}

    def options(self, chart: Chart, line: Line, *, rough: bool) -> list[LineOption]:
        """The ways of a line, the best by itself first; never none."""
        key = line, chart.boxes[line.edge.start], chart.boxes[line.edge.end], rough
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _all(chart, line, rough=rough)
        return _best(chart, line, found, MOST_ROUGH if rough else MOST)


def _best(chart: Chart, line: Line, found: list[LineOption], most: int) -> list[LineOption]:
    """A few for every pair of sides, so that the search has somewhere to go; the dearer ones are not looked at."""
    twins = line.between > 2
    kept: list[LineOption] = []
    taken: dict[tuple[Side, Side], int] = defaultdict(int)
    looked: dict[tuple[Side, Side], int] = defaultdict(int)
    worst = math.inf
    reach = area_of(chart, line)
    near = chart.around.within(reach)
    area = reach[0] + 8, reach[1] + 8, reach[2] - 8, reach[3] - 8
    for option in found:
        sides = option.start[0], option.end[0]
        tries = 30 if twins else 9 if len(kept) < 5 or (worst < math.inf and taken[sides]) else 16
        full = taken[sides] >= (14 if twins else 5) or (len(kept) >= most and taken[sides])
        if looked[sides] >= tries or full or option.cost > worst:
            continue
        looked[sides] += 1
        extent = option.way.extent
        inside = area[0] <= extent[0] and area[1] <= extent[1] and extent[2] <= area[2] and extent[3] <= area[3]
        about = near if inside else chart.around
        here = option.costing(faults_cost(obstacle_faults(option.way, line.edge.start, line.edge.end, about)))
        worst = min(worst, here.cost + _WORSE)
        kept.append(here)
        taken[sides] += here.cost < _BLOCKED
    kept.sort(key=lambda option: option.cost)
    return [option for option in kept if option.cost < kept[0].cost + _WORSE][: most + 6] or found[:1]


def area_of(chart: Chart, line: Line) -> Edges:
    """An area that holds most ways between two items."""
    one, other = box_edges(chart.boxes[line.edge.start]), box_edges(chart.boxes[line.edge.end])
    return (
        min(one[0], other[0]) - _AROUND,
        min(one[1], other[1]) - _AROUND,
        max(one[2], other[2]) + _AROUND,
        max(one[3], other[3]) + _AROUND,
    )


def _all(chart: Chart, line: Line, *, rough: bool) -> list[LineOption]:
    """All ways with nothing around them, the best first."""
    found: list[LineOption] = []
    seen: set[tuple[tuple[Point, ...], Curve]] = set()

    def add(options: Iterable[LineOption]) -> float:
        least = math.inf
        for option in options:
            key = option.way.points, option.curve
            if key not in seen:
                seen.add(key)
                option.cost = way_cost(chart, line, option.way, option.curve, option.start, option.end)
                least = min(least, option.cost)
                found.append(option)
        return least

    first, last = line.edge.sides
    pairs = [pair for pair in product(OUT, OUT) if first in (None, pair[0]) and last in (None, pair[1])]
    middles = {pair: add(_between(chart, line, pair, ends="middle", rough=rough)) for pair in pairs}
    least = min(middles.values())
    for pair in pairs:
        if middles[pair] < least + (_HOPELESS_ROUGH if rough else _HOPELESS):
            add(_between(chart, line, pair, ends="anywhere", rough=rough))
    found.sort(key=lambda option: option.cost)
    return found


def _between(
    chart: Chart, line: Line, sides: tuple[Side, Side], *, ends: Literal["middle", "anywhere"], rough: bool
) -> Iterator[LineOption]:
    """The ways from one side to another: from middle to middle, or with both ends anywhere they may be."""
    edge, (first, last) = line.edge, sides
    one, other = chart.boxes[edge.start], chart.boxes[edge.end]
    curves: tuple[Curve, ...] = (edge.curve,) if edge.curve else ("elbowed",) if rough else ("elbowed", "straight")
    upright = first in ("top", "bottom")
    facing = OPPOSITE[first] == last
    shared = _shared_places(one, other, upright=upright) if facing and ends == "anywhere" else []
    shares: Iterable[float] = (_MIDDLE,)
    far_shares: Iterable[float] = (_MIDDLE,)
    if ends == "anywhere":
        wanted = [_across(other, first), *shared] if facing else []
        shares = _shares(chart, line, edge.start, first, wanted, rough=rough)
    for share in shares:
        point = point_at(chart, edge.start, first, share)
        if ends == "anywhere":
            wanted = [_across(one, last), *shared, point[0] if upright else point[1]] if facing else []
            far_shares = _shares(chart, line, edge.end, last, wanted, rough=rough)
        for far_share in far_shares:
            far = point_at(chart, edge.end, last, far_share)
            straight = facing and abs((point[0] - far[0]) if upright else (point[1] - far[1])) < 0.02
            if not straight and not _may_both(share, far_share, line.between):
                continue
            for curve in curves:
                way = _way(curve, (point, first), (far, last), (one, other), (share, far_share), edge.curve)
                if way is not None:
                    yield LineOption(way, curve, (first, share), (last, far_share))


def _may_both(share: float, far_share: float, between: int) -> bool:
    """Two ends off the middle need a reason: a lane among several lines of the same two items, or being far off it."""
    if between > 2:
        return min(abs(share - far_share), abs(share - (1 - far_share))) <= _ALIKE or _MIDDLE in (share, far_share)
    off = abs(share - _MIDDLE), abs(far_share - _MIDDLE)
    return min(off) <= _ALIKE or min(off) > 0.12


def _way(
    curve: Curve,
    start: tuple[Point, Side],
    end: tuple[Point, Side],
    boxes: tuple[Box, Box],
    shares: tuple[float, float],
    wanted: Curve | None,
) -> Way | None:
    """The way between two points, None where it would look odd."""
    first, last = LineEnd(start[0], OUT[start[1]]), LineEnd(end[0], OUT[end[1]])
    if curve == "elbowed":
        return Way(elbowed(first, last, *boxes))
    if curve == "straight":
        (x, y), (out_x, out_y), (in_x, in_y) = _step(first.point, last.point), first.out, last.out
        length = math.hypot(x, y) or 1.0
        if wanted is None and (max(abs(share - _MIDDLE) for share in shares) > 0.26 or min(abs(x), abs(y)) < 0.02):
            return None
        least = (0.1 if wanted else 0.5) * length
        if x * out_x + y * out_y < least or -(x * in_x + y * in_y) < least:
            return None
        return Way((first.point, last.point))
    return Way(curve_points(first, last, 8))


def point_at(chart: Chart, key: str, side: Side, share: float) -> Point:
    """A point of an item's outline."""
    box, (x, y) = chart.boxes[key], OUT[side]
    if chart.shapes.get(key) == DECISION and share != _MIDDLE:
        return box.left + share * box.width, box.centre_y + y * min(share, 1 - share) * box.height
    if x:
        return (box.left if x < 0 else box.right), box.top + share * box.height
    return box.left + share * box.width, (box.top if y < 0 else box.bottom)


def _shares(chart: Chart, line: Line, key: str, side: Side, wanted: Iterable[float], *, rough: bool) -> Iterable[float]:
    """Places along a side: its middle, those in line with what is wanted, some more where the outline is straight."""
    shape = chart.shapes.get(key, "rectangle")
    upright = side in ("top", "bottom")
    if shape == DECISION:
        return (_MIDDLE, 0.3, 0.7) if upright and not rough and chart.degree(key) > 3 else (_MIDDLE,)
    pill = shape == "flow_chart_terminator"
    if (shape not in _SQUARE and not pill) or (pill and not upright):
        return (_MIDDLE,)
    box = chart.boxes[key]
    low, size = (box.left, box.width) if upright else (box.top, box.height)
    bulges = pill or (shape == "can" and upright)
    margin = 0.3 if bulges or size <= 40 else 10 / size
    found = {_MIDDLE: None}
    for place in wanted:
        share = round((place - low) / size, 6)
        if margin <= share <= 1 - margin:
            found[share] = None
    if pill:
        return found
    if line.between > 2 and not bulges:
        found |= {(2 * lane + 1) / (2 * line.between): None for lane in range(line.between)}
    elif not bulges and (not rough or line.between > 1 or line.strand.crow):
        more = (0.25, 0.75) if size < 70 else (1 / 3, 2 / 3, 0.2, 0.8) if size < 260 else (0.2, 0.35, 0.65, 0.8)
        found |= dict.fromkeys(more)
    return found


def _shared_places(one: Box, other: Box, *, upright: bool) -> list[float]:
    """Where a straight line may run between two boxes: the middle and the quarters of what they have in common."""
    low = max(one.left, other.left) if upright else max(one.top, other.top)
    high = min(one.right, other.right) if upright else min(one.bottom, other.bottom)
    if high - low <= 12:
        return []
    return [(low + high) / 2, low + (high - low) / 4, high - (high - low) / 4]


def _across(box: Box, side: Side) -> float:
    return box.centre_x if side in ("top", "bottom") else box.centre_y


def _step(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]
