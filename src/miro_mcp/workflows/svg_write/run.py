"""Carrying out an edited SVG."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync

from ...board.load import load
from ...drawing.job import DrawingJob, draw_in_worker
from ...errors import CallError
from ...session import Session
from ...workers.pool import warm_up
from ..workflow import Outcome
from .apply import CarryingOut
from .document.parse import read_drawing
from .plan import known_in, plan_svg
from .steps import SvgPlan
from .tool import WriteSvg


async def run(arguments: WriteSvg, session: Session) -> Outcome:
    drawing = await run_sync(read_drawing, arguments.svg)
    if drawing.groups:
        await warm_up()
    contents = await load(session, arguments.board_id)
    known = known_in(drawing, contents)
    now = ""
    if known:
        job = DrawingJob(contents=contents, format="svg", chosen=tuple(known), with_findings=False)
        now = (await draw_in_worker(job)).svg

    def plan_all() -> SvgPlan:
        return plan_svg(drawing, read_drawing(now).groups if now else {}, contents, arguments.frame_id)

    plan = await run_sync(plan_all)
    plan.notes += contents.missing
    carrying_out = CarryingOut(session, arguments.board_id, plan)
    if arguments.dry_run:
        return Outcome({"dry_run": True, "sent": False, **await carrying_out.foresee(), **_beside(plan)})
    await carrying_out.all()
    return Outcome(_told(carrying_out, plan))


def _told(done: CarryingOut, plan: SvgPlan) -> dict[str, Any]:
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
    return value | ({"failed": done.failures} if done.failures else {}) | _beside(plan)


def _beside(plan: SvgPlan) -> dict[str, Any]:
    return {"conflicts": plan.conflicts, "notes": plan.notes}
