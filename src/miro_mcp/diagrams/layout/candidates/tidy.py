"""A tidy tree: children beside each other, parents over their middle, branches as close as they can be."""

from __future__ import annotations

from collections import defaultdict

from ....board.geometry import Box
from ...graph import Graph
from ..axes import Axes, Span, split
from ..places import Layout
from ..room import drawn_edges
from ..sizes import edge_room, node_size
from .stacked import stack_leaves

_GAP_LEVEL, _GAP_UPRIGHT = 28.0, 36.0
_COUSINS = 14.0
"""Board units more between branches than between leaves."""

_ROOTS = 20.0
_RANKS_LEVEL, _RANKS_UPRIGHT = (60.0, 140.0), (56.0, 60.0)

Contour = tuple[dict[int, float], dict[int, float]]
"""How far a branch reaches to both sides, by depth."""


def tidy_tree(graph: Graph, *, stacked: bool = False) -> Layout | None:
    """The layout of a graph that is a tree but for a few lines; None of another.

    With `stacked` leaves stand one after the other along the flow, beside a line down from their parent.
    """
    if graph.groups or not graph.nodes:
        return None
    children = _spanning(graph)
    if children is None:
        return None
    tree = _Tree(graph, children)
    return stack_leaves(graph, tree.roots, children) if stacked else tree.placed()


def _spanning(graph: Graph) -> dict[str, list[str]] | None:
    """The children of each node, found in breadth; None where too many lines are none of the tree."""
    following: dict[str, list[str]] = defaultdict(list)
    arrivals: dict[str, int] = defaultdict(int)
    for edge in drawn_edges(graph):
        following[edge.start].append(edge.end)
        arrivals[edge.end] += 1
    keys = [node.key for node in graph.nodes]
    roots = [key for key in keys if not arrivals[key]] or keys[:1]
    children: dict[str, list[str]] = {key: [] for key in keys}
    seen, queue, others = set(roots), list(roots), 0
    for key in queue:
        for child in following[key]:
            if child in seen:
                others += 1
            else:
                seen.add(child)
                children[key].append(child)
                queue.append(child)
    if len(seen) < len(keys) or others > max(2, len(graph.edges) // 6):
        return None
    return children


class _Tree:
    def __init__(self, graph: Graph, children: dict[str, list[str]]) -> None:
        self._graph = graph
        self._children = children
        self._axes = Axes(graph.direction)
        self._sizes = {node.key: node_size(node) for node in graph.nodes}
        self._gap = _GAP_LEVEL if self._axes.level else _GAP_UPRIGHT
        below = {child for some in children.values() for child in some}
        self.roots = [node.key for node in graph.nodes if node.key not in below]
        self._depth = dict.fromkeys(self.roots, 0)
        ahead = list(self.roots)
        for key in ahead:
            for child in children[key]:
                self._depth[child] = self._depth[key] + 1
                ahead.append(child)
        self._order = ahead
        self._off = dict.fromkeys(self._depth, 0.0)
        """How far each stands from the middle of its parent."""

    def placed(self) -> Layout:
        contours: dict[str, Contour] = {}
        for key in reversed(self._order):
            contours[key] = self._branch(key, contours)
        across: dict[str, float] = {}
        reached: dict[int, float] = {}
        for root in self.roots:
            lows, highs = contours[root]
            at = max((reached[d] + self._gap + _ROOTS - low for d, low in lows.items() if d in reached), default=0.0)
            across[root] = at
            reached |= {depth: at + high for depth, high in highs.items()}
        for key in self._order:
            for child in self._children[key]:
                across[child] = across[key] + self._off[child]
        along = self._rank_places()
        boxes: dict[str, Box] = {}
        for key, size in self._sizes.items():
            middle = self._axes.sign * along[self._depth[key]]
            span = Span(round(middle), self._axes.along_size(size))
            boxes[key] = self._axes.box(span, Span(round(across[key]), self._axes.across_size(size)))
        return split(self._graph, boxes)

    def _branch(self, key: str, contours: dict[str, Contour]) -> Contour:
        """The contour of a node with what is below it; its children get their places."""
        half, depth = self._axes.across_size(self._sizes[key]) / 2, self._depth[key]
        lows: dict[int, float] = {}
        highs: dict[int, float] = {}
        places: list[float] = []
        before = ""
        for child in self._children[key]:
            child_lows, child_highs = contours[child]
            more = _COUSINS if before and self._children[before] else 0.0
            at = max((highs[d] + self._gap + more - low for d, low in child_lows.items() if d in highs), default=0.0)
            at = max(at, 0.0)
            places.append(at)
            for d in child_lows:
                lows.setdefault(d, child_lows[d] + at)
                highs[d] = child_highs[d] + at
            before = child
        middle = (places[0] + places[-1]) / 2 if places else 0.0
        for child, at in zip(self._children[key], places, strict=True):
            self._off[child] = at - middle
        lows = {d: low - middle for d, low in lows.items()}
        highs = {d: high - middle for d, high in highs.items()}
        lows[depth], highs[depth] = -half, half
        return lows, highs

    def _rank_places(self) -> list[float]:
        edges = drawn_edges(self._graph)
        between, most = _RANKS_LEVEL if self._axes.level else _RANKS_UPRIGHT
        room = max((self._axes.along_size(edge_room(edge)) for edge in edges), default=0.0)
        depths = range(max(self._depth.values()) + 1)
        high = [max(self._axes.along_size(self._sizes[k]) for k, at in self._depth.items() if at == d) for d in depths]
        return [sum(high[:d]) + d * (between + min(room, most)) + high[d] / 2 for d in depths]
