"""Sticky notes: paper, shadow, and text that shrinks until it fits."""

from __future__ import annotations

from ...board.colours import STICKY, colour, readable_on
from ...board.contents import Item
from ...board.geometry import Box
from ...text.rich_text import parse_html
from ..pen import Pen
from ..svg import rect
from .cards import draw_tags, tag_row_height

SHADOW = "shadow"
"""Id of the gradient of sticky notes' shadows."""

PAPER_SHARE = 199 / 228
"""How much of a sticky note's height is paper; below it is its shadow."""

_SIZES = tuple(0.2 * 0.93**step for step in range(21))
"""Font sizes of a sticky note, as shares of its paper's shorter side."""


def paper_of(box: Box) -> Box:
    return box._replace(height=box.height * PAPER_SHARE)


def draw_sticky_note(item: Item, box: Box, pen: Pen) -> str:
    style = item.style
    named = str(style.get("fillColor") or "light_yellow")
    fill = STICKY.get(named) or colour(named, STICKY["light_yellow"])
    paper = paper_of(box)
    side = min(paper.width, paper.height)
    below_paper = Box(paper.x + side * 0.015, paper.bottom, paper.width - side * 0.03, side * 0.075)
    shadow = rect(below_paper, fill=f"url(#{SHADOW})") if pen.shows_details(box) else ""
    tags = pen.tags.get(item.id, ())
    below = tag_row_height(side / 199) if tags else 0.0
    inside = Box(paper.x, paper.y, paper.width, paper.height - below).inset(side * 0.08, side * 0.07)
    written = pen.shrink(
        item,
        parse_html(str(item.data.get("content") or "")),
        inside,
        [size * side for size in _SIZES],
        readable_on(fill),
        align=str(style.get("textAlign") or "center"),
        valign=str(style.get("textAlignVertical") or "middle"),
    )
    row = Box(paper.x + side * 0.06, paper.bottom - below, paper.width - side * 0.12, below)
    return (
        shadow + rect(paper, data_miro_part="body", fill=fill) + written + draw_tags(item, tags, row, side / 199, pen)
    )
