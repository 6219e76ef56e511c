"""What of each kind of item an edited drawing can change, and by which operations, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Size = Literal["both", "ratio", "width", "none"]


@dataclass(frozen=True)
class Rules:
    """`texts` are fields of `data` by the part that shows them; `fill` is the field of `style` that the body's fill is.

    `size`: both sides can be changed, one from which the other follows (`ratio`), the width alone, or none.
    """

    update: str | None
    delete: str
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    size: Size = "both"
    turns: bool = False
    fill: str | None = None
    fill_part: str = "body"
    fill_opacity: bool = False
    border: bool = False
    letters: bool = False
    in_frames: bool = True


RULES: dict[str, Rules] = {
    "shape": Rules(
        "update-shape-item",
        "delete-shape-item",
        {"text": "content"},
        turns=True,
        fill="fillColor",
        fill_opacity=True,
        border=True,
        letters=True,
    ),
    "sticky_note": Rules(
        "update-sticky-note-item", "delete-sticky-note-item", {"text": "content"}, size="ratio", fill="fillColor"
    ),
    "text": Rules(
        "update-text-item",
        "delete-text-item",
        {"text": "content"},
        size="width",
        turns=True,
        fill="fillColor",
        fill_opacity=True,
        letters=True,
    ),
    "card": Rules(
        "update-card-item",
        "delete-card-item",
        {"title": "title", "text": "description"},
        turns=True,
        fill="cardTheme",
        fill_part="theme",
    ),
    "app_card": Rules(
        "update-app-card-item",
        "delete-app-card-item",
        {"title": "title", "text": "description"},
        turns=True,
        fill="fillColor",
        fill_part="theme",
    ),
    "frame": Rules("update-frame-item", "delete-frame-item", {"title": "title"}, fill="fillColor", in_frames=False),
    "image": Rules("update-image-item-using-url", "delete-image-item", {"title": "title"}, size="ratio", turns=True),
    "document": Rules(
        "update-document-item-using-url", "delete-document-item", {"title": "title"}, size="ratio", turns=True
    ),
    "embed": Rules("update-embed-item", "delete-embed-item", size="ratio"),
    "code": Rules("update-code-widget-item", "delete-code-widget-item", {"title": "title"}, turns=True),
    "doc_format": Rules("update-item-position-or-parent", "delete-doc-format-item", size="none"),
    "mindmap_node": Rules(None, "delete-mindmap-node-experimental", size="none"),
}
OTHER = Rules("update-item-position-or-parent", "delete-item", size="none")
"""Kinds of which the API lets nothing but their place be changed."""

PLAIN_TEXTS = frozenset({"title"})
"""Fields that hold text without markup."""
CONNECTOR_DELETE, CONNECTOR_UPDATE = "delete-connector", "update-connector"


def rules_of(kind: str) -> Rules:
    return RULES.get(kind, OTHER)
