"""Checking, planning and running the steps of a batch."""

from __future__ import annotations

from anyio import to_thread

from ...session import Session
from ..workflow import Outcome
from .apply import BatchRun
from .plan import plan_batch
from .report import report_batch
from .tool import BatchArguments


async def run(arguments: BatchArguments, session: Session) -> Outcome:
    steps = [step.model_dump(exclude_unset=True) for step in arguments.steps]
    plan = plan_batch(steps, session.tools)
    batch = BatchRun(plan, session, stop=arguments.on_error != "continue", in_order=bool(arguments.in_order))
    if arguments.dry_run:
        return Outcome({"dry_run": True, "sent": False, **await batch.foresee()})
    return await to_thread.run_sync(report_batch, await batch.all(), arguments.max_tokens)
