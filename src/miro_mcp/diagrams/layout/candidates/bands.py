"""Groups as columns side by side, or rows below each other, each with its members in one line."""

from __future__ import annotations

from collections import defaultdict

from ....board.geometry import Box
from ...graph import Graph
from ..axes import Axes, Span, owners_of, split
from ..places import Layout
from ..problem import PADDING
from ..room import drawn_edges
from ..sizes import edge_room, node_size, title_size

_BETWEEN_BANDS, _BETWEEN_MEMBERS = 72.0, 40.0
_SEEN = 44.0
_SWEEPS = 6


def in_bands(graph: Graph, *, columns: bool) -> Layout | None:
    """The layout of a graph whose groups hold no groups; None of another. Nodes in no group are bands of their own."""
    if len(graph.groups) < 2 or any(group.parent for group in graph.groups):
        return None
    return _Bands(graph, columns=columns).placed()


class _Bands:
    def __init__(self, graph: Graph, *, columns: bool) -> None:
        self._graph = graph
        self._axes = Axes("right" if columns else "down")
        self._owner = owners_of(graph)
        self._groups = {group.key: group for group in graph.groups}
        self._sizes = {node.key: node_size(node) for node in graph.nodes}
        self._members: dict[str, list[str]] = {key: [] for key in self._groups}
        for node in graph.nodes:
            self._members.setdefault(self._owner[node.key] or node.key, []).append(node.key)
        self._edges = [
            (edge.start, edge.end, edge_room(edge))
            for edge in drawn_edges(graph)
            if edge.start in self._sizes and edge.end in self._sizes
        ]
        self._joined: dict[str, list[str]] = defaultdict(list)
        for start, end, _ in self._edges:
            self._joined[start].append(end)
            self._joined[end].append(start)

    def placed(self) -> Layout:
        order = self._order()
        for sweep in range(_SWEEPS):
            across = self._across()
            for unit in order if sweep % 2 == 0 else order[::-1]:
                self._members[unit].sort(key=lambda key: self._pulled(key, across))
        across = self._across()
        room = max((self._axes.along_size(size) for *_, size in self._edges), default=0.0)
        boxes: dict[str, Box] = {}
        at = 0.0
        for unit in order:
            members = self._members[unit]
            group = self._groups.get(unit)
            title = title_size(group) if group else (0.0, 0.0)
            wide = max((self._axes.along_size(self._sizes[key]) for key in members), default=120.0)
            head = 0.0 if self._axes.level or not group else title[1]
            if group:
                wide = max(wide + 2 * PADDING, title[0] if self._axes.level else 0.0) + head
            for key in members:
                along = Span(round(at + head + (wide - head) / 2), self._axes.along_size(self._sizes[key]))
                boxes[key] = self._axes.box(along, Span(round(across[key]), self._axes.across_size(self._sizes[key])))
            if group:
                boxes[unit] = self._around(unit, Span(at + wide / 2, wide), across, title)
            at += wide + _BETWEEN_BANDS + min(room, 150.0)
        return split(self._graph, boxes)

    def _around(self, unit: str, along: Span, across: dict[str, float], title: tuple[float, float]) -> Box:
        spans = [Span(across[key], self._axes.across_size(self._sizes[key])) for key in self._members[unit]]
        low = min((span.low for span in spans), default=0.0) - PADDING - (title[1] if self._axes.level else 0.0)
        high = max((span.high for span in spans), default=60.0) + PADDING
        high = max(high, low + (0.0 if self._axes.level else title[0] + 8))
        return self._axes.box(along, Span((low + high) / 2, high - low))

    def _order(self) -> list[str]:
        """Bands as lines follow each other, those first that nothing leads to."""
        after: dict[str, set[str]] = defaultdict(set)
        for start, end, _ in self._edges:
            one, other = self._owner[start] or start, self._owner[end] or end
            if one != other and one not in after[other]:
                after[one].add(other)
        waiting = list(self._members)
        order: list[str] = []
        while waiting:
            free = [unit for unit in waiting if not any(unit in after[one] for one in waiting)]
            unit = (free or waiting)[0]
            waiting.remove(unit)
            order.append(unit)
        return order

    def _across(self) -> dict[str, float]:
        """Members one after the other, their whole around 0."""
        captions: dict[frozenset[str], float] = {}
        for start, end, size in self._edges:
            captions[frozenset((start, end))] = self._axes.across_size(size)
        found: dict[str, float] = {}
        for members in self._members.values():
            at, before = 0.0, ""
            for key in members:
                size = self._axes.across_size(self._sizes[key])
                caption = captions.get(frozenset((before, key)), 0.0)
                at += max(_BETWEEN_MEMBERS, caption + _SEEN if caption else 0.0) if before else 0.0
                found[key] = at + size / 2
                at, before = at + size, key
            for key in members:
                found[key] -= at / 2
        return found

    def _pulled(self, key: str, across: dict[str, float]) -> float:
        joined = self._joined[key]
        return sum(across[one] for one in joined) / len(joined) if joined else across[key]
