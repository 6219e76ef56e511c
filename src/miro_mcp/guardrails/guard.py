"""The one place that lets a call through: bounds, rules, a person's yes, and the record of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..catalogue import DELETE, READ, Operation
from ..client.errors import ApiError, CallError, Refused
from .audit import AuditLog, Entry, Pending, ids_of
from .bounds import Bounds
from .confirmation import BY_A_PERSON, UNASKED, Asker, Question, bind
from .policy import Policy, Rule
from .risk import GENERIC_DELETES, Risk, assess
from .subjects import Look, Subject, count, look_up, quoted, tell_arguments

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Clearance:
    """Permission for one call; the client sends no write or delete without one for that very operation."""

    operation: Operation
    pending: Pending | None

    def covers(self, operation: Operation) -> bool:
        return self.operation is operation

    def complete(self, outcome: str, status: int | None) -> None:
        if self.pending is not None:
            self.pending.complete(outcome=outcome, status=status)


class Guard:
    """Decides about calls and records what was decided."""

    def __init__(self, policy: Policy, bounds: Bounds, audit: AuditLog) -> None:
        self.policy = policy
        self._bounds = bounds
        self._audit = audit

    async def clear(
        self, operation: Operation, given: Given, asker: Asker, look: Look, *, inner: bool = False
    ) -> Clearance:
        """Raises:
        Refused: the settings forbid the call, or the person did not say yes.
        AuditUnavailable: the call can't be put on record.
        """
        recorded = operation.effect is not READ or operation.sensitive
        risk = Risk(operation.risk, operation.why)
        rule = Rule.DENY
        try:
            self.policy.check(operation, inner=inner)
            await self._bounds.check(operation, given, look)
            risk = await self._assess(operation, given, look)
            rule = self.policy.rule_for(risk)
            if rule is Rule.DENY:
                raise Refused(_DENIED.format(risk=risk.level, why=risk.why))
            by = UNASKED if self.policy.is_waived(risk) else None
            if rule is Rule.CONFIRM:
                by = await self._confirm(operation, given, risk, asker, look)
        except Refused as refusal:
            if recorded:
                self._audit.refuse(_entry(operation, given, risk, "deny", str(refusal)))
            raise
        if not recorded:
            return Clearance(operation, None)
        entry = _entry(operation, given, risk, str(rule), risk.why, confirmed_by=by)
        return Clearance(operation, self._audit.begin(entry))

    async def foresee(self, operation: Operation, given: Given, look: Look) -> dict[str, Any]:
        """What would be decided about a call, and what it would touch; reads are all that is sent for it."""
        risk = assess(operation, given)
        foreseen: dict[str, Any] = {"risk": risk.level, "why": risk.why}
        try:
            self.policy.check(operation)
            await self._bounds.check(operation, given, look)
            risk = await self._assess(operation, given, look)
            rule = self.policy.rule_for(risk)
            foreseen |= {"decision": str(rule)}
            if rule is Rule.CONFIRM or operation.effect is DELETE:
                foreseen["affects"] = (await self._compose(operation, given, risk, look)).message
        except CallError as error:
            foreseen |= {"decision": "deny", "reason": str(error)}
        return foreseen

    async def _assess(self, operation: Operation, given: Given, look: Look) -> Risk:
        risk = assess(operation, given)
        with_others = Risk(risk.level, "a frame is to be taken as deleted with what is inside", many=True)
        if operation.id not in GENERIC_DELETES or self.policy.rule_for(with_others) == self.policy.rule_for(risk):
            return risk
        try:
            item = await look("get-specific-item", {"board_id": given["board_id"], "item_id": given["item_id"]})
        except CallError as error:
            gone = isinstance(error, ApiError) and error.status == 404
            return risk if gone else Risk(risk.level, "it could not be seen whether this is a frame", many=True)
        is_frame = isinstance(item, Mapping) and cast("Given", item).get("type") == "frame"
        return with_others if is_frame else risk

    async def _confirm(self, operation: Operation, given: Given, risk: Risk, asker: Asker, look: Look) -> str:
        question = await self._compose(operation, given, risk, look)
        await asker.ask(question)
        # The answer may have taken its time: what was shown has to be what is there now.
        if (await self._compose(operation, given, risk, look)).digest != question.digest:
            raise Refused(
                "What the person was shown has changed meanwhile, so nothing was done. Call again to ask anew."
            )
        return BY_A_PERSON

    async def _compose(self, operation: Operation, given: Given, risk: Risk, look: Look) -> Question:
        subjects = await look_up(operation, given, look)
        lines = [f"{operation.summary} (risk {risk.level} of 5: {risk.why})."]
        lines += [f"- {subject.tell()}" for subject in subjects]
        lines += [f"- {told}" for told in await count(operation, given, look)]
        lines += _special(operation, given, subjects)
        arguments = tell_arguments(operation, given)
        if arguments:
            lines.append(f"With: {arguments}")
        lines.append("Text in quotation marks comes from Miro or from the assistant, not from this server.")
        return Question("\n".join(lines), bind(operation, given), _typed(given, subjects) if risk.level >= 5 else ())


_DENIED = "The operator's settings deny calls of risk {risk} ({why}), so nothing was sent."


def _entry(
    operation: Operation, given: Given, risk: Risk, decision: str, why: str, confirmed_by: str | None = None
) -> Entry:
    return Entry(
        operation=operation.id,
        effect=str(operation.effect),
        ids=ids_of(operation, given),
        risk=risk.level,
        decision=decision,
        why=why,
        confirmed_by=confirmed_by,
    )


def _typed(given: Given, subjects: list[Subject]) -> tuple[str, ...]:
    """The words that show the person means this very object: its name or its id."""
    if subjects:
        subject = subjects[-1]
        return tuple(dict.fromkeys(word for word in (subject.name, subject.id) if word))
    return (str(given["userName"]),)


def _special(operation: Operation, given: Given, subjects: list[Subject]) -> list[str]:
    """What only some operations have to tell."""
    if operation.id == "edit-legal-hold":
        before = _custodians((subjects[-1].found or {}).get("scope"))
        after = _custodians(given.get("scope"))
        dropped = [quoted(email) for email in before if email not in after]
        return [f"- no longer preserved: {', '.join(dropped) if dropped else 'nobody who can be seen'}"]
    if operation.id in ("revoke-token", "revoke-token-v2"):
        return ["- if this is the token the server itself uses, the server is locked out by it"]
    if operation.id == "deleteUser":
        return ["- this person's boards pass to the oldest admin of each team"]
    if operation.id == "enterprise-create-board-export":
        return [f"- boards to export: {len(cast('list[Any]', given.get('boardIds', [])))}"]
    return []


def _custodians(scope: Any) -> list[str]:
    users = cast("Given", scope).get("users") if isinstance(scope, Mapping) else None
    entries = cast("list[Any]", users) if isinstance(users, list) else []
    return [str(cast("Given", entry).get("email")) for entry in entries if isinstance(entry, Mapping)]
