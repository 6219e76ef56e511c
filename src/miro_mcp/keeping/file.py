"""The file of what was deleted or overwritten: lines of JSON beside the audit log, their owner's alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from ..system.files import write_whole
from ..system.locks import locked

MOST_BYTES = 50 * 1024 * 1024
"""Of the file; when it is full, the older half goes."""

Kept = Mapping[str, Any]


class KeptFile:
    """Several processes may share it; nothing is opened before the first entry. What is older than `days` goes."""

    def __init__(self, path: Path, days: int) -> None:
        self.path = path
        self._days = days
        self._is_pruned = False

    def append(self, entry: Kept) -> None:
        """Raises:
        OSError: it can't be written.
        """
        line = json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with locked(self.path.with_name(self.path.name + ".lock")):
            self._prune(len(line))
            descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                file.write(line)

    def entries(self) -> list[Kept]:
        """What is kept, oldest first; a torn line is passed over, and what was dropped or is too old is left out."""
        found = list(_fresh(self._lines(), self._days))
        dropped = {entry["dropped"] for entry in found if "dropped" in entry}
        return [entry for entry in found if "dropped" not in entry and entry.get("entry") not in dropped]

    def _lines(self) -> Iterator[str]:
        if self.path.exists():
            yield from self.path.read_text("utf-8", errors="replace").splitlines()

    def _prune(self, more: int) -> None:
        """Once for each process, and whenever it is full."""
        size = self.path.stat().st_size if self.path.exists() else 0
        is_full = size + more > MOST_BYTES
        if not is_full and (self._is_pruned or not size):
            return
        self._is_pruned = True
        kept = [json.dumps(entry, separators=(",", ":")) + "\n" for entry in _fresh(self._lines(), self._days)]
        while is_full and kept and sum(map(len, kept)) + more > MOST_BYTES // 2:
            kept = kept[len(kept) // 8 + 1 :]
        write_whole(self.path, "".join(kept))


def _fresh(lines: Iterable[str], days: int) -> Iterator[Kept]:
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and str(cast("Kept", entry).get("time", "")) >= since:
            yield cast("Kept", entry)


def kept_path(audit_log: Path) -> Path:
    return audit_log.with_name(f"{audit_log.stem}-kept.jsonl")
