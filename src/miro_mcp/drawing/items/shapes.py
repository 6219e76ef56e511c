"""Shapes and texts."""

from __future__ import annotations

from ...board.colours import INK, PAPER, colour
from ...board.contents import Item
from ...board.geometry import Box
from ...text.rich_text import parse_html
from ..pen import Pen
from ..svg import dashes, element, not_one, opacity_of, rect, style_size
from ..text import fonts
from .outlines import OUTLINES, UNKNOWN_OUTLINE, draw_outline, placed_path, text_box


def draw_shape(item: Item, box: Box, pen: Pen) -> str:
    data, style = item.data, item.style
    form = str(data.get("shape") or "rectangle")
    outline = OUTLINES.get(form, UNKNOWN_OUTLINE)
    fill, border = colour(style.get("fillColor"), PAPER), colour(style.get("borderColor"), INK)
    fill_opacity = (
        opacity_of(style, "fillOpacity", "fillColor") if "fillColor" in style or "fillOpacity" in style else 0.0
    )
    border_width = min(style_size(style, "borderWidth", 2.0), 24.0)
    stroke: dict[str, str | float | None] = {
        "stroke": border,
        "stroke_width": border_width,
        "stroke_opacity": not_one(opacity_of(style, "borderOpacity", "borderColor")),
        **dashes(style.get("borderStyle"), border_width),
    }
    drawn = draw_outline(
        outline,
        box,
        data_miro_part="body",
        data_miro_shape=form if form in OUTLINES else None,
        fill="none" if outline.is_open or not fill_opacity else fill,
        fill_opacity=None if outline.is_open or not fill_opacity else not_one(fill_opacity),
        stroke_linejoin="round",
        **stroke,
    )
    if outline.lines:
        drawn += element("path", d=placed_path(outline.lines, box), fill="none", **stroke)
    inner = text_box(outline, box)
    written, _ = pen.write(
        item,
        parse_html(str(data.get("content") or "")),
        inner.inset(min(6.0, inner.width * 0.06), min(4.0, inner.height * 0.06)),
        min(style_size(style, "fontSize", 14.0), 288.0),
        colour(style.get("color"), INK),
        family=fonts.family_of(style.get("fontFamily")),
        align=str(style.get("textAlign") or "center"),
        valign=str(style.get("textAlignVertical") or "middle"),
    )
    return drawn + written


def draw_text_item(item: Item, box: Box, pen: Pen) -> str:
    style = item.style
    opacity = opacity_of(style, "fillOpacity", "fillColor") if "fillOpacity" in style else 0.0
    drawn = rect(
        box,
        data_miro_part="body",
        fill=colour(style.get("fillColor"), PAPER) if opacity else "none",
        fill_opacity=not_one(opacity) if opacity else None,
    )
    written, _ = pen.write(
        item,
        parse_html(str(item.data.get("content") or "")),
        box,
        style_size(style, "fontSize", 14.0),
        colour(style.get("color"), INK),
        family=fonts.family_of(style.get("fontFamily")),
        align=str(style.get("textAlign") or "left"),
        most=max(500, int(box.height / style_size(style, "fontSize", 14.0))),
        fits=False,
    )
    return drawn + written
