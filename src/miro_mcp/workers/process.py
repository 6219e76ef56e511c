"""A worker: functions with their arguments come in on stdin, what they return or raise goes out on stdout.

Run as `python -m miro_mcp.workers.process`, only by the server.
"""

from __future__ import annotations

import os
import signal
import sys
from queue import SimpleQueue
from threading import Event, Thread
from typing import IO, Any, NoReturn

from ..errors import BadArguments, CallError
from .pipe import Fault, Refusal, Returned, receive, send

Task = tuple[Any, tuple[Any, ...]]


def answer_to(task: Task) -> Returned | Refusal | Fault:
    function, given = task
    try:
        return Returned(function(*given))
    except CallError as error:
        return Refusal(str(error), isinstance(error, BadArguments))
    except Exception as error:
        return Fault(f"{type(error).__name__}: {error}")


class Tasks:
    """The tasks that come in, read by a thread of their own: when there are no more, what is worked on ends too.

    The server has gone then, however it ended, and nobody waits for the answer.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._waiting: SimpleQueue[Task | None] = SimpleQueue()
        self._unanswered = Event()
        Thread(target=self._read, daemon=True).start()

    def take(self) -> Task | None:
        """The next task; None when there are no more."""
        return self._waiting.get()

    def answered(self) -> None:
        """Notes that the task is done; the next one comes once its answer has been sent."""
        self._unanswered.clear()

    def _read(self) -> None:
        try:
            while True:
                task = receive(self._stream)
                self._unanswered.set()
                self._waiting.put(task)
        except EOFError:
            if self._unanswered.is_set():
                end_with_children()
        finally:
            self._waiting.put(None)


def end_with_children() -> NoReturn:
    """Ends the process at once, and those that it has started."""
    if os.name != "nt" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def main() -> None:
    """Works on one task after the other until stdin ends."""
    # The server is told to end by them, and needs its workers until then.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    tasks, answers = Tasks(sys.stdin.buffer), sys.stdout.buffer
    sys.stdout = sys.stderr
    while task := tasks.take():
        answer = answer_to(task)
        tasks.answered()
        try:
            send(answers, answer)
        except OSError:
            end_with_children()


if __name__ == "__main__":
    main()
