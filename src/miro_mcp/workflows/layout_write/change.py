"""What differs between a piece of a text and the item that it is already: only that is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...board.contents import Contents, as_object
from ...board.geometry import Box
from ...board.write import Payload
from ...text.rich_text import Style, parse_html, tidied
from ..plans.steps import ChangeStep
from ..svg_write.rules import rules_of
from .pieces import ItemPiece

SAME = 1.0
"""Board units below which a place or a size is the same."""

_MOVE = "update-item-position-or-parent"
_TEXTS = ("content", "title", "description")
_TAKEN_WITH_WIDTH = ("text", "card", "sticky_note", "image", "embed")
"""Kinds whose height follows."""

_SAID_BY: Mapping[str, frozenset[str]] = {
    "fillColor": frozenset({"background-color", "fill"}),
    "fillOpacity": frozenset({"background-color", "fill", "opacity"}),
    "borderColor": frozenset({"border", "border-color", "stroke"}),
    "borderOpacity": frozenset({"border", "border-width", "border-style", "stroke"}),
    "borderWidth": frozenset({"border", "border-width", "stroke-width"}),
    "borderStyle": frozenset({"border", "border-style", "stroke-style"}),
    "color": frozenset({"color"}),
    "fontSize": frozenset({"font-size"}),
    "textAlign": frozenset({"text-align"}),
    "textAlignVertical": frozenset({"vertical-align", "align-items"}),
}
"""The properties that say a style of an item, of which only what is given is changed."""


def item_change(piece: ItemPiece, contents: Contents) -> ChangeStep | None:
    """The call that makes an item what its piece says; None where it is so already."""
    assert piece.item is not None
    body: Payload = {}
    if data := _data(piece):
        body["data"] = data
    if style := _style(piece):
        body["style"] = style
    if geometry := _geometry(piece):
        body["geometry"] = geometry
    body |= _position(piece, contents)
    if not body:
        return None
    is_move = body.keys() <= {"position", "parent"}
    operation = _MOVE if is_move and piece.kind != "frame" else rules_of(piece.kind).update
    if operation is None:
        return None
    return ChangeStep(piece.item.id, piece.kind, operation, {"item_id": piece.item.id, **body}, tuple(sorted(body)))


def position_of(piece: ItemPiece, contents: Contents) -> Payload:
    """Where a piece goes, as calls tell it: from its frame's corner, if it is in one; and its frame."""
    left, top = _corner(piece, contents)
    position = {"x": round(piece.box.centre_x - left, 2), "y": round(piece.box.centre_y - top, 2)}
    parent = piece.frame_id
    return {"position": position} | ({"parent": {"id": parent}} if parent else {})


def _corner(piece: ItemPiece, contents: Contents) -> tuple[float, float]:
    if isinstance(piece.frame, ItemPiece):
        return piece.frame.box.x, piece.frame.box.y
    frame = contents.items.get(piece.frame or "")
    return (frame.box.x, frame.box.y) if frame else (0.0, 0.0)


def _is_own(piece: ItemPiece) -> bool:
    """Whether the text names the item by its id, rather than being matched to it."""
    return piece.source.item is not None


def _data(piece: ItemPiece) -> Payload:
    assert piece.item is not None
    now, found = piece.item.data, Payload()
    for name, value in piece.body.get("data", {}).items():
        before = now.get(name)
        if name in _TEXTS:
            if piece.source.keeps_text and name != "description":
                continue
            if piece.kind == "frame" and "title" not in piece.source.element.attributes:
                continue
            if _says(str(value)) != _says(str(before or "")):
                found[name] = value
        elif name == "dueDate":
            if str(before or "")[:10] != str(value)[:10]:
                found[name] = value
        elif name == "shape":
            if before != value and (
                not _is_own(piece) or piece.source.is_explicit or "border-radius" in piece.source.declared
            ):
                found[name] = value
        elif name == "assigneeId" and str(before or "") != value:
            found[name] = value
    return found


def _style(piece: ItemPiece) -> Payload:
    assert piece.item is not None
    now = piece.item.style
    return {
        name: value
        for name, value in piece.body.get("style", {}).items()
        if name != "fontFamily" and _is_said(piece, name) and not is_same(now.get(name), value)
    }


def _is_said(piece: ItemPiece, name: str) -> bool:
    if piece.only_placed or (piece.kind in ("sticky_note", "card") and name in ("fillColor", "cardTheme")):
        return True  # Only there if it was given.
    said = bool(_SAID_BY.get(name, frozenset[str]()) & piece.source.declared)
    return said if _is_own(piece) or piece.kind in ("frame", "sticky_note") else True


def _geometry(piece: ItemPiece) -> Payload:
    assert piece.item is not None
    now = {"width": piece.item.width, "height": piece.item.height}
    found = {
        name: value
        for name, value in piece.body.get("geometry", {}).items()
        if abs(value - now[name]) > SAME and not (name == "height" and piece.kind in _TAKEN_WITH_WIDTH)
    }
    if found and piece.kind in ("shape", "frame"):
        found = {name: piece.body["geometry"][name] for name in ("width", "height")}
    return found


def _position(piece: ItemPiece, contents: Contents) -> Payload:
    """Its new place, if it moves within its frame, or goes into another or out of one."""
    item = piece.item
    assert item is not None
    if piece.is_fixed and piece.kind != "frame":
        return {}
    before = contents.items.get(item.parent_id or "")
    parent = before.id if before is not None and before.kind == "frame" else None
    wanted = position_of(piece, contents)
    if piece.frame_id == parent:
        frame = before.box if parent and before else Box(0, 0, 0, 0)
        x, y = item.x - frame.x, item.y - frame.y
        dx, dy = wanted["position"]["x"] - x, wanted["position"]["y"] - y
        if abs(dx) <= SAME and abs(dy) <= SAME:
            return {}
        return {"position": wanted["position"]}
    return {"position": wanted["position"], "parent": wanted.get("parent", {})}


def _says(content: str) -> list[tuple[str, tuple[tuple[str, Style], ...]]]:
    """What a text says, however it is written."""
    return [
        (paragraph.bullet[:1], tuple((piece.text, piece.style) for piece in tidied(paragraph.pieces)))
        for paragraph in parse_html(content, whole=True)
        if paragraph.pieces
    ]


def is_same(before: Any, value: Any) -> bool:
    """Whether two values of a style are the same, however they are written."""
    try:
        return abs(float(before) - float(value)) < 0.01
    except (TypeError, ValueError):
        return str(before or "").lower() == str(value).lower()


def modified(piece: ItemPiece) -> str:
    """When its item was last changed, as the API tells it."""
    assert piece.item is not None
    return str(as_object(piece.item.raw).get("modifiedAt") or "")
