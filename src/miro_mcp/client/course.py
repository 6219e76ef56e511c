"""The course of one call: what came of each try, and whether it is tried again. Nothing is sent or waited for here."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Any, cast

from ..catalogue import READ, Operation
from ..errors import ApiError, CallError, NotTheApi, OutcomeUnknown, Unreachable
from .answers import decoded
from .attempt import MOST_ANSWER_BYTES, Lost, Received
from .credits import retry_after
from .outcomes import how_to_check
from .request import Request

MOST_TRIES = 14
MOST_GARBLED = 5
"""Tries that end in a fault of the way or of Miro, and in a JSON answer that can't be read. Refusals that say for how
long don't count."""

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
"""Seconds. A pause doubles with each try, and is shortened by up to a half at random."""

_PASSING = frozenset({502, 503, 504})
_MOST_FAULTS = 3
"""Tries that end in a 500, which is as likely to come again as to pass."""


@dataclass(frozen=True)
class Answer:
    """A 2xx answer: parsed JSON, text where it isn't JSON, None where it is empty."""

    status: int
    body: Any


@dataclass(frozen=True)
class Pause:
    """The call is to be made again after this many seconds, and why."""

    seconds: float
    why: str


@dataclass
class Course:
    """Judges each try. `seconds` is what the call may take in all, waiting for its turn left out.

    A try that may have been carried out is followed by another only where that can't double anything.
    """

    request: Request
    url: str
    seconds: float
    begun: float = field(default_factory=time.monotonic)
    sent: int = 0
    status: int | None = None
    tries: int = 0
    refusals: int = 0
    faults: int = 0
    uncertain: bool = False
    """Whether one of the tries may have changed something."""

    @property
    def operation(self) -> Operation:
        return self.request.operation

    @property
    def left(self) -> float:
        return self.begun + self.seconds - time.monotonic()

    @property
    def changes(self) -> bool:
        return self.operation.effect is not READ

    def judge(self, result: Received | Lost) -> Answer | Pause:
        """The answer, or that the call is to be made again.

        Raises:
            Unreachable, OutcomeUnknown, ApiError: the call has failed.
        """
        self.sent += 1
        self.status = result.status
        if isinstance(result, Lost):
            return self._after_loss(result)
        if result.status == 429:
            return self._after_refusal(result)
        self.tries += 1
        if result.status in _PASSING or (result.status == 500 and self.operation.repeatable):
            return self._after_fault(result)
        if 200 <= result.status < 300:
            return self._after_success(result)
        if result.status == 404 and self.operation.method == "DELETE" and self.uncertain:
            return Answer(404, {"ok": True, "note": _GONE})
        raise self.error(result)

    def error(self, result: Received, hint: str = "") -> ApiError:
        """Miro's refusal in words; `hint` is what else is known of its cause."""
        wait = retry_after(result.headers, time.time()) if result.status in (425, 429, 503) else None
        return ApiError(
            result.status,
            result.body,
            changes=self.changes,
            uncertain=self.uncertain,
            check=self._check(),
            hint=hint,
            tries=self.sent,
            wait=wait if wait and (result.status == 429 or "retry-after" in result.headers) else None,
        )

    def _after_loss(self, lost: Lost) -> Pause:
        self.tries += 1
        self.uncertain = self.uncertain or (lost.arrived and self.changes)
        if not lost.arrived or self.operation.repeatable:
            again = self._again("the connection failed")
            if again:
                return again
        raise self._lost(lost)

    def _after_success(self, received: Received) -> Answer | Pause:
        if _is_answer(self.request, received):
            return _answer(received)
        again = None if self.changes or self.tries >= MOST_GARBLED else self._again("the answer was broken off")
        if received.garbled and again:
            return again
        raise NotTheApi(received.status, received.body, self.url, changes=self.changes, check=self._check())

    def _lost(self, lost: Lost) -> CallError:
        if not lost.connected and not self.uncertain:
            return Unreachable(self.url, f"{lost.reason}; tried {_times(self.sent)}")
        if lost.status is not None and self.changes:
            what = f"Miro answered {lost.status}, but the answer was broken off ({lost.reason})."
        else:
            what = f"The request was sent but no whole answer came back ({lost.reason}; tried {_times(self.sent)})."
        return OutcomeUnknown(what, changes=self.uncertain, check=self._check())

    def _after_fault(self, received: Received) -> Pause:
        self.uncertain = self.uncertain or self.changes
        self.faults += received.status == 500
        if self.operation.repeatable and self.faults < _MOST_FAULTS:
            least = retry_after(received.headers, time.time()) if "retry-after" in received.headers else None
            again = self._again(f"Miro answered {received.status}", least or 0.0)
            if again:
                return again
        raise self.error(received)

    def _after_refusal(self, received: Received) -> Pause:
        asked = retry_after(received.headers, time.time())
        self.refusals += 1
        self.tries += asked is None
        pause = (asked or 0.0) + _pause(self.refusals)
        if pause >= self.left or self.tries >= MOST_TRIES:
            raise self.error(received)
        return Pause(pause, "Miro's rate limit is used up")

    def _again(self, why: str, least: float = 0.0) -> Pause | None:
        pause = max(least, _pause(self.tries))
        return Pause(pause, why) if self.tries < MOST_TRIES and pause < self.left else None

    def _check(self) -> str:
        return how_to_check(self.operation)


_GONE = "An earlier try of this call had no answer; it was carried out, for the object is gone now."
_CUT = f"Miro's answer was larger than {MOST_ANSWER_BYTES >> 20} MB, and the rest is cut off: ask for less at once."


def _is_answer(request: Request, received: Received) -> bool:
    """Whether a 2xx answer can be Miro's: what is due is there. What else it holds is not asked."""
    body = received.body
    due = request.operation.answer
    if body is None:
        return due == "nothing" or (request.operation.effect is not READ and received.status in (202, 204))
    if not isinstance(body, dict):
        return isinstance(body, list) and (due == "array" or request.operation.array_with in dict(request.query))
    members = cast("dict[str, Any]", body)
    if due in ("nothing", "object"):
        return due == "nothing" or bool(members)
    return isinstance(members.get(due), list) or (due == "Resources" and members.get("totalResults") == 0)


def _answer(received: Received) -> Answer:
    body = decoded(received.body)
    if not received.cut:
        return Answer(received.status, body)
    whole = cast("dict[str, Any]", body) if isinstance(body, dict) else {"data": body}
    return Answer(received.status, {**whole, "cut": _CUT})


def _pause(tries: int) -> float:
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1)) * random.uniform(0.5, 1.0)  # noqa: S311


def _times(tries: int) -> str:
    return "once" if tries == 1 else f"{tries} times"
