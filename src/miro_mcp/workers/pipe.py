"""Values on their way between the server and its workers."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


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
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value.

    Raises:
        EOFError: the other side has gone.
    """
    (length,) = _LENGTH.unpack(_read_all(stream, _LENGTH.size))
    # What comes in here is this program's own, from the process at the other end of the pipe.
    return pickle.loads(_read_all(stream, length))  # noqa: S301


def _read_all(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
