"""Carrying a plan out: cleared as a whole with one question, made in bulks, and told to the last call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ...board.contents import Raw, as_object
from ...board.write import bulks, created_entries, in_order
from ...catalogue import OPERATIONS, Operation
from ...catalogue.check import checked
from ...catalogue.operation import Arguments
from ...errors import ApiError, CallError, Refused
from ...guardrails.guard import Permit
from ...session import Session
from ...system.parallel import run_jobs
from ...system.progress import report
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

    def __init__(self, session: Session, board_id: str, plan: WritePlan, source: str, *, may_ask: bool = True) -> None:
        self._session = session
        self._board_id = board_id
        self._plan = plan
        self._source = source
        self._may_ask = may_ask
        self._done = 0
        self.made: dict[str, tuple[str, str]] = {}
        """Id and kind of what was made, by its label."""
        self.changed: list[ChangeStep] = []
        self.deleted: list[ChangeStep] = []
        self.failures: list[Value] = []
        self.answers: dict[str, Raw] = {}
        """What Miro answered, by the ids of what it is about."""

    async def all(self) -> None:
        """Raises:
        CallError: the plan is refused, or the person said no; nothing was changed.
        """
        plan = self._plan
        parts = [*_bulks(plan.frames), *_bulks([one for one in plan.items if not one.labels])]
        lines = [one for one in plan.lines if not one.labels]
        steps = [one for one in [*plan.frame_updates, *plan.updates] if not one.labels]
        self._check_later()
        tagging = [step for step in plan.tagging if not step.labels]
        calls = [
            *(self._call("create-tag", one.label, one.given) for one in plan.tags),
            *(self._bulk_call(bulk) for bulk in parts),
            *(self._call("create-connector", one.label, one.given) for one in lines),
            *(self._call(step.operation_id, step.id, step.given) for step in [*steps, *tagging, *plan.deletions]),
        ]
        permits = iter(await self._session.clear(calls, ask=self._may_ask))
        tags = [(one, next(permits)) for one in plan.tags]
        made = [(bulk, next(permits)) for bulk in parts]
        joined = [(one, next(permits)) for one in lines]
        changed = [(step, next(permits)) for step in steps]
        tagged = [(step, next(permits)) for step in tagging]
        deleted = [(step, next(permits)) for step in plan.deletions]

        frames = len(_bulks(plan.frames))
        await run_jobs([
            *(partial(self._make_one, *one) for one in tags),
            *(partial(self._create, *one) for one in made[:frames]),
            *(partial(self._change, *one) for one in changed if one[0].kind == "frame"),
        ])  # fmt: skip
        changes = [partial(self._change, *one) for one in changed if one[0].kind != "frame"]
        later = _bulks([one for one in plan.items if one.labels])
        for layer in sorted({one.layer for one in plan.items} or {0}):
            await run_jobs([
                *(partial(self._create, *one) for one in made[frames:] if one[0][0].layer == layer),
                *(partial(self._create_later, one) for one in later if one[0].layer == layer),
                *changes,
            ])  # fmt: skip
            changes = []
        await run_jobs([
            *(partial(self._make_one, *one) for one in joined),
            *(partial(self._make_one, one, None) for one in plan.lines if one.labels),
            *(partial(self._change, one, None) for one in plan.updates if one.labels),
            *(partial(self._change, *one) for one in tagged),
            *(partial(self._change, one, None) for one in plan.tagging if one.labels),
        ])  # fmt: skip
        for turn in range(len(_TURNS)):
            await run_jobs(
                partial(self._delete, *one) for one in deleted if _TURNS.get(one[0].kind, _TURNS["item"]) == turn
            )

    async def foresee(self) -> Value:
        """What each call would send, and what would be decided about all; reads are all that is sent for it."""
        plan = self._plan
        told: list[tuple[Value, OperationCall]] = []
        for one in plan.tags:
            told.append((_named(one.label, [one]), self._call("create-tag", one.label, one.given)))
        for bulk in [*_bulks(plan.frames), *_bulks(plan.items)]:
            told.append((_named([one.label for one in bulk], bulk), self._bulk_call(bulk)))
        for one in plan.lines:
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
        labels = [one.label for one in bulk]
        try:
            body = (await self._session.carry_out(permit)).body
        except CallError as error:
            self._failed(labels, "create", error)
            return
        found = [as_object(body)] if bulk[0].is_single else created_entries(body)
        if len(found) != len(bulk):
            ids = ", ".join(str(raw["id"]) for raw in found)
            self.failures.append({
                "of": labels, "do": "create", "outcome": "unknown",
                "error": f"Miro made {len(found)} items of {len(bulk)}: {ids or 'none'}.",
            })  # fmt: skip
            return
        for one, identifier in zip(bulk, in_order([one.given for one in bulk], found), strict=True):
            self.made[one.label] = (identifier, one.kind)
        self.answers |= {str(raw["id"]): raw for raw in found}
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
        try:
            body = as_object((await self._session.carry_out(permit)).body)
        except CallError as error:
            self._failed(one.label, "create", error)
            return
        identifier = str(body.get("id") or "")
        self.made[one.label] = (identifier, one.kind)
        self.answers[identifier] = body
        await self._tell(1)

    async def _change(self, step: ChangeStep, permit: Permit | None) -> None:
        if permit is None:
            if not self._is_known(step, step.id, "update"):
                return
            given = self._with_ids(step.given)
            permit = await self._late(self._call(step.operation_id, step.id, given), step.id, "update")
        if permit is None:
            return
        try:
            body = as_object((await self._session.carry_out(permit)).body)
        except CallError as error:
            self._failed(step.id, "update", error)
            return
        self.changed.append(step)
        if body:
            self.answers[step.id] = body
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
            (permit,) = await self._session.clear([call], ask=False)
        except CallError as error:
            self._failed(of, do, error)
            return None
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
        return _replaced(given, {label: identifier for label, (identifier, _) in self.made.items()})

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
    return _replaced(given, dict(zip(sorted(labels_in(given)), _STAND_IN, strict=False)))


def _replaced(given: Mapping[str, Any], ids: Mapping[str, str]) -> Value:
    """What is given, with ids in place of labels."""
    resolved: Value = {}
    for name, part in given.items():
        if name in ("parent", "startItem", "endItem") and part.get("id") in ids:
            part = {**part, "id": ids[part["id"]]}
        elif name in ("item_id", "tag_id"):
            part = ids.get(part, part)
        resolved[name] = part
    return resolved
