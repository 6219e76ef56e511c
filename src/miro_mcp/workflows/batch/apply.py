"""Running a plan: what needs a yes first, then every step as soon as those it has to follow are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

import anyio

from ...catalogue import DELETE, Operation
from ...catalogue.operation import Arguments
from ...errors import BadArguments, CallError
from ...guardrails.guard import Call, Permit, disturbance, disturbed
from ...session import Session
from ...system.caller import in_step
from ...system.parallel import run_jobs
from ...system.progress import report
from ...tools.arguments import CheckedCall, check
from ...tools.results import shape_answer
from .plan import OperationStep, PlannedStep, WriterStep
from .references import paths_of_references, resolve_references
from .writers import ClearedSession, PlanningSession


class Status(StrEnum):
    """What became of a step: "unknown" may have been carried out, "skipped" referred to one that wasn't done."""

    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class StepResult:
    step: PlannedStep
    status: Status
    value: Any = None
    error: str = ""


class BatchRun:
    """One run of a plan. `answers` has the bodies of the steps done, `results` what became of each."""

    def __init__(self, plan: dict[str, PlannedStep], session: Session, *, stop: bool, in_order: bool = False) -> None:
        self._plan = plan
        self._session = session
        self._stop = stop
        self._follows = _order(plan, in_order=in_order)
        self._permits: dict[str, Permit] = {}
        self._calls: dict[str, CheckedCall] = {}
        self._writers: dict[str, PlanningSession] = {}
        """What the workflows among the steps would change, as far as that is known before anything is."""
        self._cleared: dict[str, list[Permit]] = {}
        self._answers: dict[str, Any] = {}
        self._over = {name: anyio.Event() for name in plan}
        self._failed = False
        self.results: dict[str, StepResult] = {}

    async def all(self) -> list[StepResult]:
        """Runs the plan; the results are in the order of its steps.

        Raises:
            CallError: a step is refused, or the person said no; nothing was changed.
        """
        await self._clear()
        await run_jobs([partial(self._run, step) for step in self._plan.values()])
        return [self.results[name] for name in self._plan]

    async def foresee(self) -> dict[str, Any]:
        """What each step would send and what would be decided about all; reads are all that is sent.

        Of a step that refers to what a change answers, only what it waits for is known.
        """
        known = await self._resolve_known()
        await self._plan_writers()
        wanted = [(name, call) for name, planned in self._writers.items() for call in planned.wanted]
        calls = [*((step.id, _pair(self._calls[step.id])) for step in known), *wanted]
        previewed, together = await self._session.preview([call for _, call in calls], len(self._plan))
        foreseen: dict[str, dict[str, Any]] = {name: {"calls": []} for name in self._writers}
        for (name, _), one in zip(calls, previewed, strict=True):
            if name in self._writers:
                foreseen[name]["calls"].append(one)
            else:
                foreseen[name] = one
        told = [
            {"id": step.id, **foreseen.get(step.id, {"refers_to": sorted(step.references)})}
            for step in self._plan.values()
        ]
        try:
            self._refuse_late()
        except BadArguments as error:
            together = {"decision": "deny", "reason": str(error)}
        return {"steps": told, **together}

    async def _clear(self) -> None:
        """Clears everything that is known before the first change, and refuses what would have to be asked later."""
        self._refuse_late()
        known = await self._resolve_known()
        await self._plan_writers()
        for_leave = [step for step in known if step.id not in self._answers and not step.call.dry_run]
        calls = [(step.id, _pair(self._calls[step.id])) for step in for_leave]
        planned = [(name, list(one.wanted), len(one.wanted) - one.redrawn) for name, one in self._writers.items()]
        calls += [(name, call) for name, wanted, kept in planned for call in wanted[:kept]]
        redrawn = [(name, call) for name, wanted, kept in planned for call in wanted[kept:]]
        permits = await self._session.clear(
            [call for _, call in [*calls, *redrawn]], redrawn=len(redrawn), of=len(self._plan)
        )
        for (name, _), permit in zip([*calls, *redrawn], permits, strict=True):
            if name in self._writers:
                self._cleared.setdefault(name, []).append(permit)
            else:
                self._permits[name] = permit

    async def _plan_writers(self) -> None:
        """Plans the workflows of which all is known before the first change.

        Raises:
            CallError: one can't be done; nothing was changed.
        """
        for step in self._plan.values():
            if not isinstance(step, WriterStep) or step.reads or self._late(step):
                continue
            planning = PlanningSession(self._session)
            try:
                await planning.plan(step.workflow, self._arguments(step))
            except CallError as error:
                raise BadArguments(f"miro_batch: step {step.id}: {error} No step was run.") from None
            self._writers[step.id] = planning

    def _arguments(self, step: WriterStep) -> Arguments:
        if not step.references:
            return step.arguments
        return step.checked(resolve_references(step.given, self._answers.__getitem__))

    async def _resolve_known(self) -> list[OperationStep]:
        """The steps of which all is known before the first change: reads that only they refer to are made for it."""
        wanted = [step for step in self._plan.values() if not step.reads and not self._late(step)]
        needed = set[str]().union(*(step.references for step in wanted))
        await self._read_ahead(self._with_references(needed))
        steps = [step for step in self._plan.values() if isinstance(step, OperationStep)]
        known = [step for step in steps if not step.references or step in wanted]
        for step in known:
            self._calls[step.id] = self._resolved(step)
        return known

    def _refuse_late(self) -> None:
        """Refuses what may need a person's approval though what it touches is known too late to be shown to them.

        Raises:
            BadArguments: a step refers to one that changes something, or that follows a change.
        """
        steps = [step for step in self._plan.values() if isinstance(step, OperationStep)]
        deletions = sum(step.call.operation.effect is DELETE and not step.call.dry_run for step in steps)
        for step in steps:
            late = self._late(step)
            if step.reads or not late:
                continue
            operation, arguments = _pair(step.call)
            unknown = frozenset(paths_of_references(step.given))
            if self._session.may_have_to_ask(operation, arguments, among=deletions, late=unknown):
                raise BadArguments(
                    f"miro_batch: step {step.id} may need a person's approval, but what it touches is only known once "
                    f"step {late[0]} is done, so it can't be shown to them. Make it a call of its own. No step was run."
                )

    def _late(self, step: PlannedStep) -> list[str]:
        """The steps it refers to that are not known before the first change."""
        return [name for name in sorted(step.references) if not self._is_early(name)]

    def _is_early(self, name: str) -> bool:
        """Whether a step and all before it only read, so that it may run before anybody is asked."""
        return self._plan[name].reads and all(self._is_early(before) for before in self._follows[name])

    def _with_references(self, names: Iterable[str]) -> list[PlannedStep]:
        wanted = set(names)
        for step in reversed(self._plan.values()):
            if step.id in wanted:
                wanted |= step.references
        return [step for step in self._plan.values() if step.id in wanted]

    async def _read_ahead(self, steps: list[PlannedStep]) -> None:
        for step in steps:
            if isinstance(step, WriterStep):
                await self._write(step)
                continue
            assert isinstance(step, OperationStep)
            call = self._calls[step.id] = self._resolved(step)
            await self._carry_out(step, call)

    async def _run(self, step: PlannedStep) -> None:
        for name in self._follows[step.id]:
            await self._over[name].wait()
        with in_step(step.id):
            self.results[step.id] = result = await self._result(step)
        self._failed = self._failed or result.status is not Status.DONE
        self._over[step.id].set()
        done = len(self.results)
        await report(done, len(self._plan), f"step {step.id}: {result.status}")

    async def _result(self, step: PlannedStep) -> StepResult:
        if self._failed and self._stop:
            return StepResult(step, Status.NOT_RUN)
        missing = next((name for name in sorted(step.references) if name not in self._answers), None)
        if missing is not None:
            return StepResult(step, Status.SKIPPED, error=f"It refers to step {missing}, which was not done.")
        try:
            if step.id not in self._answers:
                if isinstance(step, WriterStep):
                    await self._write(step)
                elif isinstance(step, OperationStep):
                    await self._carry_out(step, self._calls.get(step.id) or self._resolved(step))
        except CallError as error:
            status = Status.UNKNOWN if error.outcome == "unknown" else Status.FAILED
            return StepResult(step, status, error=str(error))
        return StepResult(step, Status.DONE, self._answers[step.id])

    async def _write(self, step: WriterStep) -> None:
        planned = self._writers.get(step.id)
        session = ClearedSession(self._session, planned.wanted if planned else (), self._cleared.get(step.id, ()))
        self._answers[step.id] = (await step.workflow.run(self._arguments(step), session)).value

    async def _carry_out(self, step: OperationStep, call: CheckedCall) -> None:
        if call.dry_run:
            (self._answers[step.id],), _ = await self._session.preview([_pair(call)])
            return
        permit = self._permits.get(step.id)
        if permit is None:
            late = Call(call.operation, call.arguments.model_dump(exclude_unset=True, by_alias=True))
            if other := disturbed(self._permits.values(), late):
                raise disturbance(other, late)
            (permit,) = await self._session.clear([_pair(call)], ask=False)
        self._answers[step.id] = shape_answer(await self._session.carry_out(permit, call.max_items), verbose=True)

    def _resolved(self, step: OperationStep) -> CheckedCall:
        return (
            check(step.tool, resolve_references(step.given, self._answers.__getitem__))
            if step.references
            else step.call
        )


def _order(plan: dict[str, PlannedStep], *, in_order: bool) -> dict[str, list[str]]:
    """For each step the earlier ones it has to follow."""
    steps = list(plan.values())
    return {
        step.id: [earlier.id for earlier in steps[:index] if in_order or step.has_to_follow(earlier)]
        for index, step in enumerate(steps)
    }


def _pair(call: CheckedCall) -> tuple[Operation, Arguments]:
    return call.operation, call.arguments
