"""Checking, planning and running the steps of a batch."""

from __future__ import annotations

from ...session import Session
from ..workflow import Outcome
from .apply import BatchRun
from .plan import plan_batch
from .report import foresee_step, report_batch
from .tool import BatchArguments


async def run(arguments: BatchArguments, session: Session) -> Outcome:
    steps = [step.model_dump(exclude_unset=True) for step in arguments.steps]
    plan = plan_batch(steps, session.tools)
    if arguments.dry_run:
        foreseen = [await foresee_step(step, session) for step in plan.values()]
        return Outcome({"dry_run": True, "sent": False, "steps": foreseen})
    results = await BatchRun(plan, session, stop=arguments.on_error != "continue").all()
    return report_batch(results, arguments.max_tokens)
