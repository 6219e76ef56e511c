"""The one way to do things side by side: the first failure ends the rest, and is raised as it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import Any, TypeVar, cast, overload

import anyio
import anyio.lowlevel

from ..errors import CallError

Work = Callable[[], Awaitable[None]]
One = TypeVar("One")
Other = TypeVar("Other")

AT_ONCE = 16
"""As many calls as one use of a tool has under way, where it has many to make."""


@overload
async def gather(one: Coroutine[Any, Any, One], other: Coroutine[Any, Any, Other], /) -> tuple[One, Other]: ...
@overload
async def gather(*work: Coroutine[Any, Any, One]) -> Sequence[One]: ...
async def gather(*work: Coroutine[Any, Any, Any]) -> Sequence[Any]:
    """The results of work done side by side, in its order."""
    results: dict[int, Any] = {}

    async def do(number: int, one: Coroutine[Any, Any, Any]) -> None:
        results[number] = await one

    try:
        async with anyio.create_task_group() as group:
            for number, one in enumerate(work):
                group.start_soon(do, number, one)
    except BaseExceptionGroup as failures:
        raise _first_of(failures) from None
    finally:
        for one in work:  # What was never started is closed, or Python would warn of it.
            one.close()
    return tuple(results[number] for number in range(len(work)))


async def run_jobs(jobs: Iterable[Work], at_once: int = AT_ONCE) -> None:
    """Does jobs in their order, so many at once."""
    waiting = iter(jobs)

    async def work() -> None:
        for job in waiting:
            await anyio.lowlevel.checkpoint()
            await job()

    await gather(*(work() for _ in range(at_once)))


def _first_of(error: BaseException) -> BaseException:
    """The failure itself, of a group of them the first that tells of a call."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    failures = [_first_of(one) for one in cast("BaseExceptionGroup[BaseException]", error).exceptions]
    return next((one for one in failures if isinstance(one, CallError)), failures[0])
