"""A tree whose leaves stand one after the other along the flow, where a parent has many: organization charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....board.geometry import Box
from ...graph import Graph
from ..axes import Axes, Span, split
from ..places import Layout
from ..sizes import node_size

_INDENT, _BETWEEN_LEAVES, _BETWEEN_BRANCHES, _RANKS = 40.0, 20.0, 48.0, 56.0
_MANY = 2
"""Leaves of one parent from which they are stacked."""

_Places = dict[str, tuple[float, float]]
"""Where a box begins across and along, from the corner of its branch."""


def stack_leaves(graph: Graph, roots: Sequence[str], children: Mapping[str, Sequence[str]]) -> Layout:
    return _Stacked(graph, children).placed(roots)


class _Stacked:
    def __init__(self, graph: Graph, children: Mapping[str, Sequence[str]]) -> None:
        self._graph = graph
        self._children = children
        self._axes = Axes(graph.direction)
        self._sizes = {node.key: node_size(node) for node in graph.nodes}

    def placed(self, roots: Sequence[str]) -> Layout:
        boxes: dict[str, Box] = {}
        at = 0.0
        for root in roots:
            places, width = self._branch(root)
            for key, (across, along) in places.items():
                size = self._along(key)
                middle = self._axes.sign * (along + size / 2)
                span = Span(round(at + across + self._across(key) / 2), self._across(key))
                boxes[key] = self._axes.box(Span(round(middle), size), span)
            at += width + _BETWEEN_BRANCHES
        return split(self._graph, boxes)

    def _across(self, key: str) -> float:
        return self._axes.across_size(self._sizes[key])

    def _along(self, key: str) -> float:
        return self._axes.along_size(self._sizes[key])

    def _branch(self, key: str) -> tuple[_Places, float]:
        """A node with what is below it, and how much room that takes across the flow."""
        children = self._children[key]
        below = self._along(key) + _RANKS
        if len(children) >= _MANY and not any(self._children[child] for child in children):
            return self._stack(key, children)
        places: _Places = {}
        at = 0.0
        firsts: list[float] = []
        for child in children:
            inner, width = self._branch(child)
            places |= {one: (at + across, below + along) for one, (across, along) in inner.items()}
            firsts.append(places[child][0] + self._across(child) / 2)
            at += width + _BETWEEN_BRANCHES
        width = max(at - _BETWEEN_BRANCHES, self._across(key))
        middle = (firsts[0] + firsts[-1]) / 2 if firsts else self._across(key) / 2
        shift = max(self._across(key) / 2 - middle, 0.0)
        places = {one: (across + shift, along) for one, (across, along) in places.items()}
        places[key] = middle + shift - self._across(key) / 2, 0.0
        return places, max(width + shift, places[key][0] + self._across(key))

    def _stack(self, key: str, leaves: Sequence[str]) -> tuple[_Places, float]:
        places: _Places = {key: (0.0, 0.0)}
        at = self._along(key) + _BETWEEN_LEAVES
        for leaf in leaves:
            places[leaf] = _INDENT, at
            at += self._along(leaf) + _BETWEEN_LEAVES
        return places, max(self._across(key), _INDENT + max(self._across(leaf) for leaf in leaves))
