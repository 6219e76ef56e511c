"""How a server ends: what a signal, a client that leaves and a closed stdin do to calls that are under way."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from starlette.types import Message, Receive, Scope, Send
from support import Recorded, Recorder, answer_to, environment_for, recording
from wire import HASTY, LEGACY, MODERN, PROGRAM, TRANSPORTS, Wire, serving, until

from miro_mcp.client.signin.store import FileStore, SignIn, folder, load_sign_in
from miro_mcp.guardrails.audit import AuditEntry, AuditLog, read_entries
from miro_mcp.server import build_server
from miro_mcp.settings import Settings
from miro_mcp.system import ending, in_flight
from miro_mcp.system.in_flight import Exchanges

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")

TAG = {"operation": "create", "board_id": "b=", "title": "x"}
BATCH = {"steps": [{"id": f"s{number}", "tool": "miro_tags_write", "arguments": TAG | {"title": f"t{number}"}}
                   for number in range(40)]}  # fmt: skip


class Gate:
    """An API that holds changes back until it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.held = 0

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        if request.method == "POST":
            self.held += 1
            self.opened.wait(20)
        return answer_to(request)


@contextmanager
def held(
    way: tuple[str, str], folder: Path, program: tuple[str, ...] = PROGRAM
) -> Iterator[tuple[Wire, Gate, Recorder]]:
    """A server that waits for the answer to a call."""
    gate = Gate()
    with recording(gate) as recorder:
        environment = environment_for(recorder) | {"MIRO_AUDIT_LOG": str(folder / "audit.jsonl")}
        with serving(*way, environment, program) as wire:
            wire.call(1, "miro_tags_write", TAG)
            until(lambda: gate.held, "the request")
            try:
                yield wire, gate, recorder
            finally:
                gate.opened.set()


def outcomes(folder: Path) -> list[str]:
    return [entry["outcome"] for entry in read_entries(folder / "audit.jsonl")]


@pytest.mark.slow
@pytest.mark.parametrize("way", TRANSPORTS)
def test_a_call_in_flight_ends_and_is_answered_and_then_the_process_ends_by_the_signal(
    way: tuple[str, str], tmp_path: Path
) -> None:
    with held(way, tmp_path) as (wire, gate, _):
        assert outcomes(tmp_path) == ["pending"]
        wire.end(signal.SIGTERM)
        until(lambda: outcomes(tmp_path) == ["unknown"], "the outcome, should it be killed now,")
        if way[0] == "stdio":
            wire.call(2, "miro_tags_write", TAG)
            assert "nothing was done" in wire.answer()["error"]["message"]
        gate.opened.set()
        assert not wire.answer()["result"].get("isError")
        assert wire.status() == -signal.SIGTERM
    assert outcomes(tmp_path) == ["done"]


@pytest.mark.slow
@pytest.mark.parametrize("way", TRANSPORTS[1:3])
def test_what_does_not_end_in_time_is_broken_off_and_on_record(way: tuple[str, str], tmp_path: Path) -> None:
    with held(way, tmp_path, HASTY) as (wire, _, _):
        wire.end(signal.SIGINT)
        assert "look before you try again" in wire.answer()["error"]["message"]
        assert wire.status() == -signal.SIGINT
        assert outcomes(tmp_path) == ["unknown"]


@pytest.mark.slow
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGKILL])
def test_a_second_signal_ends_it_at_once(second: int, tmp_path: Path) -> None:
    with held(TRANSPORTS[0], tmp_path) as (wire, _, _):
        wire.end()
        until(lambda: outcomes(tmp_path) == ["unknown"])
        wire.end(second)
        assert wire.status() == -second
        assert outcomes(tmp_path) == ["unknown"]


@pytest.mark.slow
@pytest.mark.parametrize("way", TRANSPORTS[1:])
def test_with_nothing_under_way_it_ends_though_a_client_listens(way: tuple[str, str]) -> None:
    with recording() as recorder, serving(*way, environment_for(recorder)) as wire:
        with wire.listening() if way[0] == "http" else nullcontext() as stream:
            wire.end()
            assert wire.status() == -signal.SIGTERM
            if stream is not None:
                stream.read()  # It has been ended as a stream should be.
        assert wire.process.stderr is not None
        assert b"ERROR" not in wire.process.stderr.read()


@pytest.mark.slow
@pytest.mark.parametrize("way", [("http", MODERN), ("http", LEGACY)])
@pytest.mark.parametrize("leaves", ["closes", "deletes"])
def test_a_client_that_leaves_stops_its_batch(way: tuple[str, str], leaves: str, tmp_path: Path) -> None:
    if (way[1], leaves) == (MODERN, "deletes"):
        pytest.skip("there are no sessions in this era")
    with recording(delay=0.1) as recorder:
        environment = environment_for(recorder) | {"MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl")}
        with serving(*way, environment) as wire:
            wire.call(1, "miro_batch", BATCH)
            until(lambda: recorder.requests, "the first step")
            (wire.leave if leaves == "closes" else wire.delete_session)()
            until(lambda: "pending" not in outcomes(tmp_path))
            begun = len(outcomes(tmp_path))
            time.sleep(0.5)
            assert len(outcomes(tmp_path)) == begun < 40
            assert set(outcomes(tmp_path)) <= {"done", "unknown", "not sent"}


PAIR = {"access_token": "new", "refresh_token": "newer", "expires_in": 3600}


@contextmanager
def renewing(folder_of_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Gate, Recorder, dict[str, str]]]:
    """An API that takes its time over a renewal, and the environment of a server whose sign-in has expired."""
    monkeypatch.setenv("HOME", str(folder_of_home))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    gate = Gate()

    def reply(request: Recorded) -> tuple[int, Any]:
        gate(request)
        return (200, PAIR) if request.path.endswith("/token") else answer_to(request)

    with recording(reply) as recorder:
        kept = SignIn(
            base_url=recorder.url, client_id="app", client_secret="s", access_token="old", refresh_token="older",
            expires_at=time.time() - 1, lifetime=3600.0,
        )  # fmt: skip
        folder().mkdir(parents=True)
        FileStore().write(recorder.url, json.dumps(asdict(kept)))
        environment = {
            "HOME": str(folder_of_home),
            "MIRO_API_BASE_URL": recorder.url,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        try:
            yield gate, recorder, environment
        finally:
            gate.opened.set()


def kept_token(recorder: Recorder) -> str | None:
    kept = load_sign_in(recorder.url)
    return kept.access_token if kept else None


LIST = {"operation": "list"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "how"),
    [(TRANSPORTS[0], signal.SIGTERM), (TRANSPORTS[1], None), (TRANSPORTS[2], signal.SIGINT)],
)
def test_a_renewal_that_is_under_way_is_kept_before_the_process_ends(
    way: tuple[str, str], how: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with renewing(tmp_path, monkeypatch) as (gate, recorder, environment):
        with serving(*way, environment, HASTY) as wire:
            wire.call(1, "miro_boards_read", LIST)
            until(lambda: gate.held, "the renewal")
            wire.end(how) if how else wire.leave()
            time.sleep(1.5)  # By now the call that began it is broken off.
            assert wire.process.poll() is None
            gate.opened.set()
            assert wire.status() == -(how or 0)
        assert kept_token(recorder) == "new"


@pytest.mark.slow
def test_a_renewal_that_a_cancelled_call_began_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with renewing(tmp_path, monkeypatch) as (gate, recorder, environment):

        async def run() -> None:
            async with Client(build_server(Settings.from_environment(environment))) as client:
                call = asyncio.create_task(client.call_tool("miro_boards_read", LIST))
                while not gate.held:
                    await asyncio.sleep(0.01)
                call.cancel()
                threading.Timer(0.3, gate.opened.set).start()

        asyncio.run(run())
        assert kept_token(recorder) == "new"


def test_a_signal_refuses_new_calls_gives_those_in_flight_time_and_stops_what_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ended: list[int] = []
    calls = in_flight.UnderWay()
    monkeypatch.setattr(ending, "_told", [])
    monkeypatch.setattr(ending, "CALLS", calls)
    monkeypatch.setattr(ending, "GRACE", 0.2)
    monkeypatch.setattr(ending, "end_by", ended.append)
    line = AuditLog(tmp_path / "audit.jsonl").begin(
        AuditEntry(operation="create-tag", effect="write", ids={}, risk=1, decision="allow", why="")
    )
    before = signal.getsignal(signal.SIGTERM)

    async def run() -> None:
        stopped = anyio.Event()

        async def stop() -> None:
            stopped.set()

        with ending.ending_by_signal(stop), anyio.CancelScope() as scope, calls.holding(scope):
            os.kill(os.getpid(), signal.SIGTERM)
            assert calls.are_refused
            assert outcomes(tmp_path) == ["not sent"]
            line.foresee("unknown")
            assert outcomes(tmp_path) == ["unknown"]
            await anyio.sleep(60)  # It is broken off before.
        assert scope.cancelled_caught
        await stopped.wait()

    asyncio.run(run())
    line.complete(outcome="done", status=201)
    assert outcomes(tmp_path) == ["done"]
    assert ended == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_stream_that_is_only_listened_on_is_ended_as_a_stream_should_be() -> None:
    sent: list[Message] = []

    async def listen(_: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b": ping", "more_body": True})
        assert (await receive())["type"] == "http.disconnect"

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        exchanges = Exchanges(listen)
        async with anyio.create_task_group() as group:
            group.start_soon(exchanges, {"type": "http", "method": "GET", "headers": []}, receive, send)
            await anyio.sleep(0.05)
            exchanges.end_streams()

    asyncio.run(run())
    assert [message.get("more_body", False) for message in sent] == [False, True, False]


def test_ctrl_c_ends_a_command_by_the_signal_and_without_a_traceback(tmp_path: Path) -> None:
    for told in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(
            [sys.executable, *PROGRAM, "sandbox", str(tmp_path / "box.db"), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.send_signal(told)
            assert process.wait(30) == -told
            assert process.stderr.read() == b""
