"""Carrying out an edited SVG."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync

from ...board.reading.load import load
from ...drawing.job import DrawingJob, draw_in_worker
from ...errors import CallError
from ...session import Session
from ...workers.pool import warm_up
from ..plans.apply import CarryingOut
from ..plans.done import Done
from ..plans.steps import WritePlan
from ..workflow import Outcome
from .document.parse import Drawing, read_drawing
from .plan import known_in, plan_svg
from .tool import WriteSvg


async def run(arguments: WriteSvg, session: Session) -> Outcome:
    call = "\n".join((arguments.board_id, str(arguments.frame_id or ""), arguments.svg))
    drawing = await run_sync(read_drawing, arguments.svg)
    if arguments.dry_run:
        carrying_out, plan = await _plan(arguments, session, drawing, Done(session.journal.earlier(call)))
        return Outcome({"dry_run": True, "sent": False, **await carrying_out.foresee(), **_beside(carrying_out, plan)})
    with session.journal.open(call) as progress:
        carrying_out, plan = await _plan(arguments, session, drawing, Done(progress.earlier, progress))
        await carrying_out.all()
        progress.is_done = not carrying_out.failures
    return Outcome(_told(carrying_out, plan))


async def _plan(arguments: WriteSvg, session: Session, drawing: Drawing, done: Done) -> tuple[CarryingOut, WritePlan]:
    if drawing.groups:
        await warm_up()
    contents = await load(session, arguments.board_id)
    before = done.before(contents)
    known = known_in(drawing, before)
    now = ""
    if known:
        job = DrawingJob(contents=before, format="svg", chosen=tuple(known), with_findings=False)
        now = (await draw_in_worker(job)).svg

    def plan_all() -> tuple[CarryingOut, WritePlan]:
        shown = read_drawing(now).groups if now else {}
        plan = plan_svg(drawing, shown, before, arguments.frame_id, done.touched)
        plan.notes += contents.missing
        return CarryingOut(session, arguments.board_id, plan, "miro_svg_write: svg", contents, done), plan

    return await run_sync(plan_all)


def _told(done: CarryingOut, plan: WritePlan) -> dict[str, Any]:
    """Raises:
    CallError: nothing of the plan could be done.
    """
    value: dict[str, Any] = {
        "created": [{"element": label, "id": id, "type": kind} for label, (id, kind) in done.made.items()],
        "updated": [{"id": step.id, "changed": list(step.what)} for step in done.changed],
        "deleted": [step.id for step in done.deleted],
    }
    if done.failures and not any(value.values()):
        first = done.failures[0]
        more = f" {len(done.failures) - 1} other calls failed or weren't made." if len(done.failures) > 1 else ""
        raise CallError(f"miro_svg_write: {first['do']} {first['of']}: {first['error']}{more}")
    if done.failures:
        value |= {"failed": done.failures}
        plan.notes.append("The same SVG sent again does what failed, and makes nothing twice.")
    return value | _beside(done, plan)


def _beside(done: CarryingOut, plan: WritePlan) -> dict[str, Any]:
    return {"conflicts": plan.conflicts, "notes": [*done.notes, *plan.notes]}
