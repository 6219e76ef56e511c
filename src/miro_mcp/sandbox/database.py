"""The sandbox's SQLite file: its schema and version, its connections, and what is told where it can't be used."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from typing import Any

VERSION = 1
"""Of the schema, in the file's `user_version`. Files of version 0.1.0 have 0 there, and lack the indexes."""

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

INDEXED = (
    *(("type", "item"), ("type", "mindmap_node")),
    *(("parent.id", "item"), ("parent.id", "code_widget"), ("parent.id", "mindmap_node")),
    *(("startItem.id", "connector"), ("endItem.id", "connector")),
)
"""Members that documents of a kind are looked for by where there may be many."""

_COLUMNS = ("seq", "kind", "scope", "id", "document")

_PATIENCE = 10
"""Seconds that a change waits for another process to finish its own."""

_CONNECTIONS = 8
"""At the same time, to one file; a database in memory has but one."""


class SandboxUnusable(OSError):
    """The sandbox's file can't be used; the message says why, and what to do. Nothing was changed in it."""

    def __init__(self, path: Path | None, why: str, what_to_do: str) -> None:
        super().__init__(f"The sandbox's file {path or '(in memory)'} {why}, so nothing was done. {what_to_do}")


def member(path: str) -> str:
    """The SQL of a document's member, by its path inside: spelled alike everywhere, so that indexes are used."""
    return f"json_extract(document, '$.{path}')"


class Database:
    """Hands out connections to one file (or to memory), each to one thread at a time; made ready when it is opened.

    Raises:
        SandboxUnusable: the file can't be opened, or is no sandbox of this version.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._own = threading.local()
        self._writing = threading.Lock()
        self._free: LifoQueue[sqlite3.Connection | None] = LifoQueue()
        self._opened: list[sqlite3.Connection] = []
        self.close = weakref.finalize(self, _close_all, self._opened)
        with self._in_words():
            self._make_file()
            first = self._open()
            self._free.put(first)
            for _ in range(0 if path is None else _CONNECTIONS - 1):
                self._free.put(None)
            self._prepare(first)

    @contextmanager
    def connection(self) -> Generator[sqlite3.Connection]:
        """The thread's own connection inside a transaction, else one that is free."""
        mine: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if mine is not None:
            yield mine
            return
        taken = self._free.get()
        try:
            with self._in_words():
                taken = taken or self._open()
                yield taken
        finally:
            self._free.put(taken)

    @contextmanager
    def transaction(self, *, reads: bool = False) -> Generator[None]:
        """All of the changes inside it, or none of them when it raises. Transactions nest into the outer one.

        One that only `reads` waits for nobody, and sees the file as it was when it began.
        """
        if getattr(self._own, "connection", None) is not None:
            yield
            return
        with self.connection() as taken:
            self._own.connection = taken
            try:
                if reads:
                    taken.execute("PRAGMA query_only = 1")
                    with _between(taken, "BEGIN"):
                        yield
                else:
                    # SQLite's own waiting looks but now and then whether it is its turn.
                    with self._writing, _between(taken, "BEGIN IMMEDIATE"):
                        yield
            finally:
                self._own.connection = None
                taken.execute("PRAGMA query_only = 0")

    def another(self) -> sqlite3.Connection:
        """A connection beside the others, for whoever watches what they change."""
        with self._in_words():
            return self._open()

    def _make_file(self) -> None:
        """Its owner's alone, before anything is written to it."""
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))

    def _open(self) -> sqlite3.Connection:
        opened = sqlite3.connect(self._path or ":memory:", isolation_level=None, check_same_thread=False)
        self._opened.append(opened)
        opened.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        opened.execute("PRAGMA synchronous = NORMAL")
        return opened

    def _prepare(self, first: sqlite3.Connection) -> None:
        """Makes the schema, or brings it to this version."""
        version = first.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise self._unusable(
                f"is of a newer version of miro-mcp (schema {version}, this one knows {VERSION})",
                "Update miro-mcp, or name another file with MIRO_SANDBOX.",
            )
        tables = [row[0] for row in first.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [row[1] for row in first.execute("PRAGMA table_info(documents)")]
        if tables and tuple(columns) != _COLUMNS:
            raise self._unusable("is a database of something else", _NAME_ANOTHER)
        _write_ahead(first)
        if version == VERSION:
            return
        with _between(first, "BEGIN IMMEDIATE"):
            for statement in filter(str.strip, _SCHEMA.split(";")):
                first.execute(statement)
            for path, kind in INDEXED:
                name = f"{kind}_by_{path.replace('.', '_').lower()}"
                columns = f"kind, scope, {member(path)}, seq"
                first.execute(f"CREATE INDEX IF NOT EXISTS {name} ON documents ({columns}) WHERE kind = '{kind}'")
            first.execute(f"PRAGMA user_version = {VERSION}")

    def _unusable(self, why: str, what_to_do: str) -> SandboxUnusable:
        return SandboxUnusable(self._path, why, what_to_do)

    @contextmanager
    def _in_words(self) -> Generator[None]:
        """Tells what SQLite and the system say in words."""
        try:
            yield
        except SandboxUnusable:
            raise
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.Error as error:
            raise self._unusable(*_told(error)) from error
        except OSError as error:
            raise self._unusable(f"can't be opened ({error.strerror or error})", _NAME_ANOTHER) from error


_NAME_ANOTHER = "Name another file with MIRO_SANDBOX, or move this one away to start over."

_TOLD: dict[str, tuple[str, str]] = {
    "SQLITE_NOTADB": ("is not a sandbox", _NAME_ANOTHER),
    "SQLITE_CORRUPT": ("is broken", _NAME_ANOTHER),
    "SQLITE_READONLY": ("can't be written", "Make it and its folder writable, or name another file with MIRO_SANDBOX."),
    "SQLITE_FULL": ("can't be written: the disk is full", "Make room, or name a file elsewhere with MIRO_SANDBOX."),
    "SQLITE_IOERR": ("can't be read or written", "Check its disk, or name a file elsewhere with MIRO_SANDBOX."),
    "SQLITE_CANTOPEN": ("can't be opened", _NAME_ANOTHER),
    "SQLITE_BUSY": ("is held by another process", "Wait for that, or end it, then try again."),
}
"""By the beginning of SQLite's name for the error."""


def _told(error: sqlite3.Error) -> tuple[str, str]:
    name = getattr(error, "sqlite_errorname", "")
    for beginning, told in _TOLD.items():
        if name.startswith(beginning):
            return told
    return f"can't be used ({error})", _NAME_ANOTHER


@contextmanager
def _between(connection: sqlite3.Connection, begin: str) -> Generator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _write_ahead(connection: sqlite3.Connection) -> None:
    """SQLite doesn't wait for its turn when another process turns the same new file to this mode."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if time.monotonic() > deadline or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
            time.sleep(0.01)
        else:
            return


def _close_all(opened: Sequence[Any]) -> None:
    for connection in opened:
        connection.close()
