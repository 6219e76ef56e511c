"""Telling the client how far a call has got, from wherever in it the work is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Send = Callable[[float, float | None, str], Awaitable[None]]
"""Takes how much is done, of how much (None where that isn't known), and a message of a few words."""

MOMENT = 1.0
TICK = 5.0
"""Seconds after which a client hears of a wait, and between two notes of it."""

_LEAST_STEP = 1e-6


@dataclass
class _Told:
    """What the client was told last; what it is told next has to be more."""

    send: Send
    done: float = 0.0
    total: float | None = None


_current: ContextVar[_Told | None] = ContextVar("progress", default=None)


@contextmanager
def reporting_to(send: Send) -> Generator[None]:
    """Everything that is reported inside the block, in tasks started there too, goes to `send`."""
    token = _current.set(_Told(send))
    try:
        yield
    finally:
        _current.reset(token)


async def report(done: float, total: float | None, message: str) -> None:
    """Reports `done` of `total` steps of the call's work; nobody listening is no error."""
    told = _current.get()
    if told is not None:
        told.total = total
        await _tell(told, max(done, told.done + _LEAST_STEP), message)


async def note(message: str) -> None:
    """Reports what is going on without a step done: a wait, a try that failed."""
    told = _current.get()
    if told is not None:
        await _tell(told, told.done + _LEAST_STEP, message)


async def pause(seconds: float, why: str) -> None:
    """Sleeps; a pause longer than a moment is noted, and again every few seconds."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if left > MOMENT:
            await note(f"{why}: going on in {left:.0f} s")
        await asyncio.sleep(min(left, TICK))


async def _tell(told: _Told, done: float, message: str) -> None:
    told.done = done
    await told.send(done, told.total, message)
