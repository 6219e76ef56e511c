"""Worker processes that draw, so that the server goes on answering and a drawing that takes too long can be ended."""

from __future__ import annotations

import atexit
import logging
import subprocess
import sys
from typing import cast

import anyio
from anyio.lowlevel import RunVar

from ...errors import CallError
from .job import DrawingJob, View, receive, send

logger = logging.getLogger(__name__)

DRAWING_TIME_LIMIT = 30.0
"""Seconds for one drawing; 5,000 items take a few."""

_AT_ONCE = 2


class NotDrawn(CallError):
    """There is no picture; the board and the API have nothing to do with it."""


class _Worker:
    """One process, started when it is made; it ends when its stdin is closed, and so with the server at the latest."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, job: DrawingJob) -> View | str:
        """The view, or what went wrong; it blocks.

        Raises:
            OSError, EOFError: the process has ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        send(self._process.stdin, job)
        return cast("View | str", receive(self._process.stdout))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


_idle: list[_Worker] = []
_limiters: RunVar[anyio.CapacityLimiter] = RunVar("drawing")


async def draw_in_worker(job: DrawingJob) -> View:
    """Has a job drawn by a worker that is warm, or by a new one.

    Raises:
        NotDrawn: it took too long, or failed.
    """
    async with _limiter():
        worker = _take()
        try:
            with anyio.fail_after(DRAWING_TIME_LIMIT):
                answer = await anyio.to_thread.run_sync(worker.ask, job, abandon_on_cancel=True)
        except TimeoutError:
            worker.end()
            raise NotDrawn(
                f"The picture wasn't ready after {DRAWING_TIME_LIMIT:.0f} s, so drawing was ended. "
                "Ask for less of the board: a frame_id, a region or item_ids."
            ) from None
        except (OSError, EOFError) as error:
            worker.end()
            raise NotDrawn("The process that draws pictures ended before its time; asking again may help.") from error
        except BaseException:
            worker.end()
            raise
        _give_back(worker)
    if isinstance(answer, str):
        logger.error("A drawing failed: %s", answer)
        raise NotDrawn(f"The picture couldn't be drawn ({answer}). miro_board_overview tells the board in words.")
    return answer


def warm_up() -> None:
    """Starts a worker ahead of its first job, so that it is ready once the board is read."""
    if not _idle:
        _idle.append(_Worker())


def _limiter() -> anyio.CapacityLimiter:
    try:
        return _limiters.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(_AT_ONCE)
        _limiters.set(limiter)
        return limiter


def _take() -> _Worker:
    while _idle:
        worker = _idle.pop()
        if worker.is_alive:
            return worker
        worker.end()
    return _Worker()


def _give_back(worker: _Worker) -> None:
    if _idle:
        worker.end()
    else:
        _idle.append(worker)


@atexit.register
def _end_idle() -> None:
    while _idle:
        _idle.pop().end()
