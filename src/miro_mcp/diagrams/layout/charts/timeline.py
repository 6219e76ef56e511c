"""Timelines at their places: periods along an axis, what happened in each beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ....board.geometry import Box, Point
from ...charts.timeline import Timeline, TimelinePeriod, TimelineSection
from ...graph import Edge, Graph, Look, Node
from ..places import Layout
from .canvas import INK, QUIET, Canvas, colours, fitted_height, headed, tinted

_WIDTH, _GAP = 172.0, 20.0
"""Of a period and its events, and between two of them."""

_INSIDE = 12.0
_MARK = 12.0


def lay_out_timeline(chart: Timeline) -> tuple[Graph, Layout]:
    return (_down if chart.direction == "down" else _across)(chart)


def _periods(chart: Timeline) -> Iterator[tuple[int, TimelinePeriod]]:
    """Every period with the number of its colour: its section's, or its own where there are none."""
    has_sections = any(section.title for section in chart.sections)
    number = -1
    for place, section in enumerate(chart.sections):
        for period in section.periods:
            number += 1
            yield (place if has_sections else number), period


def _period_node(period: TimelinePeriod, number: int) -> Node:
    text = f"<strong>{period.text}</strong>"
    return Node(key=period.key, text=text, shape="round_rectangle", look=tinted(number, 14))


def _across(chart: Timeline) -> tuple[Graph, Layout]:
    canvas = Canvas()
    periods = list(_periods(chart))
    high = max((fitted_height(f"<strong>{one.text}</strong>", _WIDTH, 14) for _, one in periods), default=40.0)
    titled = [section for section in chart.sections if section.title]
    top = max((fitted_height(one.title, _WIDTH, 14) for one in titled), default=-_GAP) + _GAP
    axis = top + high + 28
    width = len(periods) * (_WIDTH + _GAP) + _GAP
    ends = canvas.point("start", (0.0, axis)), canvas.point("end", (max(width, _WIDTH) + 24, axis))
    canvas.edges.append(_axis("time", *ends))
    x = _GAP
    numbers = iter(periods)
    for place, section in enumerate(chart.sections):
        count = len(section.periods)
        if section.title:
            box = Box(x, 0.0, max(count, 1) * (_WIDTH + _GAP) - _GAP, top - _GAP)
            canvas.box(_section_node(section, place), box)
        for period in section.periods:
            number, _ = next(numbers)
            centre = x + _WIDTH / 2
            y = axis + 32
            places: list[tuple[Node, Box]] = []
            for event in period.events:
                height = fitted_height(event.text, _WIDTH, 12)
                node = Node(key=event.key, text=event.text, look=_event_look(number))
                places.append((node, Box(x, y, _WIDTH, height)))
                y += height + _INSIDE
            if places:
                canvas.rule(
                    f"grid:{period.key}", (centre, axis), (centre, places[-1][1].top), colour=colours(number)[1]
                )
            canvas.box(_period_node(period, number), Box(x, axis - 28 - high, _WIDTH, high))
            canvas.rule(f"grid:{period.key}:axis", (centre, axis - 28), (centre, axis), colour=colours(number)[1])
            _mark(canvas, period.key, (centre, axis), number)
            for node, box in places:
                canvas.box(node, box)
            x += _WIDTH + _GAP
        x += (_WIDTH + _GAP) * (section.title != "" and count == 0)
    return canvas.finished(chart.title, ())


def _down(chart: Timeline) -> tuple[Graph, Layout]:
    canvas = Canvas()
    axis = _WIDTH + 28
    right = axis + 32 + 2 * _WIDTH
    y = 0.0
    numbers = iter(list(_periods(chart)))
    rows: list[tuple[float, TimelinePeriod, int]] = []
    for place, section in enumerate(chart.sections):
        if section.title:
            height = fitted_height(section.title, right, 14)
            canvas.box(_section_node(section, place), Box(0.0, y, right, height))
            y += height
        start = y
        y += _GAP
        for period in section.periods:
            number, _ = next(numbers)
            height = fitted_height(f"<strong>{period.text}</strong>", _WIDTH, 14)
            sizes = [fitted_height(event.text, 2 * _WIDTH, 12) for event in period.events]
            middle = y + height / 2
            canvas.rule(f"grid:{period.key}", (_WIDTH, middle), (axis + 32, middle), colour=colours(number)[1])
            canvas.box(_period_node(period, number), Box(0.0, y, _WIDTH, height))
            at = y
            for event, size in zip(period.events, sizes, strict=True):
                node = Node(key=event.key, text=event.text, look=_event_look(number))
                canvas.box(node, Box(axis + 32, at, 2 * _WIDTH, size))
                at += size + _INSIDE
            rows.append((middle, period, number))
            y = max(y + height, at - _INSIDE) + _GAP
        is_last = place == len(chart.sections) - 1
        y += 28 if is_last else 0
        # A line for each section, or it would go through the headings.
        ends = canvas.point(f"{section.key}:start", (axis, start)), canvas.point(f"{section.key}:end", (axis, y))
        canvas.edges.append(_axis(section.key, *ends, cap="stealth" if is_last else "none"))
    for middle, period, number in rows:
        _mark(canvas, period.key, (axis, middle), number)
    return canvas.finished(chart.title, ())


def _section_node(section: TimelineSection, number: int) -> Node:
    return Node(key=section.key, text=f"<strong>{section.title}</strong>", look=headed(number))


def _event_look(number: int) -> Look:
    return Look(fill="#ffffff", border=colours(number)[1], border_width=1, colour=INK, font_size=12)


def _mark(canvas: Canvas, key: str, at: Point, number: int) -> None:
    look = Look(fill=colours(number)[1], border="#ffffff", border_width=2)
    canvas.box(Node(key=f"point:{key}", text="", shape="circle", look=look), Box.centred(*at, _MARK, _MARK))


def _axis(key: str, start: str, end: str, *, cap: str = "stealth") -> Edge:
    return Edge(key=f"axis:{key}", start=start, end=end, end_cap=cap, curve="straight", width=3, colour=QUIET)
