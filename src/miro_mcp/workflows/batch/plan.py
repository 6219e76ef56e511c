"""From the steps of a batch to a plan: every step checked, and what each has to wait for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ...catalogue import READ
from ...catalogue.check import check_arguments
from ...catalogue.operation import Arguments
from ...catalogue.schema import schema_of
from ...errors import BadArguments
from ...tools.additions import MADE
from ...tools.arguments import CheckedCall, check
from ...tools.registry import ToolSpec
from ..workflow import Workflow
from .references import references_in, with_stand_ins
from .writers import WRITERS

_PLACES = ("board_id", "org_id", "team_id")
"""Ids of what a step works in, rather than of what it works on."""


@dataclass(frozen=True)
class PlannedStep:
    """One step, its arguments as they were `given`.

    `objects` are the ids of what it works on, `ids` all that it names, each as JSON, references too.
    """

    id: str
    given: Mapping[str, Any]
    references: frozenset[str]
    objects: frozenset[str]
    ids: frozenset[str]

    @property
    def reads(self) -> bool:
        raise NotImplementedError

    @property
    def lists(self) -> bool:
        """Whether it is about all that is in a place."""
        return self.reads and not self.objects

    @property
    def place(self) -> list[Any]:
        return [self.given.get(name) for name in _PLACES]

    def has_to_follow(self, earlier: PlannedStep) -> bool:
        """Whether the two could not be swapped: it needs the other's answer, works on the same, or lists changes."""
        if earlier.id in self.references:
            return True
        if self.reads and earlier.reads:
            return False
        same = bool(earlier.objects & self.ids or self.objects & earlier.ids)
        is_writer = isinstance(self, WriterStep) or isinstance(earlier, WriterStep)
        return same or ((self.lists or is_writer) and self.place == earlier.place)


@dataclass(frozen=True)
class OperationStep(PlannedStep):
    """A step of one operation. Where `given` has references, `call` is checked with stand-ins for them."""

    tool: ToolSpec
    call: CheckedCall

    @property
    def reads(self) -> bool:
        return self.call.operation.effect is READ or self.call.dry_run

    @property
    def lists(self) -> bool:
        return self.call.operation.effect is READ and not self.objects


@dataclass(frozen=True)
class WriterStep(PlannedStep):
    """A step of a workflow, which works on a whole board; `arguments` as an operation's `call`."""

    workflow: Workflow
    arguments: Arguments

    @property
    def reads(self) -> bool:
        return bool(getattr(self.arguments, "dry_run", False))

    def checked(self, given: Mapping[str, Any]) -> Arguments:
        """Raises:
        BadArguments: the workflow doesn't take them.
        """
        return writer_arguments(self.workflow, given)


def writer_arguments(workflow: Workflow, given: Mapping[str, Any]) -> Arguments:
    return check_arguments(workflow.arguments, given, workflow.name, workflow.name)


def plan_batch(steps: Sequence[Mapping[str, Any]], tools: Mapping[str, ToolSpec]) -> dict[str, PlannedStep]:
    """The steps by their ids (a step without one has its number), each checked as the call it will be.

    Raises:
        BadArguments: names the first step that is wrong, and why.
    """
    plan: dict[str, PlannedStep] = {}
    for index, step in enumerate(steps):
        name = str(step.get("id") or index + 1)
        try:
            if name in plan:
                raise BadArguments("another step has this id; every id is used once.")
            plan[name] = _step(name, step, tools, plan.keys())
        except BadArguments as error:
            raise BadArguments(f"miro_batch: steps[{index}] (id {name}): {error} No step was run.") from None
    return plan


def _step(
    name: str, step: Mapping[str, Any], tools: Mapping[str, ToolSpec], earlier: Iterator[str] | Any
) -> PlannedStep:
    tool, writer = tools.get(step["tool"]), WRITERS.get(step["tool"])
    given = cast("Mapping[str, Any]", step["arguments"])
    references = frozenset(reference.step for reference in references_in(given))
    if unknown := sorted(references - set(earlier)):
        raise BadArguments(f"it refers to step {unknown[0]!r}, but no step before it has that id.")
    if writer is not None:
        arguments = writer_arguments(writer, with_stand_ins(given, schema_of(writer.arguments)))
        return WriterStep(name, given, references, frozenset(), frozenset(_ids(given)), writer, arguments)
    if tool is None:
        raise BadArguments(f"there is no tool {step['tool']!r} for a step; one is {next(iter(tools), 'none')}.")
    operation = tool.operations.get(str(given.get("operation")))
    schema = schema_of(operation.arguments) if operation else tool.schema
    call = check(tool, with_stand_ins(given, schema))
    if call.near:
        raise BadArguments("near is for a call of its own; miro_layout_write lays out several things at once.")
    made, _ = MADE.get(call.operation.id, ("", None))
    if made and made not in given:
        raise BadArguments(f"{made} is missing: in a step it is a UUID of yours, the same whenever the batch is sent.")
    if call.added and call.added.model_fields_set:
        names = ", ".join(sorted(call.added.model_fields_set))
        raise BadArguments(f"{names} of {call.operation.name} is for a call of its own, no step.")
    path = [argument for argument in call.operation.path_arguments if argument not in _PLACES]
    objects = frozenset(json.dumps(given[argument]) for argument in path)
    return OperationStep(name, given, references, objects, objects | frozenset(_ids(given)), tool, call)


def _ids(value: Any, name: str = "") -> Iterator[str]:
    """Everything that stands where an id does, as JSON."""
    if name == "id" or name.endswith(("_id", "Id")):
        yield json.dumps(value)
    elif isinstance(value, dict):
        for inner, part in cast("dict[str, Any]", value).items():
            yield from () if inner in _PLACES else _ids(part, inner)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from _ids(part, name)
