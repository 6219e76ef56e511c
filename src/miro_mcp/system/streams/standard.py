"""The three standard streams where they are not what a program expects: closed, full, or read by nobody any more."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

LOST = 1
"""The exit status where what was to be said could not be."""

_NAMES = ("stdin", "stdout", "stderr")
_closed: set[str] = set()


class StreamLost(Exception):
    """A standard stream without which there is nothing to do is closed, or can't be written any more.

    `is_cut` says that whoever read it has left.
    """

    def __init__(self, message: str, *, is_cut: bool = False) -> None:
        super().__init__(message)
        self.is_cut = is_cut


class _Stdout(io.FileIO):
    """Where what is printed goes; that it can't be written is told apart from the faults of other files."""

    def write(self, data: Any, /) -> int | None:
        try:
            return super().write(data)
        except OSError as error:
            message = f"stdout can't be written ({error.strerror}), so what should stand there is lost."
            raise StreamLost(message, is_cut=isinstance(error, BrokenPipeError)) from error


def open_missing() -> None:
    """Puts something in the place of streams that are closed, since files opened later would take their numbers.

    What is written to stdout fails all the same.
    """
    for number, name in enumerate(_NAMES):
        if getattr(sys, name) is None:
            _closed.add(name)
            # Reading from /dev/null finds nothing, and writing to a descriptor for reading is an error.
            _put(number, os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY))
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w", closefd=False))


def was_closed(name: str) -> bool:
    """Whether `stdin`, `stdout` or `stderr` was closed when the program was started."""
    return name in _closed


@contextmanager
def speaking(*, may_be_cut: bool = False) -> Generator[None]:
    """Writes out what the block prints, and ends the program with one line where that can't be done.

    With `may_be_cut` a reader that leaves early, as `head` does, is no fault.

    Raises:
        SystemExit: what was to be said is lost, or a file can't be had.
    """
    with _told_apart():
        try:
            try:
                yield
            finally:
                sys.stdout.flush()
        except StreamLost as error:
            if may_be_cut and error.is_cut:
                raise SystemExit(0) from None
            say(str(error))
            raise SystemExit(LOST) from None
        except OSError as error:
            say(str(error))
            raise SystemExit(LOST) from None
        finally:
            _let_go(sys.stdout)
            _let_go(sys.stderr)


def say(line: str) -> None:
    """Says something on stderr, if anybody can hear it."""
    with suppress(OSError):
        print(f"miro-mcp: {line}", file=sys.stderr, flush=True)


@contextmanager
def _told_apart() -> Generator[None]:
    """Has the faults of stdout raised as StreamLost while the block lasts, where it is the process's own."""
    given = sys.stdout
    if not isinstance(given, io.TextIOWrapper) or not _is_descriptor(given, 1):
        yield
        return
    buffer = io.BufferedWriter(_Stdout(1, "wb", closefd=False))
    sys.stdout = io.TextIOWrapper(buffer, given.encoding, given.errors, line_buffering=given.line_buffering)
    try:
        yield
    finally:
        sys.stdout = given


def _is_descriptor(stream: Any, number: int) -> bool:
    try:
        return stream.fileno() == number
    except OSError:
        return False  # It only collects what is printed.


def _let_go(stream: Any) -> None:
    """Writes out what a stream holds, to nowhere if it can't be written: ending would fail on it again."""
    try:
        stream.flush()
    except (OSError, StreamLost):
        _put(stream.fileno(), os.open(os.devnull, os.O_WRONLY))
        stream.flush()


def _put(descriptor: int, other: int) -> None:
    if descriptor != other:
        os.dup2(other, descriptor)
        os.close(other)
