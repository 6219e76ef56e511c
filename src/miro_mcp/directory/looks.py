"""Reads of an organization that may fail one by one: what can't be read is noted, and told as not looked at."""

from __future__ import annotations

from typing import Any, cast

from ..errors import ApiError, CallError
from ..guardrails.lookups import entries, part
from ..session import Session
from ..system.progress import report
from ..text.quoting import quoted
from ..tools.registry import MAX_ITEMS
from .values import Roles

Raw = dict[str, Any]

_NAMED = 5
"""How many of what could not be read for one reason are named."""

_LONGEST = 180


class Looks:
    """The reads of one review; with `steps` the client hears how many are done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._failed: dict[tuple[str, str], list[str]] = {}
        self.steps = 0
        self._done = 0

    async def one(self, what: str, subject: str, operation_id: str, **given: Any) -> Raw | None:
        """An object; None where it can't be read, which is noted as `what` of `subject`."""
        found = await self._read(what, subject, operation_id, None, given)
        return cast("Raw", found) if isinstance(found, dict) else None

    async def every(self, what: str, subject: str, operation_id: str, **given: Any) -> list[Raw] | None:
        """A whole list; None where it can't be read."""
        found = await self._read(what, subject, operation_id, MAX_ITEMS, given)
        if found is None:
            return None
        if part(found, "more"):
            self.note(f"{what} beyond the first {MAX_ITEMS}", subject, "Miro tells more than a review reads")
        listed = cast("list[Any]", found) if isinstance(found, list) else entries(found, "data")
        return [cast("Raw", entry) for entry in listed if isinstance(entry, dict)]

    async def roles(self, what: str, subject: str, operation_id: str, **given: Any) -> Roles | None:
        """A whole list of members as their roles by id."""
        found = await self.every(what, subject, operation_id, **given)
        return None if found is None else {str(entry.get("id")): str(entry.get("role", "")) for entry in found}

    def note(self, what: str, subject: str, reason: str) -> None:
        self._failed.setdefault((what, reason), []).append(subject)

    @property
    def missing(self) -> list[str]:
        """What was not looked at and why, a line for each kind and reason."""
        return [f"{what}{_of(subjects)}: {reason}" for (what, reason), subjects in self._failed.items()]

    async def _read(self, what: str, subject: str, operation_id: str, most: int | None, given: Raw) -> Any:
        try:
            return await self._session.read(operation_id, max_items=most, **given)
        except CallError as error:
            self.note(what, subject, _reason(error))
            return None
        finally:
            self._done += 1
            if self.steps:
                await report(self._done, max(self.steps, self._done), f"read {what}")


def _of(subjects: list[str]) -> str:
    named = [subject for subject in subjects if subject]
    if not named:
        return ""
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f" of {', '.join(named[:_NAMED])}{more}"


def _reason(error: CallError) -> str:
    if isinstance(error, ApiError):
        return f"Miro answered {error.status}" + (f", {quoted(error.detail)}" if error.detail else "")
    told = str(error)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
