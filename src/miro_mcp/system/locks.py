"""A lock among processes: a file that one of them holds at a time."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Holds the lock for as long as the block lasts; it waits for whoever holds it, and ends with its process.

    Raises:
        OSError: the file can't be written.
    """
    with path.open("ab") as file:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


_BEYOND = 1 << 30
"""Windows locks bytes against reading and writing too: one that no file here has."""


def try_lock(file: IO[bytes]) -> bool:
    """Locks an open file until it is closed; False where another process, or another opening of it, has the lock."""
    try:
        if sys.platform == "win32":
            file.seek(_BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
