"""Laying a graph out: several layouts are made, lines drawn in each, and the one that reads best is polished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from ..graph import Graph, Node
from ..lines.chart import Chart
from ..lines.ends import ends_found
from ..lines.options import Ways
from ..lines.search import LineSearch
from .across import Across
from .axes import Axes, Span
from .candidates.layouts import MANY_LINES, candidate_layouts
from .mind_maps import lay_out_mind_map
from .moves import Tried, improve, try_layout
from .node_faults import nodes_cost
from .places import Layout
from .room import even_widths, make_room

_FINISHED = 2
"""How many of the best have their lines searched thoroughly; the very best is improved by moves before."""

_HOPELESS = 1.3
"""Times the cost of the best, from which on another can't become better any more."""

_MOVES = 600
"""Lines in all the layouts that are tried for one of them."""


def arrange(graph: Graph) -> Layout:
    """Boxes for every node and group, the top left corner at 0, 0, and the ends of all lines.

    It blocks for seconds where the graph is large. The same graph gives the same layout: its work is bounded by what
    is evaluated, never by a clock.
    """
    graph = even_widths(graph)
    mind_map = lay_out_mind_map(graph) if graph.layout == "mind map" else None
    if mind_map is not None:
        return mind_map
    candidates, notes = candidate_layouts(graph)
    if not candidates[0].nodes:
        return replace(candidates[0], notes=notes)
    candidates = [in_columns(graph, candidate) for candidate in candidates]
    ways = Ways()
    free = graph.layout in (None, "flow", "mind map") and len(graph.edges) <= MANY_LINES
    tried = sorted(_tried(graph, candidates, ways, polish=free), key=lambda one: one.cost)
    best = tried[:_FINISHED] if free else tried[:1]
    if free:
        best[0] = improve(graph, best[0], ways, _MOVES // max(len(graph.edges), 1))
    enough = min(one.cost for one in best) * _HOPELESS
    finished = [_finished(graph, one, ways) for one in best if one.cost <= enough]
    layout = min(finished, key=lambda one: one[0])[1]
    return replace(layout, notes=notes)


def in_columns(graph: Graph, layout: Layout) -> Layout:
    """Nodes of one rank in the order that was asked for; the others keep their places."""
    axes = Axes(graph.direction)
    ranks: dict[int, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        if node.column is not None and node.key in layout.nodes:
            ranks[round(axes.along(layout.nodes[node.key]).middle)].append(node)
    nodes = dict(layout.nodes)
    for rank in ranks.values():
        middles = sorted(axes.across(layout.nodes[node.key]).middle for node in rank)
        for node, middle in zip(sorted(rank, key=lambda node: node.column or 0), middles, strict=True):
            box = layout.nodes[node.key]
            nodes[node.key] = axes.box(axes.along(box), Span(middle, axes.across(box).size))
    return replace(layout, nodes=nodes)


def _tried(graph: Graph, candidates: Iterable[Layout], ways: Ways, *, polish: bool) -> list[Tried]:
    """Each as it is, and with `polish` as it is polished across the flow."""
    found: list[Tried] = []
    seen: set[tuple[tuple[int, int], ...]] = set()
    for candidate in candidates:
        across = Across(graph, candidate)
        plain = make_room(graph, across.laid_out())
        versions = [plain]
        if polish:
            versions.append(make_room(graph, across.polish().laid_out()))
        for layout in versions:
            bounds = layout.bounds
            places = tuple(
                (round((box.centre_x - bounds.left) / 4), round((box.centre_y - bounds.top) / 4))
                for box in layout.nodes.values()
            )
            if places not in seen:
                seen.add(places)
                found.append(try_layout(graph, layout, ways))
    return found


def _finished(graph: Graph, tried: Tried, ways: Ways) -> tuple[float, Layout]:
    """With the thorough search for lines where they aren't too many, the top left corner at 0, 0."""
    layout, cost, search = tried.layout, tried.cost, tried.search
    chart = Chart(graph, layout)
    if len(chart.lines) <= MANY_LINES:
        search = LineSearch(chart, ways=ways).run()
        cost = search.cost + nodes_cost(graph, layout)
    bounds = layout.bounds
    drawn = replace(layout, ends=ends_found(chart, search), reach=search.reach)
    return cost, drawn.moved(-bounds.left, -bounds.top)
