"""What a call of many steps has done so far, noted beside the audit log, so that the same call can go on from there."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from ..errors import CallError, Refused
from ..system.locks import try_lock

Note = dict[str, Any]

_DAYS = 7
"""After which nobody goes on with a call any more."""


class JournalUnavailable(CallError):
    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path} can't be written ({error.strerror or error}), where it is noted what was made, so nothing was "
            "sent. The operator has to make the audit log's folder writable, or name another file with MIRO_AUDIT_LOG."
        )


class Progress:
    """The notes of one call. `earlier` are those of the same call, cut off before; empty when there was none."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file
        file.seek(0)
        self.earlier = list(_notes(file.read()))
        self.is_empty = not self.earlier
        self.is_done = False

    def note(self, **told: Any) -> None:
        """Raises:
        JournalUnavailable: it can't be written.
        """
        self.is_empty = False
        line = json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            self._file.write(line)
        except OSError as error:
            raise JournalUnavailable(self._path, error) from error


class Journal:
    """A file a call, by its print, that is there until the call is done; `base` is the API that it goes to."""

    def __init__(self, folder: Path, base: str) -> None:
        self._folder = folder
        self._base = base
        self._is_pruned = False

    @contextmanager
    def open(self, call: str) -> Generator[Progress]:
        """The notes of a call, which this process alone writes meanwhile; they go when it says that it is done.

        Raises:
            Refused: the same call is being carried out right now.
            JournalUnavailable: they can't be written.
        """
        path = self._path(call)
        try:
            self._prune()
            file = _locked_file(path)
        except OSError as error:
            raise JournalUnavailable(path, error) from error
        if file is None:
            raise Refused(
                "The same call is being carried out right now, so nothing was sent. Wait for it: look at the board in "
                "a moment, and make the call again only if something of it is missing."
            )
        with file:
            progress = Progress(path, file)
            try:
                yield progress
            finally:
                if progress.is_done or progress.is_empty:
                    path.unlink(missing_ok=True)

    def earlier(self, call: str) -> list[Note]:
        """The notes of a call that was cut off, to look at."""
        try:
            return list(_notes(self._path(call).read_bytes()))
        except OSError:
            return []

    def _path(self, call: str) -> Path:
        print = hashlib.sha256("\n".join((self._base, call)).encode("utf-8", "replace")).hexdigest()
        return self._folder / f"{print[:32]}.jsonl"

    def _prune(self) -> None:
        """Once a process: makes the folder, and takes out what is too old."""
        if self._is_pruned:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._is_pruned = True
        for path in self._folder.glob("*.jsonl"):
            if path.stat().st_mtime < time.time() - _DAYS * 24 * 3600:
                path.unlink(missing_ok=True)


def journal_path(audit_log: Path) -> Path:
    return audit_log.with_name(f"{audit_log.stem}-unfinished")


def _locked_file(path: Path) -> IO[bytes] | None:
    """The file, locked and at its end; None where somebody else holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        file = os.fdopen(descriptor, "a+b", buffering=0)
        if not try_lock(file):
            file.close()
            return None
        # Whoever held it may have deleted it in between.
        if path.exists() and os.path.samestat(path.stat(), os.fstat(descriptor)):
            return file
        file.close()


def _notes(data: bytes) -> Generator[Note]:
    for line in data.decode("utf-8", "replace").splitlines():
        try:
            note = json.loads(line)
        except ValueError:
            continue  # The last line of a process that was killed.
        if isinstance(note, dict):
            yield cast("Note", note)
