"""Checking, planning and running the steps of a batch."""

from __future__ import annotations

from ...session import Session
from ..workflow import Outcome
from .apply import Run
from .plan import make_plan
from .report import foresee, tell
from .tool import BatchArguments


async def run(arguments: BatchArguments, session: Session) -> Outcome:

    steps = [step.model_dump(exclude_unset=True) for step in arguments.steps]
    plan = make_plan(steps, session.tools)
    if arguments.dry_run:
        foreseen = [await foresee(step, session) for step in plan.values()]
        return Outcome({"dry_run": True, "sent": False, "steps": foreseen})
    return tell(await Run(plan, session, stop=arguments.on_error != "continue").all())
