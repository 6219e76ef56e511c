"""All layouts that a graph is tried in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....board.geometry import Box
from ...graph import Graph
from ..axes import split
from ..layered import solve_layered
from ..places import Layout
from ..problem import Problems
from .bands import in_bands
from .dot import MOST_LINES, DotTask, has_graphviz, solve_by_dot
from .tidy import tidy_tree
from .variants import along_main_path, dead_ends_beside, same_ranks, with_wide_gaps, without_captions

MANY_LINES = 150
"""From which on a graph is laid out in one way alone."""

_MANY_NODES = 16
"""From which on leaves of a tree may be stacked."""

_QUICK = "nslimit=3 "
"""Times the number of nodes that a quick run may exchange edges while it looks for positions."""

_NEW_RANKS = "newrank=true "
"""Ranks run across groups."""


_NOT_SO = {
    "columns": "Columns need two groups or more with no groups in them",
    "rows": "Rows need two groups or more with no groups in them",
    "tree": "A tree has no groups, and each node but the first has one line to it",
    "stacked": "A stacked tree has no groups, and each node but the first has one line to it",
}


def candidate_layouts(graph: Graph) -> tuple[list[Layout], tuple[str, ...]]:
    """At least one, and what has to be said about them; it blocks while Graphviz runs."""
    if not graph.nodes and not graph.groups:
        return [Layout({})], ()
    asked = _as_asked(graph)
    if asked:
        return [asked], ()
    found, notes = _flows(graph)
    if graph.layout in _NOT_SO:
        notes = (*notes, f"{_NOT_SO[graph.layout]}, so it is laid out as a flow.")
    elif graph.layout is None and not same_ranks(graph):
        bands = [in_bands(graph, columns=columns) for columns in (True, False)]
        many = len(graph.nodes) >= _MANY_NODES
        others = [
            tidy_tree(graph),
            *([tidy_tree(graph, stacked=True)] if many else ()),
            *(bands if len(graph.edges) <= MANY_LINES else ()),
        ]
        found += [one for one in others if one]
    return found, notes


def _as_asked(graph: Graph) -> Layout | None:
    """The one layout that is asked for, where the graph can be laid out so."""
    if graph.layout in ("columns", "rows"):
        return in_bands(graph, columns=graph.layout == "columns")
    if graph.layout in ("tree", "stacked"):
        return tidy_tree(graph, stacked=graph.layout == "stacked")
    return None


def _flows(graph: Graph) -> tuple[list[Layout], tuple[str, ...]]:
    """Ranks that follow each other, by Graphviz or in the simpler way."""
    problems = Problems(graph)
    problem = problems.whole()
    found: list[Layout] = []
    if has_graphviz() and problem.size <= MOST_LINES:
        places = solve_by_dot(_tasks(graph, problems), 1.0 + 0.01 * problem.size)
        found = [_layout(graph, problems.names, one) for one in places.values()]
    if found:
        return found, ()
    why = "Graphviz did not get it done in time" if has_graphviz() else "Graphviz isn't installed"
    notes = (f"Laid out in a simpler way, since {why}: lines may cross more than they need to.",)
    return [_layout(graph, problems.names, solve_layered(problem))], notes


def _tasks(graph: Graph, problems: Problems) -> list[DotTask]:
    """The quickest first, in case there is no time for the others."""
    usual = problems.whole().as_json()
    plain = without_captions(usual)
    if len(graph.edges) > MANY_LINES:
        return [DotTask("plain", plain, _QUICK)]
    tasks = [DotTask("plain", plain), DotTask("usual", usual)]
    names = problems.names
    asked = tuple((names[one], names[other]) for one, other in same_ranks(graph))
    if asked and not plain["islands"]:
        return [DotTask("plain", plain, "", asked), DotTask("main path", along_main_path(plain), "", asked)]
    beside = tuple((names[one], names[other]) for one, other in dead_ends_beside(graph))
    if beside and not plain["islands"]:
        tasks.append(DotTask("beside", along_main_path(with_wide_gaps(plain)), "", beside))
    else:
        tasks.append(DotTask("main path", along_main_path(plain)))
    if graph.groups:
        apart = without_captions(Problems(graph, apart=True).whole().as_json())
        tasks += [DotTask("plain ranks", plain, _NEW_RANKS), DotTask("apart", apart)]
    return tasks


def _layout(graph: Graph, names: Mapping[str, str], places: Mapping[str, Sequence[float]]) -> Layout:
    boxes = {key: _box(*places[name]) for key, name in names.items() if name in places}
    return split(graph, boxes)


def _box(left: float, top: float, width: float, height: float) -> Box:
    """Centres fall on whole units."""
    return Box.centred(round(left + width / 2), round(top + height / 2), width, height)
