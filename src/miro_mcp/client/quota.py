"""SCIM's own limits: so many calls of a kind in 30 s, and the largest change of a group."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ..catalogue import OPERATIONS, Operation
from ..errors import BadArguments
from .credits import FOREVER
from .request import Request

SECONDS = 30.0

CALLS = {("GET", "Groups"): 5, ("DELETE", "Users"): 20}
"""The most calls in 30 s, by method and collection, as Miro's SCIM page states them."""

_PATCH_GROUP = OPERATIONS["patchGroup"]
MOST_USERS = 8_000
MOST_PATCH_BYTES = 800_000
"""Of one PATCH of a group; beyond it Miro answers 413."""


@dataclass
class _Kind:
    most: int
    on_the_way: int = 0
    ended: deque[float] = field(default_factory=deque[float])


class Quota:
    """Counts calls of each limited kind; one counts for 30 s after its answer, since it arrived before that."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kinds = {key: _Kind(most) for key, most in CALLS.items()}

    def wait_for(self, request: Request, caller: object = None) -> float:
        del caller
        kind = self._kinds.get(_key(request.operation))
        if kind is None:
            return 0.0
        now = self._clock()
        while kind.ended and kind.ended[0] + SECONDS <= now:
            kind.ended.popleft()
        if kind.on_the_way + len(kind.ended) < kind.most:
            return 0.0
        return kind.ended[0] + SECONDS - now if kind.ended else FOREVER

    def take(self, request: Request, caller: object = None) -> None:
        del caller
        if kind := self._kinds.get(_key(request.operation)):
            kind.on_the_way += 1

    def settle(self, request: Request, status: int | None, headers: Mapping[str, str]) -> None:
        del status, headers
        if kind := self._kinds.get(_key(request.operation)):
            kind.on_the_way -= 1
            kind.ended.append(self._clock())


def check_size(request: Request, content: bytes | None) -> None:
    """Raises:
    BadArguments: a PATCH of a group is larger than Miro takes.
    """
    if request.operation is not _PATCH_GROUP or content is None:
        return
    users = _users(request.body)
    if users <= MOST_USERS and len(content) <= MOST_PATCH_BYTES:
        return
    raise BadArguments(
        f"Operations: {users:,} users in {len(content):,} bytes are more than one change of a group may have "
        f"({MOST_USERS:,} users, {MOST_PATCH_BYTES // 1000} kB). Nothing was sent: make several calls, "
        "for example 1,000 users each."
    )


def _users(body: Any) -> int:
    changes = cast("Mapping[str, Any]", body).get("Operations", [])
    values = (cast("Mapping[str, Any]", change).get("value") for change in changes)
    return sum(len(cast("list[Any]", value)) for value in values if isinstance(value, list))


def _key(operation: Operation) -> tuple[str, str]:
    return operation.method, operation.path.strip("/").partition("/")[0]
