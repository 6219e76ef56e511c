"""What a batch answers: what came of each step, in the order of the steps."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...catalogue import READ
from ...client.course import Answer
from ...session import Session
from ...tools.results import shape_answer
from ...tools.unseen import note_unseen
from ..workflow import Outcome
from .apply import Status, StepResult
from .plan import PlannedStep


async def foresee_step(step: PlannedStep, session: Session) -> dict[str, Any]:
    """What a step would send; of one that refers to others only what it waits for is known."""
    if step.references:
        return {"id": step.id, "refers_to": sorted(step.references)}
    return {"id": step.id, **await session.preview(step.call.operation, step.call.arguments)}


def report_batch(results: list[StepResult]) -> Outcome:
    told = [_tell(result) for result in results]
    counts = Counter(str(result.status) for result in results)
    return Outcome({"results": told, "counts": dict(counts)})


def _tell(result: StepResult) -> dict[str, Any]:
    told: dict[str, Any] = {"id": result.step.id, "ok": result.status is Status.DONE, "status": str(result.status)}
    if result.error:
        told["error"] = result.error
    if result.status is Status.DONE:
        told["result"] = _value(result)
    return told


def _value(result: StepResult) -> Any:
    """The answer to a read as a call of its own would show it; of a change what was made or changed, by its ids."""
    call = result.step.call
    if call.dry_run:
        return result.value
    if call.operation.effect is READ:
        return shape_answer(Answer(200, result.value), fields=call.fields, verbose=call.verbose)
    whole = Answer(200, result.value)
    made = shape_answer(whole, fields=("id", "type", "ok", "status"))
    note = note_unseen(call.arguments, result.value)
    return (made if made.keys() & {"id", "data", "ok"} else shape_answer(whole)) | ({"note": note} if note else {})
