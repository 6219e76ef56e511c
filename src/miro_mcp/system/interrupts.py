"""Signals that break a command off, and ending by one."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn


class Interrupted(KeyboardInterrupt):
    """A signal came that is to end the process as Ctrl+C does; `number` is which."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def interrupted_by_sigterm() -> Generator[None]:
    """Has SIGTERM break off the block as Ctrl+C does, so that what must be kept is kept before the process ends."""

    def interrupt(number: int, _: FrameType | None) -> None:
        raise Interrupted(number)

    if os.name == "nt" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def end_interrupted(error: KeyboardInterrupt) -> int:
    """Ends the process by the signal that broke it off; returns the exit status for it where there are no such ends."""
    number = error.number if isinstance(error, Interrupted) else int(signal.SIGINT)
    with suppress(OSError):
        sys.stdout.flush()
    if os.name != "nt":
        end_by(number)
    return 128 + number


def end_by(number: int) -> NoReturn:
    """Ends the process by a signal, as whoever sent it expects to see."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)  # The first process of a container can't be ended by it.
