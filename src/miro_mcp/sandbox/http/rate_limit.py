"""How many credits a token has left in its minute, and the headers that tell."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...catalogue import Operation
from ...catalogue.operation import CREDITS, CREDITS_PER_MINUTE
from .handlers import ErrorReply

WINDOW = 60
"""Seconds. A window opens with the first call after the last one closed."""

_ITEM_LISTS = ("items", "resources", "membersToAdd", "membersToRemove")
_MOST_TOKENS = 1000


@dataclass
class _Window:
    closes: float
    used: int = 0


def credits_for(operation: Operation, arguments: Mapping[str, Any]) -> int:
    """What a call costs; one that is charged by the item costs its level for each, and for at least one."""
    if not operation.per_item:
        return CREDITS[operation.level]
    return CREDITS[operation.level] * max(1, sum(len(arguments.get(name, ())) for name in _ITEM_LISTS))


class RateLimit:
    def __init__(
        self, clock: Callable[[], float] = time.monotonic, wall_clock: Callable[[], float] = time.time
    ) -> None:
        """`clock` measures how time passes, `wall_clock` the time that is told."""
        self._clock = clock
        self._wall_clock = wall_clock
        self._windows: dict[str, _Window] = {}

    def charge(self, token: str, credits: int) -> None:
        """Takes credits off a token's minute.

        Raises:
            ErrorReply: 429, there are not that many left; none are taken then.
        """
        window = self._window(token)
        if window.used + credits > CREDITS_PER_MINUTE:
            raise ErrorReply(429, "tooManyRequests", "The credits of this minute are used up")
        window.used += credits

    def headers(self, token: str) -> dict[str, str]:
        window = self._window(token)
        return {
            "X-RateLimit-Limit": str(CREDITS_PER_MINUTE),
            "X-RateLimit-Remaining": str(CREDITS_PER_MINUTE - window.used),
            "X-RateLimit-Reset": str(int(self._wall_clock() + window.closes - self._clock())),
        }

    def _window(self, token: str) -> _Window:
        now = self._clock()
        window = self._windows.get(token)
        if window is None or window.closes <= now:
            if len(self._windows) >= _MOST_TOKENS:
                self._windows = {token: window for token, window in self._windows.items() if window.closes > now}
            window = self._windows[token] = _Window(closes=now + WINDOW)
        return window
