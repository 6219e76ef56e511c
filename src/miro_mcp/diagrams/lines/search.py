"""The search for the ways of all lines together: each takes what costs least beside the others, until nothing gains."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from ...board.geometry import Box, around
from ...drawing.readability.faults import WEIGHTS, faults_cost
from ...drawing.readability.pairs import pair_faults
from ...drawing.readability.stretches import Edges, Way, box_edges, overlap
from .chart import Chart, Line
from .options import LineOption, Spot, Ways, area_of
from .spots import end_text_edges, spots_of
from .taste import fan_cost

_CELL = 400.0
_ROUNDS = 12
_PAIR_ROUNDS, _MOST_PAIRS, _PAIR_OPTIONS = 2, 30, 14
_PAIR_ROUNDS_ROUGH, _MOST_PAIRS_ROUGH, _PAIR_OPTIONS_ROUGH = 1, 6, 8
_CONFLICT = 10.0
"""What two lines cost together from which on they are changed together."""

_LEAST_GAIN, _LEAST_TOGETHER = 0.05, 0.1
_MAY_MOVE = 0.6
"""The share of a covered caption's cost that counts, since it may find another place."""

_NO_SPOT = 60.0
_GOOD_ENOUGH = 3.0

_WORK, _WORK_ROUGH = 700_000, 250_000
"""Pairs of lines that a search may look at: what it may cost, whatever the machine does meanwhile."""


@dataclass(eq=False)
class _State:
    """One line in the search: what it may be, what it is, and who is near."""

    line: Line
    options: list[LineOption]
    chosen: int = 0
    spot: Spot | None = None
    covers: list[Edges] = field(default_factory=list[Edges])
    near: list[_State] = field(default_factory=list["_State"])
    placed: bool = True

    @property
    def option(self) -> LineOption:
        return self.options[self.chosen]


@dataclass(frozen=True)
class ChosenLine:
    """What became of a line: its way, and its caption's place."""

    line: Line
    option: LineOption
    spot: Spot | None


class LineSearch:
    """A `rough` one is quicker and less thorough; it goes on from an `earlier` rough one of nearly the same chart."""

    def __init__(
        self, chart: Chart, *, rough: bool = False, ways: Ways | None = None, earlier: LineSearch | None = None
    ) -> None:
        self._chart = chart
        self._ways = ways or Ways()
        self._rough = rough
        self._left = _WORK_ROUGH if rough else _WORK
        self._together: dict[tuple[int, int], float] = earlier._together if earlier else {}
        self._kept = self._unmoved(earlier) if earlier else {}
        self._states = [
            _State(line, self._kept[line.number].options if line.number in self._kept else self._options(line))
            for line in chart.lines
        ]
        self._meet_neighbours()

    def run(self) -> LineSearch:
        """Three starts, each improved until nothing gains; the best is kept."""
        best: tuple[float, list[tuple[int, Spot | None]]] | None = None
        if not self._states:
            return self
        ideal = sum(min(option.cost for option in state.options) for state in self._states)
        for start in range(1 if self._rough else 3):
            self._begin(start)
            self._descend()
            if not self._rough:
                self._change_pairs()
            cost = self.cost
            if best is None or cost < best[0] - 0.01:
                best = cost, [(state.chosen, state.spot) for state in self._states]
            if cost < ideal + _GOOD_ENOUGH or self._left <= 0:
                break
        assert best is not None
        for state, (chosen, spot) in zip(self._states, best[1], strict=True):
            self._set(state, chosen, spot)
        if self._rough:
            self._change_pairs()
        return self

    @property
    def chosen(self) -> list[ChosenLine]:
        return [ChosenLine(state.line, state.option, state.spot) for state in self._states]

    @property
    def reach(self) -> Box | None:
        """The box around all lines and captions."""
        every = [edges for state in self._states for edges in (state.option.way.extent, *state.covers)]
        return around(Box.between(*edges) for edges in every) if every else None

    @property
    def cost(self) -> float:
        """What the lines and captions of the drawing cost."""
        total = 0.0
        for state in self._states:
            total += state.option.cost + self._caption_cost(state)
            total += sum(self._pair(state, other) for other in state.near if other.line.number > state.line.number)
        return total

    def cost_by_line(self) -> list[tuple[float, ChosenLine]]:
        """The dearest first."""
        return [
            (self._cost_of(state), ChosenLine(state.line, state.option, state.spot))
            for state in sorted(self._states, key=lambda state: -self._cost_of(state))
        ]

    def conflicts(self) -> list[tuple[Line, Line]]:
        """Lines that are in each other's way, the worst first."""
        return [(one.line, other.line) for _, one, other in self._conflicts()]

    def _options(self, line: Line) -> list[LineOption]:
        return self._ways.options(self._chart, line, rough=self._rough)

    def _unmoved(self, earlier: LineSearch) -> dict[int, _State]:
        """Lines with nothing moved where they may run, by their numbers."""
        before, now = earlier._chart, self._chart
        moved = [
            box_edges(box)
            for key in now.boxes
            if now.boxes[key] != before.boxes[key]
            for box in (before.boxes[key], now.boxes[key])
        ]
        found: dict[int, _State] = {}
        for state, line in zip(earlier._states, now.lines, strict=True):
            area = area_of(now, line)
            if state.line == line and not any(overlap(area, one) for one in moved):
                found[line.number] = state
        return found

    def _meet_neighbours(self) -> None:
        """Lines that may meet, whatever they take: by the boxes around all their options, in a grid."""
        hulls: list[Edges] = []
        for state in self._states:
            extents = [option.way.extent for option in state.options]
            caption = state.line.caption
            room = max(caption[0] / 2 + 6, 24.0) if caption else 14.0
            hulls.append(
                (
                    min(one[0] for one in extents) - room,
                    min(one[1] for one in extents) - room,
                    max(one[2] for one in extents) + room,
                    max(one[3] for one in extents) + room,
                )
            )
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, (left, top, right, bottom) in enumerate(hulls):
            for x in range(int(left // _CELL), int(right // _CELL) + 1):
                for y in range(int(top // _CELL), int(bottom // _CELL) + 1):
                    cells[x, y].append(number)
        near: list[set[int]] = [set() for _ in hulls]
        for numbers in cells.values():
            for at, one in enumerate(numbers):
                for other in numbers[at + 1 :]:
                    if overlap(hulls[one], hulls[other]):
                        near[one].add(other)
                        near[other].add(one)
        for state, numbers in zip(self._states, near, strict=True):
            state.near = [self._states[number] for number in sorted(numbers)]

    def _begin(self, start: int) -> None:
        """Each its own best; or one after the other beside those that are there, the easy or the hard ones first."""
        for state in self._states:
            self._set(state, 0, None)
        if self._kept:
            for state in self._states:
                kept = self._kept.get(state.line.number)
                if kept:
                    self._set(state, kept.chosen, kept.spot)
                else:
                    self._set(state, 0, self._best_spot(state, state.option)[1])
            return
        if start == 0:
            for state in self._states:
                spots = spots_of(self._chart, state.line, state.option, rough=self._rough)
                self._set(state, 0, spots[0] if spots else None)
            return
        sign = 1 if start == 1 else -1
        order = sorted(self._states, key=lambda state: (sign * state.options[0].cost, state.line.number))
        for state in order:
            state.placed = False
        for state in order:
            state.placed = True
            self._improve(state, math.inf)

    def _descend(self) -> None:
        waiting = set(self._states)
        if self._kept:
            new = [state for state in self._states if state.line.number not in self._kept]
            waiting = {one for state in new for one in (state, *state.near)}
        for _ in range(_ROUNDS):
            if not waiting or self._left <= 0:
                return
            changed: list[_State] = []
            for state in sorted(waiting, key=lambda one: (-self._cost_of(one), one.line.number)):
                if self._left <= 0:
                    break
                if self._improve(state, self._full_cost(state)):
                    changed.append(state)
            waiting = set[_State]()
            for state in changed:
                extent = state.option.way.extent
                waiting |= {one for one in (state, *state.near) if overlap(extent, one.option.way.extent, 40)}

    def _improve(self, state: _State, now: float) -> bool:
        """Takes the best option, where there is a better one."""
        best, chosen, spot = now, -1, None
        for number in range(len(state.options)):
            cost, at = self._score(state, number, best - _LEAST_GAIN)
            if cost < best - _LEAST_GAIN:
                best, chosen, spot = cost, number, at
        if chosen < 0:
            return False
        self._set(state, chosen, spot)
        return True

    def _set(self, state: _State, chosen: int, spot: Spot | None) -> None:
        state.chosen, state.spot = chosen, spot
        state.covers = [spot[3]] if spot else []
        if state.line.end_texts:
            state.covers = [*state.covers, *end_text_edges(state.line, state.option.way)]

    def _score(self, state: _State, number: int, bound: float) -> tuple[float, Spot | None]:
        """What an option would cost beside all others, and its caption's place; at least `bound` where it is dearer."""
        self._left -= 1 + len(state.near)
        option = state.options[number]
        cost = option.cost
        if cost >= bound:
            return cost, None
        for other in state.near:
            if other.placed:
                cost += self._between(state, option, other, other.option)
                if cost >= bound:
                    return cost, None
        cost += self._over_captions(state, option.way)
        if cost >= bound:
            return cost, None
        if state.line.end_texts:
            cost += sum(self._covered(state, one) for one in end_text_edges(state.line, option.way))
        extra, spot = self._best_spot(state, option, bound - cost)
        return cost + extra, spot

    def _best_spot(self, state: _State, option: LineOption, bound: float = math.inf) -> tuple[float, Spot | None]:
        spots = spots_of(self._chart, state.line, option, rough=self._rough)
        if not spots:
            return 0.0, None
        best, found = math.inf, None
        for spot in spots:
            if spot[0] >= best or spot[0] > bound:
                break
            cost = spot[0] + self._covered(state, spot[3])
            if cost < best:
                best, found = cost, spot
        return (best, found) if found else (spots[0][0] + _NO_SPOT, spots[0])

    def _covered(self, state: _State, edges: Edges) -> float:
        """What a caption costs that lies on the lines and captions of others."""
        left, top, right, bottom = edges
        found = 0
        for other in state.near:
            if not other.placed:
                continue
            way = other.option.way
            extent = way.extent
            if extent[0] < right and left < extent[2] and extent[1] < bottom and top < extent[3]:
                found += way.meets(edges, -0.5)
            for one in other.covers:
                found += overlap(edges, one, 2)
        return WEIGHTS["caption"] * found

    def _over_captions(self, state: _State, way: Way) -> float:
        """What a way costs that runs over the captions of others."""
        found = sum(way.meets(one, -0.5) for other in state.near if other.placed for one in other.covers)
        return WEIGHTS["caption"] * _MAY_MOVE * found

    def _pair(self, one: _State, other: _State) -> float:
        return self._between(one, one.option, other, other.option)

    def _between(self, one: _State, option: LineOption, other: _State, other_option: LineOption) -> float:
        """What two options cost together; reckoned once."""
        if one.line.number > other.line.number:
            one, option, other, other_option = other, other_option, one, option
        key = option.number, other_option.number
        cost = self._together.get(key)
        if cost is None:
            cost = faults_cost(pair_faults(one.line.strand, option.way, other.line.strand, other_option.way))
            cost += fan_cost(
                self._chart,
                one.line,
                (option.start[0], option.end[0]),
                other.line,
                (other_option.start[0], other_option.end[0]),
            )
            self._together[key] = cost
        return cost

    def _caption_cost(self, state: _State) -> float:
        return state.spot[0] + self._covered(state, state.spot[3]) if state.spot else 0.0

    def _cost_of(self, state: _State) -> float:
        pairs = sum(self._pair(state, other) for other in state.near if other.placed)
        return state.option.cost + pairs + self._caption_cost(state)

    def _full_cost(self, state: _State) -> float:
        """What a line costs with what it does to the captions of others."""
        way = state.option.way
        cost = self._cost_of(state) + self._over_captions(state, way)
        return cost + sum(self._covered(state, one) for one in state.covers[1 if state.spot else 0 :])

    def _conflicts(self) -> list[tuple[float, _State, _State]]:
        found: list[tuple[float, _State, _State]] = []
        for state in self._states:
            for other in state.near:
                if other.line.number < state.line.number:
                    continue
                cost = self._pair(state, other) + WEIGHTS["caption"] * (
                    _run_over(state.option.way, other.covers) + _run_over(other.option.way, state.covers)
                )
                if cost >= _CONFLICT:
                    found.append((cost, state, other))
        return sorted(found, key=lambda one: (-one[0], one[1].line.number, one[2].line.number))

    def _change_pairs(self) -> None:
        """Two lines that are in each other's way change together."""
        rounds, most = (_PAIR_ROUNDS_ROUGH, _MOST_PAIRS_ROUGH) if self._rough else (_PAIR_ROUNDS, _MOST_PAIRS)
        for _ in range(rounds):
            gained = [self._change_pair(one, other) for _, one, other in self._conflicts()[:most]]
            if not any(gained) or self._left <= 0:
                return
            for state in self._states:
                if self._left > 0:
                    self._improve(state, self._full_cost(state))

    def _change_pair(self, one: _State, other: _State) -> bool:
        if self._left <= 0:
            return False
        kept = one.chosen, one.spot, other.chosen, other.spot
        before = self._pair_cost(one, other)
        best, found = before - _LEAST_TOGETHER, None
        most = _PAIR_OPTIONS_ROUGH if self._rough else _PAIR_OPTIONS
        for number in range(min(most, len(one.options))):
            if one.options[number].cost > before:
                continue
            self._set(one, number, self._best_spot(one, one.options[number])[1])
            alone = self._full_cost(one) - self._pair(one, other)
            for number_other in range(min(most, len(other.options))) if alone <= before else ():
                cost, spot = self._score(other, number_other, best - alone)
                if alone + cost < best:
                    best, found = alone + cost, (number, one.spot, number_other, spot)
        if found:
            self._set(one, found[0], found[1])
            self._set(other, found[2], found[3])
            self._set(one, one.chosen, self._best_spot(one, one.option)[1])
            if self._pair_cost(one, other) < before - _LEAST_TOGETHER:
                return True
        self._set(one, kept[0], kept[1])
        self._set(other, kept[2], kept[3])
        return False

    def _pair_cost(self, one: _State, other: _State) -> float:
        return self._full_cost(one) + self._full_cost(other) - self._pair(one, other)


def _run_over(way: Way, covers: Collection[Edges]) -> int:
    return sum(way.meets(one) for one in covers)
