"""The one place that lets calls through: bounds, rules, a person's approval, and the record of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..catalogue import DELETE, READ, Operation, check_ids
from ..errors import CallError, Refused
from .audit import AuditEntry, AuditLog, ids_of
from .bounds import Bounds
from .clearance import Clearance
from .confirmation import UNASKED, Asker, Question, QuestionPart
from .lookups import Given, Lookup, part, recalling, remembering
from .plans import disturbs, named_in, taken_away
from .policy import Policy
from .questions import question_part
from .risk import CONCERNS_OTHERS, Risk, Rule, assess


@dataclass(frozen=True)
class Call:
    """One operation with the arguments that were given; an `inner` one is a workflow's own, not the assistant's.

    One that `redraws` takes away what the server drew and nobody has changed since, because it is drawn anew.
    """

    operation: Operation
    given: Given
    inner: bool = False
    redraws: bool = False

    @property
    def is_recorded(self) -> bool:
        return self.operation.effect is not READ or self.operation.sensitive


@dataclass
class Permit:
    """Leave to make one call once; where a person was asked, `shown` is what they were told, `by` who they are.

    Of the calls cleared together with it, `gone` are the items that they take away and `beside` the ids of what they
    change otherwise, which was `looked` at when it was shown.
    """

    call: Call
    risk: Risk
    shown: QuestionPart | None = None
    gone: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    among_others: bool = False
    looked: Lookup | None = None
    by: str | None = None
    used: bool = False
    takes_back: bool = False
    """Whether it deletes what the same use of a tool has made."""


class Guard:
    """Decides about calls and records what was decided."""

    def __init__(self, policy: Policy, bounds: Bounds, audit: AuditLog) -> None:
        self.policy = policy
        self._bounds = bounds
        self._audit = audit

    async def clear(self, calls: Sequence[Call], asker: Asker, look: Lookup, of: int = 0) -> list[Permit]:
        """Decides about all of the calls, with one question at most; if one is refused, all are.

        They are those that are known of a plan of `of` steps.

        Raises:
            Refused: the settings forbid a call, or the person did not say yes. Of several calls it names the one.
            AuditUnavailable: the refusal can't be put on record.
        """
        permits = [Permit(call, Risk(call.operation.risk, call.operation.why)) for call in calls]
        remembered = remembering(look)
        try:
            await _each(permits, lambda permit: self._weigh_into(permit, remembered))
            self._take_together(permits)
            await _each(permits, self._refuse_denied)
            _note_what_goes(permits)
            await self._confirm(permits, asker, remembered, look, max(of, len(permits)))
        except Refused as refusal:
            self._record_refusals(permits, str(refusal))
            raise
        except asyncio.CancelledError:
            self._record_refusals(permits, "given up by the client before it was decided, so nothing was sent")
            raise
        return permits

    def leave_to_take_back(self, call: Call) -> Permit:
        """Leave to delete what the same use of a tool has made, unasked: it is no more than the making was."""
        return Permit(call, Risk(1, "takes away again what the same call had made"), takes_back=True)

    async def begin(self, permit: Permit, look: Lookup) -> Clearance:
        """Puts a call on record, to be sent at once.

        Raises:
            Refused: the permit was used before, or an object is no longer the one that was shown.
            AuditUnavailable: the call can't be put on record.
        """
        call, risk = permit.call, permit.risk
        if permit.used:
            raise Refused(f"{call.operation.id} was permitted once and has been carried out, so nothing was sent.")
        permit.used = True
        by = UNASKED if self.policy.is_waived(risk) else permit.by
        if permit.shown is not None:
            try:
                again = remembering(look)
                if permit.looked is not None:
                    own = call.given if permit.among_others else None
                    again = recalling(again, permit.looked, permit.beside - permit.shown.touched, own)
                now = await question_part(call.operation, call.given, risk, again, permit.gone)
                if now != permit.shown:
                    raise Refused(_CHANGED)
            except Refused as refusal:
                self._record_refusals([permit], str(refusal))
                raise
        if not call.is_recorded and not self.policy.records_reads:
            return Clearance(call.operation, None)
        entry = _entry(permit, str(self.policy.rule_for(risk)), risk.why, confirmed_by=by)
        return Clearance(call.operation, self._audit.begin(entry))

    def may_have_to_ask(self, call: Call, *, among: int = 1, late: frozenset[str] = frozenset()) -> bool:
        """Whether a call may need a person's approval for what it is, whatever it touches.

        It is one of `among` deletions; the arguments `late` (as in `policy.sharingPolicy`) are not known yet.
        """
        operation = call.operation
        risk = assess(operation, call.given, late)
        if "item_id" in late and (operation.any_kind or operation.id in _KIND_DELETED):
            risk = replace(risk, many=True)
        permits = [Permit(call, risk) for _ in range(2 if among > 1 else 1)]
        self._take_together(permits)
        return any(self._must_ask(permit) for permit in permits)

    async def foresee(
        self, calls: Sequence[Call], look: Lookup, of: int = 0
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """What would be decided about each call and what it would touch, and what about all of them together.

        Reads are all that is sent for it.
        """
        permits = [Permit(call, assess(call.operation, call.given)) for call in calls]
        reasons: dict[int, str] = {}
        look = remembering(look)

        async def weigh(number: int, permit: Permit) -> None:
            try:
                await self._weigh_into(permit, look)
            except CallError as error:
                reasons[number] = str(error)

        await asyncio.gather(*(weigh(number, permit) for number, permit in enumerate(permits)))
        self._take_together(permits)
        _note_what_goes(permits)
        foreseen = await asyncio.gather(
            *(self._foresee(permit, reasons.get(number), look) for number, permit in enumerate(permits))
        )
        return foreseen, self._foresee_together(permits, foreseen, max(of, len(permits)))

    async def _foresee(self, permit: Permit, reason: str | None, look: Lookup) -> dict[str, Any]:
        call, risk, rule = permit.call, permit.risk, self.policy.rule_for(permit.risk)
        foreseen: dict[str, Any] = {"risk": risk.level, "why": risk.why, "decision": str(rule)}
        if reason is not None:
            return foreseen | {"decision": "deny", "reason": reason}
        if rule is Rule.DENY:
            foreseen["reason"] = _DENIED.format(risk=risk.level, why=risk.why)
        try:
            told = await question_part(call.operation, call.given, risk, look, permit.gone)
        except CallError as error:
            return foreseen | {"decision": "deny", "reason": str(error)}
        permit.shown = told if self._must_ask(permit) else None
        return foreseen | {"affects": Question((told,)).message}

    def _foresee_together(
        self, permits: Sequence[Permit], foreseen: Sequence[dict[str, Any]], of: int
    ) -> dict[str, Any]:
        denied = next((one["reason"] for one in foreseen if one["decision"] == "deny"), None)
        if denied is not None:
            return {"decision": "deny", "reason": denied}
        question = _question(permits, of)
        if not question.parts:
            return {"decision": "allow"}
        try:
            _refuse_disturbance(permits)
            question.check_size()
        except Refused as refusal:
            return {"decision": "deny", "reason": str(refusal)}
        return {"decision": "confirm", "question": question.message}

    async def _weigh(self, call: Call, look: Lookup) -> Risk:
        """The risk of a call that the settings allow as far as its operation, ids, people and files go."""
        self.policy.check(call.operation, inner=call.inner)
        self.policy.check_uploads(call.operation, call.given)
        await self._bounds.check(call.operation, call.given, look)
        if call.redraws:
            return Risk(2, "draws anew what this server drew and nobody has changed since")
        return await self._assess(call.operation, call.given, look)

    async def _assess(self, operation: Operation, given: Given, look: Lookup) -> Risk:
        """The risk of a call; an item that may be of any kind is looked at, where that makes a difference."""
        risk = assess(operation, given)
        unseen = Risk(risk.level, "it could not be seen what kind of item it is", many=True)
        kind_of_route = _KIND_DELETED.get(operation.id)
        looks = operation.any_kind or kind_of_route is not None
        if not looks or self.policy.rule_for(unseen) == self.policy.rule_for(risk):
            return risk
        try:
            item = await look("get-specific-item", {"board_id": given["board_id"], "item_id": given["item_id"]})
        except CallError:
            return unseen
        kind = part(item, "type")
        if kind_of_route is not None and kind in CONCERNS_OTHERS:
            raise Refused(
                f"{operation.id} is for a {kind_of_route.replace('_', ' ')}, and {given['item_id']} is a "
                f"{kind.replace('_', ' ')}: nothing was sent. miro_items_delete has an operation for each kind."
            )
        if kind not in CONCERNS_OTHERS:
            return risk
        return Risk(risk.level, f"it is a {kind.replace('_', ' ')}: {CONCERNS_OTHERS[kind]}", many=True)

    async def _weigh_into(self, permit: Permit, look: Lookup) -> None:
        permit.risk = await self._weigh(permit.call, look)

    def _take_together(self, permits: Sequence[Permit]) -> None:
        """Several deletions of one item each, made together, are a deletion of several."""
        deletions = [one for one in permits if one.call.operation.effect is DELETE and one.risk.level == 3]
        for permit in deletions if len(deletions) > 1 else ():
            why = f"{permit.risk.why}; {len(deletions)} deletions at once"
            permit.risk = replace(permit.risk, many=True, why=why)

    async def _refuse_denied(self, permit: Permit) -> None:
        if self.policy.rule_for(permit.risk) is Rule.DENY:
            raise Refused(_DENIED.format(risk=permit.risk.level, why=permit.risk.why))

    async def _confirm(
        self, permits: Sequence[Permit], asker: Asker, remembered: Lookup, look: Lookup, of: int
    ) -> None:
        if not any(self._must_ask(permit) for permit in permits):
            return
        await self._tell_each(permits, remembered)
        _refuse_disturbance(permits)
        question = _question(permits, of)
        question.check_size()
        confirmation = await asker.ask(question)
        if confirmation.waited:
            # The answer may have taken its time: what was shown has to be what is there now.
            await self._tell_each(permits, remembering(look))
            if _question(permits, of).digest != question.digest:
                raise Refused(_CHANGED)
        for permit in permits:
            permit.by = confirmation.by if permit.shown else None

    def _must_ask(self, permit: Permit) -> bool:
        return self.policy.rule_for(permit.risk) is Rule.CONFIRM

    async def _tell_each(self, permits: Sequence[Permit], look: Lookup) -> None:
        async def tell_one(permit: Permit) -> None:
            if self._must_ask(permit):
                permit.looked = look
                permit.shown = await question_part(
                    permit.call.operation, permit.call.given, permit.risk, look, permit.gone
                )

        await _each(permits, tell_one)

    def _record_refusals(self, permits: Sequence[Permit], why: str) -> None:
        for permit in permits:
            if permit.call.is_recorded:
                self._audit.refuse(_entry(permit, "deny", why))


_KIND_DELETED = {
    "delete-shape-item": "shape",
    "delete-sticky-note-item": "sticky_note",
    "delete-text-item": "text",
    "delete-card-item": "card",
    "delete-app-card-item": "app_card",
    "delete-image-item": "image",
    "delete-document-item": "document",
    "delete-embed-item": "embed",
    "delete-doc-format-item": "doc_format",
    "delete-shape-item-flowchart": "shape",
}
"""Routes that are for one kind of item; what they make of another's id is nobody's promise."""

check_ids(_KIND_DELETED)


def disturbed(permits: Iterable[Permit], call: Call) -> Permit | None:
    """The first call that waits with a person's yes, and of which another would change what they were shown."""
    for permit in permits:
        if permit.shown is None or permit.used or permit.call is call or _on_other_boards(permit.call, call):
            continue
        counted_in = permit.shown.subject if permit.call.operation.counts else ""
        if disturbs(call.operation, call.given, permit.shown.touched, counted_in):
            return permit
    return None


def _on_other_boards(one: Call, other: Call) -> bool:
    """Whether the calls are on two boards: the same id, such as that of a person, is another member there."""
    boards = one.given.get("board_id"), other.given.get("board_id")
    return None not in boards and boards[0] != boards[1]


def disturbance(permit: Permit, call: Call) -> Refused:
    return Refused(
        f"{call.operation.id} would change what {permit.call.operation.id}, which needs a person's yes, was shown to "
        "touch. Make them two calls, one after the other. Nothing was sent for it."
    )


def _refuse_disturbance(permits: Sequence[Permit]) -> None:
    for one in permits:
        if other := disturbed(permits, one.call):
            raise disturbance(other, one.call)


def _note_what_goes(permits: Sequence[Permit]) -> None:
    taken = [taken_away(permit.call.operation, permit.call.given) for permit in permits]
    named = [named_in(permit.call.operation, permit.call.given) for permit in permits]
    gone, changed = frozenset[str]().union(*taken), frozenset[str]().union(*named)
    for permit, own in zip(permits, taken, strict=True):
        permit.gone, permit.beside, permit.among_others = gone - own, changed, len(permits) > 1


_DENIED = "The operator's settings deny calls of risk {risk} ({why}), so nothing was sent."
_CHANGED = "What the person was shown has changed meanwhile, so nothing was done. Call again to have them asked again."


def _question(permits: Sequence[Permit], of: int) -> Question:
    return Question(tuple(permit.shown for permit in permits if permit.shown), of=of)


async def _each(permits: Sequence[Permit], step: Callable[[Permit], Coroutine[Any, Any, None]]) -> None:
    """Takes a step for all calls at once; of several failures the first call's is raised, and says whose it is."""
    if len(permits) == 1:
        await step(permits[0])
        return
    results = await asyncio.gather(*(step(permit) for permit in permits), return_exceptions=True)
    for number, (permit, result) in enumerate(zip(permits, results, strict=True), 1):
        if isinstance(result, CallError):
            result.args = (f"Call {number} of {len(permits)} ({permit.call.operation.id}): {result}",)
        if result is not None:
            raise result


def _entry(permit: Permit, decision: str, why: str, confirmed_by: str | None = None) -> AuditEntry:
    operation, risk = permit.call.operation, permit.risk
    return AuditEntry(
        operation=operation.id,
        effect=str(operation.effect),
        ids=ids_of(operation, permit.call.given),
        risk=risk.level,
        decision=decision,
        why=why,
        confirmed_by=confirmed_by,
    )
