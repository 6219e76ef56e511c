"""How each kind of item is drawn: a function from an item and its box to SVG, by the API's type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from ..reading.contents import Item, Raw, number
from . import fonts
from .cards import app_card, card, tag_row, tag_row_height
from .code import code
from .colours import EDGE, FAINT, INK, PAPER, STICKY, colour, mixed, own_opacity, readable_on
from .mind_map import node
from .outlines import OUTLINES, UNKNOWN, body, placed_path, text_box
from .pen import Pen
from .placeholders import data_table, doc, document, embed, image, preview, unknown
from .rich_text import parse, plain
from .svg import Box, element, rect

Drawer = Callable[[Item, Box, Pen], str]

SHADOW = "shadow"
"""Id of the gradient of sticky notes' shadows."""

STICKY_PAPER = 199 / 228
"""How much of a sticky note's height is paper; below it is its shadow."""

_STICKY_SIZES = tuple(0.2 * 0.93**step for step in range(21))
"""Font sizes of a sticky note, as shares of its paper's shorter side."""

_SIZES = {
    "sticky_note": (199.0, 228.0),
    "card": (320.0, 94.0),
    "app_card": (320.0, 94.0),
    "image": (400.0, 300.0),
    "document": (600.0, 848.0),
    "embed": (800.0, 450.0),
    "preview": (320.0, 180.0),
    "doc_format": (700.0, 900.0),
    "data_table_format": (600.0, 300.0),
    "code": (500.0, 300.0),
    "mindmap_node": (160.0, 40.0),
    "text": (200.0, 20.0),
}
"""What an item is drawn as where the API tells no size."""

_LEAST = 1.0
"""Board units: nothing is drawn smaller."""


def box_of(item: Item) -> Box:
    """The box of an item before rotation; one without a size gets what is usual for its kind."""
    width, height = _SIZES.get(item.kind, (100.0, 100.0))
    width = max(item.width, _LEAST) if item.width else width
    height = max(item.height, _LEAST) if item.height else height
    return Box(item.x - width / 2, item.y - height / 2, width, height)


def solid(item: Item, box: Box) -> Box:
    """The part of a box that lines end at and other items cover: without a sticky note's shadow."""
    return box._replace(height=box.height * STICKY_PAPER) if item.kind == "sticky_note" else box


def draw(item: Item, box: Box, pen: Pen) -> str:
    """The group of one item."""
    inside = DRAWERS.get(item.kind, unknown)(item, box, pen)
    x, y = box.centre
    return element(
        "g",
        inside,
        data_miro_id=item.id,
        data_miro_kind=item.kind,
        data_miro_box=" ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in box),
        data_miro_parent=item.parent_id,
        data_miro_link=link_of(item.raw),
        transform=f"rotate({item.rotation:g} {x:.2f} {y:.2f})" if item.rotation % 360 else None,
    )


def shape(item: Item, box: Box, pen: Pen) -> str:
    data, style = item.data, item.style
    outline = OUTLINES.get(str(data.get("shape") or "rectangle"), UNKNOWN)
    fill, border = colour(style.get("fillColor"), PAPER), colour(style.get("borderColor"), INK)
    fill_opacity = (
        _opacity(style, "fillOpacity", "fillColor") if "fillColor" in style or "fillOpacity" in style else 0.0
    )
    border_width = min(_amount(style, "borderWidth", 2.0), 24.0)
    stroke: dict[str, str | float | None] = {
        "stroke": border,
        "stroke_width": border_width,
        "stroke_opacity": _not_one(_opacity(style, "borderOpacity", "borderColor")),
        **dashes(style.get("borderStyle"), border_width),
    }
    drawn = body(
        outline,
        box,
        data_miro_part="body",
        data_miro_shape=str(data.get("shape") or "rectangle"),
        fill="none" if outline.is_open or not fill_opacity else fill,
        fill_opacity=None if outline.is_open or not fill_opacity else _not_one(fill_opacity),
        stroke_linejoin="round",
        **stroke,
    )
    if outline.lines:
        drawn += element("path", d=placed_path(outline.lines, box), fill="none", **stroke)
    inner = text_box(outline, box)
    written, _ = pen.write(
        item,
        parse(str(data.get("content") or "")),
        inner.inset(min(6.0, inner.width * 0.06), min(4.0, inner.height * 0.06)),
        min(_amount(style, "fontSize", 14.0), 288.0),
        colour(style.get("color"), INK),
        family=fonts.family_of(style.get("fontFamily")),
        align=str(style.get("textAlign") or "center"),
        valign=str(style.get("textAlignVertical") or "middle"),
    )
    return drawn + written


def sticky_note(item: Item, box: Box, pen: Pen) -> str:
    style = item.style
    named = str(style.get("fillColor") or "light_yellow")
    fill = STICKY.get(named) or colour(named, STICKY["light_yellow"])
    paper = solid(item, box)
    side = min(paper.width, paper.height)
    below_paper = Box(paper.x + side * 0.015, paper.bottom, paper.width - side * 0.03, side * 0.075)
    shadow = rect(below_paper, fill=f"url(#{SHADOW})")
    tags = pen.tags.get(item.id, ())
    below = tag_row_height(side / 199) if tags else 0.0
    inside = Box(paper.x, paper.y, paper.width, paper.height - below).inset(side * 0.08, side * 0.07)
    written = pen.shrink(
        item,
        parse(str(item.data.get("content") or "")),
        inside,
        [size * side for size in _STICKY_SIZES],
        readable_on(fill),
        align=str(style.get("textAlign") or "center"),
        valign=str(style.get("textAlignVertical") or "middle"),
    )
    row = Box(paper.x + side * 0.06, paper.bottom - below, paper.width - side * 0.12, below)
    return shadow + rect(paper, data_miro_part="body", fill=fill) + written + tag_row(item, tags, row, side / 199, pen)


def text_item(item: Item, box: Box, pen: Pen) -> str:
    style = item.style
    opacity = _opacity(style, "fillOpacity", "fillColor") if "fillOpacity" in style else 0.0
    drawn = rect(
        box,
        data_miro_part="body",
        fill=colour(style.get("fillColor"), PAPER) if opacity else "none",
        fill_opacity=_not_one(opacity) if opacity else None,
    )
    written, _ = pen.write(
        item,
        parse(str(item.data.get("content") or "")),
        box,
        _amount(style, "fontSize", 14.0),
        colour(style.get("color"), INK),
        family=fonts.family_of(style.get("fontFamily")),
        align=str(style.get("textAlign") or "left"),
        most=max(500, int(box.height / _amount(style, "fontSize", 14.0))),
        fits=False,
    )
    return drawn + written


def frame(item: Item, box: Box, pen: Pen) -> str:
    fill = item.style.get("fillColor")
    drawn = rect(
        box,
        data_miro_part="body",
        fill=colour(fill, PAPER),
        fill_opacity=_not_one(own_opacity(fill)),
        stroke=mixed(EDGE, FAINT, 0.15),
        stroke_width=pen.at_least(1.0, 0.8),
    )
    size = title_size(box, pen)
    title = str(item.data.get("title") or "")
    above = Box(box.x, box.y - size * 1.6, box.width, size * 1.4)
    written, _ = pen.write(item, plain(title), above, size, FAINT, part="title", most=1, fits=False)
    return drawn + written


def title_size(box: Box, pen: Pen) -> float:
    """A frame's title stays legible however far away it is, within the frame's own size."""
    return min(pen.at_least(14.0, 13.0), max(box.height / 6, box.width / 12, 14.0))


def dashes(name: object, width: float) -> dict[str, str | float | None]:
    """The attributes of a stroke style."""
    if name == "dashed":
        return {"stroke_dasharray": f"{max(width * 3, 6):g} {max(width * 2, 4):g}"}
    if name == "dotted":
        return {"stroke_dasharray": f"0.1 {max(width * 2, 4):g}", "stroke_linecap": "round"}
    return {}


def link_of(raw: Raw) -> str | None:
    """The address of an item itself, where it is on the server that shows the picture."""
    links = raw.get("links")
    link = cast("Raw", links).get("self") if isinstance(links, Mapping) else None
    return link if isinstance(link, str) and link.startswith("/") and not link.startswith("//") else None


def _amount(style: Raw, name: str, otherwise: float) -> float:
    """A positive size of a style."""
    return max(min(number(style.get(name)), 10_000.0), 0.0) or otherwise


def _opacity(style: Raw, name: str, colour_name: str) -> float:
    given = style.get(name)
    share = 1.0 if given is None else max(0.0, min(number(given), 1.0))
    return share * own_opacity(style.get(colour_name))


def _not_one(share: float) -> float | None:
    return None if share >= 1 else share


DRAWERS: dict[str, Drawer] = {
    "shape": shape,
    "sticky_note": sticky_note,
    "text": text_item,
    "card": card,
    "app_card": app_card,
    "frame": frame,
    "image": image,
    "document": document,
    "embed": embed,
    "preview": preview,
    "doc_format": doc,
    "data_table_format": data_table,
    "code": code,
    "mindmap_node": node,
}
