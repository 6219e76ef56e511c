"""The way to one host: whose turn it is, by what the host's limits leave and by how many calls it takes at once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from typing import Protocol

from ..system import progress
from ..system.progress import MOMENT, TICK
from .attempt import Received
from .credits import FOREVER, LONGEST_WINDOW, retry_after
from .request import Request

MOST_IN_FLIGHT = 16

_SLOW = 1.0
_SLOWER = 4.0
_BETWEEN_CUTS = 1.0
"""Seconds, but `_SLOWER`: an answer is slow when it takes a second and four times as long as usual."""


class Meter(Protocol):
    """One of a host's limits; see credits.py and quota.py."""

    def wait_for(self, request: Request) -> float: ...

    def take(self, request: Request) -> None: ...

    def settle(self, request: Request, status: int | None, headers: Mapping[str, str]) -> None: ...


class Slots:
    """How many calls may be in flight: fewer after a 429 or a slow answer, more with every good one."""

    def __init__(self, most: int = MOST_IN_FLIGHT) -> None:
        self._most = most
        self._allowed = float(most)
        self._taken = 0
        self._usual: float | None = None
        self._cut_at = 0.0

    @property
    def is_free(self) -> bool:
        return self._taken < int(self._allowed)

    def take(self) -> None:
        self._taken += 1

    def settle(self, status: int | None, seconds: float) -> None:
        self._taken -= 1
        if status == 429:
            self._cut(0.5)
        elif self._usual is not None and seconds > max(_SLOW, _SLOWER * self._usual):
            self._cut(0.7)
        elif status is not None and status < 500:
            self._usual = seconds if self._usual is None else 0.9 * self._usual + 0.1 * seconds
            self._allowed = min(float(self._most), self._allowed + 1 / self._allowed)

    def _cut(self, factor: float) -> None:
        """At most once a second: calls that were sent together tell of the same trouble."""
        now = time.monotonic()
        if now >= self._cut_at + _BETWEEN_CUTS:
            self._cut_at = now
            self._allowed = max(1.0, self._allowed * factor)


class Lane:
    """Calls go in the order in which they came, each when all of the host's limits let it."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._slots = Slots()
        self._queue: deque[asyncio.Event] = deque()
        self._refused = 0
        self._closed_until = 0.0

    async def enter(self, request: Request) -> float:
        """Waits for the request's turn and takes it; returns the seconds that took."""
        if self._queue or self._wait_for(request) > 0:
            waited = await self._wait(request)
        else:
            waited = 0.0
        self._slots.take()
        self._meter.take(request)
        return waited

    def leave(self, request: Request, seconds: float, received: Received | None) -> None:
        """Gives the turn back, with the answer that came after so many seconds, if one did."""
        status = received.status if received else None
        headers: Mapping[str, str] = received.headers if received else {}
        self._slots.settle(status, seconds)
        self._meter.settle(request, status, headers)
        self._refused = self._refused + 1 if status == 429 else 0
        if self._refused > 1:
            # One refusal may be about that call; several in a row are about all of them.
            asked = min(retry_after(headers, time.time()) or 0.0, LONGEST_WINDOW)
            self._closed_until = max(self._closed_until, time.monotonic() + asked)
        self._wake_first()

    def _wait_for(self, request: Request) -> float:
        if not self._slots.is_free:
            return FOREVER
        return max(self._meter.wait_for(request), self._closed_until - time.monotonic())

    async def _wait(self, request: Request) -> float:
        begun = time.monotonic()
        place = asyncio.Event()
        self._queue.append(place)
        try:
            while (wait := self._wait_for(request) if self._queue[0] is place else FOREVER) > 0:
                place.clear()
                waited = time.monotonic() - begun
                try:
                    async with asyncio.timeout(min(wait, TICK if waited >= MOMENT else MOMENT)):
                        await place.wait()
                except TimeoutError:
                    await _tell(time.monotonic() - begun, wait)
        finally:
            self._queue.remove(place)
            self._wake_first()
        return time.monotonic() - begun

    def _wake_first(self) -> None:
        if self._queue:
            self._queue[0].set()


async def _tell(waited: float, wait: float) -> None:
    if waited < MOMENT:
        return
    to_go = f", {wait:.0f} s to go" if wait < FOREVER else ""
    await progress.note(f"Waiting for its turn within Miro's rate limit: {waited:.0f} s so far{to_go}")
