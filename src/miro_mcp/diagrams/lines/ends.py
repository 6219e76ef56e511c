"""The ends of a diagram's lines in the API's words, as the search for them found the best."""

from __future__ import annotations

from typing import Any

from ..graph import Graph, Side
from ..layout.places import Ends, Layout
from .chart import DECISION, Chart
from .search import ChosenLine, LineSearch

_MANY = 150
"""Lines from which on the quicker search has to do."""


def line_ends(graph: Graph, layout: Layout) -> dict[str, Ends]:
    """By the edges' keys, for all lines that can be drawn; it takes milliseconds a line."""
    if layout.ends is not None:
        return dict(layout.ends)
    chart = Chart(graph, layout)
    return ends_found(chart, LineSearch(chart, rough=len(chart.lines) > _MANY).run()) if chart.lines else {}


def ends_found(chart: Chart, search: LineSearch) -> dict[str, Ends]:
    return {one.line.edge.key: _ends(chart, one) for one in search.chosen}


def _ends(chart: Chart, chosen: ChosenLine) -> Ends:
    edge, option = chosen.line.edge, chosen.option
    start = _point(*option.start, decision=chart.shapes.get(edge.start) == DECISION)
    end = _point(*option.end, decision=chart.shapes.get(edge.end) == DECISION)
    if chosen.spot is None:
        return Ends(start, end, curve=option.curve)
    _, place, align, _ = chosen.spot
    return Ends(start, end, f"{place:g}%", align, option.curve)


def _point(side: Side, share: float, *, decision: bool) -> dict[str, Any]:
    """A tenth of a percent would make a step in a line that is to be straight."""
    if abs(share - 0.5) < 1e-9:
        return {"snapTo": side}
    if decision:
        down = 0.5 + (1 if side == "bottom" else -1) * min(share, 1 - share)
        return {"position": {"x": _percent(share), "y": _percent(down)}}
    fixed = "0%" if side in ("top", "left") else "100%"
    along = _percent(share)
    return {"position": {"x": along, "y": fixed} if side in ("top", "bottom") else {"x": fixed, "y": along}}


def _percent(share: float) -> str:
    return f"{100 * share:.4f}".rstrip("0").rstrip(".") + "%"
