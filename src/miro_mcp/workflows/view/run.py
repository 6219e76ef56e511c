"""Drawing what was asked for of a board."""

from __future__ import annotations

from anyio import to_thread

from ...board.contents import Contents
from ...board.reading.load import load
from ...drawing.job import DrawingJob, draw_in_worker
from ...errors import BadArguments
from ...session import Session
from ...workers.pool import warm_up
from ..workflow import Outcome
from .told import told_of
from .tool import ViewBoard


async def run(arguments: ViewBoard, session: Session) -> Outcome:
    await warm_up()
    contents = await load(session, arguments.board_id)
    _check(contents, arguments)
    region = arguments.region
    job = DrawingJob(
        contents=contents,
        format=arguments.format,
        region=region.box if region else None,
        frame_id=arguments.frame_id,
        chosen=tuple(arguments.item_ids) if arguments.item_ids else None,
        max_px=arguments.max_px,
    )
    return await to_thread.run_sync(told_of, await draw_in_worker(job), contents, arguments.max_tokens)


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
