"""Which kind of diagram a text is, and the diagram in it."""

from __future__ import annotations

import re

from ..graph import Graph
from .source import source_of

MAX_TEXT = 500_000
"""Characters."""

_FLOWCHART = re.compile(r"\s*(?:flowchart|graph|swimlane-beta)")


def parse(text: str) -> Graph:
    """The diagram that a Mermaid text describes.

    Raises:
        MermaidError: the text isn't valid, or of a kind that can't be drawn; it says where and what was expected.
    """
    from .flowchart import chart_of
    from .flowchart_graph import graph_of_chart

    source = source_of(text)
    return graph_of_chart(chart_of(source), source)
