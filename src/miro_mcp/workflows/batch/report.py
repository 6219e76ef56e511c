"""What a batch answers: what came of each step, in the order of the steps."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from ...catalogue import READ
from ...client.course import Answer
from ...text.token_bound import most_tokens
from ...tools.fit import how_many_fit, is_too_long
from ...tools.results import shape_answer, to_text
from ...tools.unseen import note_unseen
from ..workflow import Outcome
from .apply import Status, StepResult
from .plan import OperationStep


def report_batch(results: list[StepResult], most: int) -> Outcome:
    """The outcome; beyond `most` tokens the steps' answers are left out, never what became of a step."""
    told = [_tell(result) for result in results]
    value = {"results": told, "counts": dict(Counter(str(result.status) for result in results))}
    if not is_too_long(to_text(value), most):
        return Outcome(value)
    bare = [_bare(one) for one in told]
    kept = how_many_fit([one.get("result", {}) for one in told], most - most_tokens(to_text(bare)))
    value |= {
        "results": told[:kept] + bare[kept:],
        "left_out": {"answers": sum("result" in one for one in told[kept:])},
        "go_on": "All steps that are done stay done. Read the answers left out by calls of their own, or ask for fewer "
        "fields.",
    }
    return Outcome(value)


def _bare(told: dict[str, Any]) -> dict[str, Any]:
    """A step without its answer, but with the id of what it made."""
    made: Any = told.get("result")
    id = cast("dict[str, Any]", made).get("id") if isinstance(made, dict) else None
    return {name: part for name, part in told.items() if name != "result"} | ({"made": id} if id else {})


def _tell(result: StepResult) -> dict[str, Any]:
    told: dict[str, Any] = {"id": result.step.id, "ok": result.status is Status.DONE, "status": str(result.status)}
    if result.error:
        told["error"] = result.error
    if result.status is Status.DONE:
        told["result"] = _value(result)
    return told


def _value(result: StepResult) -> Any:
    """The answer to a read as a call of its own would show it; of a change what was made or changed, by its ids."""
    if not isinstance(result.step, OperationStep):
        return result.value
    call = result.step.call
    if call.dry_run:
        return result.value
    if call.operation.effect is READ:
        return shape_answer(
            Answer(200, result.value), fields=call.fields, verbose=call.verbose, tells_when=call.operation.tells_when
        )
    whole = Answer(200, result.value)
    made = shape_answer(whole, fields=("id", "type", "ok", "status"))
    note = note_unseen(call.arguments, result.value)
    return (made if made.keys() & {"id", "data", "ok"} else shape_answer(whole)) | ({"note": note} if note else {})
