"""Carrying a plan out: cleared as a whole with one question, made in bulks, and told to the last call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ...board.contents import Contents, Raw, as_object
from ...board.unanswered import Unanswered, ask_until_made, sought_line
from ...board.write import bulks, created_entries, in_order
from ...catalogue import OPERATIONS, Operation
from ...catalogue.check import checked
from ...catalogue.operation import Arguments
from ...client.course import Answer
from ...errors import ApiError, CallError, OutcomeUnknown, Refused
from ...guardrails.guard import Permit
from ...session import Session
from ...system.parallel import run_jobs
from ...system.progress import report
from .done import Done, resolved, sought_creation
from .rules import CONNECTOR_DELETE, rules_of
from .steps import ChangeStep, Creation, SvgPlan

OperationCall = tuple[Operation, Arguments]
Value = dict[str, Any]

_STAND_IN = ("3458764500000000001", "3458764500000000002", "3458764500000000003")
"""Ids of what is yet to be made, while the calls that name it are checked."""

_TURNS = {"connector": 0, "item": 1, "frame": 2}
"""When each kind is deleted: what is in a frame before the frame, which leaves it on the board; an item takes its lines
along."""

_SKIPPED = "not done: something before it failed, and nothing is deleted then"


class CarryingOut:
    """One plan on one board. What was done is in `made` (ids by label), `changed`, `deleted` and `failures`."""

    def __init__(self, session: Session, board_id: str, plan: SvgPlan, contents: Contents, done: Done) -> None:
        self._session = session
        self._board_id = board_id
        self._plan = plan
        self._notes = done
        self._unanswered = Unanswered(session, board_id, contents.ids)
        self._is_unsure = False
        self._done = 0
        self.made: dict[str, tuple[str, str]] = done.made_on(contents, plan)
        """Id and kind of what was made, by its label."""
        self._made_before = len(self.made)
        self.changed: list[ChangeStep] = []
        self.deleted: list[ChangeStep] = []
        self.failures: list[Value] = []

    async def all(self) -> None:
        """Raises:
        CallError: the plan is refused, or the person said no; nothing was changed.
        """
        plan = self._plan
        new_frames, new_items, new_lines = map(self._missing, (plan.frames, plan.items, plan.lines))
        parts = [*_bulks(new_frames), *_bulks([one for one in new_items if not one.labels])]
        lines = [one for one in new_lines if not one.labels]
        steps = [one for one in [*plan.frame_updates, *plan.updates] if not one.labels]
        self._check_later()
        calls = [
            *(self._bulk_call(bulk) for bulk in parts),
            *(self._call("create-connector", one.label, one.given) for one in lines),
            *(self._call(step.operation_id, step.id, step.given) for step in [*steps, *plan.deletions]),
        ]
        permits = iter(await self._session.clear(calls))
        made = [(bulk, next(permits)) for bulk in parts]
        joined = [(one, next(permits)) for one in lines]
        changed = [(step, next(permits)) for step in steps]
        deleted = [(step, next(permits)) for step in plan.deletions]

        frames = len(_bulks(new_frames))
        self._notes.begin(plan)
        await run_jobs([
            *(partial(self._create, *one) for one in made[:frames]),
            *(partial(self._change, *one) for one in changed if one[0].kind == "frame"),
        ])  # fmt: skip
        await run_jobs([
            *(partial(self._create, *one) for one in made[frames:]),
            *(partial(self._create_later, one) for one in _bulks([one for one in new_items if one.labels])),
            *(partial(self._change, *one) for one in changed if one[0].kind != "frame"),
        ])  # fmt: skip
        await run_jobs([
            *(partial(self._join, *one) for one in joined),
            *(partial(self._join, one, None) for one in new_lines if one.labels),
            *(partial(self._change, one, None) for one in plan.updates if one.labels),
        ])  # fmt: skip
        await self._settle()
        for turn in range(len(_TURNS)):
            await run_jobs(
                partial(self._delete, *one) for one in deleted if _TURNS.get(one[0].kind, _TURNS["item"]) == turn
            )

    async def foresee(self) -> Value:
        """What each call would send, and what would be decided about all; reads are all that is sent for it."""
        plan = self._plan
        told: list[tuple[Value, OperationCall]] = []
        for bulk in [*_bulks(self._missing(plan.frames)), *_bulks(self._missing(plan.items))]:
            told.append((_named([one.label for one in bulk], bulk), self._bulk_call(bulk)))
        for one in self._missing(plan.lines):
            told.append((_named(one.label, [one]), self._call("create-connector", one.label, one.given)))
        for step in [*plan.frame_updates, *plan.updates, *plan.deletions]:
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
            *(self._call(step.operation_id, step.id, step.given) for step in plan.updates if step.labels),
        ]
        for operation, arguments in later:
            if self._session.may_have_to_ask(operation, arguments):
                raise Refused(
                    f"miro_svg_write: {operation.id} needs a person's approval here, and what it joins or goes into is "
                    "yet to be made, so they can't be shown it. Make the items first, then refer to their ids. Nothing "
                    "was sent."
                )

    @property
    def notes(self) -> list[str]:
        """What is to be said of an earlier call that was cut off."""
        if not self._notes.is_resumed:
            return []
        all_new = len(self._plan.frames) + len(self._plan.items) + len(self._plan.lines)
        return [
            f"An earlier call of the same SVG was cut off: {self._made_before} of the {all_new} new elements were "
            "there, and this call went on from them."
        ]

    def _missing(self, makings: Sequence[Creation]) -> list[Creation]:
        return [one for one in makings if one.label not in self.made]

    async def _create(self, bulk: Sequence[Creation], permit: Permit) -> None:
        labels = [one.label for one in bulk]
        permits = [permit]

        async def ask(missing: list[int]) -> Sequence[Raw]:
            wanted = [bulk[number] for number in missing]
            self._notes.sent(one.label for one in wanted)
            leave = permits.pop() if permits else await self._permit(self._bulk_call(wanted))
            body = (await self._carry_out(leave)).body
            found = [as_object(body)] if bulk[0].is_single else created_entries(body)
            if len(found) != len(wanted):
                ids = ", ".join(str(raw["id"]) for raw in found)
                raise OutcomeUnknown(f"Miro made {len(found)} items of {len(wanted)}: {ids or 'none'}.", changes=True)
            found = in_order([one.given for one in wanted], found)
            self._keep({one.label: (str(raw["id"]), one.kind) for one, raw in zip(wanted, found, strict=True)})
            return found

        async def look(missing: list[int]) -> Sequence[Raw | None]:
            wanted = [bulk[number] for number in missing]
            found = await self._unanswered.find_items([sought_creation(one) for one in wanted], self._known)
            self._keep({
                one.label: (str(raw["id"]), one.kind) for one, raw in zip(wanted, found, strict=True) if raw is not None
            })  # fmt: skip
            return found

        try:
            await ask_until_made(len(bulk), ask, look)
        except CallError as error:
            self._failed([one for one in labels if one not in self.made], "create", error)
            return
        await self._tell(len(bulk))

    @property
    def _known(self) -> set[str]:
        return {identifier for identifier, _ in self.made.values()}

    def _keep(self, made: Mapping[str, tuple[str, str]]) -> None:
        self.made |= made
        self._notes.made(made)

    async def _permit(self, call: OperationCall) -> Permit:
        (permit,) = await self._session.clear([call], ask=False)
        return permit

    async def _carry_out(self, permit: Permit) -> Answer:
        try:
            return await self._session.carry_out(permit)
        except CallError as error:
            self._is_unsure = self._is_unsure or error.outcome == "unknown"
            raise

    async def _settle(self) -> None:
        """Takes away what a call has made that was made again, since nothing was heard or seen of it."""
        if not self._is_unsure:
            return
        plan = self._plan
        items = [sought_creation(one) for one in (*plan.frames, *plan.items)]
        try:
            lines = [sought_line(self._with_ids(one.given)) for one in plan.lines]
            more, joined = await self._unanswered.find_all(items, lines, self._known)
            for item in more:
                await self._session.take_back(rules_of(item.kind).delete, board_id=self._board_id, item_id=item.id)
            for line in joined:
                await self._session.take_back(CONNECTOR_DELETE, board_id=self._board_id, connector_id=line.id)
        except CallError as error:
            self._failed("what was made twice", "delete", error)

    async def _create_later(self, bulk: Sequence[Creation]) -> None:
        known = [one for one in bulk if self._is_known(one, [one.label], "create")]
        for whole in _bulks([self._resolved(one) for one in known]):
            permit = await self._late(self._bulk_call(whole), [one.label for one in whole], "create")
            if permit is not None:
                await self._create(whole, permit)

    async def _join(self, line: Creation, permit: Permit | None) -> None:
        if permit is None:
            if not self._is_known(line, line.label, "create"):
                return
            line = self._resolved(line)
            permit = await self._late(self._call("create-connector", line.label, line.given), line.label, "create")
        if permit is None:
            return
        line_now, permits = line, [permit]

        async def ask(_: list[int]) -> Sequence[Raw]:
            self._notes.sent([line_now.label])
            call = self._call("create-connector", line_now.label, line_now.given)
            leave = permits.pop() if permits else await self._permit(call)
            body = as_object((await self._carry_out(leave)).body)
            self._keep({line_now.label: (str(body.get("id") or ""), "connector")})
            return [body]

        async def look(_: list[int]) -> Sequence[Raw | None]:
            found = await self._unanswered.find_line(sought_line(line_now.given), self._known)
            if found is not None:
                self._keep({line_now.label: (str(found["id"]), "connector")})
            return [found]

        try:
            await ask_until_made(1, ask, look)
        except CallError as error:
            self._failed(line.label, "create", error)
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
        if step.kind == "frame":
            self._notes.moved(step.id)
        try:
            await self._session.carry_out(permit)
        except CallError as error:
            self._failed(step.id, "update", error)
            return
        self.changed.append(step)
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
        return resolved(given, self.made)

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
        return operation, checked(operation, body, f"miro_svg_write: svg: {of[:200]}")


def _named(of: str | list[str], parts: Sequence[Creation | ChangeStep]) -> Value:
    labels = sorted({label for part in parts for label in part.labels})
    return {"of": of} | ({"ids_known_later": labels} if labels else {})


def _bulks(makings: Sequence[Creation]) -> list[Sequence[Creation]]:
    basic = [one for one in makings if not one.is_single]
    return [*bulks(basic), *([one] for one in makings if one.is_single)]


def _standing_in(given: Mapping[str, Any]) -> Value:
    ends: Iterable[str] = (one.get("id", "") for one in (given.get("startItem", {}), given.get("endItem", {})))
    labels = [one for one in [*ends, given.get("parent", {}).get("id", "")] if one.startswith("#")]
    return resolved(given, {label: (one, "") for label, one in zip(dict.fromkeys(labels), _STAND_IN, strict=False)})
