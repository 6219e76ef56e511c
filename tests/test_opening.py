"""What can't be opened (a sandbox file, a proxy, a certificate file) is told in words by every call and command."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support import ERAS, connected, text_of

from miro_mcp.sandbox.database import VERSION, Database
from miro_mcp.sandbox.http.app import open_store
from miro_mcp.settings import Settings

pytestmark = pytest.mark.anyio


def settings_of(path: Path) -> Settings:
    return Settings.from_environment({"MIRO_SANDBOX": str(path), "MIRO_AUDIT_LOG": str(path.with_suffix(".jsonl"))})


def sql(path: Path, *statements: str) -> Any:
    with closing(sqlite3.connect(path)) as connection:
        row = None
        for statement in statements:
            row = connection.execute(statement).fetchone()
        connection.commit()
        return row


def broken(path: Path) -> None:
    open_store(path).close()
    data = bytearray(path.read_bytes())
    data[100:8192] = b"\xff" * (8192 - 100)
    path.write_bytes(data)


UNUSABLE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "garbage": (lambda path: path.write_text("garbage " * 999), "is not a sandbox"),
    "a broken database": (broken, "is broken"),
    "a folder": (Path.mkdir, "can't be opened (Is a directory)"),
    "another program's": (lambda path: sql(path, "CREATE TABLE notes (text)"), "is a database of something else"),
    "a newer version's": (lambda path: sql(path, f"PRAGMA user_version = {VERSION + 1}"), "newer version of miro-mcp"),
}


@pytest.fixture(params=UNUSABLE.values(), ids=UNUSABLE.keys())
def unusable(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    make, words = request.param
    path = tmp_path / "sandbox.db"
    make(path)
    return path, words


@pytest.mark.parametrize("era", ERAS)
async def test_each_call_says_what_is_wrong_with_the_sandbox(unusable: tuple[Path, str], era: str) -> None:
    path, words = unusable
    before = None if path.is_dir() else path.read_bytes()
    async with connected(settings_of(path), era) as client:
        for name, given in (
            ("miro_boards_read", {"operation": "list"}),
            ("miro_boards_write", {"operation": "create", "name": "New"}),
            ("miro_diagram_write", {"board_id": "x", "mermaid": "flowchart LR\n a --> b"}),
        ):
            result = await client.call_tool(name, given)
            assert result.is_error
            told = text_of(result)
            assert words in told
            assert str(path) in told
            assert told.count("so nothing was done") == 1
            assert "MIRO_SANDBOX" in told
            assert "unknown" not in told
    assert before is None or path.read_bytes() == before


@pytest.mark.parametrize("command", ["whoami", "doctor", "sandbox"])
def test_each_command_says_it_once_and_without_a_traceback(command: str, tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    path.write_text("garbage " * 999)
    ended = command_of(command, *([str(path), "--port", "0"] if command == "sandbox" else []), MIRO_SANDBOX=str(path))
    assert ended.returncode == 1
    told = ended.stdout + ended.stderr
    assert told.count("is not a sandbox, so nothing was done. Name another file") == 1
    assert "Traceback" not in told


def command_of(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "miro_mcp", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={name: value for name, value in os.environ.items() if not name.startswith("SSL_")} | environment,
        check=False,
    )


PROXY = "a proxy can't be used"
FILE = "a certificate file can't be used"


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("HTTPS_PROXY", "ftp://secret-name:secret-word@127.0.0.1:1", PROXY),
        ("HTTPS_PROXY", "http://127.0.0.1:99999", PROXY),
        ("ALL_PROXY", "http://127.0.0.1:none", PROXY),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", FILE),
        ("SSL_CERT_FILE", __file__, FILE),
    ],
)
@pytest.mark.parametrize("command", ["whoami", pytest.param("doctor", marks=pytest.mark.slow)])
def test_a_proxy_or_certificate_file_that_cant_be_used_is_named(
    variable: str, value: str, words: str, command: str, tmp_path: Path
) -> None:
    ended = command_of(command, MIRO_ACCESS_TOKEN="token", HOME=str(tmp_path), **{variable: value})
    told = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert told.count(words) == 1
    assert f"Correct {variable} in the server's environment" in told
    assert "Traceback" not in told
    assert "secret-word" not in told


async def test_a_call_says_it_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:99999")
    environment = {"MIRO_ACCESS_TOKEN": "token", "MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl")}
    async with connected(Settings.from_environment(environment)) as client:
        result = await client.call_tool("miro_boards_write", {"operation": "create", "name": "New"})
    assert result.is_error
    assert PROXY in text_of(result)
    assert '"outcome":"not sent"' in (tmp_path / "audit.jsonl").read_text()


def without_version(path: Path) -> None:
    """As version 0.1.0 has left it: without the indexes and the schema's version."""
    names = [row[0] for row in rows_of(path, "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")]
    others = [name for name in names if name != "documents_in_order"]
    sql(path, *(f"DROP INDEX {name}" for name in others), "PRAGMA user_version = 0")


def rows_of(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_an_older_sandbox_is_upgraded_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    store = open_store(path)
    board = store.all("board", "")[0]
    store.replace("board", "", board["id"], board | {"name": "Mine"})
    store.close()
    before = rows_of(path, "SELECT * FROM documents ORDER BY seq")
    without_version(path)
    open_store(path).close()
    assert sql(path, "PRAGMA user_version") == (VERSION,)
    assert rows_of(path, "SELECT * FROM documents ORDER BY seq") == before
    assert rows_of(path, "SELECT name FROM sqlite_master WHERE name = 'connector_by_startitem_id'")


def test_a_sandbox_without_the_mark_of_its_seed_is_not_seeded_again(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    open_store(path).close()
    sql(path, "DELETE FROM documents WHERE kind = 'sandbox'")
    before = rows_of(path, "SELECT * FROM documents ORDER BY seq")
    open_store(path).close()
    assert rows_of(path, "SELECT * FROM documents ORDER BY seq") == before


@pytest.mark.parametrize("era", ERAS)
async def test_a_write_that_found_the_disk_full_did_not_happen(
    era: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "sandbox.db"
    open_store(path).close()
    pages = sql(path, "PRAGMA page_count")[0]
    open_connection = Database._open

    def open_full(self: Database) -> sqlite3.Connection:
        connection = open_connection(self)
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        return connection

    monkeypatch.setattr(Database, "_open", open_full)
    async with connected(settings_of(path), era) as client:
        board = {"operation": "create", "name": "New", "description": "x" * 300}
        results = [await client.call_tool("miro_boards_write", board) for _ in range(30)]
        failed = [text_of(result) for result in results if result.is_error]
        assert failed
        assert all("the disk is full, so nothing was done. Make room" in told for told in failed)
        assert all("Nothing was changed." in told and "unknown" not in told for told in failed)
        listed = await client.call_tool("miro_boards_read", {"operation": "list", "query": "New", "fields": ["id"]})
        assert not listed.is_error
    made = len(results) - len(failed)
    assert len(rows_of(path, "SELECT id FROM documents WHERE kind = 'board' AND document LIKE '%\"New\"%'")) == made


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    open_store(path).close()
    code = (
        "import os, sys; from pathlib import Path; from miro_mcp.sandbox.http.app import open_store\n"
        "os.setuid(65534)\n"
        "try: open_store(Path(sys.argv[1]))\n"
        "except OSError as error: print(error)"
    )
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o555)
    path.chmod(0o444)
    ended = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert "so nothing was done" in ended.stdout, ended.stderr
