"""The audit log: one JSON line for each write, delete and sensitive read, tried or refused."""

from __future__ import annotations

import errno
import json
import logging
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from platformdirs import user_state_path

from ..catalogue import Operation
from ..errors import CallError
from ..system.caller import client_name, step_name
from ..system.ending import do_at_once, is_ending
from ..system.locks import locked
from ..system.telemetry import emit_record
from ..text.secrets import without_secrets

logger = logging.getLogger(__name__)

MAX_BYTES = 10 * 1024 * 1024
KEPT = 5
"""A file is rotated at 10 MiB; five older ones are kept as .1 to .5."""

_ROOM = 80
"""Bytes left free on a pending line, for what is known only when the answer is there."""

_LISTED = 20
_LONGEST = 200
_LONGEST_REASON = 600
"""Characters of a value, and of why something was decided."""

_ALSO_IDS = frozenset(
    {"copy_from", "boardIds", "board_ids", "object_ids", "userGroupIds"}
    | {"email", "emails", "userName", "membersToAdd", "membersToRemove"}
)
_HOLD_IDS = frozenset({"parent", "startItem", "endItem"})


NOT_SENT = "not sent"
"""The outcome of a call of which nothing can have reached Miro."""


class AuditUnavailable(CallError):
    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(
            f"The audit log {path} can't be written ({reason}), so nothing was sent. The operator has to make it "
            "writable, or name another file with MIRO_AUDIT_LOG."
        )


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """What is recorded of a call: ids, the decision and its reason; never tokens, never content."""

    operation: str
    effect: str
    ids: dict[str, Any]
    risk: int
    decision: str
    why: str
    confirmed_by: str | None = None


class Pending:
    """A line that was written before its request went out, and is completed in place when the answer is there."""

    def __init__(self, file: IO[bytes], offset: int, length: int, line: dict[str, Any]) -> None:
        self._file, self._offset, self._length, self._line = file, offset, length, line
        self._begun = time.monotonic()
        self._foreseen = NOT_SENT
        _open.add(self)
        if is_ending():
            self.write_foreseen()

    @property
    def request_id(self) -> str:
        return self._line["request_id"]

    def foresee(self, outcome: str) -> None:
        """Notes what has come of the call, should it be broken off now."""
        self._foreseen = outcome
        if is_ending():
            self.write_foreseen()

    def write_foreseen(self) -> None:
        """Has the line say so from now on, since the process may be ended before it is completed."""
        self._write(self._foreseen, None)

    def complete(self, *, outcome: str, status: int | None) -> None:
        """Writes what came of the call; a failure to do so is logged, for the call itself is over."""
        _open.discard(self)
        self._write(outcome, status)
        with suppress(OSError):
            self._file.close()

    def _write(self, outcome: str, status: int | None) -> None:
        duration = round((time.monotonic() - self._begun) * 1000)
        line = self._line | {"outcome": outcome, "status": status, "duration_ms": duration}
        try:
            _write_at(self._file, self._offset, _padded(line, self._length))
        except OSError as error:
            logger.error("The audit line %s could not be completed: %s", self.request_id, error)
        emit_record(_plain(line))


_open: set[Pending] = set()
"""The lines that are not completed yet."""


def _write_all_foreseen() -> None:
    for pending in list(_open):
        pending.write_foreseen()


do_at_once(_write_all_foreseen)


class AuditLog:
    """Appends to one file, which several processes may share; nothing is opened before the first entry.

    `person` tells whose sign-in the calls are made with, by their id at Miro, where that is known.
    """

    def __init__(self, path: Path, person: Callable[[], str | None] = lambda: None) -> None:
        self._path = path
        self._person = person

    def begin(self, entry: AuditEntry) -> Pending:
        """Writes the line of a call that is about to be sent; it says "pending" until it is completed.

        Raises:
            AuditUnavailable: it can't be written.
        """
        line = _line(entry, "pending", self._person())
        length = len(_encode(line)) + _ROOM
        file, offset = self._append(_padded(line, length))
        return Pending(file, offset, length, line)

    def refuse(self, entry: AuditEntry) -> None:
        """Writes the line of a call that was not sent.

        Raises:
            AuditUnavailable: it can't be written.
        """
        line = _line(entry, "refused", self._person())
        self._append(_encode(line) + b"\n")[0].close()
        emit_record(_plain(line))

    def _append(self, line: bytes) -> tuple[IO[bytes], int]:
        """Appends a line under the lock; the file is left open, since it may be rotated before it is completed."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with locked(self._path.with_name(self._path.name + ".lock")):
                self._rotate_if_full()
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
                with ExitStack() as opened:
                    file = opened.enter_context(os.fdopen(descriptor, "r+b", buffering=0))
                    offset = _end_of_line(file)
                    _write(file, line)
                    opened.pop_all()
        except OSError as error:
            raise AuditUnavailable(self._path, error.strerror or error) from error
        return file, offset

    def _rotate_if_full(self) -> None:
        if not self._path.exists() or self._path.stat().st_size < MAX_BYTES:
            return
        for number in range(KEPT, 0, -1):
            source = _numbered(self._path, number - 1)
            if source.exists():
                source.replace(_numbered(self._path, number))


def read_entries(path: Path) -> Iterator[dict[str, Any]]:
    """Every recorded call, oldest first, rotated files included; a torn line is passed over."""
    for number in range(KEPT, -1, -1):
        file = _numbered(path, number)
        if not file.exists():
            continue
        for line in file.read_text("utf-8", errors="replace").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield cast("dict[str, Any]", entry)


def ids_of(operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
    """The ids among a call's arguments (and the e-mail addresses of those it is about); long lists are counted."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in _HOLD_IDS and isinstance(value, Mapping):
            value = cast("Mapping[str, Any]", value).get("id")
        elif not (name in operation.path_arguments or name in _ALSO_IDS or name.endswith(("_id", "Id"))):
            continue
        if isinstance(value, list):
            values = cast("list[Any]", value)
            value = [*map(_clipped, values[:_LISTED]), *([f"{len(values)} in all"] if len(values) > _LISTED else [])]
        value = _clipped(value)
        if value is not None:
            found[name] = value
    return found


def _clipped(value: Any) -> Any:
    """A text without what is beyond the length of any id or address: calls that are refused can't fill the log."""
    if not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    return f"{value[:_LONGEST]}…(+{len(value) - _LONGEST})"


def default_audit_path() -> Path:
    return user_state_path("miro-mcp", appauthor=False) / "audit.jsonl"


def _line(entry: AuditEntry, outcome: str, person: str | None) -> dict[str, Any]:
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request_id": secrets.token_hex(8),
        **asdict(entry),
        "why": entry.why[:_LONGEST_REASON],
        "client": client_name(),
        "person": person,
        **({"step": step} if (step := step_name()) else {}),
        "pid": os.getpid(),
        "outcome": outcome,
        "status": None,
        "duration_ms": None,
    }


def _plain(line: Mapping[str, Any]) -> dict[str, Any]:
    """The line as the file has it, without what is secret."""
    return json.loads(_encode(line))


def _encode(line: Mapping[str, Any]) -> bytes:
    return without_secrets(json.dumps(line, separators=(",", ":"))).encode("ascii")


def _padded(line: Mapping[str, Any], length: int) -> bytes:
    return _encode(line).ljust(length) + b"\n"


def _end_of_line(file: IO[bytes]) -> int:
    """Goes to the end of the file, and on to a new line where a full disk left half of one."""
    end = file.seek(0, os.SEEK_END)
    if end:
        file.seek(end - 1)
        if file.read(1) != b"\n":
            _write(file, b"\n")
            end += 1
    return end


def _write(file: IO[bytes], data: bytes) -> None:
    if file.write(data) != len(data):
        raise OSError(errno.ENOSPC, "the disk is full")


def _write_at(file: IO[bytes], offset: int, data: bytes) -> None:
    """Writes in one step where the system can: a signal that comes between two would write elsewhere."""
    if sys.platform == "win32":
        file.seek(offset)
        _write(file, data)
    elif os.pwrite(file.fileno(), data, offset) != len(data):
        raise OSError(errno.ENOSPC, "the disk is full")


def _numbered(path: Path, number: int) -> Path:
    return path if number == 0 else path.with_name(f"{path.name}.{number}")
