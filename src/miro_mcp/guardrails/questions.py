"""What a person is told of one call before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..catalogue import Operation
from .confirmation import Part, bind
from .looking import Given, Look
from .risk import Risk
from .subjects import Subject, count, look_up, quoted, tell_arguments


async def tell(operation: Operation, given: Given, risk: Risk, look: Look) -> Part:
    """Looks up what the call touches and says so.

    Raises:
        Refused: an object it names is not there.
    """
    subjects = await look_up(operation, given, look)
    lines = [f"{operation.summary} (risk {risk.level} of 5: {risk.why})."]
    lines += [f"- {subject.tell()}" for subject in subjects]
    lines += [f"- {told}" for told in await count(operation, given, look)]
    lines += _special(operation, given, subjects)
    arguments = tell_arguments(operation, given)
    if arguments:
        lines.append(f"With: {arguments}")
    return Part(
        "\n".join(lines),
        bind(operation, given),
        tuple(subject.tell() for subject in subjects),
        _typed(given, subjects) if risk.level >= 5 else (),
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
