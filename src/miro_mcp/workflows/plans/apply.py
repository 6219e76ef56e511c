"""Carrying a plan out: cleared as a whole with one question, made in bulks, and told to the last call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ...board.contents import Contents, Raw, as_object
from ...board.write import bulks
from ...catalogue import OPERATIONS, Operation
from ...catalogue.check import checked
from ...catalogue.operation import Arguments
from ...errors import ApiError, CallError, Refused
from ...guardrails.guard import Permit
from ...session import Session
from ...system.parallel import run_jobs
from ...system.progress import report
from .done import Done, resolved
from .making import Making
from .steps import ChangeStep, Creation, WritePlan, labels_in

OperationCall = tuple[Operation, Arguments]
Value = dict[str, Any]

_STAND_IN = ("3458764500000000001", "3458764500000000002", "3458764500000000003")
"""Ids of what is yet to be made, while the calls that name it are checked."""

_TURNS = {"connector": 0, "item": 1, "frame": 2}
"""When each kind is deleted: what is in a frame before the frame, which leaves it on the board; an item takes its lines
along."""

_SKIPPED = "not done: something before it failed, and nothing is deleted then"


class CarryingOut:
    """One plan on one board. What was done is in `made` (ids by label), `changed`, `deleted` and `failures`.

    `source` is what messages call the plan by: the tool, and the argument that it was drawn up from. Nobody is asked
    about one that does not `may_ask`: something was changed already.
    """

    def __init__(
        self,
        session: Session,
        board_id: str,
        plan: WritePlan,
        source: str,
        contents: Contents,
        done: Done,
        *,
        may_ask: bool = True,
    ) -> None:
        """`contents` is the board as it is now, `done` what earlier calls of the same kind have done to it."""
        self._session = session
        self._board_id = board_id
        self._plan = plan
        self._contents = contents
        self._notes = done
        self._making = Making(session, board_id, contents, plan, done)
        self._made_before = len(self._making.made)
        self._source = source
        self._may_ask = may_ask
        self._done = 0
        self.changed: list[ChangeStep] = []
        self.deleted: list[ChangeStep] = []
        self.failures: list[Value] = []

    @property
    def made(self) -> Mapping[str, tuple[str, str]]:
        """Id and kind of what was made, by its label."""
        return self._making.made

    @property
    def answers(self) -> Mapping[str, Raw]:
        """What Miro answered, by the ids of what it is about."""
        return self._making.answers

    @property
    def notes(self) -> list[str]:
        """What is to be said of an earlier call that was cut off."""
        if not self._notes.is_resumed:
            return []
        plan = self._plan
        new = len(plan.tags) + len(plan.frames) + len(plan.items) + len(plan.lines)
        return [
            f"An earlier call of the same text was cut off: {self._made_before} of the {new} new things were there, "
            "and this call went on from them."
        ]

    async def all(self) -> None:
        """Raises:
        CallError: the plan is refused, or the person said no; nothing was changed.
        """
        plan = self._plan
        new_frames, new_items, new_lines = map(self._making.missing, (plan.frames, plan.items, plan.lines))
        new_tags = self._making.missing(plan.tags)
        parts = [*_bulks(new_frames), *_bulks([one for one in new_items if not one.labels])]
        lines = [one for one in new_lines if not one.labels]
        steps = [one for one in [*plan.frame_updates, *plan.updates] if not one.labels]
        self._check_later()
        tagging = [step for step in plan.tagging if not step.labels]
        calls = [
            *(self._call("create-tag", one.label, one.given) for one in new_tags),
            *(self._bulk_call(bulk) for bulk in parts),
            *(self._call("create-connector", one.label, one.given) for one in lines),
            *(self._call(step.operation_id, step.id, step.given) for step in [*steps, *tagging, *plan.deletions]),
        ]
        permits = iter(await self._session.clear(calls, ask=self._may_ask))
        tags = [(one, next(permits)) for one in new_tags]
        made = [(bulk, next(permits)) for bulk in parts]
        joined = [(one, next(permits)) for one in lines]
        changed = [(step, next(permits)) for step in steps]
        tagged = [(step, next(permits)) for step in tagging]
        deleted = [(step, next(permits)) for step in plan.deletions]

        frames = len(_bulks(new_frames))
        self._notes.begin(self._contents)
        await run_jobs([
            *(partial(self._make_one, *one) for one in tags),
            *(partial(self._create, *one) for one in made[:frames]),
            *(partial(self._change, *one) for one in changed if one[0].kind == "frame"),
        ])  # fmt: skip
        changes = [partial(self._change, *one) for one in changed if one[0].kind != "frame"]
        later = _bulks([one for one in new_items if one.labels])
        for layer in sorted({one.layer for one in plan.items} or {0}):
            await run_jobs([
                *(partial(self._create, *one) for one in made[frames:] if one[0][0].layer == layer),
                *(partial(self._create_later, one) for one in later if one[0].layer == layer),
                *changes,
            ])  # fmt: skip
            changes = []
        await run_jobs([
            *(partial(self._make_one, *one) for one in joined),
            *(partial(self._make_one, one, None) for one in new_lines if one.labels),
            *(partial(self._change, one, None) for one in plan.updates if one.labels),
            *(partial(self._change, *one) for one in tagged),
            *(partial(self._change, one, None) for one in plan.tagging if one.labels),
        ])  # fmt: skip
        try:
            await self._making.settle()
        except CallError as error:
            self._failed("what was made twice", "delete", error)
        for turn in range(len(_TURNS)):
            await run_jobs(
                partial(self._delete, *one) for one in deleted if _TURNS.get(one[0].kind, _TURNS["item"]) == turn
            )

    async def foresee(self) -> Value:
        """What each call would send, and what would be decided about all; reads are all that is sent for it."""
        plan = self._plan
        told: list[tuple[Value, OperationCall]] = []
        missing = self._making.missing
        for one in missing(plan.tags):
            told.append((_named(one.label, [one]), self._call("create-tag", one.label, one.given)))
        for bulk in [*_bulks(missing(plan.frames)), *_bulks(missing(plan.items))]:
            told.append((_named([one.label for one in bulk], bulk), self._bulk_call(bulk)))
        for one in missing(plan.lines):
            told.append((_named(one.label, [one]), self._call("create-connector", one.label, one.given)))
        for step in [*plan.frame_updates, *plan.updates, *plan.tagging, *plan.deletions]:
            told.append((_named(step.id, [step]), self._call(step.operation_id, step.id, step.given)))
        foreseen, together = await self._session.preview([call for _, call in told])
        try:
            self._check_later()
        except Refused as refusal:
            together = {"decision": "deny", "reason": str(refusal)}
        return {"calls": [of | one for (of, _), one in zip(told, foreseen, strict=True)], **together}

    def _check_later(self) -> None:
        """Refuses what would have to be asked about once something was made already."""
        plan = self._plan
        later = [
            *(self._bulk_call(bulk) for bulk in _bulks([one for one in plan.items if one.labels])),
            *(self._call("create-connector", one.label, one.given) for one in plan.lines if one.labels),
            *(
                self._call(step.operation_id, step.id, step.given)
                for step in [*plan.updates, *plan.tagging]
                if step.labels
            ),
        ]
        for operation, arguments in later:
            if self._session.may_have_to_ask(operation, arguments):
                raise Refused(
                    f"{self._source}: {operation.id} needs a person's approval here, and what it joins or goes into is "
                    "yet to be made, so they can't be shown it. Make the items first, then refer to their ids. Nothing "
                    "was sent."
                )

    async def _create(self, bulk: Sequence[Creation], permit: Permit) -> None:
        async def leave(wanted: Sequence[Creation]) -> Permit:
            return await self._leave(self._bulk_call(wanted))

        try:
            await self._making.create(bulk, permit, leave)
        except CallError as error:
            self._failed([one.label for one in bulk if one.label not in self.made], "create", error)
            return
        await self._tell(len(bulk))

    async def _create_later(self, bulk: Sequence[Creation]) -> None:
        known = [one for one in bulk if self._is_known(one, [one.label], "create")]
        for whole in _bulks([self._resolved(one) for one in known]):
            permit = await self._late(self._bulk_call(whole), [one.label for one in whole], "create")
            if permit is not None:
                await self._create(whole, permit)

    async def _make_one(self, one: Creation, permit: Permit | None) -> None:
        """Makes a line or a tag."""
        if permit is None:
            if not self._is_known(one, one.label, "create"):
                return
            one = self._resolved(one)
            permit = await self._late(self._call("create-connector", one.label, one.given), one.label, "create")
        if permit is None:
            return
        made = one

        async def leave(_: Sequence[Creation]) -> Permit:
            return await self._leave(self._call("create-connector", made.label, made.given))

        try:
            if made.kind == "tag":
                await self._making.tag(made, permit)
            else:
                await self._making.connect(made, permit, leave)
        except CallError as error:
            self._failed(made.label, "create", error)
            return
        await self._tell(1)

    async def _change(self, step: ChangeStep, permit: Permit | None) -> None:
        if permit is None:
            if not self._is_known(step, step.id, "update"):
                return
            given = self._with_ids(step.given)
            permit = await self._late(self._call(step.operation_id, step.id, given), step.id, "update")
        if permit is None:
            return
        self._notes.change(step.id)
        try:
            body = as_object((await self._session.carry_out(permit)).body)
        except CallError as error:
            self._failed(step.id, "update", error)
            return
        self.changed.append(step)
        if body:
            self._making.answers[step.id] = body
        await self._tell(1)

    async def _delete(self, step: ChangeStep, permit: Permit) -> None:
        if any(failure["do"] != "delete" for failure in self.failures):
            self.failures.append({"of": step.id, "do": "delete", "outcome": "not sent", "error": _SKIPPED})
            return
        try:
            await self._session.carry_out(permit)
        except CallError as error:
            # A line goes with its ends.
            if not (isinstance(error, ApiError) and error.status == 404):
                self._failed(step.id, "delete", error)
                return
        self.deleted.append(step)
        await self._tell(1)

    async def _late(self, call: OperationCall, of: str | list[str], do: str) -> Permit | None:
        try:
            return await self._leave(call)
        except CallError as error:
            self._failed(of, do, error)
            return None

    async def _leave(self, call: OperationCall) -> Permit:
        (permit,) = await self._session.clear([call], ask=False)
        return permit

    def _is_known(self, part: Creation | ChangeStep, of: str | list[str], do: str) -> bool:
        missing = sorted(part.labels - self.made.keys())
        if missing:
            error = f"It needs {', '.join(missing)}, which was not made."
            self.failures.append({"of": of, "do": do, "outcome": "not sent", "error": error})
        return not missing

    def _failed(self, of: str | list[str], do: str, error: CallError) -> None:
        self.failures.append({"of": of, "do": do, "outcome": error.outcome, "error": str(error)})

    async def _tell(self, done: int) -> None:
        self._done += done
        await report(self._done, self._plan.size, f"{self._done} of {self._plan.size} changes made")

    def _resolved(self, one: Creation) -> Creation:
        return replace(one, given=self._with_ids(one.given))

    def _with_ids(self, given: Mapping[str, Any]) -> Value:
        return resolved(given, self._making.ids)

    def _bulk_call(self, bulk: Sequence[Creation]) -> OperationCall:
        labels = ", ".join(one.label for one in bulk)
        if bulk[0].is_single:
            given = {name: part for name, part in bulk[0].given.items() if name != "type"}
            return self._call("create-shape-item", labels, given)
        return self._call("create-items", labels, {"items": [_standing_in(one.given) for one in bulk]})

    def _call(self, operation_id: str, of: str, given: Mapping[str, Any]) -> OperationCall:
        """A call, checked; labels in it are replaced by stand-ins.

        Raises:
            BadArguments: Miro wouldn't take it.
        """
        operation = OPERATIONS[operation_id]
        body = {"board_id": self._board_id, **_standing_in(given)}
        return operation, checked(operation, body, f"{self._source}: {of[:200]}")


def _named(of: str | list[str], parts: Sequence[Creation | ChangeStep]) -> Value:
    labels = sorted({label for part in parts for label in part.labels})
    return {"of": of} | ({"ids_known_later": labels} if labels else {})


def _bulks(makings: Sequence[Creation]) -> list[Sequence[Creation]]:
    parts: list[Sequence[Creation]] = []
    for layer in sorted({one.layer for one in makings}):
        own = [one for one in makings if one.layer == layer]
        parts += [*bulks([one for one in own if not one.is_single]), *([one] for one in own if one.is_single)]
    return parts


def _standing_in(given: Mapping[str, Any]) -> Value:
    return resolved(given, dict(zip(sorted(labels_in(given)), _STAND_IN, strict=False)))
