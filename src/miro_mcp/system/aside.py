"""Work on large values is done in a thread, so that other calls are answered meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from anyio import to_thread

Given = ParamSpec("Given")
Result = TypeVar("Result")

MANY = 100
"""Entries of a list: what is worked out about fewer takes less than going to a thread and back is worth."""


async def aside(value: Any, function: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """What a function returns; it is called in a thread where the value that it works on is large."""
    if _entries(value) < MANY:
        return function(*given, **named)
    return await to_thread.run_sync(lambda: function(*given, **named))


def _entries(value: Any) -> int:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value).values()
        return max((len(cast("list[Any]", part)) for part in members if isinstance(part, list)), default=0)
    return len(cast("list[Any]", value)) if isinstance(value, list) else 0
