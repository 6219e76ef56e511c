"""The kinds of item: where each lives in the API, and what the server puts where the caller gave nothing."""

import html
import re
from dataclasses import dataclass, field
from typing import Any, get_args

from ...catalogue.shapes import FlowchartShape
from ..store import Document


@dataclass(frozen=True, kw_only=True)
class ItemKind:
    """`collection` is the kind's segment of the path; `kept_as` the kind of document in the store; `version` the API
    version its links name.

    `needs` names what `data` has to have. `width` and `height` are what a new item gets, in board units; with
    `keeps_ratio` one side follows from the other.
    """

    type: str
    collection: str
    width: float
    height: float
    needs: str | None = None
    data: Document = field(default_factory=dict[str, Any])
    style: Document | None = None
    keeps_ratio: bool = False
    kept_as: str = "item"
    version: str = "v2"


_TEXT_STYLE: Document = {"color": "#1a1a1a", "fontFamily": "arial", "fontSize": "14"}
_FLOWCHART_STYLE: Document = {
    "borderOpacity": "1.0",
    "fillOpacity": "1.0",
    "textAlign": "center",
    "textAlignVertical": "middle",
}
FLOWCHART_SHAPES = frozenset(get_args(FlowchartShape))

FRAME = ItemKind(
    type="frame",
    collection="frames",
    width=800,
    height=450,
    data={"format": "custom", "title": "", "type": "freeform", "showContent": True},
    style={"fillColor": "#ffffffff"},
)
CODE = ItemKind(
    type="code",
    collection="code_widgets",
    width=500,
    height=300,
    data={"code": "", "language": "plaintext", "lineNumbersVisible": True, "title": ""},
    kept_as="code_widget",
    version="v2-experimental",
)

ITEM_KINDS: dict[str, ItemKind] = {
    kind.type: kind
    for kind in (
        ItemKind(
            type="shape",
            collection="shapes",
            width=100,
            height=100,
            data={"content": "", "shape": "rectangle"},
            style=_TEXT_STYLE
            | {
                "fontFamily": "open_sans",
                "fillColor": "#ffffff",
                "fillOpacity": "0.0",
                "borderColor": "#1a1a1a",
                "borderOpacity": "0.0",
                "borderStyle": "normal",
                "borderWidth": "2.0",
                "textAlign": "left",
                "textAlignVertical": "top",
            },
        ),
        ItemKind(
            type="sticky_note",
            collection="sticky_notes",
            width=199,
            height=228,
            data={"content": "", "shape": "square"},
            style={"fillColor": "light_yellow", "textAlign": "center", "textAlignVertical": "top"},
            keeps_ratio=True,
        ),
        ItemKind(
            type="text",
            collection="texts",
            needs="content",
            width=0,
            height=0,
            style=_TEXT_STYLE | {"fillColor": "#ffffff", "fillOpacity": "0.0", "textAlign": "center"},
        ),
        ItemKind(
            type="card",
            collection="cards",
            width=320,
            height=94,
            data={"title": "", "description": ""},
            style={"cardTheme": "#2d9bf0"},
        ),
        ItemKind(
            type="app_card",
            collection="app_cards",
            width=320,
            height=94,
            data={"title": "", "description": "", "status": "disconnected", "owned": True},
            style={"fillColor": "#2d9bf0"},
        ),
        ItemKind(
            type="image", collection="images", needs="url", width=400, height=300, data={"title": ""}, keeps_ratio=True
        ),
        ItemKind(
            type="document",
            collection="documents",
            needs="url",
            width=600,
            height=848,
            data={"title": ""},
            keeps_ratio=True,
        ),
        ItemKind(
            type="embed",
            collection="embeds",
            needs="url",
            width=800,
            height=450,
            data={"mode": "inline"},
            keeps_ratio=True,
        ),
        ItemKind(type="doc_format", collection="docs", width=700, height=900, data={"contentVersion": 1}),
        FRAME,
        CODE,
    )
}

NODE = "mindmap_node"
"""Kept apart from the items, since it has a route of its own."""

_ESCAPED = {"frame": ("title",), "embed": ("title", "url", "description")}

TAGGED = frozenset({"card", "sticky_note"})
"""Kinds that take tags."""

LONGEST_NOTE = 6000
"""Characters of a sticky note's text."""

KEPT_TAGS = {
    "sticky_note": ("content", re.compile(r"</?(?!(?:p|a|strong|b|em|i|u|s|br)\b)[a-zA-Z][^<>]*>")),
    "app_card": ("title", re.compile(r"</?(?!(?:p|a|br)\b)[a-zA-Z][^<>]*>")),
}
"""Texts that keep only some HTML: the member of `data`, and the tags that are taken out of it."""

_STICKY_SIZES = {"square": (199, 228), "rectangle": (350, 228)}


def escaped(kind: ItemKind, data: Document) -> Document:
    """The data with the texts that the API tells as HTML though they are none."""
    return data | {name: html.escape(data[name]) for name in _ESCAPED.get(kind.type, ()) if name in data}


def new_style(kind: ItemKind, data: Document, given: Document) -> Document | None:
    """The style of a new item: what was given over what a kind, or a shape, starts with."""
    if kind.style is None:
        return None
    style = dict(kind.style)
    if data.get("shape") in FLOWCHART_SHAPES:
        style |= _FLOWCHART_STYLE
    if "fillOpacity" in style and "fillColor" in given:
        style["fillOpacity"] = "1.0"
    return style | given


def natural_size(kind: ItemKind, data: Document) -> tuple[float, float]:
    """Width and height of an item nobody has resized."""
    return _STICKY_SIZES[data["shape"]] if kind.type == "sticky_note" else (kind.width, kind.height)
