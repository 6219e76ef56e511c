"""Drawing what was asked for of a board."""

from __future__ import annotations

from typing import Any

from ...board.contents import Contents
from ...board.load import load
from ...board.words import text_of
from ...drawing.job import DrawingJob, View, draw_in_worker
from ...errors import BadArguments
from ...session import Session
from ...text.quoting import quoted
from ...text.token_bound import most_tokens
from ...tools.results import to_text
from ...workers.pool import warm_up
from ..workflow import Outcome
from .part import fitting_svg
from .tool import ViewBoard

_ROOM = 200
"""Tokens for what is said of the groups left out."""


async def run(arguments: ViewBoard, session: Session) -> Outcome:
    warm_up()
    contents = await load(session, arguments.board_id)
    _check(contents, arguments)
    region = arguments.region
    view = await draw_in_worker(
        DrawingJob(
            contents=contents,
            format=arguments.format,
            region=region.box if region else None,
            frame_id=arguments.frame_id,
            chosen=tuple(arguments.item_ids) if arguments.item_ids else None,
            max_px=arguments.max_px,
        )
    )
    value: dict[str, Any] = {
        "region": {name: round(side, 2) for name, side in view.region._asdict().items()},
        "items": view.items,
        "connectors": view.connectors,
        "findings": [*view.findings, *contents.missing],
    }
    if view.svg:
        beside = most_tokens(to_text(value)) + _ROOM
        svg, told = fitting_svg(view.svg, max(arguments.max_tokens - beside, _ROOM))
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


def _check(contents: Contents, arguments: ViewBoard) -> None:
    if arguments.frame_id:
        frame = contents.items.get(arguments.frame_id)
        if frame is None or frame.kind != "frame":
            frames = ", ".join(one.id for one in contents.frames[:5]) or "none"
            raise BadArguments(
                f"miro_board_view: frame_id: there is no frame {arguments.frame_id} on this board. Its frames: "
                f"{frames}. Items of other kinds go into item_ids. Nothing was drawn."
            )
    known = contents.items.keys() | {connector.id for connector in contents.connectors}
    missing = [one for one in arguments.item_ids or [] if one not in known]
    if missing:
        raise BadArguments(
            f"miro_board_view: item_ids: {', '.join(missing[:5])} {'is' if len(missing) == 1 else 'are'} not on this "
            "board. miro_items_read list tells the ids there are. Nothing was drawn."
        )
