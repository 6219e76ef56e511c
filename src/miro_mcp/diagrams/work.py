"""What is worked out about diagrams away from the event loop, in a worker that can be ended."""

from __future__ import annotations

from ..workers.pool import Work
from .graph import Graph

DIAGRAM = Work("The diagram", "Split it into several, or leave some of it out. Nothing was changed.")

_LETTERS_A_LINE = 25


def size_of_text(text: str) -> int:
    """About how many lines and nodes a text has."""
    return len(text) // _LETTERS_A_LINE


def size_of(graph: Graph) -> int:
    return len(graph.nodes) + len(graph.edges) + len(graph.groups)
