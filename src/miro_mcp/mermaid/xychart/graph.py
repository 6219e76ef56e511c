"""XY charts: from axes and plots to a value."""

from __future__ import annotations

from typing import Any, cast

from ...diagrams.charts.keys import Keys
from ...diagrams.charts.xy_chart import XyChart, XyPlot
from ..labels import html_of
from ..source import Source
from .parse import parse


def read(source: Source) -> XyChart:
    """Raises:
    MermaidError: the text isn't an XY chart.
    """
    found = parse(source)
    keys = Keys()
    x, y = found.axes["x-axis"], found.axes["y-axis"]
    given = source.config.get("xyChart")
    config = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    across = found.across or config.get("chartOrientation") == "horizontal"
    plots = tuple(
        XyPlot(
            key=keys.of(plot.kind, html_of(plot.title)),
            kind="bar" if plot.kind == "bar" else "line",
            values=tuple(plot.values),
            title=html_of(plot.title),
        )
        for plot in found.plots
    )
    return XyChart(
        plots=plots,
        categories=tuple(html_of(one) for one in x.categories),
        x_range=x.range,
        y_range=y.range,
        x_title=html_of(x.title),
        y_title=html_of(y.title),
        across=across,
        title=found.title,
    )
