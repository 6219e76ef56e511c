"""What the overview of a board answers: the text, and the value that clients may show beside it."""

from __future__ import annotations

import json
from typing import Any

from ...board.contents import Contents, Item
from ...board.words import shortened, text_of
from ...text.quoting import quoted_json
from ...text.render import flat
from ..workflow import Outcome
from .choose import CONNECTOR, Choice, Wanted, choose
from .fit import Telling
from .header import counts_of
from .outline import Block, BoardOutline, Omitted
from .token_bound import most_tokens

_TITLE = 60
"""Characters of a frame's title in the value."""


def report_overview(contents: Contents, wanted: Wanted, budget: int) -> Outcome:
    """The part of a board that is wanted, in at most `budget` tokens of o200k_base.

    Raises:
        BadArguments: there is no such frame or tag on the board.
    """
    choice = choose(contents, wanted)
    with_ids = wanted.kinds is not None and CONNECTOR in wanted.kinds
    telling = Telling(contents, choice, _asked_for(wanted), with_ids=with_ids)
    outline = telling.within(budget)
    # Clients that show the value too pay for both: the text makes room for it, up to half.
    value = _value(contents, choice, outline)
    beside = most_tokens(json.dumps(value, ensure_ascii=False))
    room = max(budget // 2, budget - beside)
    if most_tokens(outline.text) > room:
        outline = telling.within(room, beside)
        value = _value(contents, choice, outline)
    return Outcome(value, outline.text)


def _value(contents: Contents, choice: Choice, outline: BoardOutline) -> dict[str, Any]:
    value: dict[str, Any] = {
        "counts": counts_of(choice.items.values()),
        "connectors": len(choice.connectors) + contents.connectors_unread,
        "frames": _frames(outline),
        "omitted": _omitted(outline),
    }
    return {**value, "missing": list(contents.missing)} if contents.missing else value


def _frames(outline: BoardOutline) -> list[dict[str, Any]]:
    """The frames that the text names."""
    return [_frame(block, block.section.frame) for block in outline.frames if block.section and block.section.frame]


def _frame(block: Block, frame: Item) -> dict[str, Any]:
    left_out = {"omitted": block.amount_left_out} if block.amount_left_out else {}
    return {
        "id": frame.id,
        "title": shortened(text_of(frame), _TITLE),
        "items": sum(line.amount for line in block.lines),
        **left_out,
    }


def _omitted(outline: BoardOutline) -> dict[str, Any]:
    omitted = Omitted.of(outline)
    return {
        "items": omitted.items,
        "connectors": omitted.connectors,
        "frames": omitted.frames,
        "texts_shortened": outline.shortened,
        "by_kind": dict(omitted.by_kind),
    }


def _asked_for(wanted: Wanted) -> str:
    region = wanted.region
    parts = {
        "frame_id": wanted.frame_id,
        "region": f"{region.x},{region.y} {region.width}x{region.height}" if region else None,
        "kinds": ", ".join(sorted(wanted.kinds)) if wanted.kinds else None,
        "tag": wanted.tag,
        "search": wanted.search,
    }
    return "; ".join(f"{name} {quoted_json(shortened(flat(part), 60))}" for name, part in parts.items() if part)
