"""Moves of nodes across the flow that the whole drawing gains from, lines and captions included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...board.geometry import Box
from ..graph import Graph
from ..lines.chart import DECISION, Chart
from ..lines.options import Ways
from ..lines.search import ChosenLine, LineSearch
from .across import Across, Places
from .node_faults import LEAST_GAP, MOST_OFF_AXIS, nodes_cost
from .places import Layout
from .room import make_room

_LEAST_GAIN = 0.3
_BESIDE_DECISION = 24.0
_MOST_SWAPS = 12
_ROUNDS = 25
_SAME_RANK = 4.0

Key = tuple[str, tuple[str, ...], int]
"""A move: what it is, whose, and to where; each is tried once."""


@dataclass(frozen=True)
class Tried:
    """A layout with the lines found in it, and what all of it costs."""

    cost: float
    layout: Layout
    search: LineSearch


def try_layout(graph: Graph, layout: Layout, ways: Ways, earlier: LineSearch | None = None) -> Tried:
    search = LineSearch(Chart(graph, layout), rough=True, ways=ways, earlier=earlier).run()
    return Tried(search.cost + nodes_cost(graph, layout), layout, search)


def improve(graph: Graph, now: Tried, ways: Ways, tries: int) -> Tried:
    """The drawing after the moves that it gained from; so many are tried at most."""
    seen: set[Key] = set()
    for _ in range(_ROUNDS):
        better: Tried | None = None
        across = Across(graph, now.layout)
        for key, layout in _moves(graph, across, now, seen):
            tries -= 1
            seen.add(key)
            found = try_layout(graph, layout, ways, now.search)
            if found.cost < now.cost - _LEAST_GAIN:
                better = found
                break
            if tries <= 0:
                return now
        if better is None or tries <= 0:
            return better or now
        now = better
    return now


def _moves(graph: Graph, across: Across, now: Tried, seen: set[Key]) -> Iterator[tuple[Key, Layout]]:
    bent = [one for _, one in now.search.cost_by_line() if len(one.option.way.stretches) > 1]
    for key, block, by in (*_for_lines(across, bent), *_for_families(across)):
        if key not in seen and abs(by) > 0.5:
            seen.add(key)
            places = across.shifted(block, by)
            if places is not None:
                yield key, _roomy(graph, across, places)
    for one, other in _neighbours(across, now):
        key = "swap", (one, other), 0
        if key not in seen:
            seen.add(key)
            layout = _swapped(graph, across, one, other)
            if layout is not None:
                yield key, layout


def _roomy(graph: Graph, across: Across, places: Places) -> Layout:
    return make_room(graph, across.laid_out(places))


def _for_lines(across: Across, bent: Iterable[ChosenLine]) -> Iterator[tuple[Key, set[str], float]]:
    """Both ends of a bent line in line, by moving either; or the lower one beside the decision above it."""
    for one in bent:
        start, end = one.line.edge.start, one.line.edge.end
        if one.line.goes_back or start not in across.spans or end not in across.spans:
            continue
        at, to = across.places["node", end], across.places["node", start]
        yield ("to", (end,), round(to)), {end}, to - at
        yield ("with its own", (end,), round(to)), across.hanging(end), to - at
        yield ("to", (start,), round(at)), {start}, at - to
        reach = across.spans[start].size / 2 + _BESIDE_DECISION
        if across.shape(start) == DECISION and abs(at - to) < reach:
            target = to + (reach if at > to else -reach)
            yield ("with its own", (end,), round(target)), across.hanging(end), target - at


def _for_families(across: Across) -> Iterator[tuple[Key, set[str], float]]:
    """A parent over the middle of its children, or they below it."""
    for parent, children in across.families:
        places = [across.places["node", child] for child in children]
        middle, at = (min(places) + max(places)) / 2, across.places["node", parent]
        if abs(at - middle) > MOST_OFF_AXIS:
            yield ("to", (parent,), round(middle)), {parent}, middle - at
            yield ("together", tuple(children), round(at)), set(children), at - middle


def _neighbours(across: Across, now: Tried) -> Iterator[tuple[str, str]]:
    """Ends of lines in each other's way that stand in one rank of one group, and might change places."""
    for first, second in now.search.conflicts()[:_MOST_SWAPS]:
        for one in (first.edge.start, first.edge.end):
            for other in (second.edge.start, second.edge.end):
                if one == other or one not in across.ranks or other not in across.ranks:
                    continue
                apart = abs(across.ranks[one].middle - across.ranks[other].middle)
                if apart < _SAME_RANK and across.owner[one] == across.owner[other]:
                    yield one, other


def _swapped(graph: Graph, across: Across, one: str, other: str) -> Layout | None:
    nodes = dict(across.layout.nodes)
    first, second = nodes[one], nodes[other]
    nodes[one], nodes[other] = _at(first, second), _at(second, first)
    layout = Across(graph, Layout(nodes, across.layout.groups)).polish().laid_out()
    layout = make_room(graph, layout)
    boxes = [box.grown(LEAST_GAP / 2 - 1) for box in layout.nodes.values()]
    clash = any(box.overlaps(following) for at, box in enumerate(boxes) for following in boxes[at + 1 :])
    return None if clash else layout


def _at(box: Box, place: Box) -> Box:
    return Box.centred(place.centre_x, place.centre_y, box.width, box.height)
