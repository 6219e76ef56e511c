"""Where the sandbox keeps things: JSON documents by kind and scope in one SQLite file."""

import base64
import hashlib
import json
import secrets
import sqlite3
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from .database import Database, member

Document = dict[str, Any]

Kinds = str | tuple[str, ...]
"""A kind of document, or several."""

FIRST_ID = 3_458_764_500_000_000_000

_FIRST_MOMENT = 1_735_689_600_000_000
"""The year 2025, in microseconds of Unix time."""

_IDS_A_MICROSECOND = 100


class Store:
    """Documents of a `kind` within a `scope` (a board's id, the organization's id, or "" for what stands alone).

    Several threads and processes may share a file: each change is one SQLite transaction that waits for its turn.

    Raises:
        SandboxUnusable: the file can't be used; any method may raise it.
    """

    def __init__(self, path: Path | None) -> None:
        self._last_id = 0
        self._database = Database(path)
        self._watcher: sqlite3.Connection | None = None

    def close(self) -> None:
        self._database.close()

    def transaction(self, *, reads: bool = False) -> AbstractContextManager[None]:
        """All of the changes inside it, or none of them when it raises: see Database."""
        return self._database.transaction(reads=reads)

    def _rows(self, sql: str, *values: str | int) -> list[Any]:
        with self._database.connection() as connection:
            return connection.execute(sql, values).fetchall()

    def _changed(self, sql: str, *values: str) -> int:
        """How many documents a statement has changed."""
        with self._database.connection() as connection:
            return connection.execute(sql, values).rowcount

    def add(self, kind: str, scope: str, id: str, document: Document) -> None:
        sql = "INSERT INTO documents (kind, scope, id, document) VALUES (?, ?, ?, ?)"
        self._changed(sql, kind, scope, id, json.dumps(document))

    def get(self, kind: str, scope: str, id: str) -> Document | None:
        rows = self._rows("SELECT document FROM documents WHERE kind = ? AND scope = ? AND id = ?", kind, scope, id)
        return json.loads(rows[0][0]) if rows else None

    def replace(self, kind: str, scope: str, id: str, document: Document) -> None:
        sql = "UPDATE documents SET document = ? WHERE kind = ? AND scope = ? AND id = ?"
        self._changed(sql, json.dumps(document), kind, scope, id)

    def remove(self, kind: str, scope: str, id: str) -> bool:
        """Whether there was such a document."""
        return self._changed("DELETE FROM documents WHERE kind = ? AND scope = ? AND id = ?", kind, scope, id) > 0

    def remove_scope(self, scope: str) -> None:
        """Removes everything of every kind inside a scope."""
        self._changed("DELETE FROM documents WHERE scope = ?", scope)

    def is_empty(self) -> bool:
        return not self._rows("SELECT 1 FROM documents LIMIT 1")

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
        found: list[Any] = []
        for one in _each(kind):
            condition, values = _matching(one, scope, where)
            sql = f"SELECT seq, document {condition} AND seq > ? ORDER BY seq LIMIT ?"
            found += self._rows(sql, *values, after, limit)
        found.sort(key=lambda row: row[0])
        return [(row[0], json.loads(row[1])) for row in (found if limit < 0 else found[:limit])]

    def count(self, kind: Kinds, scope: str, where: Mapping[str, str] | None = None) -> int:
        """How many there are."""
        told = [_matching(one, scope, where) for one in _each(kind)]
        return sum(self._rows(f"SELECT count(*) {condition}", *values)[0][0] for condition, values in told)

    def position_before(
        self, kind: Kinds, scope: str, where: Mapping[str, str] | None = None, *, until: int, steps: int
    ) -> int | None:
        """The position of the document that is so many steps before the last one up to `until`, None before all."""
        found: list[int] = []
        for one in _each(kind):
            condition, values = _matching(one, scope, where)
            sql = f"SELECT seq {condition} AND seq <= ? ORDER BY seq DESC LIMIT ?"
            found += [row[0] for row in self._rows(sql, *values, until, steps + 1)]
        found.sort(reverse=True)
        return found[steps] if len(found) > steps else None

    def changes(self) -> int:
        """A number that changes whenever anything was changed by way of another connection."""
        if self._watcher is None:
            self._watcher = self._database.another()
        return self._watcher.execute("PRAGMA data_version").fetchone()[0]

    def fingerprint(self, scope: str) -> str:
        """A text that is the same as long as everything in a scope is."""
        digest = hashlib.sha256()
        for row in self._rows("SELECT id, document FROM documents WHERE scope = ? ORDER BY seq", scope):
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


def _each(kind: Kinds) -> tuple[str, ...]:
    return (kind,) if isinstance(kind, str) else kind


def _matching(kind: str, scope: str, where: Mapping[str, str] | None) -> tuple[str, tuple[str, ...]]:
    """The rows of a kind in a scope whose documents have the wanted members: SQL and the values for it."""
    wanted = where or {}
    condition = "".join(f" AND {member(path)} = ?" for path in wanted)
    # An index of some kinds alone is used where the kind stands in the statement.
    return f"FROM documents WHERE kind = '{kind}' AND scope = ?{condition}", (scope, *wanted.values())
