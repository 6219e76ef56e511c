"""The process that draws: jobs come in on stdin, views go out on stdout, each pickled with its length before it.

Run as `python -m miro_mcp.drawing.process.worker`, by the server alone.
"""

from __future__ import annotations

import pickle
import struct
import sys
from typing import IO, Any

from .job import carry_out

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], value: Any) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value.

    Raises:
        EOFError: the other side has gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    # What comes in here is this program's own, from the process at the other end of the pipe.
    return pickle.loads(stream.read(*_LENGTH.unpack(head)))  # noqa: S301


def main() -> None:
    """Draws one job after the other until stdin ends."""
    jobs, views = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            job = receive(jobs)
        except EOFError:
            return
        try:
            answer: object = carry_out(job)
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        send(views, answer)


if __name__ == "__main__":
    main()
