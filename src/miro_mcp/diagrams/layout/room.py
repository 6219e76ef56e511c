"""Room: siblings of one width, and along the flow as much between ranks, groups and titles as captions need."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ...board.geometry import Box
from ..graph import Edge, Graph
from .axes import Axes, Span, owners_of
from .places import Layout
from .problem import PADDING
from .sizes import EVEN, edge_room, node_size, title_size

_NODES_APART, _APART, _OVERLAP = 36.0, 28.0, 16.0
_SEEN_ACROSS, _SEEN_ALONG = 58.0, 50.0
"""Board units of a captioned line that should be seen, beside its caption, where it runs level and where upright."""

_FEET = 36.0
"""Board units more where crow's feet stand at the ends of a line."""

_WIDEST, _LANE = 320.0, 19.0
_SAME_RANK = 2.0

_Place = tuple[str, str]
"""A number that is looked for: where a rank is, or where a group begins or ends."""


def drawn_edges(graph: Graph) -> list[Edge]:
    return [edge for edge in graph.edges if edge.visible and edge.start != edge.end]


def even_widths(graph: Graph) -> Graph:
    """Followers of one node that are of one shape get the width of the widest."""
    nodes = {node.key: node for node in graph.nodes}
    over: dict[str, set[str]] = defaultdict(set)
    below: dict[str, dict[str, None]] = defaultdict(dict)
    for edge in drawn_edges(graph):
        over[edge.end].add(edge.start)
        below[edge.start][edge.end] = None
    leader = {key: key for key in nodes}

    def first(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for key, followers in below.items():
        own: dict[str, str] = {}
        for child in followers:
            node = nodes.get(child)
            if node and over[child] == {key} and node.shape not in EVEN and node.width is None:
                leader[first(child)] = first(own.setdefault(node.shape, child))
    least = _least_widths(graph)
    widths: dict[str, float] = defaultdict(float)
    sizes = {key: node_size(node) for key, node in nodes.items()}
    for key, node in nodes.items():
        wanted = max(sizes[key][0], least.get(key, 0.0)) if node.shape not in EVEN else sizes[key][0]
        widths[first(key)] = max(widths[first(key)], wanted)
    return replace(
        graph,
        nodes=tuple(
            node if widths[first(node.key)] == sizes[node.key][0] else replace(node, width=widths[first(node.key)])
            for node in graph.nodes
        ),
    )


def _least_widths(graph: Graph) -> dict[str, float]:
    """Nodes that several captioned lines join need the captions' widths side by side."""
    if Axes(graph.direction).level:
        return {}
    captions: dict[frozenset[str], list[float]] = defaultdict(list)
    for edge in drawn_edges(graph):
        if edge.text:
            captions[frozenset((edge.start, edge.end))].append(edge_room(edge)[0])
    found: dict[str, float] = {}
    for pair, widths in captions.items():
        if len(widths) > 2:
            for key in pair:
                found[key] = max(found.get(key, 0.0), min(2.0 * math.ceil(sum(widths) / 4 + 15), _WIDEST))
    return found


def make_room(graph: Graph, layout: Layout) -> Layout:
    """Ranks, groups and what is in them pushed on along the flow until all have the room they need."""
    return _Room(graph, layout).solved()


class _Room:
    def __init__(self, graph: Graph, layout: Layout) -> None:
        self._layout = layout
        self._axes = Axes(graph.direction)
        self._owner = owners_of(graph)
        self._titles = {group.key: title_size(group) for group in graph.groups}
        self._boxes: dict[str, Box] = {**layout.nodes, **layout.groups}
        self._along = {key: self._axes.along(box) for key, box in self._boxes.items()}
        self._across = {key: self._axes.across(box) for key, box in self._boxes.items()}
        self._captions = self._caption_room(drawn_edges(graph))
        self._rank = self._ranks()
        self._at: dict[_Place, float] = {("rank", rank): float(rank) for rank in set(self._rank.values())}
        for key in layout.groups:
            self._at["low", key], self._at["high", key] = self._along[key].low, self._along[key].high
        self._apart: list[tuple[_Place, _Place, float]] = []
        self._part_neighbours()
        self._hold_members()

    def solved(self) -> Layout:
        """As it was, where there is no way to give everything its room."""
        for _ in range(len(self._at) + 2):
            moved = False
            for first, second, distance in self._apart:
                if self._at[second] < self._at[first] + distance - 0.01:
                    self._at[second] = self._at[first] + distance
                    moved = True
            if not moved:
                break
        else:
            return self._layout
        nodes: dict[str, Box] = {}
        for key in self._layout.nodes:
            rank = self._rank[key]
            middle = round(self._at["rank", rank] + self._along[key].middle - float(rank))
            nodes[key] = self._axes.box(Span(middle, self._along[key].size), self._across[key])
        groups: dict[str, Box] = {}
        for key in sorted(self._layout.groups, key=lambda key: -len(self._above(key))):
            span = self._tight(key, nodes, groups)
            groups[key] = self._axes.box(span, self._across[key])
        return replace(self._layout, nodes=nodes, groups=groups)

    def _tight(self, key: str, nodes: dict[str, Box], groups: dict[str, Box]) -> Span:
        """A group hugs what is in it, below its title."""
        low, high = self._at["low", key], self._at["high", key]
        inside = [self._axes.along(nodes.get(one) or groups[one]) for one in self._members(key)]
        if inside:
            low = max(low, min(span.low for span in inside) - PADDING - self._head(key))
            high = min(high, max(span.high for span in inside) + PADDING)
            least = self._titles[key][0] + 8
            if self._axes.level and high - low < least:
                middle = (low + high) / 2
                low = max(self._at["low", key], middle - least / 2)
                high = max(high, low + least)
        return Span((low + high) / 2, high - low)

    def _caption_room(self, edges: Iterable[Edge]) -> dict[frozenset[str], float]:
        found: dict[frozenset[str], float] = {}
        count: dict[frozenset[str], int] = defaultdict(int)
        for edge in edges:
            width, height = edge_room(edge)
            pair = frozenset((edge.start, edge.end))
            if width:
                count[pair] += 1
                needed = width + _SEEN_ACROSS if self._axes.level else height + _SEEN_ALONG
                needed += _FEET * ("erd" in edge.start_cap + edge.end_cap)
                found[pair] = max(found.get(pair, 0.0), needed)
        for pair, lines in count.items():
            if lines > 2 and not self._axes.level:
                found[pair] += _LANE * (lines - 1) / 1.5
        return found

    def _ranks(self) -> dict[str, str]:
        """Nodes that stand in one rank move together; a rank is called by where it is."""
        ranks: list[int] = []
        found: dict[str, str] = {}
        for key in sorted(self._layout.nodes, key=lambda key: self._along[key].middle):
            at = round(self._along[key].middle)
            if not ranks or at - ranks[-1] > _SAME_RANK:
                ranks.append(at)
            found[key] = str(ranks[-1])
        return found

    def _above(self, key: str) -> list[str]:
        found: list[str] = []
        owner = self._owner.get(key)
        while owner is not None and owner in self._boxes and owner not in found:
            found.append(owner)
            owner = self._owner.get(owner)
        return found

    def _members(self, key: str) -> list[str]:
        return [one for one, owner in self._owner.items() if owner == key and one in self._boxes]

    def _head(self, key: str) -> float:
        return 0.0 if self._axes.level else self._titles[key][1]

    def _begin(self, key: str) -> tuple[_Place, float]:
        """The number that a box's near edge depends on, and how far from it that edge is."""
        if key in self._rank:
            return ("rank", self._rank[key]), self._along[key].low - float(self._rank[key])
        return ("low", key), 0.0

    def _end(self, key: str) -> tuple[_Place, float]:
        if key in self._rank:
            return ("rank", self._rank[key]), self._along[key].high - float(self._rank[key])
        return ("high", key), 0.0

    def _keep_apart(self, first: str, second: str, distance: float) -> None:
        (one, from_one), (other, to_other) = self._end(first), self._begin(second)
        if one != other:
            self._apart.append((one, other, from_one - to_other + distance))

    def _part_neighbours(self) -> None:
        keys = list(self._boxes)
        above = {key: set(self._above(key)) for key in keys}
        for number, one in enumerate(keys):
            for other in keys[number + 1 :]:
                if other in above[one] or one in above[other]:
                    continue
                if abs(self._across[one].middle - self._across[other].middle) >= _reach(
                    self._across[one], self._across[other], _OVERLAP
                ):
                    continue
                first, second = (one, other) if self._along[one].middle <= self._along[other].middle else (other, one)
                if self._along[second].low < self._along[first].high - 4:
                    continue
                nodes = first in self._rank and second in self._rank
                distance = _NODES_APART if nodes else _APART
                if nodes or self._owner.get(first) != self._owner.get(second):
                    distance = max(distance, self._captions.get(frozenset((first, second)), 0.0))
                self._keep_apart(first, second, distance)
        for pair, distance in self._captions.items():
            if len(pair) == 2 and pair <= self._rank.keys():
                first, second = sorted(pair, key=lambda key: (self._along[key].middle, key))
                lined_up = abs(self._across[first].middle - self._across[second].middle) < _reach(
                    self._across[first], self._across[second], 0
                )
                if lined_up and self._along[first].middle < self._along[second].middle:
                    self._keep_apart(first, second, distance)

    def _hold_members(self) -> None:
        for key in self._layout.groups:
            if self._axes.level:
                self._apart.append((("low", key), ("high", key), self._titles[key][0] + 8))
            for member in self._members(key):
                place, offset = self._begin(member)
                self._apart.append((("low", key), place, PADDING + self._head(key) - offset))
                place, offset = self._end(member)
                self._apart.append((place, ("high", key), PADDING + offset))


def _reach(one: Span, other: Span, more: float) -> float:
    return (one.size + other.size) / 2 + more
