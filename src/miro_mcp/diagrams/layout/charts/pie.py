"""Pie charts at their places: a bar of the parts, as Miro has no sectors, above a list of them with their shares."""

from __future__ import annotations

from ....board.geometry import Box
from ...charts.pie import PieChart, PieSlice
from ...graph import Graph, Look, Node
from ..places import Layout
from .canvas import PALETTE, QUIET, Canvas, label_size

_WIDTH, _HEIGHT = 900.0, 96.0
_ROW, _MARK = 34.0, 18.0
_WIDEST = 560.0


def lay_out_pie(chart: PieChart) -> tuple[Graph, Layout]:
    canvas = Canvas()
    whole = sum(part.value for part in chart.slices)
    x = 0.0
    for number, part in enumerate(chart.slices):
        share = part.value / whole if whole else 0.0
        if share > 0:
            box = Box(x, 0.0, share * _WIDTH, _HEIGHT)
            canvas.box(_segment(part, number, share, box), box)
            x = box.right
    top = _HEIGHT + 28
    columns = [max((label_size(part.text, 14, _WIDEST)[0] for part in chart.slices), default=0.0)]
    columns.append(max((label_size(_percent(part, whole), 14)[0] for part in chart.slices), default=0.0))
    for number, part in enumerate(chart.slices):
        height = max(_ROW, label_size(part.text, 14, _WIDEST)[1])
        y = top + height / 2
        look = Look(fill=_colour(number), border=_colour(number), border_width=1)
        canvas.box(Node(key=f"point:{part.key}", text="", look=look), Box(0.0, y - _MARK / 2, _MARK, _MARK))
        canvas.label(f"{part.key}:text", part.text, (_MARK + 4, y), "left", size=14, widest=_WIDEST)
        right = _MARK + 24 + sum(columns)
        canvas.label(f"{part.key}:share", _percent(part, whole), (right, y), "right", size=14)
        if chart.shows_values:
            canvas.label(f"{part.key}:value", f"{part.value:g}", (right + 12, y), "left", size=14, colour=QUIET)
        top += height
    notes = ("Miro has no sectors, so the pie is drawn as a bar of its parts.",) if chart.slices else ()
    return canvas.finished(chart.title, notes)


def _segment(part: PieSlice, number: int, share: float, box: Box) -> Node:
    look = Look(fill=_colour(number), border="#ffffff", border_width=1, colour="#ffffff", font_size=16)
    text = f"<strong>{share:.0%}</strong>"
    fits = label_size(text, 16)[0] <= box.width
    return Node(key=part.key, text=text if fits else "", look=look)


def _colour(number: int) -> str:
    return PALETTE[number % len(PALETTE)][2]


def _percent(part: PieSlice, whole: float) -> str:
    return f"<strong>{100 * part.value / whole if whole else 0:.1f} %</strong>"
