"""Exports: a team's boards in one call, waiting for the end, results that say what they are, and downloads."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from company import company_settings, make_company, stored
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, Recorded, connected, recording, settings_for, text_of, value_of

from miro_mcp.downloads.files import file_name, put_in_place
from miro_mcp.downloads.links import check_link, ends_at
from miro_mcp.errors import Refused
from miro_mcp.sandbox import sample
from miro_mcp.sandbox.identity import ORGANIZATION_ID, TEAM_ID
from miro_mcp.server import build_server

pytestmark = pytest.mark.anyio
ORG = {"org_id": ORGANIZATION_ID}
CREATE = {"operation": "create", **ORG}
JOB = "92343229-c532-446d-b8cb-2f155bedb807"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company"))


async def exported(client: Client, **given: Any) -> dict[str, Any]:
    answer = await client.call_tool("miro_board_exports_write", {**CREATE, **given})
    assert not answer.is_error, text_of(answer)
    return value_of(answer)


async def results(client: Client, job_id: str, **given: Any) -> dict[str, Any]:
    arguments = {"operation": "get_results", **ORG, "job_id": job_id, **given}
    answer = await client.call_tool("miro_board_exports_read", arguments)
    assert not answer.is_error, text_of(answer)
    return value_of(answer)


@pytest.mark.parametrize("era", ERAS)
async def test_a_team_is_exported_and_its_end_told_in_one_call(company: Path, era: str) -> None:
    told: list[str] = []

    async def note(_: float, __: float | None, message: str | None) -> None:
        told.append(message or "")

    async with connected(company_settings(company), era) as client:
        arguments = {**CREATE, "team_id": TEAM_ID, "wait": True}
        answer = await client.call_tool("miro_board_exports_write", arguments, progress_callback=note)
        value = value_of(answer)
        described = await results(client, value["jobId"])
    with stored(company) as truth:
        boards = {id: one["name"] for id, one in truth.boards.items() if one["team"]["id"] == TEAM_ID}
    assert re.fullmatch(r"[0-9a-f-]{36}", value["jobId"])
    assert (value["status"], value["boards"], value["exported"]) == ("FINISHED", len(boards), len(boards))
    assert value["bytes"] > 0
    assert any(message.startswith("the export is ") for message in told)
    assert {one["boardId"]: one["name"] for one in described["results"]} == boards
    assert all(one["sizeInBytes"] and one["files_until"] and one["link_until"] for one in described["results"])


async def test_the_question_about_a_team_names_its_boards_and_the_yes_is_to_that_very_call(company: Path) -> None:
    asked: list[str] = []

    async def yes(_: Any, params: Any) -> ElicitResult:
        asked.append(params.message)
        return ElicitResult(action="accept", content={"confirm": True})

    settings = company_settings(company, MIRO_CONFIRM="ask")
    async with Client(build_server(settings), mode="auto", elicitation_callback=yes) as client:
        value = await exported(client, team_id="3074457345618265104")
    assert len(asked) == 1
    assert "boards to export: 14 (" in asked[0]
    assert value["jobId"] in asked[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"team_id": TEAM_ID, "boardIds": ["uXjVA="]}, "give team_id or boardIds"),
        ({"team_id": "3074457345618269999"}, "the token sees no board in team"),
        ({"team_id": TEAM_ID, "wait": "maybe"}, "wait"),
    ],
)
async def test_wrong_arguments_are_refused(company: Path, given: dict[str, Any], said: str) -> None:
    async with connected(company_settings(company)) as client:
        answer = await client.call_tool("miro_board_exports_write", {**CREATE, **given})
        other = await client.call_tool("miro_board_exports_write", {"operation": "cancel", **ORG, "wait": True})
    assert answer.is_error
    assert said in text_of(answer)
    assert "wait is not an argument of cancel, though create takes it" in text_of(other)


async def test_steps_of_a_batch_name_their_request(company: Path) -> None:
    steps = [{"tool": "miro_board_exports_write", "arguments": {**CREATE, "boardIds": [sample.RETRO_BOARD_ID]}}]
    waits = [{"tool": "miro_board_exports_write", "arguments": {**CREATE, "request_id": JOB, "wait": True}}]
    async with connected(company_settings(company)) as client:
        without = await client.call_tool("miro_batch", {"steps": steps})
        waiting = await client.call_tool("miro_batch", {"steps": waits})
    assert "request_id is missing" in text_of(without)
    assert "wait of create is for a call of its own" in text_of(waiting)


async def test_an_unknown_outcome_tells_the_id_and_the_next_try_has_the_same() -> None:
    def reply(_: Recorded) -> tuple[int, Any]:
        return 502, {"status": 502}

    with recording(reply) as recorder:
        async with connected(settings_for(recorder)) as client:
            answers = [
                await client.call_tool("miro_board_exports_write", {**CREATE, "boardIds": ["uXjVA="]}) for _ in range(2)
            ]
    ids = {dict(request.query)["request_id"] for request in recorder.requests if request.method == "POST"}
    assert len(ids) == 1
    assert all(f"Its job id is {next(iter(ids))}" in text_of(answer) for answer in answers)


async def test_a_job_that_is_not_done_is_waited_for(company: Path) -> None:
    async with connected(company_settings(company, MIRO_CALL_TIMEOUT="0.5")) as client:
        begun = await exported(client, boardIds=[sample.RETRO_BOARD_ID, "uXjVNowhere="], wait=True)
    async with connected(company_settings(company)) as client:
        early = await exported(client, boardIds=[sample.RETRO_BOARD_ID])
        pending = await results(client, early["jobId"])
        done = await results(client, early["jobId"], wait=True)
        whole = await exported(client, boardIds=[sample.RETRO_BOARD_ID, "uXjVNowhere="], wait=True)
    assert "Not done yet" in begun["go_on"]
    assert "wait true" in pending["go_on"]
    assert (done["status"], len(done["results"])) == ("FINISHED", 1)
    assert whole["failed"] == [{"boardId": "uXjVNowhere=", "error": "There is no such board"}]


async def test_files_are_downloaded_never_over_others_and_taken_up_again(company: Path, tmp_path: Path) -> None:
    async with connected(company_settings(company, MIRO_DOWNLOAD_ROOT=str(tmp_path))) as client:
        job = await exported(client, boardIds=[sample.RETRO_BOARD_ID, sample.LAUNCH_BOARD_ID], wait=True)
        first = await results(client, job["jobId"], download="march")
        files = sorted((tmp_path / "march").iterdir())
        whole = files[0].read_bytes()
        files[0].rename(files[0].with_name(f"{files[0].name}.part"))
        files[0].with_name(f"{files[0].name}.part").write_bytes(whole[:100])
        files[1].write_bytes(b"mine")
        again = await results(client, job["jobId"], download="march")
    assert {one["download"] for one in first["results"]} == {"downloaded"}
    assert not any("exportLink" in one for one in first["results"])
    assert [file.stat().st_size for file in files] == [len(whole), 4]
    assert files[0].read_bytes() == whole
    told = {one.get("file") or "kept": one["download"] for one in again["results"]}
    assert told[files[0].name] == "downloaded"
    assert "was not overwritten" in told["kept"]
    assert [file.name for file in sorted((tmp_path / "march").iterdir())] == [file.name for file in files]


@pytest.mark.parametrize(
    ("environment", "folder", "said"),
    [({}, "a", "MIRO_DOWNLOAD_ROOT=/home"), ({"MIRO_DOWNLOAD_ROOT": "ROOT"}, "../b", "not inside")],
)
async def test_folders_that_the_operator_did_not_open_stay_closed(
    company: Path, tmp_path: Path, environment: dict[str, str], folder: str, said: str
) -> None:
    given = {name: str(tmp_path / "root") for name in environment}
    async with connected(company_settings(company, **given)) as client:
        arguments = {"operation": "get_results", **ORG, "job_id": JOB, "download": folder}
        answer = await client.call_tool("miro_board_exports_read", arguments)
    assert answer.is_error
    assert said in text_of(answer)


def s3(link: str, data: bytes) -> Any:
    """An API whose results have one link, and a server that has the file at it and sends half of it first."""
    sent: list[int] = []

    def reply(request: Recorded) -> tuple[int, Any]:
        if request.path.endswith("/results"):
            return 200, {"jobId": JOB, "results": [{"boardId": "uXjVA=", "status": "SUCCESS", "exportLink": link}]}
        if request.path.endswith("/tasks"):
            task = {"id": "t", "status": "SUCCESS", "board": {"key": "uXjVA="}, "sizeInBytes": len(data)}
            return 200, {"data": [task]}
        if request.path == "/file.zip":
            assert "authorization" not in request.headers
            start = int(re.sub(r"\D", "", request.headers.get("range", "0")))
            sent.append(start)
            return (206 if start else 200), data[start : start + 6]
        return 200, {"id": "uXjVA=", "name": "Plan"}

    return reply


async def test_miros_token_is_not_sent_along_and_a_short_file_is_not_kept(tmp_path: Path) -> None:
    with recording() as recorder:
        recorder.reply = s3(f"{recorder.url}/file.zip", b"0123456789")
        async with connected(settings_for(recorder, MIRO_DOWNLOAD_ROOT=str(tmp_path))) as client:
            short = await results(client, JOB, download=".")
            recorder.reply = s3(f"{recorder.url}/file.zip", b"012345")
            whole = await results(client, JOB, download=".")
    assert "has 6 bytes where Miro said 10" in short["results"][0]["download"]
    assert whole["results"][0]["download"] == "downloaded"
    assert (tmp_path / "Plan-uXjVA.zip").read_bytes() == b"012345"


async def test_a_link_that_has_expired_is_told(tmp_path: Path) -> None:
    with recording() as recorder:
        reply = s3(f"{recorder.url}/file.zip", b"012345")
        recorder.reply = lambda one: (403, {"no": 1}) if one.path == "/file.zip" else reply(one)
        async with connected(settings_for(recorder, MIRO_DOWNLOAD_ROOT=str(tmp_path))) as client:
            (told,) = (await results(client, JOB, download="."))["results"]
    assert "answered 403" in told["download"]


@pytest.mark.parametrize(
    "link",
    [
        "http://files.example.com/a.zip",
        "https://127.0.0.1/a.zip",
        "https://10.0.0.8/a.zip",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.zip",
        "https://user@files.example.com/a.zip",
        "file:///etc/passwd",
        "https://nowhere.invalid/a.zip",
    ],
)
async def test_links_into_private_networks_are_not_followed(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("miro_mcp.downloads.links.getproxies", dict)
    with pytest.raises(Refused, match="not followed"):
        await check_link(link, "https://api.miro.com")


async def test_a_public_address_is_followed_and_the_sandbox_is_its_own() -> None:
    await check_link("https://93.184.216.34/a.zip", "https://api.miro.com")
    await check_link("http://localhost:8765/exports/a.zip", "http://localhost:8765")


def test_a_link_tells_when_it_expires() -> None:
    assert ends_at("https://s3.example/a?X-Amz-Date=20260131T093000Z&X-Amz-Expires=900") == "2026-01-31T09:45:00Z"
    assert ends_at("https://s3.example/a") is None


def test_names_of_files_are_plain_and_never_taken_twice(tmp_path: Path) -> None:
    assert file_name("../../etc/Ümläut plan?", "uXjV_a-1=", ".zip") == "etc-Ümläut-plan-uXjV_a-1.zip"
    assert file_name("///", "uXjVA=", ".zip") == "uXjVA.zip"
    part, target = tmp_path / "a.part", tmp_path / "a"
    part.write_bytes(b"new")
    target.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        put_in_place(part, target)
    assert target.read_bytes() == b"old"


async def test_a_request_id_of_ones_own_that_was_used_is_told(company: Path) -> None:
    async with connected(company_settings(company)) as client:
        first = await exported(client, boardIds=[sample.RETRO_BOARD_ID], request_id=JOB)
        second = await exported(client, boardIds=[sample.RETRO_BOARD_ID], request_id=JOB)
        third = await exported(client, boardIds=[sample.RETRO_BOARD_ID])
        fourth = await exported(client, boardIds=[sample.RETRO_BOARD_ID])
    assert first["jobId"] == second["jobId"] == JOB
    assert "note" not in first
    assert "used before" in second["note"]
    assert third["jobId"] != fourth["jobId"]
    assert json.dumps(third)
