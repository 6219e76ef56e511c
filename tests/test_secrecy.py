"""Tokens appear nowhere, even where Miro echoes them or an assistant passes them around."""

import asyncio
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import ElicitResult
from support import ERAS, Recorded, connected, environment_for, recording, settings_for, text_of

from miro_mcp.errors import Refused
from miro_mcp.guardrails.uploads import check_upload, open_upload
from miro_mcp.settings import Settings
from miro_mcp.text.secrets import DiscreetFormatter, keep_secret

REST, SCIM, OTHER, CLIENT = "rest-s3cr3t-0001", "scim-s3cr3t-0002", "other-s3cr3t-0003", "client-s3cr3t-0004"
REVOKE = {"operation": "revoke", "accessToken": OTHER, "clientId": "app", "clientSecret": CLIENT}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("miro_tags_write", {"operation": "create", "board_id": "b=", "title": "x"}),
    ("miro_items_read", {"operation": "list", "board_id": "b=", "verbose": True}),
    ("miro_boards_delete", {"operation": "delete", "board_id": "b="}),
    ("miro_boards_delete", {"operation": "delete", "board_id": "b=", "dry_run": True}),
    ("miro_boards_delete", {"operation": "delete", "board_id": REST}),
    ("miro_scim_users_read", {"operation": "list"}),
    ("miro_tokens_delete", REVOKE),
    ("miro_tokens_delete", {**REVOKE, "dry_run": True}),
    ("miro_tokens_delete", {**REVOKE, "accessToken": {"x": OTHER}, "clientSecret": [CLIENT]}),
    ("miro_tokens_delete", {"operation": "revoke_v1", "access_token": OTHER}),
    ("miro_tokens_delete", {"operation": "revoke_v1", "access_token": OTHER, "dry_run": True}),
    ("miro_batch", {"steps": [{"id": "a", "tool": "miro_tokens_delete", "arguments": REVOKE}]}),
    ("miro_images_write", {"operation": "create_from_file", "board_id": "b=", "resource": f"/{REST}"}),
]


def echo(request: Recorded) -> tuple[int, Any]:
    """An API that tells everything it was sent, in results and in errors."""
    heard = {"id": "1", "name": f"{request.headers['authorization']} {request.query} {request.body.decode()}"}
    if request.method == "GET":
        return 200, {**heard, "data": [heard], "Resources": [heard], request.headers["authorization"]: 1}
    return 400, {"code": heard["name"], "message": heard["name"], "context": {"fields": [{"field": heard["name"]}]}}


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_no_token_in_results_errors_questions_logs_or_audit_lines(era: str, tmp_path: Path) -> None:
    said: list[str] = []

    async def yes(_: Any, params: Any) -> ElicitResult:
        said.append(params.message)
        return ElicitResult(action="accept", content=dict.fromkeys(params.requested_schema["properties"], True))

    async def run() -> None:
        environment = environment_for(recorder) | {
            "PATH": os.environ.get("PATH", ""), "HOME": str(tmp_path), "MIRO_ACCESS_TOKEN": REST,
            "MIRO_SCIM_TOKEN": SCIM, "MIRO_CONFIRM": "ask", "MIRO_LOG_LEVEL": "DEBUG",
            "MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl"),
        }  # fmt: skip
        server = StdioServerParameters(command=sys.executable, args=["-m", "miro_mcp"], env=environment)
        with (tmp_path / "stderr").open("w") as stderr:
            async with Client(stdio_client(server, errlog=stderr), mode=era, elicitation_callback=yes) as client:
                for tool, arguments in CALLS:
                    said.append((await client.call_tool(tool, arguments)).model_dump_json())

    with recording(echo) as recorder:
        asyncio.run(run())
        assert any(REST in request.headers["authorization"] for request in recorder.requests)
        assert any(OTHER in request.body.decode() for request in recorder.requests)
    said += [(tmp_path / name).read_text() for name in ("stderr", "audit.jsonl")]
    assert [text for text in said if "s3cr3t" in text] == []
    assert "(hidden)" in said[0]


@pytest.mark.slow
def test_no_token_in_help_or_process_arguments() -> None:
    environment = {**os.environ, "MIRO_ACCESS_TOKEN": REST, "MIRO_SCIM_TOKEN": SCIM, "MIRO_HTTP_TOKEN": CLIENT}
    for arguments in (["--help"], ["serve", "--help"], ["serve", "--log-level", "LOUD"]):
        command = [sys.executable, "-m", "miro_mcp", *arguments]
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert "s3cr3t" not in finished.stdout + finished.stderr


@pytest.mark.slow
@pytest.mark.parametrize("address", ["https://ada:pass-s3cr3t@api.miro.com", "https://api.miro.com/?key=s3cr3t"])
def test_an_address_with_secrets_in_it_is_refused_without_showing_them(address: str) -> None:
    command = [sys.executable, "-m", "miro_mcp"]
    environment = {**os.environ, "MIRO_API_BASE_URL": address}
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert finished.returncode == 2
    assert "MIRO_API_BASE_URL" in finished.stderr
    assert "s3cr3t" not in finished.stderr


def test_tracebacks_in_the_log_are_discreet() -> None:
    keep_secret(REST)
    try:
        raise ValueError(REST)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "with %s", (REST,), sys.exc_info())
    told = DiscreetFormatter("%(message)s").format(record)
    assert "Traceback" in told
    assert REST not in told


def test_a_secret_is_taken_out_before_a_text_is_cut() -> None:
    """An answer that ends within the token, wherever it is cut, tells no part of it."""
    token = "secret-token-of-some-length-0123456789"
    for padding in range(100, 140):
        page = "x" * padding + token

        async def run(page: str = page) -> str:
            with recording(lambda _: (200, page.encode())) as recorder:
                settings = settings_for(recorder, MIRO_ACCESS_TOKEN=token)
                async with connected(settings) as client:
                    given = {"operation": "get", "board_id": "uXjVOD6LSME="}
                    return text_of(await client.call_tool("miro_boards_read", given))

        told = asyncio.run(run())
        assert "secret" not in told, told


def test_no_proxy_is_asked_for_addresses_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    async def run() -> bool:
        with recording() as recorder:
            async with connected(settings_for(recorder)) as client:
                given = {"operation": "get", "board_id": "uXjVOD6LSME="}
                return (await client.call_tool("miro_boards_read", given)).is_error

    assert not asyncio.run(run())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_the_sandbox_is_its_owners_alone(tmp_path: Path) -> None:
    async def run() -> None:
        async with connected(Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})) as client:
            await client.call_tool("miro_boards_read", {"operation": "list"})
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
            assert set(modes.values()) == {0o600}, modes

    asyncio.run(run())


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="this system opens nothing within a folder")
def test_a_link_put_into_the_way_of_an_upload_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "plan.txt").write_text(folder.name)
    real = check_upload("resource", str(inside / "plan.txt"), [tmp_path])
    with open_upload(real) as file:
        assert file.read() == b"inside"
    (inside / "plan.txt").unlink()
    inside.rmdir()
    inside.symlink_to(outside)
    with pytest.raises(Refused):
        open_upload(real)
