"""A graph as the text of a Mermaid flowchart."""

from ..graph import Graph


def write(graph: Graph) -> str:
    raise NotImplementedError
