"""A new item that is to be near others: its place in free space, and the frame it comes into."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..calls import Miro
from ..catalogue.check import checked
from ..errors import BadArguments
from ..guardrails.confirmation import Nobody
from ..session import Session
from ..text.rich_text import parse_html
from ..tools.arguments import CheckedCall
from .contents import as_object, number
from .near import spot_near
from .reading.load import load

_SIZES = {
    "create-sticky-note-item": (199.0, 228.0),
    "create-card-item": (320.0, 94.0),
    "create-shape-item": (100.0, 100.0),
}
"""What Miro makes where no size is given."""

_WIDE_NOTE = (350.0, 228.0)
_FONT, _LETTER, _LINE, _WIDEST = 14.0, 0.6, 1.4, 30
"""Of texts: the usual font size, widths and heights in font sizes, and letters of a line that is taken for one."""


async def place_beside(call: CheckedCall, miro: Miro) -> CheckedCall:
    """The call with the position and parent that put its item beside those it is to be near.

    Raises:
        BadArguments: an item that is named isn't there.
        CallError: the board can't be read.
    """
    given = call.arguments.model_dump(exclude_unset=True, by_alias=True)
    contents = await load(Session(miro, Nobody(""), {}), given["board_id"], with_tags=False)
    missing = [one for one in call.near if one not in contents.items]
    if missing:
        raise BadArguments(f"near: there is no item {missing[0][:60]} on this board. Nothing was sent.")
    width, height = _size(call.operation.id, given)
    spot, frame = spot_near(contents, width, height, [contents.items[one] for one in call.near], call.side)
    left, top = (frame.box.x, frame.box.y) if frame else (0.0, 0.0)
    given["position"] = {"x": round(spot.centre_x - left, 2), "y": round(spot.centre_y - top, 2)}
    if frame:
        given["parent"] = {"id": frame.id}
    return replace(call, arguments=checked(call.operation, given), near=(), side=None)


def _size(operation_id: str, given: Mapping[str, Any]) -> tuple[float, float]:
    """Width and height of what will be made, as far as it can be told."""
    data, geometry = as_object(given.get("data")), as_object(given.get("geometry"))
    width, height = number(geometry.get("width")), number(geometry.get("height"))
    if operation_id == "create-text-item":
        return _text_size(str(data.get("content") or ""), number(as_object(given.get("style")).get("fontSize")), width)
    usual = _WIDE_NOTE if data.get("shape") == "rectangle" and "sticky" in operation_id else _SIZES[operation_id]
    if operation_id == "create-sticky-note-item":
        share = width / usual[0] if width else height / usual[1] if height else 1.0
        return usual[0] * share, usual[1] * share
    return width or usual[0], height or usual[1]


def _text_size(content: str, font: float, width: float) -> tuple[float, float]:
    font = font or _FONT
    lines = [paragraph.text for paragraph in parse_html(content)] or [""]
    width = width or min(max(map(len, lines)), _WIDEST) * font * _LETTER + font
    rows = sum(max(math.ceil(len(line) * font * _LETTER / width), 1) for line in lines)
    return width, rows * font * _LINE
