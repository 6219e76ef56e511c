"""Pie charts: from parts to a value."""

from __future__ import annotations

from ...diagrams.charts.keys import Keys
from ...diagrams.charts.pie import PieChart, PieSlice
from ..labels import html_of
from ..source import Source
from .parse import parse


def read(source: Source) -> PieChart:
    """Raises:
    MermaidError: the text isn't a pie chart.
    """
    found = parse(source)
    keys = Keys()
    slices = tuple(
        PieSlice(key=keys.of(text), text=text, value=value)
        for text, value in ((html_of(name), value) for name, value in found.values.items())
    )
    return PieChart(slices=slices, shows_values=found.shows_values, title=found.title)
