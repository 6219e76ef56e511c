"""How each kind of item is drawn: a function from an item and its box to SVG, by the API's type."""

from __future__ import annotations

from collections.abc import Callable

from ...board.contents import Item, Raw, as_object, number
from ...board.geometry import Box
from ...catalogue.numbers import FARTHEST
from ...text.rich_text import parse_html
from ..pen import Pen
from ..svg import element, num
from .cards import draw_app_card, draw_card
from .code import draw_code
from .frames import draw_frame
from .mind_map import draw_node
from .notes import draw_sticky_note, paper_of
from .placeholders import (
    draw_data_table,
    draw_doc,
    draw_document,
    draw_embed,
    draw_image,
    draw_link_preview,
    draw_unknown,
)
from .shapes import draw_shape, draw_text_item

Drawer = Callable[[Item, Box, Pen], str]

_OPACITY = {"fillOpacity": "0.0", "borderOpacity": "1.0"}
"""What the API takes where a shape says nothing else."""

_LEAST, _MOST = 1.0, 1e8
"""Board units: nothing is drawn smaller or larger."""


def drawn_box(item: Item) -> Box:
    """The box of an item before rotation; one without a size gets what is usual for its kind."""
    width, height = (min(max(side, _LEAST), _MOST) for side in item.size)
    x, y = (min(max(centre, -FARTHEST), FARTHEST) for centre in (item.x, item.y))
    return Box.centred(x, y, width, height)


def is_unseen(item: Item) -> bool:
    """Whether nothing of a shape can be seen: it is there for lines to end at."""
    if item.kind != "shape" or any(
        paragraph.text.strip() for paragraph in parse_html(str(item.data.get("content") or ""))
    ):
        return False
    return all(number(item.style.get(name, default)) == 0 for name, default in _OPACITY.items())


def solid_part(item: Item, box: Box) -> Box:
    """The part of a box that lines end at and other items cover: without a sticky note's shadow."""
    return paper_of(box) if item.kind == "sticky_note" else box


def draw_item(item: Item, box: Box, pen: Pen) -> str:
    """The group of one item."""
    inside = DRAWERS.get(item.kind, draw_unknown)(item, box, pen)
    x, y = box.centre
    return element(
        "g",
        inside,
        data_miro_id=item.id,
        data_miro_kind=item.kind,
        data_miro_box=" ".join(map(num, box)),
        data_miro_parent=item.parent_id,
        data_miro_link=link_of(item.raw),
        transform=f"rotate({item.rotation:g} {x:.2f} {y:.2f})" if item.rotation % 360 else None,
    )


def link_of(raw: Raw) -> str | None:
    """The address of an item itself, where it is on the server that shows the picture."""
    link = as_object(raw.get("links")).get("self")
    return link if isinstance(link, str) and link.startswith("/") and not link.startswith("//") else None


DRAWERS: dict[str, Drawer] = {
    "shape": draw_shape,
    "sticky_note": draw_sticky_note,
    "text": draw_text_item,
    "card": draw_card,
    "app_card": draw_app_card,
    "frame": draw_frame,
    "image": draw_image,
    "document": draw_document,
    "embed": draw_embed,
    "preview": draw_link_preview,
    "doc_format": draw_doc,
    "data_table_format": draw_data_table,
    "table": draw_data_table,
    "code": draw_code,
    "mindmap_node": draw_node,
}
