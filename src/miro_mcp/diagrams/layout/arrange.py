"""Laying a graph out: several layouts are made, lines drawn in each, and the one that reads best is polished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..graph import Graph
from ..lines.chart import Chart
from ..lines.ends import ends_found
from ..lines.options import Ways
from ..lines.search import LineSearch
from .across import Across
from .candidates.layouts import MANY_LINES, candidate_layouts
from .moves import Tried, improve, try_layout
from .node_faults import nodes_cost
from .places import Layout
from .room import even_widths, make_room

_IMPROVED = 2
"""How many of the best are improved by moves and have their lines searched thoroughly."""

_MOVES = 350
"""Lines in all the layouts that are tried for one of them."""


def arrange(graph: Graph) -> Layout:
    """Boxes for every node and group, the top left corner at 0, 0, and the ends of all lines.

    It blocks for seconds where the graph is large. The same graph gives the same layout: its work is bounded by what
    is evaluated, never by a clock.
    """
    graph = even_widths(graph)
    candidates, notes = candidate_layouts(graph)
    if not candidates[0].nodes:
        return candidates[0]
    ways = Ways()
    tried = sorted(_tried(graph, candidates, ways), key=lambda one: one.cost)
    tries = _MOVES // max(len(graph.edges), 1) if len(graph.edges) <= MANY_LINES else 0
    best = [improve(graph, one, ways, tries) for one in tried[:_IMPROVED]] if tries else tried[:1]
    finished = [_finished(graph, one, ways) for one in best]
    layout = min(finished, key=lambda one: one[0])[1]
    return replace(layout, notes=notes)


def _tried(graph: Graph, candidates: Iterable[Layout], ways: Ways) -> list[Tried]:
    """Each as it is, and polished across the flow."""
    found: list[Tried] = []
    seen: set[tuple[tuple[int, int], ...]] = set()
    for candidate in candidates:
        across = Across(graph, candidate)
        plain = make_room(graph, across.laid_out())
        versions = [plain]
        if len(graph.edges) <= MANY_LINES:
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
    """With the thorough search for lines, the top left corner at 0, 0."""
    bounds = tried.layout.bounds
    layout = tried.layout.moved(-bounds.left, -bounds.top)
    chart = Chart(graph, layout)
    search = LineSearch(chart, ways=ways).run()
    return search.cost + nodes_cost(graph, layout), replace(layout, ends=ends_found(chart, search))
