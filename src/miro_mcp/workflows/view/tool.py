"""`miro_board_view`: a board, a frame, a region or chosen items as a picture, with what looks wrong in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ...board.region import Region
from ...catalogue.operation import ABSENT, READ
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ...errors import BadArguments
from ..workflow import Outcome, Session, Workflow

if TYPE_CHECKING:
    from ...board.contents import Contents

APP_URI = "ui://miro-mcp/board.html"


class ViewBoard(OnBoard):
    one_of = (("frame_id", "region"), ("frame_id", "item_ids"), ("region", "item_ids"))

    frame_id: Id = ABSENT
    region: Region = ABSENT
    item_ids: Annotated[list[Id], Field(min_length=1, max_length=1000)] = ABSENT
    format: Literal["png", "svg"] = "png"


async def run(arguments: ViewBoard, session: Session) -> Outcome:
    from ...board.load import load
    from ...drawing.process import pool as workers
    from ...drawing.process.job import Job

    workers.warm_up()
    contents = await load(session, arguments.board_id)
    _check(contents, arguments)
    region = arguments.region
    view = await workers.look(
        Job(
            contents=contents,
            format=arguments.format,
            region=region.box if region else None,
            frame_id=arguments.frame_id,
            chosen=tuple(arguments.item_ids) if arguments.item_ids else None,
        )
    )
    value: dict[str, Any] = {
        "region": {name: round(side, 2) for name, side in view.region._asdict().items()},
        "items": view.items,
        "connectors": view.connectors,
        "findings": [*view.findings, *contents.missing],
    }
    if view.svg:
        return Outcome({**value, "svg": view.svg}, text=view.svg)
    value |= {"scale": round(view.scale or 0, 4), "pixels": list(view.size)}
    if view.unread:
        value["unread"] = view.unread
        value["note"] = f"{view.unread} items are too small to read here: ask for a frame_id, region or item_ids."
    return Outcome(value, pictures=(view.png,))


async def view_svg(session: Session, board_id: str) -> str:
    """A whole board as SVG.

    Raises:
        CallError: see errors.py.
        NotDrawn: see drawing/process/pool.py.
    """
    return (await run(ViewBoard(board_id=board_id, format="svg"), session)).value["svg"]


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


VIEW = Workflow(
    name="miro_board_view",
    title="See a board",
    description=(
        "Picture of a board, frame, region or items, and findings: overlaps, cut text, lines through items, items out "
        "of their frame. svg has each item as a group with data-miro-id, in board coordinates. Look after drawing."
    ),
    arguments=ViewBoard,
    run=run,
    effect=READ,
    meta={"ui": {"resourceUri": APP_URI}, "ui/resourceUri": APP_URI},
)
