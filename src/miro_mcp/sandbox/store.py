"""Where the sandbox keeps things: JSON documents by kind and scope in one SQLite file."""

import base64
import hashlib
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Document = dict[str, Any]

Kinds = str | tuple[str, ...]
"""A kind of document, or several."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (kind, scope, id)
);
CREATE INDEX IF NOT EXISTS documents_in_order ON documents (kind, scope, seq);
"""

_PATIENCE = 10
"""Seconds that a change waits for another process to finish its own."""

FIRST_ID = 3_458_764_500_000_000_000

_FIRST_MOMENT = 1_735_689_600_000_000
"""The year 2025, in microseconds of Unix time."""

_IDS_A_MICROSECOND = 100


class Store:
    """Documents of a `kind` within a `scope` (a board's id, the organization's id, or "" for what stands alone).

    Several processes may share a file: each change is one SQLite transaction that waits for its turn.
    """

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._last_id = 0
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        self._write_ahead()
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_SCHEMA)

    def _write_ahead(self) -> None:
        """SQLite doesn't wait for its turn when another process turns the same new file to this mode."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All of the changes inside it, or none of them when it raises. Transactions nest into the outer one."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def add(self, kind: str, scope: str, id: str, document: Document) -> None:
        self._db.execute(
            "INSERT INTO documents (kind, scope, id, document) VALUES (?, ?, ?, ?)",
            (kind, scope, id, json.dumps(document)),
        )

    def get(self, kind: str, scope: str, id: str) -> Document | None:
        row = self._db.execute(
            "SELECT document FROM documents WHERE kind = ? AND scope = ? AND id = ?", (kind, scope, id)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def replace(self, kind: str, scope: str, id: str, document: Document) -> None:
        self._db.execute(
            "UPDATE documents SET document = ? WHERE kind = ? AND scope = ? AND id = ?",
            (json.dumps(document), kind, scope, id),
        )

    def remove(self, kind: str, scope: str, id: str) -> bool:
        """Whether there was such a document."""
        done = self._db.execute("DELETE FROM documents WHERE kind = ? AND scope = ? AND id = ?", (kind, scope, id))
        return done.rowcount > 0

    def remove_scope(self, scope: str) -> None:
        """Removes everything of every kind inside a scope."""
        self._db.execute("DELETE FROM documents WHERE scope = ?", (scope,))

    def all(self, kind: Kinds, scope: str, where: Mapping[str, str] | None = None) -> list[Document]:
        """Every document of a kind in a scope, oldest first; `where` as for `page`."""
        return [document for _, document in self.page(kind, scope, 0, -1, where)]

    def page(
        self, kind: Kinds, scope: str, after: int, limit: int, where: Mapping[str, str] | None = None
    ) -> list[tuple[int, Document]]:
        """Up to `limit` documents (all when negative) that follow position `after`, each with its own position.

        They are of a kind, or of any of several. `where` gives the text that members must have, by their path inside
        the document ("parent.id").
        """
        matching, values = _matching(kind, scope, where)
        rows = self._db.execute(
            f"SELECT seq, document {matching} AND seq > ? ORDER BY seq LIMIT ?", (*values, after, limit)
        )
        return [(row[0], json.loads(row[1])) for row in rows]

    def count(
        self, kind: Kinds, scope: str, where: Mapping[str, str] | None = None, *, until: int | None = None
    ) -> int:
        """How many there are; with `until` only those up to that position."""
        matching, values = _matching(kind, scope, where)
        bound = "" if until is None else " AND seq <= ?"
        bounds = () if until is None else (until,)
        return self._db.execute(f"SELECT count(*) {matching}{bound}", (*values, *bounds)).fetchone()[0]

    def position(self, kind: Kinds, scope: str, number: int, where: Mapping[str, str] | None = None) -> int:
        """The position of a document by its number, the oldest being 0."""
        matching, values = _matching(kind, scope, where)
        rows = self._db.execute(f"SELECT seq {matching} ORDER BY seq LIMIT 1 OFFSET ?", (*values, number))
        return rows.fetchone()[0]

    def changes(self) -> int:
        """A number that changes whenever another connection has changed anything."""
        return self._db.execute("PRAGMA data_version").fetchone()[0]

    def fingerprint(self, scope: str) -> str:
        """A text that is the same as long as everything in a scope is."""
        digest = hashlib.sha256()
        for row in self._db.execute("SELECT id, document FROM documents WHERE scope = ? ORDER BY seq", (scope,)):
            digest.update("\0".join(row).encode())
        return digest.hexdigest()[:32]

    def new_id(self) -> str:
        """An id like Miro's: 19 digits, never the same twice, and larger than those before."""
        now = FIRST_ID + (time.time_ns() // 1000 - _FIRST_MOMENT) * _IDS_A_MICROSECOND
        self._last_id = max(now + secrets.randbelow(_IDS_A_MICROSECOND), self._last_id + 1)
        return str(self._last_id)

    def new_board_id(self) -> str:
        """A board id like Miro's: URL-safe base64 that ends in an equals sign."""
        return "uXjV" + base64.urlsafe_b64encode(secrets.token_bytes(5)).decode()


def _matching(kind: Kinds, scope: str, where: Mapping[str, str] | None) -> tuple[str, tuple[str, ...]]:
    """The rows of a kind in a scope whose documents have the wanted members: SQL and the values for it."""
    kinds = (kind,) if isinstance(kind, str) else kind
    places = ", ".join("?" * len(kinds))
    wanted = where or {}
    conditions = " AND json_extract(document, ?) = ?" * len(wanted)
    values = (value for path, text in wanted.items() for value in (f"$.{path}", text))
    return f"FROM documents WHERE kind IN ({places}) AND scope = ?{conditions}", (*kinds, scope, *values)
