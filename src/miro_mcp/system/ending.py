"""How the process ends when a signal tells it to: what must be on record at once, then calls in flight, then itself."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from types import FrameType

from .in_flight import CALLS
from .interrupts import end_by

logger = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that calls in flight have to end and answer."""

LAST_SECONDS = 2.0
"""For what is broken off to be put on record and answered, and for answers to be delivered."""

_MOST_SECONDS = 30.0
"""After which the process ends whatever is under way: a renewal of the sign-in may take longer than the calls."""

_at_once: list[Callable[[], None]] = []
_told: list[int] = []


def do_at_once(step: Callable[[], None]) -> None:
    """Has something done as soon as a signal comes, between two steps of whatever is going on then."""
    _at_once.append(step)


def is_ending() -> bool:
    """Whether a signal has told the process to end."""
    return bool(_told)


@contextmanager
def ending_by_signal(stop: Callable[[], Awaitable[None]]) -> Generator[None]:
    """Ends what the block does by `stop` once a signal came and no call is in flight, and then the process by it.

    A second signal ends it at once. On Windows, and in other threads than the main one, signals do what they always do.
    """
    if os.name == "nt" or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    tasks: list[asyncio.Task[None]] = []

    def begin(number: int) -> None:
        loop.call_later(_MOST_SECONDS, end_by, number)
        tasks.append(loop.create_task(_end(stop)))

    def told(number: int, _: FrameType | None) -> None:
        if _told:
            end_by(number)
        _told.append(number)
        CALLS.are_refused = True
        for step in _at_once:
            try:
                step()
            except Exception:  # What is interrupted just now has no part in it.
                logger.exception("Something could not be put on record")
        loop.call_soon_threadsafe(begin, number)

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number in _told:
            end_by(number)
        for number, handler in before.items():
            signal.signal(number, handler)


async def _end(stop: Callable[[], Awaitable[None]]) -> None:
    await CALLS.wait_for_none(GRACE)
    CALLS.break_off()
    await CALLS.wait_for_none(LAST_SECONDS)
    await stop()
