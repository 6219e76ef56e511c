"""Carrying out a layout text."""

from __future__ import annotations

from dataclasses import replace

from ...board.reading.load import load
from ...drawing.job import DrawingJob, View, draw_in_worker
from ...session import Session
from ...system.parallel import gather
from ...workers.pool import NotWorkedOut, Work, warm_up, work_out
from ..plans.apply import CarryingOut
from ..plans.done import Done
from ..workflow import Outcome
from .plan import LayoutJob, LayoutPlan, plan_layout
from .settle import heights_told, settling
from .spot import Spot
from .told import foreseen, layout_told
from .tool import WriteLayout

_SOURCE = "miro_layout_write: html"
_LETTERS_AN_ELEMENT = 60
_WORK = Work("The layout", "Split the text into several. Nothing was changed.")


async def run(arguments: WriteLayout, session: Session) -> Outcome:
    call = arguments.model_dump_json(exclude={"dry_run"}, exclude_unset=True)
    if arguments.dry_run:
        return await _written(arguments, session, Done(session.journal.earlier(call)))
    with session.journal.open(call) as progress:
        outcome = await _written(arguments, session, Done(progress.earlier, progress))
        progress.is_done = not (outcome.value or {}).get("failed")
    return outcome


async def _written(arguments: WriteLayout, session: Session, done: Done) -> Outcome:
    await warm_up()
    contents = await load(session, arguments.board_id, with_times=True)
    job = LayoutJob(
        html=arguments.html,
        contents=done.before(contents),
        spot=_spot(arguments),
        as_of=arguments.as_of,
        delete_missing=bool(arguments.delete_missing),
        touched=done.touched,
    )
    plan = await _planned(job)
    plan.write.notes.extend(contents.missing)
    carrying_out = CarryingOut(session, arguments.board_id, plan.write, _SOURCE, contents, done)
    plan.write.notes.extend(carrying_out.notes)
    if arguments.dry_run:
        calls, view = await gather(carrying_out.foresee(), _drawn(plan))
        return _with_picture(foreseen(plan, calls), view)
    _, view = await gather(carrying_out.all(), _drawn(plan))
    settled, seen = await _settle(arguments.board_id, session, job, plan, carrying_out, done)
    if seen is not plan:
        view = await _drawn(seen)
    return _with_picture(layout_told(plan, carrying_out, settled, contents), view)


def _spot(arguments: WriteLayout) -> Spot:
    corner = None
    if "position" in arguments.model_fields_set:
        corner = float(arguments.position.x or 0), float(arguments.position.y or 0)
    return Spot(arguments.frame_id, corner)


async def _planned(job: LayoutJob) -> LayoutPlan:
    size = len(job.html) // _LETTERS_AN_ELEMENT + len(job.contents.items) // 10
    return await work_out(_WORK, size, plan_layout, job)


async def _settle(
    board_id: str, session: Session, job: LayoutJob, plan: LayoutPlan, done: CarryingOut, notes: Done
) -> tuple[CarryingOut | None, LayoutPlan]:
    """Moves what has to make room, since the board made cards higher or lower than they were taken for."""
    made = {label: identifier for label, (identifier, _) in done.made.items()}
    heights = heights_told(plan, made, done.answers)
    if not heights or done.failures:
        return None, plan
    again = await _planned(replace(job, heights=heights))
    settling_plan = settling(plan, again, made)
    if not settling_plan.size:
        return None, plan
    settled = CarryingOut(session, board_id, settling_plan, _SOURCE, job.contents, notes, may_ask=False)
    await settled.all()
    return settled, again


async def _drawn(plan: LayoutPlan) -> View | str:
    """The picture of the board as it will be, or why there is none."""
    job = DrawingJob(contents=plan.planned, region=plan.region, about=plan.about, meant=plan.meant)
    try:
        return await draw_in_worker(job)
    except NotWorkedOut as error:
        return str(error)


def _with_picture(value: dict[str, object], view: View | str) -> Outcome:
    if isinstance(view, str):
        return Outcome({**value, "picture": view})
    return Outcome({**value, "findings": list(view.findings)}, pictures=(view.png,))
