"""All layouts that a graph is tried in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....board.geometry import Box
from ...graph import Graph
from ..axes import split
from ..layered import solve_layered
from ..places import Layout
from ..problem import Problems
from .dot import MOST_LINES, DotTask, has_graphviz, solve_by_dot
from .tidy import tidy_tree
from .variants import along_main_path, dead_ends_beside, with_wide_gaps, without_captions

MANY_LINES = 150
"""From which on a graph is tried in two layouts alone."""

_QUICK = "nslimit=3 "
"""Times the number of nodes that a quick run may exchange edges while it looks for positions."""

_NEW_RANKS = "newrank=true "
"""Ranks run across groups."""


def candidate_layouts(graph: Graph) -> tuple[list[Layout], tuple[str, ...]]:
    """At least one, and what has to be said about them; it blocks while Graphviz runs."""
    problems = Problems(graph)
    problem = problems.whole()
    if not problem.nodes:
        return [Layout({})], ()
    found: list[Layout] = []
    if has_graphviz() and problem.size <= MOST_LINES:
        tasks = _tasks(graph, problems)
        places = solve_by_dot(tasks, 1.0 + 0.01 * problem.size)
        found = [_layout(graph, problems.names, one) for one in places.values()]
    notes: tuple[str, ...] = ()
    if not found:
        why = "Graphviz did not get it done in time" if has_graphviz() else "Graphviz isn't installed"
        notes = (f"Laid out in a simpler way, since {why}: lines may cross more than they need to.",)
        found = [_layout(graph, problems.names, solve_layered(problem))]
    tree = tidy_tree(graph)
    return [*found, *([tree] if tree else [])], notes


def _tasks(graph: Graph, problems: Problems) -> list[DotTask]:
    """The quickest first, in case there is no time for the others."""
    usual = problems.whole().as_json()
    plain = without_captions(usual)
    if len(graph.edges) > MANY_LINES:
        return [DotTask("quick", plain, _QUICK), DotTask("usual", usual, _QUICK)]
    tasks = [
        DotTask("plain", plain),
        DotTask("usual", usual),
        DotTask("main path", along_main_path(plain)),
        DotTask("in order", plain, "ordering=out "),
    ]
    beside = tuple((problems.names[one], problems.names[other]) for one, other in dead_ends_beside(graph))
    if beside and not plain["islands"]:
        wide = with_wide_gaps(plain)
        tasks += [DotTask("beside", wide, "", beside), DotTask("main beside", along_main_path(wide), "", beside)]
    if graph.groups:
        apart = without_captions(Problems(graph, apart=True).whole().as_json())
        tasks += [
            DotTask("ranks", usual, _NEW_RANKS),
            DotTask("plain ranks", plain, _NEW_RANKS),
            DotTask("apart", apart),
        ]
    return tasks


def _layout(graph: Graph, names: Mapping[str, str], places: Mapping[str, Sequence[float]]) -> Layout:
    boxes = {key: _box(*places[name]) for key, name in names.items() if name in places}
    return split(graph, boxes)


def _box(left: float, top: float, width: float, height: float) -> Box:
    """Centres fall on whole units."""
    return Box.centred(round(left + width / 2), round(top + height / 2), width, height)
