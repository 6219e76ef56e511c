"""Miro's budget of credits: what a call costs, how much of this minute's is left, and when the next begins."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, cast

from ..catalogue.operation import CREDITS, CREDITS_PER_MINUTE
from .request import Request

MINUTE = 60.0
"""Seconds that a window lasts where the API doesn't tell its end."""

FOREVER = 3600.0

_MOST_ITEMS = 20
"""Bulk creation takes no more; how many a file holds is not looked at."""

LONGEST_WINDOW = 120.0
_KEPT = 10
"""A tenth of a window is left to those who have had less than that of it."""

_LATER = 0.4
"""Of a window that is shorter than a few seconds: how much later than told the next one is taken to begin."""

_PROBE_PATIENCE = 1.0
_PROBE_PAUSE = 0.2
_SAME_WINDOW = 1.1
_SKEW = 3.0
"""Seconds. Clocks that differ by less are taken as equal: `Date` is in whole seconds, and answers travel."""


def cost_of(request: Request) -> int:
    """Credits for a request; what is charged by the item costs its level for each, and for at least one."""
    operation = request.operation
    credits = CREDITS[operation.level]
    if not operation.per_item:
        return credits
    return credits * (_MOST_ITEMS if request.files else max(1, _items(request.body)))


def _items(body: Any) -> int:
    if isinstance(body, list):
        return len(cast("list[Any]", body))
    if isinstance(body, dict):
        return sum(len(cast("list[Any]", part)) for part in cast("dict[str, Any]", body).values() if _is_list(part))
    return 0


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


class Budget:
    """What is left of the window that the API counts in, by its headers and by what is on its way there.

    The credits of calls without an answer count as spent, since the API may have charged them already or not yet.
    Where Miro's headers are missing from the start, nothing is counted: such an API has no budget to keep to.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, wall_clock: Callable[[], float] = time.time
    ) -> None:
        """`clock` measures how time passes; `wall_clock` tells the time that an API's without `Date` is read by."""
        self._clock = clock
        self._wall_clock = wall_clock
        self._limit = CREDITS_PER_MINUTE
        self._used = 0
        self._on_the_way = 0
        self._reset: float | None = None
        self._last_reset = 0.0
        self._margin = 0.0
        self._counts: bool | None = None
        self._probe_until: float | None = clock()
        self._spent: Counter[object] = Counter()
        """Credits of this window, by caller."""

    def wait_for(self, request: Request, caller: object = None) -> float:
        """Seconds until a request may be sent, as far as is known now; 0 when it may go.

        The last tenth of a window is left to callers who have had less than that of it.
        """
        now = self._clock()
        if self._reset is not None and now >= self._reset + self._margin:
            self._open(now)
        if self._counts is False:
            return 0.0
        if self._probe_until is not None and self._on_the_way and now < self._probe_until:
            # The first answer of a window tells how it really stands; the rest go by that.
            return self._probe_until - now
        share = self._limit // _KEPT
        kept = share if self._spent[caller] >= share else 0
        if min(cost_of(request), self._limit - kept) <= self._limit - kept - self._used - self._on_the_way:
            return 0.0
        if self._reset is None:
            return FOREVER if self._on_the_way else 0.0
        return max(self._reset + self._margin - now, 0.001)

    def take(self, request: Request, caller: object = None) -> None:
        if caller is not None and self._counts is not False:
            self._spent[caller] += cost_of(request)
        if self._probe_until is not None and not self._on_the_way:
            self._probe_until = self._clock() + _PROBE_PATIENCE
        self._on_the_way += cost_of(request)

    def settle(self, request: Request, status: int | None, headers: Mapping[str, str]) -> None:
        """Takes in what came of a request that was taken; `status` is None when no answer did."""
        self._on_the_way -= cost_of(request)
        if status is None:
            return
        self._probe_until = None
        limit, remaining = _number(headers, "x-ratelimit-limit"), _number(headers, "x-ratelimit-remaining")
        if limit is None or remaining is None or limit <= 0:
            if self._counts is None and status < 300:
                self._counts = False
            return
        self._counts = True
        self._limit = int(limit)
        seconds = seconds_to_reset(headers, self._wall_clock())
        if seconds is None and self._reset is None:
            seconds = MINUTE
        self._take_in(int(limit - remaining), None if seconds is None else self._clock() + seconds)
        if status == 429 and remaining < cost_of(request):
            self._close()

    def _take_in(self, used: int, reset: float | None) -> None:
        """Answers may overtake each other: within a window the highest count is the newest."""
        if reset is None or (self._reset is not None and abs(reset - self._reset) < _SAME_WINDOW):
            self._used = max(self._used, used)
        elif reset > max(self._reset or 0.0, self._last_reset):
            now = self._clock()
            self._used, self._reset = used, reset
            # Reset is told in whole seconds, maybe rounded down: a little later is surely in the next window.
            self._margin = min(1.0, max(0.05, _LATER * (self._reset - now)))

    def _close(self) -> None:
        """Nothing is left, whatever was reckoned: the next window is later than it seemed."""
        self._used = self._limit
        if self._reset is None:
            self._reset = max(self._last_reset + 1.0, self._clock() + _PROBE_PAUSE)
            self._margin = 0.05

    def _open(self, now: float) -> None:
        self._last_reset = self._reset or now
        self._reset = None
        self._used = 0
        self._spent.clear()
        self._probe_until = now + _PROBE_PATIENCE


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """For how many seconds the API asks to be left alone: `Retry-After` in seconds or as a date, else Reset."""
    value = headers.get("retry-after", "").strip()
    if value:
        seconds = _number(headers, "retry-after")
        if seconds is not None:
            return max(0.0, seconds)
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - (now - _skew(headers, now)))
        except ValueError:
            pass
    seconds = seconds_to_reset(headers, now)
    return None if seconds is None else max(0.0, seconds)


def seconds_to_reset(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the window ends, which the API tells as epoch seconds, or as seconds from now if it is small.

    None where it isn't told, or can't be so: where an API sends no `Date`, that shows a clock here that is wrong.
    """
    reset = _number(headers, "x-ratelimit-reset")
    if reset is None or reset < 0:
        return None
    if reset < 1e9:
        return min(reset, LONGEST_WINDOW)
    seconds = (reset / 1000 if reset > 1e12 else reset) + _skew(headers, now) - now
    return seconds if -_SKEW <= seconds <= LONGEST_WINDOW else None


def skew(date: str, now: float) -> float:
    """By how many seconds `now` is ahead of a `Date`; 0 where that can't be read."""
    try:
        return now - parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError):
        return 0.0


def _skew(headers: Mapping[str, str], now: float) -> float:
    """By how much this machine's clock is ahead of the API's, where that is more than the usual."""
    seconds = skew(headers.get("date", ""), now)
    return seconds if abs(seconds) > _SKEW else 0.0


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        number = float(headers.get(name, ""))
    except ValueError:
        return None
    return number if -1e15 < number < 1e15 else None
