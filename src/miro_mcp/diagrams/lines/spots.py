"""The places of captions: along a line, on it, above or below it, clear of what doesn't move."""

from __future__ import annotations

from ...drawing.readability.captions import VerticalAlign, caption_edges, caption_faults, hides_its_line, sticks_out
from ...drawing.readability.faults import WEIGHTS, faults_cost
from ...drawing.readability.obstacles import Surroundings
from ...drawing.readability.stretches import Edges, Way
from .chart import Chart, Line, heads_of
from .options import LineOption, Spot

_PLACES = (50, 40, 60, 30, 70, 20, 80, 45, 55, 35, 65, 25, 75)
_PLACES_ROUGH = (50, 35, 65, 20, 80)
"""Percent along the line, the usual ones first."""

_KEPT = 14
_AWAY, _ON_OWN_LINE = 1.5, 20.0
"""What 20 percent away from the wanted place cost, and a caption beside a stretch that lies on another of its line."""

_BESIDE: dict[VerticalAlign, float] = {"middle": 0.0, "top": 1.2, "bottom": 1.6}


def spots_of(chart: Chart, line: Line, option: LineOption, *, rough: bool) -> list[Spot]:
    """The best places of a caption on a way, the best first; none where the line has no caption."""
    if option.spots is None:
        option.spots = sorted(_all_spots(chart, line, option.way, rough=rough), key=lambda spot: spot[0])[:_KEPT]
    return option.spots


def end_text_edges(line: Line, way: Way) -> list[Edges]:
    """What the texts at a line's ends cover."""
    return [caption_edges(way, share, size, "middle")[0] for share, size in line.end_texts]


def _all_spots(chart: Chart, line: Line, way: Way, *, rough: bool) -> list[Spot]:
    if line.caption is None:
        return []
    width, height = line.caption
    left, top, right, bottom = way.extent
    near = chart.around.within((left - width, top - 2 * height, right + width, bottom + 2 * height))
    given = line.edge.caption_at
    places = (given,) if given is not None else _PLACES_ROUGH if rough else _PLACES
    wanted = given if given is not None else 35 if chart.is_decision(line.edge.start) else 50
    at_ends = end_text_edges(line, way)
    return [
        spot
        for place in places
        for align in _BESIDE
        if (spot := _spot(chart, line, way, place, align, wanted, near, at_ends)) is not None
    ]


def _spot(
    chart: Chart,
    line: Line,
    way: Way,
    place: float,
    align: VerticalAlign,
    wanted: float,
    near: Surroundings,
    at_ends: list[Edges],
) -> Spot | None:
    assert line.caption is not None
    edges, level = caption_edges(way, place / 100, line.caption, align)
    if align != "middle" and not level:
        return None
    cost = _AWAY * abs(place - wanted) / 20 + _BESIDE[align]
    cost += faults_cost(caption_faults(edges, way, heads_of(line, way), near))
    cost += WEIGHTS["outside"] * sticks_out(edges, chart.bounds)
    if align == "middle":
        cost += WEIGHTS["hidden"] * hides_its_line(edges, way, level=level)
    else:
        cost += _ON_OWN_LINE * way.meets(edges)
    cost += WEIGHTS["caption"] * sum(_meet(edges, one) for one in at_ends)
    return cost, place, align, edges


def _meet(one: Edges, other: Edges) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
