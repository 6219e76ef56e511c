"""How large an item is: what was asked for, what follows from its proportions, its text or its picture."""

import math
import struct
from collections.abc import Mapping
from typing import Any

from ...text.letters import rough_width
from ...text.rich_text import parse_html
from ..http.handlers import invalid
from ..http.requests import both_sides
from ..store import Document
from .kinds import ItemKind, natural_size

_LINE_HEIGHT = 1.4
"""Of the font's size: near enough for a text nobody measures."""

_CARD_FONT = 14.0
_CARD_MARGIN = 94 - _CARD_FONT * _LINE_HEIGHT
"""What a card has around its lines: with one line it is as high as Miro makes an empty one."""

_CARD_INSIDE = 0.89
"""Of a card's width: what its texts may take."""

_LEAST, _MOST = 0.001, 1e9
"""Bounds of a side in board units; they keep every computed size finite."""

_LARGEST_FONT = 10_000
_LEAST_TEXT_WIDTH = 1.7
"""Of the font's size."""


def new_size(kind: ItemKind, item: Document, given: Mapping[str, Any], picture: bytes | None = None) -> Document:
    """The geometry of a new item; that of a picture follows from its pixels.

    Raises:
        ErrorReply: 400, a side is not positive, or both sides of an item that keeps its proportions are given.
    """
    if kind.type == "text":
        return _text_size(item, given)
    if kind.type == "card":
        return _card_size(item, kind.width, given)
    width, height = (picture_size(picture) if picture else None) or natural_size(kind, item["data"])
    return _resized(kind, {"width": width, "height": height}, given)


def changed_size(kind: ItemKind, item: Document, given: Mapping[str, Any]) -> Document:
    """The geometry of an item after a change that is in `item` already.

    Raises:
        ErrorReply: as for `new_size`.
    """
    before: Document = item["geometry"]
    if kind.type == "text":
        return _text_size(item, {"width": before["width"]} | dict(given), before)
    if kind.type == "card":
        return _card_size(item, before["width"], given)
    if kind.type == "sticky_note":
        width, height = natural_size(kind, item["data"])
        before = before | {"width": before["height"] * width / height}
    return _resized(kind, before, given)


def picture_size(picture: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG."""
    if picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) >= 24:
        size = struct.unpack(">II", picture[16:24])
    elif picture[:6] in (b"GIF87a", b"GIF89a") and len(picture) >= 10:
        size = struct.unpack("<HH", picture[6:10])
    elif picture[:2] == b"\xff\xd8":
        size = _jpeg_size(picture)
    else:
        return None
    return size if size and all(size) else None


def _jpeg_size(picture: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _resized(kind: ItemKind, before: Document, given: Mapping[str, Any]) -> Document:
    _check(given)
    if not kind.keeps_ratio:
        return before | dict(given)
    if {"width", "height"} <= given.keys():
        raise both_sides()
    width, height = before["width"], before["height"]
    if "width" in given:
        height = given["width"] * height / width
    if "height" in given:
        width = given["height"] * width / height
    return before | {"width": width, "height": height} | dict(given)


_SPARE = 1.12
"""Of the width that letters are reckoned to take: whoever measures them with a font finds no line too long."""


def _text_size(item: Document, given: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> Document:
    """A text is as high as its lines, and as wide as the longest unless its width is given."""
    _check(given)
    size = min(float(item["style"]["fontSize"]), _LARGEST_FONT)
    if given.get("width", _MOST) < size * _LEAST_TEXT_WIDTH and before is None:
        raise invalid({"geometry.width": f"must be at least {size * _LEAST_TEXT_WIDTH:g} for this font size"})
    wanted = [rough_width(paragraph) * size for paragraph in parse_html(item["data"]["content"], whole=True)]
    width = given.get("width", max(wanted) * _SPARE)
    rows = sum(max(1, math.ceil(line / width - 0.001)) for line in wanted)
    return {**(before or {}), "width": width, "height": rows * size * _LINE_HEIGHT, **given}


def _card_size(item: Document, width: float, given: Mapping[str, Any]) -> Document:
    """A card is as high as what it says, whatever height is asked for."""
    _check(given)
    width = given.get("width", width)
    texts = (paragraph for name in ("title", "description") for paragraph in parse_html(item["data"].get(name, "")))
    inner = width * _CARD_INSIDE
    rows = sum(math.ceil(rough_width(text) * _CARD_FONT / inner) for text in texts if text.text)
    height = _CARD_MARGIN + max(rows, 1) * _CARD_FONT * _LINE_HEIGHT
    return {**{name: value for name, value in given.items() if name != "height"}, "width": width, "height": height}


def _check(given: Mapping[str, Any]) -> None:
    for side in ("width", "height"):
        if side in given and not _LEAST <= given[side] <= _MOST:
            raise invalid({f"geometry.{side}": f"must be at least {_LEAST} and at most {_MOST:.0f}"})
