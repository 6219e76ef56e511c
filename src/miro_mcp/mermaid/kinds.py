"""Which kind of diagram a text is, and the diagram in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..diagrams.graph import Graph
from ..diagrams.mind_map import MindMap
from ..diagrams.sequence import Sequence
from .errors import MermaidError, any_of, quoted_source
from .source import Source, source_of

Diagram = Graph | Sequence | MindMap

MAX_TEXT = 500_000
"""Characters."""


def parse_mermaid(text: str) -> Diagram:
    """The diagram that a Mermaid text describes.

    Flowcharts, class, entity-relationship and state diagrams are graphs, sequence diagrams and mind maps values of
    their own.

    Raises:
        MermaidError: the text isn't valid, or of a kind that can't be drawn; it says where and what was expected.
    """
    if len(text) > MAX_TEXT:
        raise MermaidError(1, 1, f"at most {MAX_TEXT} characters", f"{len(text)}", _EXAMPLE)
    source = source_of(text)
    for kind, read in _READERS.items():
        if re.match(rf"\s*(?:{kind})", source.text):
            return read(source)
    first = re.search(r"\S+", source.text)
    at, found = (first.start(), quoted_source(first[0])) if first else (len(source.text), "the end of the text")
    raise source.error(at, f"a kind of diagram that can be drawn, {any_of(KINDS)}", found, _EXAMPLE)


def _flowchart(source: Source) -> Diagram:
    from .flowchart.graph import graph_of_chart
    from .flowchart.parse import chart_of

    return graph_of_chart(chart_of(source), source)


def _sequence(source: Source) -> Diagram:
    from .sequence.parse import sequence_of

    return sequence_of(source)


def _classes(source: Source) -> Diagram:
    from .classes.parse import class_graph

    return class_graph(source)


def _entities(source: Source) -> Diagram:
    from .entities.parse import er_graph

    return er_graph(source)


def _states(source: Source) -> Diagram:
    from .states.graph import state_graph

    return state_graph(source)


def _mind_map(source: Source) -> Diagram:
    from .mindmap.parse import mind_map_of

    return mind_map_of(source)


_READERS: dict[str, Callable[[Source], Diagram]] = {
    "mindmap": _mind_map,
    "classDiagram": _classes,
    "erDiagram": _entities,
    "sequenceDiagram": _sequence,
    "swimlane|flowchart|graph": _flowchart,
    "stateDiagram": _states,
}
KINDS = ("flowchart", "sequenceDiagram", "classDiagram", "erDiagram", "stateDiagram-v2", "mindmap")
"""What can be drawn, by the words that its text begins with."""

_EXAMPLE = "flowchart TD, and on the next line A[Start] --> B[End]"
