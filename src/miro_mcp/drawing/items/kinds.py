"""How each kind of item is drawn: a function from an item and its box to SVG, by the API's type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from ...board.contents import Item, Raw, number
from ...board.geometry import FARTHEST, Box
from ...text.rich_text import parse_html
from ..pen import Pen
from ..svg import element, num
from .cards import app_card, card
from .code import code
from .frames import frame
from .mind_map import node
from .notes import paper_of, sticky_note
from .placeholders import data_table, doc, document, embed, image, link_preview, unknown
from .shapes import shape, text

Drawer = Callable[[Item, Box, Pen], str]

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

_OPACITY = {"fillOpacity": "0.0", "borderOpacity": "1.0"}
"""What the API takes where a shape says nothing else."""

_LEAST, _MOST = 1.0, 1e8
"""Board units: nothing is drawn smaller or larger."""


def drawn_box(item: Item) -> Box:
    """The box of an item before rotation; one without a size gets what is usual for its kind."""
    width, height = _SIZES.get(item.kind, (100.0, 100.0))
    width = min(max(item.width, _LEAST), _MOST) if item.width else width
    height = min(max(item.height, _LEAST), _MOST) if item.height else height
    x, y = (min(max(centre, -FARTHEST), FARTHEST) for centre in (item.x, item.y))
    return Box.centred(x, y, width, height)


def is_unseen(item: Item) -> bool:
    """Whether nothing of a shape can be seen: it is there for lines to end at."""
    if item.kind != "shape" or any(
        paragraph.text.strip() for paragraph in parse_html(str(item.data.get("content") or ""))
    ):
        return False
    return all(number(item.style.get(name, default)) == 0 for name, default in _OPACITY.items())


def solid(item: Item, box: Box) -> Box:
    """The part of a box that lines end at and other items cover: without a sticky note's shadow."""
    return paper_of(box) if item.kind == "sticky_note" else box


def draw_item(item: Item, box: Box, pen: Pen) -> str:
    """The group of one item."""
    inside = DRAWERS.get(item.kind, unknown)(item, box, pen)
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
    links = raw.get("links")
    link = cast("Raw", links).get("self") if isinstance(links, Mapping) else None
    return link if isinstance(link, str) and link.startswith("/") and not link.startswith("//") else None


DRAWERS: dict[str, Drawer] = {
    "shape": shape,
    "sticky_note": sticky_note,
    "text": text,
    "card": card,
    "app_card": app_card,
    "frame": frame,
    "image": image,
    "document": document,
    "embed": embed,
    "preview": link_preview,
    "doc_format": doc,
    "data_table_format": data_table,
    "code": code,
    "mindmap_node": node,
}
