"""The audit log loses nothing, tears nothing, and says what was left open."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import Implementation
from support import ERAS, Recorded, environment_for, over_stdio, recording

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.guardrails import audit
from miro_mcp.guardrails.audit import AuditEntry, AuditLog, AuditUnavailable, ids_of, read_entries
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

WRITER = """
import sys
from pathlib import Path
from miro_mcp.guardrails import audit
audit.MAX_BYTES = int(sys.argv[3])
log = audit.AuditLog(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    told = {"operation": "create-tag", "effect": "write", "risk": 1, "decision": "allow", "why": "adds"}
    entry = audit.AuditEntry(ids={"n": number}, **told)
    pending = log.begin(entry)
    pending.complete(outcome="done", status=201)
"""


def entry(operation: str = "create-tag", risk: int = 1) -> AuditEntry:
    return AuditEntry(
        operation=operation, effect="write", ids={"board_id": "b"}, risk=risk, decision="allow", why="adds"
    )


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, *map(str, arguments)])


def command(path: Path, *arguments: str) -> str:
    environment = {**os.environ, "MIRO_AUDIT_LOG": str(path)}
    finished = subprocess.run(
        [sys.executable, "-m", "miro_mcp", "audit", *arguments],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return finished.stdout


def test_a_call_is_one_line_that_is_completed_in_place(tmp_path: Path) -> None:
    path = tmp_path / "log" / "audit.jsonl"
    pending = AuditLog(path).begin(entry())
    (before,) = read_entries(path)
    assert before["outcome"] == "pending"
    assert before["request_id"] == pending.request_id
    pending.complete(outcome="done", status=201)
    (after,) = read_entries(path)
    assert (after["outcome"], after["status"]) == ("done", 201)
    assert after["duration_ms"] >= 0
    assert after["time"] == before["time"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "log" / "audit.jsonl"
    AuditLog(path).refuse(entry())
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_several_processes_lose_and_tear_no_line(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    processes = [start(path, 200, 10**9) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(lines) == 800
    assert {line["outcome"] for line in lines} == {"done"}


def test_rotating_under_load_keeps_the_newest_lines_whole(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    processes = [start(path, 150, 20_000) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0] * 3
    files = list(tmp_path.glob("audit.jsonl*[l0-9]"))
    assert 2 <= len(files) <= audit.KEPT + 1
    for file in files:
        assert all(json.loads(line)["outcome"] == "done" for line in file.read_text().splitlines())


def test_a_line_is_completed_after_its_file_was_rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MAX_BYTES", 100)
    path = tmp_path / "audit.jsonl"
    pending = AuditLog(path).begin(entry())
    AuditLog(path).refuse(entry("delete-board"))
    pending.complete(outcome="done", status=200)
    assert [(line["operation"], line["outcome"]) for line in read_entries(path)] == [
        ("create-tag", "done"),
        ("delete-board", "refused"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_crash_between_line_and_answer_leaves_a_line_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    script = WRITER.replace("    pending.complete", "    import time; time.sleep(60); pending.complete")
    process = subprocess.Popen([sys.executable, "-c", script, str(path), "1", "1000000"])
    deadline = time.monotonic() + 30
    while not list(read_entries(path)) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert "the outcome is unknown" in command(path)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("era", ERAS)
def test_a_server_killed_in_the_middle_of_a_call_leaves_its_line(era: str, tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"

    def kill_the_server(request: Recorded) -> tuple[int, object]:
        (line,) = read_entries(path)  # It is there by the time the request arrives.
        os.kill(line["pid"], signal.SIGKILL)
        return 200, {"method": request.method}

    async def run() -> None:
        environment = environment_for(recorder) | {"MIRO_AUDIT_LOG": str(path)}
        arguments = {"operation": "create", "board_id": "b=", "title": "x"}
        with suppress(Exception, BaseExceptionGroup):
            async with over_stdio(environment, era=era) as client:
                await client.call_tool("miro_tags_write", arguments)

    with recording(kill_the_server) as recorder:
        asyncio.run(run())
        assert [request.method for request in recorder.requests] == ["POST"]
    (line,) = read_entries(path)
    assert (line["operation"], line["outcome"]) == ("create-tag", "pending")
    assert "the outcome is unknown" in command(path, "--outcome", "pending")


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    AuditLog(path).refuse(entry())
    with path.open("a") as file:
        file.write('{"time": "2026')
    assert len(list(read_entries(path))) == 1


def test_after_a_torn_line_the_next_one_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    path.write_text('{"time": "2026')
    AuditLog(path).begin(entry()).complete(outcome="done", status=201)
    assert [line["outcome"] for line in read_entries(path)] == ["done"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_a_log_that_cannot_be_written() -> None:
    with pytest.raises(AuditUnavailable, match="MIRO_AUDIT_LOG"):
        AuditLog(Path("/dev/full")).begin(entry())


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(AuditUnavailable, match="MIRO_AUDIT_LOG"):
        AuditLog(blocked / "audit.jsonl").begin(entry())


@pytest.mark.slow
def test_the_command_filters(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    log = AuditLog(path)
    log.begin(entry()).complete(outcome="done", status=201)
    log.refuse(entry("delete-board", 4))
    rows = command(path).splitlines()
    assert len([row for row in rows if not row.startswith(" ")]) == 2
    assert f"process {os.getpid()}" in command(path)
    assert "delete-board" in command(path, "--risk", "3")
    assert "create-tag" not in command(path, "--risk", "3")
    assert json.loads(command(path, "--outcome", "done", "--json"))["operation"] == "create-tag"
    assert "delete-board" in command(path, "--last", "1")
    assert command(path, "--id", "b").splitlines() == rows
    assert "No such call" in command(path, "--id", "other")
    assert "No such call" in command(path, "--operation", "nothing")
    assert "No such call" in command(path, "--since", "2999-01-01")


@pytest.mark.slow
def test_the_command_fits_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    log = AuditLog(path, lambda: "3074457345618265000")
    ids = {
        "board_id": "b" * 150,
        "item_id": "3458764500000000001",
        "emails": [f"{one}@example.com" for one in "abcdef"],
    }
    long = replace(entry("create-items-in-bulk-using-file-from-device"), ids=ids, why="a reason of many words " * 9)
    log.begin(replace(long, confirmed_by="a person asked by some client 1.0, who typed the name or id")).complete(
        outcome="unknown", status=None
    )
    log.refuse(long)
    rows = command(path).splitlines()
    assert max(map(len, rows)) <= 100
    assert len([row for row in rows if not row.startswith(" ")]) == 2
    assert "3458764500000000001" in command(path)
    assert " ".join(command(path).split()).count("person 3074457345618265000") == 2


@pytest.mark.parametrize("era", ERAS)
def test_each_line_has_the_client_it_came_from(tmp_path: Path, era: str) -> None:
    async def run() -> None:
        settings = Settings.from_environment({
            "MIRO_SANDBOX": str(tmp_path / "box.db"), "MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl"),
        })  # fmt: skip
        told = Implementation(name="an-assistant\u202e", version="2.1")
        async with Client(build_server(settings), mode=era, client_info=told) as client:
            await client.call_tool("miro_boards_write", {"operation": "create", "name": "One"})
            await client.call_tool("miro_boards_delete", {"operation": "delete", "board_id": "uXjVOD6LSME="})

    asyncio.run(run())
    made, refused = read_entries(tmp_path / "audit.jsonl")
    assert made["client"].startswith("an-assistant")
    assert "\u202e" not in made["client"]
    assert made["client"] == refused["client"]
    assert made["person"] is None


def test_who_is_invited_is_recorded() -> None:
    given = {"board_id": "b", "emails": ["ada@example.com"], "message": "secret"}
    assert ids_of(OPERATIONS["share-board"], given) == {"board_id": "b", "emails": ["ada@example.com"]}


@pytest.mark.parametrize(
    ("operation_id", "given"),
    [
        ("copy-board", {"copy_from": "b="}),
        ("enterprise-create-board-export", {"org_id": "1", "boardIds": ["b=", "c="]}),
        ("enterprise-board-content-item-logs-fetch", {"org_id": "1", "board_ids": ["b="], "emails": ["a@example.com"]}),
        ("enterprise-get-ai-interaction-logs", {"org_id": "1", "object_ids": ["b="]}),
        ("enterprise-project-create-group", {"org_id": "1", "project_id": "2", "userGroupIds": ["3"]}),
        ("enterprise-update-group-members", {"org_id": "1", "membersToAdd": ["2"], "membersToRemove": ["3", "4"]}),
        ("enterprise-invite-team-member", {"org_id": "1", "team_id": "2", "email": "a@example.com"}),
        ("createUser", {"userName": "a@example.com"}),
    ],
)
def test_whatever_a_call_is_about_is_recorded(operation_id: str, given: dict[str, Any]) -> None:
    assert ids_of(OPERATIONS[operation_id], given) == given


def test_only_ids_are_recorded() -> None:
    given = {
        "board_id": "b", "startItem": {"id": "1", "snapTo": "top"}, "captions": [{"content": "secret"}],
        "title": "secret", "accessToken": "secret", "clientSecret": "secret", "clientId": "app",
        "boardIds": [str(n) for n in range(30)],
    }  # fmt: skip
    found = ids_of(OPERATIONS["create-connector"], given)
    assert "secret" not in json.dumps(found)
    assert found["startItem"] == "1"
    assert found["boardIds"][-1] == "30 in all"
