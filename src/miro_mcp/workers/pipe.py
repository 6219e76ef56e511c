"""Values on their way between the server and its workers."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, Any


@dataclass(frozen=True)
class Returned:
    value: Any


@dataclass(frozen=True)
class Refusal:
    """What was wrong with the call, in words for the assistant; `is_argument` where an argument was."""

    message: str
    is_argument: bool


@dataclass(frozen=True)
class Fault:
    """A fault of the program."""

    told: str


def send(stream: IO[bytes], value: Any) -> None:
    """Writes piece by piece, between which other threads go on: a large board takes a while."""
    pickle.dump(value, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value.

    Raises:
        EOFError: the other side has gone.
    """
    try:
        # What comes in here is this program's own, from the process at the other end of the pipe.
        return pickle.load(stream)  # noqa: S301
    except pickle.UnpicklingError:
        raise EOFError from None
