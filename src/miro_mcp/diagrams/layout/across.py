"""Places across the flow: straight lines, parents over the middle of their children; what is in the way moves on."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...board.geometry import Box
from ..graph import Graph
from .axes import Axes, Span, owners_of
from .places import Layout
from .problem import PADDING
from .room import drawn_edges
from .sizes import edge_room, title_size

_GAP_LEVEL, _GAP_UPRIGHT, _GROUP_GAP = 30.0, 36.0, 26.0
_SEEN = 52.0
_OVERLAP = 18.0
_LEAST_GROUP = 60.0
_IN_LINE = 4.0
_LEAST_GAIN = 0.02
_ROUNDS = 6
_MOST_PUSHED = 4_000

_WORK = 60_000
"""Evaluations of one line each that one polish may take."""

_STRAIGHT_SIDED = frozenset({"rectangle", "round_rectangle", "can", "flow_chart_predefined_process"})
_BLOCKED, _BLOCKED_ONCE, _BLOCKED_STRAIGHT = 12.0, 5.0, 9.0
_STEP, _BENT, _SHORT, _OFF_AXIS, _UNIT = 1.2, 4.5, 3.0, 4.0, 0.008

Place = tuple[str, str]
"""What has a number across the flow: ("node", key), or ("low" or "high", key) of a group."""

Places = dict[Place, float]


@dataclass(frozen=True)
class _Tie:
    """A line between two nodes. `beside`: both stand in one rank; `between` are the nodes in ranks between them."""

    start: Place
    end: Place
    weight: float
    beside: bool
    between: tuple[str, ...]
    start_half: float
    end_half: float
    square: int
    """How many of both ends have straight sides."""
    decides: bool


class Across:
    """The numbers of a layout across its flow, with what keeps them apart and what draws them together."""

    def __init__(self, graph: Graph, layout: Layout) -> None:
        self.layout = layout
        self.axes = Axes(graph.direction)
        self.owner = owners_of(graph)
        self._shapes = {node.key: node.shape for node in graph.nodes}
        self._titles = {group.key: title_size(group) for group in graph.groups}
        self.spans = {key: self.axes.across(box) for key, box in layout.nodes.items()}
        self.ranks = {key: self.axes.along(box) for key, box in layout.nodes.items()}
        self.places: Places = {("node", key): span.middle for key, span in self.spans.items()}
        for key, box in layout.groups.items():
            span = self.axes.across(box)
            self.places["low", key], self.places["high", key] = span.low, span.high
        self._after: dict[Place, list[tuple[Place, float]]] = defaultdict(list)
        self._before: dict[Place, list[tuple[Place, float]]] = defaultdict(list)
        self.below: dict[str, list[str]] = defaultdict(list)
        self.over: dict[str, list[str]] = defaultdict(list)
        self._keep_apart(graph)
        self._hold_members()
        self._spread()
        self._ties = self._find_ties(graph)
        self.families = self._find_families()

    def shape(self, key: str) -> str | None:
        return self._shapes.get(key)

    def polish(self) -> Across:
        """Moves nodes, what hangs on them and what is in line with them, to where lines get straighter."""
        weight = len(self._ties) + len(self.spans) + 1
        left = _WORK // weight
        best = self._cost(self.places)
        keys = sorted(self.spans, key=lambda key: (self.ranks[key].middle, key))
        hanging = {key: self.hanging(key) for key in keys}
        for number in range(_ROUNDS):
            before = best
            for key in keys if number % 2 == 0 else keys[::-1]:
                here = self.places["node", key]
                chain = self._in_line(key)
                blocks = [b for b in ({key}, hanging[key], chain) if len(b) > 1 or b == {key}]
                for target in sorted(self._targets(key), key=lambda at: (abs(at - here), at)):
                    if abs(target - here) < 0.5 or left <= 0:
                        continue
                    moved = False
                    for block in blocks:
                        places = self.shifted(block, target - here)
                        left -= 1
                        if places is not None and (cost := self._cost(places)) < best - _LEAST_GAIN:
                            self.places, best, moved = places, cost, True
                            break
                    if moved:
                        break
            if best > before - 0.05 or left <= 0:
                break
        return self

    def shifted(self, block: Iterable[str], by: float) -> Places | None:
        """The places with some nodes moved and all in their way pushed on; None where that finds no end."""
        places: Places | None = dict(self.places)
        sign = -1 if by > 0 else 1
        for key in sorted(block, key=lambda key: (sign * self.places["node", key], key)):
            place = "node", key
            target = self.places[place] + by
            if (places[place] - target) * by < -1e-6:
                places = self._push(places, place, target)
                if places is None:
                    return None
        return self._tightened(places) if self.layout.groups else places

    def hanging(self, key: str) -> set[str]:
        """A node with all that is reached by way of it alone."""
        found, ahead = {key}, [key]
        while ahead:
            for child in self.below[ahead.pop()]:
                if child not in found and all(one in found for one in self.over[child]):
                    found.add(child)
                    ahead.append(child)
        return found

    def laid_out(self, places: Places | None = None) -> Layout:
        """The layout with these places, or its own."""
        places = places or self.places
        nodes: dict[str, Box] = {}
        for key, box in self.layout.nodes.items():
            nodes[key] = self.axes.box(self.axes.along(box), Span(round(places["node", key]), self.spans[key].size))
        groups: dict[str, Box] = {}
        for key, box in self.layout.groups.items():
            low, high = round(places["low", key]), round(places["high", key])
            high += (high - low) % 2
            groups[key] = self.axes.box(self.axes.along(box), Span((low + high) / 2, high - low))
        return replace(self.layout, nodes=nodes, groups=groups)

    def _targets(self, key: str) -> set[float]:
        """Where a node might stand better: over its neighbours, or beside a decision above it."""
        at = self.places
        targets = {at["node", one] for one in (*self.below[key], *self.over[key])}
        for some in (self.below[key], self.over[key]):
            if len(some) > 1:
                middles = [at["node", one] for one in some]
                targets |= {(min(middles) + max(middles)) / 2, statistics.median(middles)}
        for parent in self.over[key]:
            if len(self.below[parent]) > 1:
                reach = self.spans[parent].size / 2 + 28
                for sign in (-1, 1):
                    targets.add(at["node", parent] + sign * reach)
                    targets.add(at["node", parent] + sign * (reach + self.spans[key].size / 2))
        return targets

    def _in_line(self, key: str) -> set[str]:
        found, ahead = {key}, [key]
        while ahead:
            one = ahead.pop()
            for other in (*self.below[one], *self.over[one]):
                if other not in found and abs(self.places["node", other] - self.places["node", one]) < 0.5:
                    found.add(other)
                    ahead.append(other)
        return found

    def _push(self, places: Places, place: Place, to: float) -> Places | None:
        onward = to > places[place]
        places[place] = to
        ahead, pushed = [place], 0
        while ahead:
            one = ahead.pop()
            pushed += 1
            if pushed > _MOST_PUSHED:
                return None
            at = places[one]
            for other, distance in self._after[one] if onward else self._before[one]:
                if onward and places[other] < at + distance - 1e-6:
                    places[other] = at + distance
                    ahead.append(other)
                elif not onward and places[other] > at - distance + 1e-6:
                    places[other] = at - distance
                    ahead.append(other)
        return places

    def _tightened(self, places: Places) -> Places:
        """Groups hug what is in them, the inner ones first."""
        for key in sorted(self.layout.groups, key=lambda key: -len(self._above(key))):
            low, high = ("low", key), ("high", key)
            firsts = [places[one] - distance for one, distance in self._after[low] if self._is_in(one, key)]
            lasts = [places[one] + distance for one, distance in self._before[high] if self._is_in(one, key)]
            if not firsts or not lasts:
                continue
            begin, end = min(firsts), max(lasts)
            least = next(distance for one, distance in self._after[low] if one == high)
            if end - begin < least:
                end = min(max(begin + least, end), places[high]) if places[high] >= begin + least else places[high]
                begin = min(begin, end - least)
            places[low], places[high] = max(begin, places[low]), min(end, places[high])
        return places

    def _is_in(self, place: Place, group: str) -> bool:
        return place[1] != group and self.owner.get(place[1]) == group

    def _above(self, key: str) -> list[str]:
        found: list[str] = []
        owner = self.owner.get(key)
        while owner is not None and owner in self.layout.groups and owner not in found:
            found.append(owner)
            owner = self.owner.get(owner)
        return found

    def _apart(self, first: Place, second: Place, distance: float) -> None:
        self._after[first].append((second, distance))
        self._before[second].append((first, distance))

    def _keep_apart(self, graph: Graph) -> None:
        """What stands beside each other keeps its order and its room, that of captions between them included."""
        captions: dict[frozenset[str], float] = {}
        for edge in drawn_edges(graph):
            pair = frozenset((edge.start, edge.end))
            captions[pair] = max(captions.get(pair, 0.0), self.axes.across_size(edge_room(edge)))
        boxes = {**self.layout.nodes, **self.layout.groups}
        along = {key: self.axes.along(box) for key, box in boxes.items()}
        across = {key: self.axes.across(box) for key, box in boxes.items()}
        above = {key: set(self._above(key)) for key in boxes}
        keys = list(boxes)
        gap = _GAP_LEVEL if self.axes.level else _GAP_UPRIGHT
        for number, one in enumerate(keys):
            for other in keys[number + 1 :]:
                far = (
                    abs(along[one].middle - along[other].middle) >= (along[one].size + along[other].size) / 2 + _OVERLAP
                )
                if far or one in above[other] or other in above[one]:
                    continue
                first, second = (one, other) if across[one].middle < across[other].middle else (other, one)
                nodes = one in self.spans and other in self.spans
                caption = captions.get(frozenset((one, other)), 0.0)
                room = max(gap if nodes else _GROUP_GAP, caption + _SEEN if caption else 0.0)
                self._apart(*self._facing(first, second), self._half(first) + self._half(second) + room)

    def _facing(self, first: str, second: str) -> tuple[Place, Place]:
        end = ("node", first) if first in self.spans else ("high", first)
        return end, (("node", second) if second in self.spans else ("low", second))

    def _half(self, key: str) -> float:
        return self.spans[key].size / 2 if key in self.spans else 0.0

    def _hold_members(self) -> None:
        for key in self.layout.groups:
            width, height = self._titles[key]
            head = height if self.axes.level else 0.0
            self._apart(("low", key), ("high", key), _LEAST_GROUP if self.axes.level else width + 8)
            for member, owner in self.owner.items():
                if owner != key:
                    continue
                if member in self.spans:
                    self._apart(("low", key), ("node", member), self._half(member) + PADDING + head)
                    self._apart(("node", member), ("high", key), self._half(member) + PADDING)
                elif member in self.layout.groups:
                    self._apart(("low", key), ("low", member), PADDING + head)
                    self._apart(("high", member), ("high", key), PADDING)

    def _spread(self) -> None:
        """Pushes apart what is too near."""
        places = self.places
        for _ in range(len(places) + 2):
            moved = False
            for one in sorted(self._after, key=lambda one: (places[one], one)):
                for other, distance in self._after[one]:
                    if places[other] < places[one] + distance - 0.01:
                        places[other] = places[one] + distance
                        moved = True
            if not moved:
                return

    def _find_ties(self, graph: Graph) -> list[_Tie]:
        edges = [edge for edge in drawn_edges(graph) if edge.start in self.spans and edge.end in self.spans]
        for edge in edges:
            self.below[edge.start].append(edge.end)
            self.over[edge.end].append(edge.start)
        return [self._tie(edge.start, edge.end) for edge in edges]

    def _tie(self, start: str, end: str) -> _Tie:
        one, other = self.ranks[start], self.ranks[end]
        beside = abs(other.middle - one.middle) < (one.size + other.size) / 2
        low, high = sorted((one.middle, other.middle))
        between = () if beside else tuple(k for k, rank in self.ranks.items() if low < rank.middle < high)
        return _Tie(
            start=("node", start),
            end=("node", end),
            weight=1.0 if (other.middle - one.middle) * self.axes.sign > 0 else 0.15,
            beside=beside,
            between=tuple(key for key in between if key not in (start, end)),
            start_half=self.spans[start].size / 2,
            end_half=self.spans[end].size / 2,
            square=sum(self._shapes.get(key) in _STRAIGHT_SIDED for key in (start, end)),
            decides=self._shapes.get(start) == "rhombus" and len(self.below[start]) > 1,
        )

    def _find_families(self) -> list[tuple[str, Sequence[str]]]:
        """Parents with children of their own that stand in one rank."""
        found: list[tuple[str, Sequence[str]]] = []
        for parent, below in self.below.items():
            children = dict.fromkeys(below)
            own = [c for c in children if set(self.over[c]) == {parent} and parent not in self.below.get(c, ())]
            if len(own) > 1 and len(own) == len(children):
                ranks = [self.ranks[child].middle for child in own]
                if max(ranks) - min(ranks) < _IN_LINE:
                    found.append((parent, own))
        return found

    def _cost(self, at: Places) -> float:
        cost = sum(tie.weight * self._tie_cost(tie, at) for tie in self._ties)
        for parent, children in self.families:
            middles = [at["node", child] for child in children]
            off = abs(at["node", parent] - (min(middles) + max(middles)) / 2)
            cost += _OFF_AXIS + 0.02 * off if off > 1 else 0.0
        for key in self.layout.groups:
            cost += 0.004 * (at["high", key] - at["low", key])
        low = min((at["node", key] - span.size / 2 for key, span in self.spans.items()), default=0.0)
        high = max((at["node", key] + span.size / 2 for key, span in self.spans.items()), default=0.0)
        return cost + 0.012 * (high - low)

    def _tie_cost(self, tie: _Tie, at: Places) -> float:
        start, end = at[tie.start], at[tie.end]
        off = abs(start - end)
        if tie.beside:
            return 0.004 * off
        blocked = 0
        if tie.between:
            blocked = any(abs(at["node", k] - end) < self.spans[k].size / 2 + 10 for k in tie.between)
            blocked += any(abs(at["node", k] - start) < self.spans[k].size / 2 + 10 for k in tie.between)
        if blocked == 2:
            return _BLOCKED + 0.004 * off
        if blocked:
            return _BLOCKED_STRAIGHT if off < 0.5 else _BLOCKED_ONCE + 0.004 * off
        if off < 0.5:
            return 0.0
        wide, narrow = max(tie.start_half, tie.end_half), min(tie.start_half, tie.end_half)
        reach = tie.start_half - 14 if tie.square == 2 or not tie.decides else tie.end_half - 14
        if (tie.square == 2 and off < (wide + narrow) * 0.8 and off < wide + narrow - 24) or (
            tie.square and off < reach
        ):
            return _STEP + 0.01 * off
        short = off < (tie.start_half if tie.decides else 24) + 20
        return _BENT + _UNIT * off + (_SHORT if short else 0.0)
