"""The way to one host: whose turn it is, by what the host's limits leave and by how many calls it takes at once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..system import progress
from ..system.caller import current_request
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

    def wait_for(self, request: Request, caller: object) -> float: ...

    def take(self, request: Request, caller: object) -> None: ...

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


@dataclass(eq=False)
class _Place:
    """One that waits, for a request of the client's (`caller`)."""

    request: Request
    caller: object
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Lane:
    """Calls go when all of the host's limits let them: in their order for one caller, by turns for several.

    So one request of a client's that makes many calls holds up no other; a caller that may not go lets others pass.
    """

    def __init__(self, meter: Meter, most: int = MOST_IN_FLIGHT) -> None:
        self._meter = meter
        self._slots = Slots(most)
        self._queues: dict[object, deque[_Place]] = {}
        self._refused = 0
        self._closed_until = 0.0

    async def enter(self, request: Request) -> float:
        """Waits for the request's turn and takes it; returns the seconds that took."""
        caller = current_request()
        if self._queues or self._wait_for(request, caller) > 0:
            waited = await self._wait(_Place(request, caller))
        else:
            waited = 0.0
        self._slots.take()
        self._meter.take(request, caller)
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

    def _wait_for(self, request: Request, caller: object) -> float:
        if not self._slots.is_free:
            return FOREVER
        return max(self._meter.wait_for(request, caller), self._closed_until - time.monotonic())

    async def _wait(self, place: _Place) -> float:
        begun = time.monotonic()
        self._queues.setdefault(place.caller, deque()).append(place)
        try:
            while (wait := self._wait_of(place)) > 0:
                place.woken.clear()
                waited = time.monotonic() - begun
                try:
                    async with asyncio.timeout(min(wait, TICK if waited >= MOMENT else MOMENT)):
                        await place.woken.wait()
                except TimeoutError:
                    await _tell(time.monotonic() - begun, wait)
        finally:
            self._leave_queue(place)
            self._wake_first()
        return time.monotonic() - begun

    def _wait_of(self, place: _Place) -> float:
        """Seconds until a place may go, as far as is known: those before it of its own caller go first."""
        if self._queues[place.caller][0] is not place:
            return FOREVER
        for queue in self._queues.values():
            wait = self._wait_for(queue[0].request, queue[0].caller)
            if queue[0] is place:
                return wait
            if wait <= 0:
                return FOREVER
        return FOREVER

    def _leave_queue(self, place: _Place) -> None:
        """Takes a place out; its caller's turn comes again after everybody else's."""
        queue = self._queues.pop(place.caller)
        queue.remove(place)
        if queue:
            self._queues[place.caller] = queue

    def _wake_first(self) -> None:
        for queue in self._queues.values():
            queue[0].woken.set()


async def _tell(waited: float, wait: float) -> None:
    if waited < MOMENT:
        return
    to_go = f", {wait:.0f} s to go" if wait < FOREVER else ""
    await progress.note(f"Waiting for its turn within Miro's rate limit: {waited:.0f} s so far{to_go}")
