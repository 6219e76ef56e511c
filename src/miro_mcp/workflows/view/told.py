"""What is answered about a drawing: the picture, or the part of the SVG that fits, with what is told beside it."""

from __future__ import annotations

from typing import Any

from ...board.contents import Contents
from ...board.words import text_of
from ...drawing.job import View
from ...text.quoting import quoted
from ...text.token_bound import most_tokens
from ...tools.results import to_text
from ..workflow import Outcome
from .part import fitting_svg

_ROOM = 200
"""Tokens for what is said of the groups left out."""


def told_of(view: View, contents: Contents, most: int) -> Outcome:
    """An SVG in at most so many tokens with what is told beside it."""
    value: dict[str, Any] = {
        "region": {name: round(side, 2) for name, side in view.region._asdict().items()},
        "items": view.items,
        "connectors": view.connectors,
        "findings": [*view.findings, *contents.missing],
    }
    if view.svg:
        beside = most_tokens(to_text(value)) + _ROOM
        svg, told = fitting_svg(view.svg, max(most - beside, _ROOM))
        return Outcome(value | told, svg)
    value |= {"scale": round(view.scale or 0, 4), "pixels": list(view.size)}
    if view.unread:
        value["unread"] = view.unread
        value["note"] = f"{view.unread} items are too small to read here. {_where(view, contents)}"
    return Outcome(value, pictures=(view.png,))


def _where(view: View, contents: Contents) -> str:
    """Where what is too small to read can be read."""
    if view.readable_frames:
        named = ", ".join(f"{one} ({quoted(text_of(contents.items[one])[:40])})" for one in view.readable_frames)
        return f"They can be read at frame_id {named}, or at a region or item_ids of your own."
    if view.readable_region is None:
        return "Ask for a frame_id, region or item_ids."
    region = {name: round(side) for name, side in view.readable_region._asdict().items()}
    return f"Text can be read in a region of this size: {to_text(region)}; move it over the board, or give item_ids."
