"""Frames, with titles that stay legible."""

from __future__ import annotations

from ...board.colours import EDGE, FAINT, PAPER, colour, mixed, own_opacity
from ...board.contents import Item
from ...board.geometry import Box
from ...text.rich_text import plain
from ..pen import Pen
from ..svg import not_one, rect


def draw_frame(item: Item, box: Box, pen: Pen) -> str:
    fill = item.style.get("fillColor")
    drawn = rect(
        box,
        data_miro_part="body",
        fill=colour(fill, PAPER),
        fill_opacity=not_one(own_opacity(fill)),
        stroke=mixed(EDGE, FAINT, 0.15),
        stroke_width=pen.at_least(1.0, 0.8),
    )
    size = _title_size(box, pen)
    title = str(item.data.get("title") or "")
    above = Box(box.x, box.y - size * 1.6, box.width, size * 1.4)
    written, _ = pen.write(item, plain(title), above, size, FAINT, part="title", most=1, fits=False)
    return drawn + written


def _title_size(box: Box, pen: Pen) -> float:
    """A frame's title stays legible however far away it is, within the frame's own size."""
    return min(pen.at_least(14.0, 13.0), max(box.height / 6, box.width / 12, 14.0))
