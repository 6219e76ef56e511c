"""Kanban boards at their places: columns side by side, Miro's own cards in each."""

from __future__ import annotations

import math

from ....board.geometry import Box
from ....text.rich_text import parse_html
from ...charts.kanban import Kanban, KanbanCard
from ...graph import CARD, Graph, Group, Look, Node
from ..places import Layout
from .canvas import Canvas, band_look, colours, fitted_height, headed

_WIDTH, _GAP, _PADDING = 260.0, 24.0, 14.0
_PRIORITIES = {"very high": "#d6455d", "high": "#cf6420", "low": "#2a9d68", "very low": "#6b7280"}
_LETTER, _LINE, _AROUND = 7.7, 19.6, 74.4
"""Width of a usual letter, height of a line, and what a card has around its lines."""


def lay_out_kanban(chart: Kanban) -> tuple[Graph, Layout]:
    canvas = Canvas()
    wide = _WIDTH + 2 * _PADDING
    high = max((fitted_height(f"<strong>{one.title}</strong>", wide, 14) for one in chart.columns), default=0.0)
    bottom = high + 80
    for number, column in enumerate(chart.columns):
        x = number * (wide + _GAP)
        canvas.box(
            Node(key=column.key, text=f"<strong>{column.title}</strong>", look=headed(number)), Box(x, 0.0, wide, high)
        )
        y = high + _PADDING
        for card in column.cards:
            node = _node(card, f"cards/{column.key}")
            box = Box(x + _PADDING, y, _WIDTH, _height(node))
            canvas.box(node, box)
            y = box.bottom + _PADDING
        bottom = max(bottom, y)
    for number, column in enumerate(chart.columns):
        band = Box(number * (wide + _GAP), high, wide, bottom - high)
        canvas.group(Group(key=f"cards/{column.key}", look=band_look(colours(number)[0])), band)
    return canvas.finished(chart.title, chart.notes)


def _node(card: KanbanCard, group: str) -> Node:
    ticket = f'<a href="{card.link}">{card.ticket}</a>' if card.link else card.ticket
    told = " · ".join(part for part in (ticket, card.assigned, card.priority) if part)
    look = Look(border=_PRIORITIES.get(card.priority.lower(), "#3b6fe0"))
    return Node(key=card.key, text=card.text, shape=CARD, look=look, group=group, description=told)


def _height(node: Node) -> float:
    lines = [paragraph.text for text in (node.text, node.description) for paragraph in parse_html(text)]
    rows = sum(math.ceil(len(line) * _LETTER / _WIDTH) for line in lines)
    return _AROUND + max(rows, 1) * _LINE
