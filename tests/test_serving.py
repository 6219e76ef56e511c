"""The server as its users start it: processes over stdio and HTTP, the command line, and what it refuses."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import ElicitResult
from support import ERAS, environment_for, over_stdio, recording, text_of, value_of

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.catalogue.corrections import UNDESCRIBED
from miro_mcp.serving import http_app
from miro_mcp.settings import Settings

BOARD = "uXjVOD6LSME="


def environment(**variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | variables


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "miro_mcp", *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def http_server(**variables: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "miro_mcp", "serve", "--http", f"127.0.0.1:{port}"],
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("arguments", [(), ("serve",)])
def test_the_server_speaks_over_stdio(era: str, arguments: tuple[str, ...]) -> None:
    async def run() -> None:
        with recording(lambda _: (200, {"id": BOARD, "name": "Plan"})) as recorder:
            async with over_stdio(environment_for(recorder), *arguments, era=era) as client:
                assert len((await client.list_tools()).tools) > 70
                result = await client.call_tool("miro_boards_read", {"operation": "get", "board_id": BOARD})
                assert value_of(result) == {"id": BOARD, "name": "Plan"}

    asyncio.run(run())


@pytest.mark.slow
def test_stdout_carries_the_protocol_alone() -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "miro_nothing", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {
            "name": "miro_boards_read", "arguments": {"operation": "get", "board_id": BOARD}}},
    ]  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "miro_mcp", "--log-level", "DEBUG"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(json.dumps(message) + "\n" for message in messages))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(3)]
        process.stdin.close()
        rest = process.stdout.read()
        assert process.wait(30) == 0
        assert sorted(answer["id"] for answer in answers) == [1, 2, 3]
        assert rest == ""


UNREADABLE = {
    "half of a surrogate pair": r'{"note": "\ud800"}',
    "a number without end": f'{{"x": {"1" * 5000}}}',
    "lists in lists": f'{{"x": {"[" * 1000}{"]" * 1000}}}',
    "lists in very many lists": f'{{"x": {"[" * 100_000}{"]" * 100_000}}}',
}


@pytest.mark.slow
@pytest.mark.parametrize("id_last", [True, False])
@pytest.mark.parametrize("arguments", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_request_that_cannot_be_read_is_answered_and_the_next_one_too(arguments: str, id_last: bool) -> None:
    call = f'"method":"tools/call","params":{{"name":"miro_boards_read","arguments":{arguments},"id":"9"}}'
    unreadable = f'{{{call},"jsonrpc":"2.0","id":7}}' if id_last else f'{{"jsonrpc":"2.0","id":7,{call}}}'
    lines = [
        '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
        '"clientInfo":{"name":"t","version":"1"}}}',
        '{"jsonrpc":"2.0","method":"notifications/initialized"}',
        "no JSON at all",
        unreadable,
        '{"jsonrpc":"2.0","id":8,"method":"ping"}',
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "miro_mcp"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{line}\n" for line in lines))
        process.stdin.flush()
        answers = {answer["id"]: answer for answer in (json.loads(process.stdout.readline()) for _ in range(3))}
        process.stdin.close()
        assert process.wait(30) == 0
        assert answers[7]["error"]["code"] == -32700
        assert "nothing was done" in answers[7]["error"]["message"]
        assert answers[8]["result"] == {}


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_the_server_speaks_over_http(era: str) -> None:
    async def run(url: str) -> None:
        async with Client(url, mode=era) as client:
            assert len((await client.list_tools()).tools) > 20
            result = await client.call_tool("miro_boards_write", {"operation": "create", "dry_run": True})
            assert not result.is_error

    with http_server() as url:
        asyncio.run(run(url))


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("yes", [True, False])
def test_a_person_is_asked_over_http(era: str, yes: bool) -> None:
    async def answer(_: Any, params: Any) -> ElicitResult:
        assert "items on it" in params.message
        return ElicitResult(action="accept", content={"confirm": True}) if yes else ElicitResult(action="decline")

    async def run(url: str) -> bool:
        async with Client(url, mode=era, elicitation_callback=answer) as client:
            result = await client.call_tool("miro_boards_delete", {"operation": "delete", "board_id": BOARD})
            return not result.is_error

    with recording(lambda _: (200, {"id": BOARD, "name": "Plan", "total": 7, "data": []})) as recorder:
        with http_server(**environment_for(recorder) | {"MIRO_CONFIRM": "ask"}) as url:
            assert asyncio.run(run(url)) is yes
        assert sum(request.method == "DELETE" for request in recorder.requests) == yes


PING = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
    "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}  # fmt: skip
ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.mark.slow
def test_http_refuses_foreign_hosts_and_origins() -> None:
    with http_server() as url:
        assert httpx.post(url, json=PING, headers=ACCEPT).status_code == 200
        for header in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            assert httpx.post(url, json=PING, headers=ACCEPT | header).status_code in (403, 421)


@pytest.mark.slow
def test_http_with_a_token_asks_every_request_for_it() -> None:
    with http_server(MIRO_HTTP_TOKEN="right") as url:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "right"}):
            response = httpx.post(url, json=PING, headers=ACCEPT | headers)
            assert response.status_code == 401
        response = httpx.post(url, json=PING, headers=ACCEPT | {"Authorization": "Bearer right"})
        assert response.status_code == 200

        async def run() -> None:
            async with (
                httpx_client("right") as http,
                Client(streamable_http_client(url, http_client=http)) as client,
            ):
                assert (await client.list_tools()).tools

        asyncio.run(run())


@pytest.mark.slow
def test_pages_of_the_origins_that_are_allowed_may_call() -> None:
    page = "https://app.example.com"
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,mcp-session-id"}
    with http_server(MIRO_HTTP_TOKEN="right", MIRO_HTTP_ORIGINS=f"{page},http://localhost:5173/") as url:
        preflight = httpx.options(url, headers={"Origin": page, **asking})
        assert preflight.status_code == 200
        assert preflight.headers["Access-Control-Allow-Origin"] == page
        assert "authorization" in preflight.headers["Access-Control-Allow-Headers"]
        assert "DELETE" in preflight.headers["Access-Control-Allow-Methods"]
        right = ACCEPT | {"Authorization": "Bearer right", "Origin": page}
        response = httpx.post(url, json=INITIALIZE, headers=right)
        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == page
        assert "mcp-session-id" in response.headers["Access-Control-Expose-Headers"].lower()
        refused = httpx.post(url, json=INITIALIZE, headers=ACCEPT | {"Origin": page})
        assert refused.status_code == 401
        assert refused.headers["Access-Control-Allow-Origin"] == page
        foreign = httpx.options(url, headers={"Origin": "https://evil.example", **asking})
        assert "Access-Control-Allow-Origin" not in foreign.headers
        assert httpx.post(url, json=PING, headers=right | {"Origin": "https://evil.example"}).status_code == 403


INITIALIZE = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"},
    },
}  # fmt: skip


@pytest.mark.slow
def test_a_session_that_nobody_uses_ends(tmp_path: Path) -> None:
    settings = Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    server = uvicorn.Server(uvicorn.Config(http_app(settings, "127.0.0.1", idle_seconds=0.3), log_level="error"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    try:
        begun = httpx.post(url, json=INITIALIZE, headers=ACCEPT)
        session = ACCEPT | {"Mcp-Session-Id": begun.headers["Mcp-Session-Id"]}
        ping = {"jsonrpc": "2.0", "id": 2, "method": "ping"}
        assert httpx.post(url, json=ping, headers=session).status_code == 200
        time.sleep(1)
        assert httpx.post(url, json=ping, headers=session).status_code == 404
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.mark.slow
def test_a_byte_order_mark_before_the_first_line_is_no_hindrance() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "miro_mcp"], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"\xef\xbb\xbf" + json.dumps(INITIALIZE).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        process.stdin.close()
        process.wait(30)
    assert answer["result"]["serverInfo"]["name"] == "miro-mcp"


def httpx_client(token: str) -> Any:
    import httpx2

    return httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"})


@pytest.mark.slow
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "miro.example"])
def test_http_beyond_loopback_needs_a_token(host: str) -> None:
    finished = command("serve", "--http", f"{host}:8000")
    assert finished.returncode == 2
    assert "MIRO_HTTP_TOKEN" in finished.stderr
    assert finished.stdout == ""


def test_http_on_every_address_needs_the_names_it_is_reached_by() -> None:
    finished = command("serve", "--http", "0.0.0.0:8000", MIRO_HTTP_TOKEN="right")
    assert finished.returncode == 2
    assert "MIRO_HTTP_HOSTS" in finished.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"MIRO_TOOLSETS": "boards"}, "MIRO_TOOLSETS"),
        ({"MIRO_READ_ONLY": "perhaps"}, "MIRO_READ_ONLY=1"),
        ({"MIRO_API_BASE_URL": "http://api.miro.example"}, "MIRO_API_BASE_URL"),
        ({"MIRO_SCIM_BASE_URL": "ftp://127.0.0.1"}, "MIRO_SCIM_BASE_URL"),
        ({"MIRO_LOG_LEVEL": "LOUD"}, "MIRO_LOG_LEVEL"),
        ({"MIRO_HTTP": "localhost:http"}, "MIRO_HTTP"),
    ],
)
def test_a_setting_that_cannot_be_taken_is_named(variables: dict[str, str], words: str) -> None:
    finished = command(**variables)
    assert finished.returncode == 2
    assert words in finished.stderr
    assert "Traceback" not in finished.stderr


def test_operations_lists_every_operation_with_the_promised_columns() -> None:
    rows = json.loads(command("operations", "--json").stdout)
    assert len(rows) == len(OPERATIONS) - len(UNDESCRIBED) == 197
    more = json.loads(command("operations", "--json", MIRO_TOOLSETS="all,unlisted").stdout)
    assert {row["operation_id"] for row in more} - {row["operation_id"] for row in rows} == UNDESCRIBED.keys()
    columns = {
        "operation_id", "group", "tool", "operation", "method", "path", "effect", "risk", "toolset", "scopes", "level",
    }  # fmt: skip
    assert all(columns <= set(row) for row in rows)
    assert {row["effect"] for row in rows} == {"read", "write", "delete"}
    assert len(command("operations").stdout.splitlines()) == 197 + 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_operations_ends_quietly_when_its_reader_has_left() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    listing = subprocess.run(
        [sys.executable, "-m", "miro_mcp", "operations"],
        env=environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert (listing.returncode, listing.stderr) == (0, b"")


def test_help_and_version_work() -> None:
    assert "MIRO_SANDBOX" in command("serve", "--help").stdout
    assert command("--version").stdout.strip()
    assert command("nonsense").returncode == 2


def test_a_token_given_in_the_environment_is_never_printed() -> None:
    finished = command("serve", "--help", MIRO_ACCESS_TOKEN="a-secret-token")
    assert "a-secret-token" not in finished.stdout + finished.stderr


@pytest.mark.slow
def test_the_state_of_the_sandbox_survives_a_restart(tmp_path: Any) -> None:
    async def create() -> str:
        async with over_stdio({"MIRO_SANDBOX": str(tmp_path / "sandbox.db")}) as client:
            result = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Kept"})
            return value_of(result)["id"]

    async def read(board_id: str) -> str:
        async with over_stdio({}, "serve", "--sandbox", str(tmp_path / "sandbox.db")) as client:
            return text_of(await client.call_tool("miro_boards_read", {"operation": "get", "board_id": board_id}))

    assert '"Kept"' in asyncio.run(read(asyncio.run(create())))
