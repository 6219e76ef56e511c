"""The workers of the server: kept warm, shared fairly, ended when they take too long."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

import anyio
from anyio.lowlevel import RunVar

from ..errors import BadArguments, CallError
from .pipe import Fault, Refusal, Returned, receive, send

logger = logging.getLogger(__name__)

TIME_LIMIT = 30.0
"""Seconds for one task; a picture of 5,000 items takes a few."""

LARGE = 500
"""Items or lines from which a task is large: such tasks take turns, so that small ones need not wait for them."""

_SMALL_AT_ONCE, _LARGE_AT_ONCE = 2, 1
_LAST_SECONDS = 1.0
"""For an idle worker to end by itself, before it is killed."""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Work:
    """What a kind of task is called in messages, and what to do where it takes too long or fails."""

    name: str
    too_long: str
    failed: str = ""


class NotWorkedOut(CallError):
    """A worker did not get it done; the board and the API have nothing to do with it."""


class _Worker:
    """One process, started when it is made; it ends when its stdin is closed, and so with the server at the latest."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl+C at a terminal is for the server alone, which ends its workers when it needs them no more.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def ask(self, task: object) -> Returned | Refusal | Fault:
        """What came of a task; it blocks.

        Raises:
            OSError, EOFError: the process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        send(self._process.stdin, task)
        return cast("Returned | Refusal | Fault", receive(self._process.stdout))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def retire(self) -> None:
        """Lets it end by itself, as it does with nothing more to do."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_SECONDS)
        self.end()

    def end(self) -> None:
        """Ends it at once, and what it has started."""
        if os.name != "nt" and self.is_alive:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


_idle: list[_Worker] = []
_small: RunVar[anyio.CapacityLimiter] = RunVar("small tasks")
_large: RunVar[anyio.CapacityLimiter] = RunVar("large tasks")


async def work_out(work: Work, size: int, function: Callable[..., Result], *given: object) -> Result:
    """What a function of a module returns, called by a worker; `size` is how many items or lines it is about.

    Raises:
        NotWorkedOut: it took too long, or failed.
        CallError: as the function raised it.
    """
    async with _limiter(size):
        worker = await anyio.to_thread.run_sync(_take)
        try:
            with anyio.fail_after(TIME_LIMIT):
                answer = await anyio.to_thread.run_sync(worker.ask, (function, given), abandon_on_cancel=True)
        except TimeoutError:
            worker.end()
            raise NotWorkedOut(
                f"{work.name} wasn't ready after {TIME_LIMIT:.0f} s, so it was given up. {work.too_long}"
            ) from None
        except (OSError, EOFError) as error:
            worker.end()
            raise NotWorkedOut(
                f"{work.name} wasn't finished: its process ended before its time. Asking again may help."
            ) from error
        except BaseException:
            worker.end()
            raise
        await _give_back(worker)
    if isinstance(answer, Refusal):
        raise BadArguments(answer.message) if answer.is_argument else CallError(answer.message)
    if isinstance(answer, Fault):
        logger.error("A worker failed: %s", answer.told)
        raise NotWorkedOut(f"{work.name} failed ({answer.told}). {work.failed}".strip())
    return cast("Result", answer.value)


async def warm_up() -> None:
    """Starts a worker ahead of its first task, so that it is ready once the board is read."""
    if not _idle:
        _idle.append(await anyio.to_thread.run_sync(_Worker))


def _limiter(size: int) -> anyio.CapacityLimiter:
    variable, at_once = (_large, _LARGE_AT_ONCE) if size >= LARGE else (_small, _SMALL_AT_ONCE)
    try:
        return variable.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(at_once)
        variable.set(limiter)
        return limiter


def _take() -> _Worker:
    while _idle:
        worker = _idle.pop()
        if worker.is_alive:
            return worker
        worker.end()
    return _Worker()


async def _give_back(worker: _Worker) -> None:
    """Keeps one that is warm; another ends by itself."""
    if _idle:
        await anyio.to_thread.run_sync(worker.retire)
    else:
        _idle.append(worker)


@atexit.register
def end_idle() -> None:
    """Ends the workers that nothing is asked of; the next task starts one anew."""
    while _idle:
        _idle.pop().retire()
