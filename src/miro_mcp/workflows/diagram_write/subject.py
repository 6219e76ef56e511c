"""What a diagram is to be drawn of: a graph, and a layout where its places have a meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...diagrams.graph import Graph
from ...diagrams.kind import GRAPH, MIND_MAP, DiagramKind
from ...diagrams.layout.charts.table import LAID_OUT
from ...diagrams.layout.places import Layout
from ...diagrams.mind_map import MindMap, graph_of
from ...errors import BadArguments
from ...mermaid.cursor import MOST_DEPTH
from ...mermaid.kinds import parse_mermaid
from .arguments import WriteDiagram, has
from .given import graph_given
from .plan import depth_of

MOST_DRAWN = 5_000
"""Nodes, and lines, of one diagram; a sequence diagram has two nodes a message."""


@dataclass(frozen=True)
class DiagramSource:
    """With a `layout` places are part of what it says."""

    graph: Graph
    kind: DiagramKind = GRAPH
    layout: Layout | None = None
    mind_map: MindMap | None = None


def source_of_diagram(arguments: WriteDiagram) -> DiagramSource:
    """Raises:
    BadArguments: there is no diagram in the arguments; of Mermaid text it says where.
    """
    if not arguments.mermaid:
        subject = DiagramSource(graph_given(arguments))
    elif arguments.nodes or arguments.edges or arguments.groups:
        raise BadArguments("miro_diagram_write: give mermaid or nodes and edges, not both. Nothing was sent.")
    else:
        subject = _of_mermaid(arguments.mermaid)
    if arguments.as_mind_map and subject.mind_map is None:
        raise BadArguments(
            "miro_diagram_write: as_mind_map: it takes Mermaid text that begins with mindmap. Nothing was sent."
        )
    graph = subject.graph
    _check_size(graph)
    title = arguments.title if has(arguments, "title") else graph.title
    layout = arguments.layout or graph.layout
    direction = arguments.direction or graph.direction
    return replace(subject, graph=replace(graph, direction=direction, layout=layout, title=title))


def _check_size(graph: Graph) -> None:
    for name, found in (("nodes", graph.nodes), ("lines", graph.edges)):
        if len(found) > MOST_DRAWN:
            raise BadArguments(
                f"miro_diagram_write: it has {len(found)} {name}, and {MOST_DRAWN} are the most in one diagram. "
                "Split it into several. Nothing was sent."
            )
    groups = {group.key: group for group in graph.groups}
    for group in graph.groups:
        if depth_of(group, groups) >= MOST_DEPTH:
            raise BadArguments(
                f"miro_diagram_write: group {group.key!r} is inside more than {MOST_DEPTH - 1} others, and "
                f"{MOST_DEPTH} groups inside each other are the most. Nothing was sent."
            )


def _of_mermaid(text: str) -> DiagramSource:
    diagram = parse_mermaid(text)
    if isinstance(diagram, Graph):
        return DiagramSource(diagram)
    if isinstance(diagram, MindMap):
        return DiagramSource(graph_of(diagram), MIND_MAP, mind_map=diagram)
    kind, lay_out = LAID_OUT[type(diagram)]
    graph, layout = lay_out(diagram)
    return DiagramSource(graph, kind, layout)
