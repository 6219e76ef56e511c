"""A worker: functions with their arguments come in on stdin, what they return or raise goes out on stdout.

Run as `python -m miro_mcp.workers.process`, only by the server.
"""

from __future__ import annotations

import sys
from typing import Any

from ..errors import BadArguments, CallError
from .pipe import Fault, Refusal, Returned, receive, send


def answer_to(task: tuple[Any, tuple[Any, ...]]) -> Returned | Refusal | Fault:
    function, given = task
    try:
        return Returned(function(*given))
    except CallError as error:
        return Refusal(str(error), isinstance(error, BadArguments))
    except Exception as error:
        return Fault(f"{type(error).__name__}: {error}")


def main() -> None:
    """Works on one task after the other until stdin ends."""
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            task = receive(tasks)
        except EOFError:
            return
        send(answers, answer_to(task))


if __name__ == "__main__":
    main()
