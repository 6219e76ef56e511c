"""What is allowed: refusals explained with the token's scopes, and what the doctor finds."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest
from support import ERAS, Recorded, environment_for, over_stdio, recording, text_of
from test_calls import ask, ask_one
from test_serving import command

TEAM = ("miro_teams_write", {"operation": "create", "org_id": "1", "name": "Team"})
INFO = {"user": {"id": "7", "name": "Ada"}, "team": {"id": "8", "name": "Product"}, "scopes": ["boards:read"]}


def api(status: int, message: str, scopes: Any) -> Callable[[Recorded], tuple[int, Any]]:
    """Refuses everything but to tell about the token."""

    def reply(request: Recorded) -> tuple[int, Any]:
        if request.path == "/v1/oauth-token":
            return 200, {**INFO, "scopes": scopes}
        return status, {"status": status, "message": message}

    return reply


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(("status", "message"), [(403, "Forbidden"), (400, "Validation failure")])
@pytest.mark.parametrize("scopes", [["boards:read", "boards:write"], "boards:read boards:write"])
def test_a_refusal_tells_what_is_needed_and_what_the_token_has(
    scopes: Any, status: int, message: str, era: str
) -> None:
    result, _ = ask_one(api(status, message, scopes), *TEAM, era=era)
    assert (
        "needs organizations:teams:write and an Enterprise plan; this token has boards:read, boards:write"
    ) in text_of(result)
    assert "add organizations:teams:write" in text_of(result)
    assert "Nothing was changed" in text_of(result)


def test_where_the_scopes_are_there_the_plan_or_the_role_is_the_cause() -> None:
    result, _ = ask_one(api(403, "Forbidden", ["organizations:teams:write"]), *TEAM)
    assert "the plan or the person's role is the cause" in text_of(result)


def test_the_token_is_asked_about_once() -> None:
    results, recorder = ask(api(403, "Forbidden", ["boards:read"]), TEAM, TEAM, TEAM)
    assert all("this token has boards:read" in text_of(result) for result in results)
    assert sum(request.path == "/v1/oauth-token" for request in recorder.requests) == 1


def test_another_400_is_about_the_arguments_alone() -> None:
    result, recorder = ask_one(api(400, "Name is too long", ["boards:read"]), *TEAM)
    assert "scope boards" not in text_of(result)
    assert len(recorder.requests) == 1


def test_a_token_that_tells_nothing_still_gets_the_needs_explained() -> None:
    result, _ = ask_one(lambda _: (403, None), *TEAM)
    assert "needs organizations:teams:write and an Enterprise plan" in text_of(result)


def doctor(reply: Callable[[Recorded], tuple[int, Any]], **environment: str) -> tuple[int, str]:
    with recording(reply) as recorder:
        finished = command("doctor", **(environment_for(recorder) | {"MIRO_CALL_TIMEOUT": "2"} | environment))
        assert finished.stderr == ""
        return finished.returncode, finished.stdout


def test_the_doctor_finds_nothing_where_all_is_well() -> None:
    status, told = doctor(api(404, "", ["boards:read", "boards:write"]), MIRO_TOOLSETS="default")
    assert status == 0
    assert "ok       toolset default: the token has every scope" in told
    assert "the clock agrees" in told
    assert "\x1b" not in told


def test_the_doctor_names_the_scopes_that_toolsets_lack() -> None:
    status, told = doctor(api(404, "", ["boards:read", "boards:write"]), MIRO_TOOLSETS="default,organization")
    assert status == 0
    assert "ok       toolset default" in told
    assert "warning  toolset organization: the token lacks organizations:" in told
    assert "MIRO_TOOLSETS" in told


def test_the_doctor_tells_of_a_token_that_is_not_taken() -> None:
    status, told = doctor(lambda _: (401, {"message": "no"}))
    assert status == 1
    assert "answers" in told
    assert "Miro doesn't take the token from MIRO_ACCESS_TOKEN" in told
    assert "miro-mcp login" in told


def test_the_doctor_tells_of_a_missing_token_and_still_tries_the_way() -> None:
    status, told = doctor(lambda _: (401, None), MIRO_ACCESS_TOKEN="", HOME="/nonexistent")
    assert status == 1
    assert "ok       http://127.0.0.1" in told
    assert "there is no token" in told


@pytest.mark.slow
def test_the_doctor_tells_of_an_api_that_cannot_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    finished = command(
        "doctor",
        MIRO_ACCESS_TOKEN="t",
        MIRO_API_BASE_URL=f"http://127.0.0.1:{port}",
        MIRO_CALL_TIMEOUT="1",
    )
    assert finished.returncode == 1
    assert "can't be reached" in finished.stdout


def test_the_doctor_tells_of_a_missing_scim_token() -> None:
    status, told = doctor(api(404, "", []), MIRO_TOOLSETS="scim", MIRO_SCIM_TOKEN="")
    assert status == 1
    assert "MIRO_SCIM_TOKEN" in told


def test_the_doctor_and_whoami_work_on_the_sandbox(tmp_path: Any) -> None:
    assert command("doctor", "--toolsets", "all", MIRO_SANDBOX=str(tmp_path / "sandbox.db")).returncode == 0
    assert "Ada Moreno" in command("whoami", MIRO_SANDBOX=str(tmp_path / "sandbox.db")).stdout


def test_a_server_whose_api_cannot_be_reached_starts_and_lists_its_tools() -> None:
    async def go() -> int:
        # An address that answers nothing, not even a refusal.
        with socket.create_server(("127.0.0.1", 0), backlog=1) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            async with asyncio.timeout(30), over_stdio({"MIRO_API_BASE_URL": url, "MIRO_ACCESS_TOKEN": "t"}) as client:
                return len((await client.list_tools()).tools)

    assert asyncio.run(go()) > 20
