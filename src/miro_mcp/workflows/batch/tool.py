"""`miro_batch`."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ...catalogue import DELETE, READ
from ...catalogue.operation import ABSENT, Arguments, Body, parse_json_text
from ...client.course import Answer
from ...tools.results import shape, to_text
from ..workflow import Outcome, Session, Workflow
from .plan import Step, make_plan
from .run import Result, Run, Status

MAX_STEPS = 500


class BatchStep(Body):
    id: Annotated[str, Field(pattern=r"^[\w-]+$", max_length=50, examples=["frame"])] = ABSENT
    tool: Annotated[str, Field(examples=["miro_shapes_write"])]
    arguments: Annotated[
        dict[str, Any],
        BeforeValidator(parse_json_text),
        Field(examples=[{"operation": "create", "board_id": "uXjVOD6LSME=", "parent": {"id": {"$ref": "frame.id"}}}]),
    ]


class BatchArguments(Arguments):
    steps: Annotated[list[BatchStep], Field(min_length=1, max_length=MAX_STEPS)]
    on_error: Literal["stop", "continue"] = ABSENT
    dry_run: bool = ABSENT


async def run(arguments: BatchArguments, session: Session) -> Outcome:
    steps = [step.model_dump(exclude_unset=True) for step in arguments.steps]
    plan = make_plan(steps, session.tools)
    if arguments.dry_run:
        foreseen = [await _foresee(step, session) for step in plan.values()]
        return Outcome({"dry_run": True, "sent": False, "steps": foreseen})
    return _outcome(await Run(plan, session, stop=arguments.on_error != "continue").all())


async def _foresee(step: Step, session: Session) -> dict[str, Any]:
    """What a step would send; of one that refers to others only what it waits for is known."""
    if step.references:
        return {"id": step.id, "refers_to": sorted(step.references)}
    return {"id": step.id, **await session.preview(step.call.operation, step.call.arguments)}


def _outcome(results: list[Result]) -> Outcome:
    told = [_tell(result) for result in results]
    counts = Counter(str(result.status) for result in results)
    summary = ", ".join(f"{number} {status}" for status, number in counts.items())
    lines = [_line(result, one) for result, one in zip(results, told, strict=True)]
    steps = "1 step" if len(results) == 1 else f"{len(results)} steps"
    text = "\n".join([f"{steps}: {summary}.", *lines])
    return Outcome({"results": told, "counts": dict(counts)}, text)


def _tell(result: Result) -> dict[str, Any]:
    told: dict[str, Any] = {"id": result.step.id, "ok": result.status is Status.DONE, "status": str(result.status)}
    if result.error:
        told["error"] = result.error
    if result.status is Status.DONE:
        told["result"] = _value(result)
    return told


def _value(result: Result) -> Any:
    """The answer to a read as a call of its own would show it; of a change what was made or changed, by its ids."""
    call = result.step.call
    if call.dry_run:
        return result.value
    if call.operation.effect is READ:
        return shape(Answer(200, result.value), fields=call.fields, verbose=call.verbose)
    return shape(Answer(200, result.value), fields=("id", "type", "ok", "status"))


def _line(result: Result, told: dict[str, Any]) -> str:
    call = result.step.call
    what = f"{result.step.id} {result.status}: {result.step.tool.name} {call.operation.name}"
    rest = result.error.replace("\n", " ") or (to_text(told["result"]) if "result" in told else "")
    return f"{what} {rest}".rstrip()


DESCRIPTION = """\
Run up to 500 operations of the other tools in one call: each step has a tool and its arguments, operation among them.
{"$ref": "ID.path"} in the arguments stands for a part of an earlier step's whole answer: {"$ref": "frame.id"}, \
{"$ref": "bulk.data.0.id"}.
All steps are checked before any is run; what needs a person's yes is asked about once. They run in parallel where \
none needs another or works on the same object.
on_error: stop (the default) starts no further step after a failure, continue skips only what refers to it."""

BATCH = Workflow(
    name="miro_batch",
    title="Batch",
    description=DESCRIPTION,
    arguments=BatchArguments,
    run=run,
    effect=DELETE,
    destructive=True,
    repeatable=False,
    follows_read_only=True,
)
