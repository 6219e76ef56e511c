"""The sandbox's organization: figures that stay, and tokens that show what their person may see."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from company import company_settings, make_company, stored
from support import connected, text_of, value_of
from test_access_review import outline_of

from miro_mcp.sandbox import sample
from miro_mcp.sandbox.company.make import add_organization
from miro_mcp.sandbox.http.app import create_app
from miro_mcp.sandbox.identity import ORGANIZATION_ID, TEAM_ID
from miro_mcp.sandbox.store import Store
from miro_mcp.settings import _OF_THE_SANDBOX

ORG = f"/v2/orgs/{ORGANIZATION_ID}"
JANUARY = "createdAfter=2026-01-01T00:00:00Z&createdBefore=2026-02-01T00:00:00Z"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company"))


def get(file: Path, token: str, *paths: str) -> list[tuple[int, Any]]:
    async def send() -> list[httpx.Response]:
        transport = httpx.ASGITransport(create_app(file))
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=headers) as client:
            return [await client.get(path) for path in paths]

    return [(one.status_code, one.json()) for one in asyncio.run(send())]


def listed(file: Path, token: str) -> set[str]:
    pages = get(file, token, *(f"/v2/boards?limit=50&offset={offset}" for offset in (0, 50)))
    return {board["id"] for _, page in pages for board in page["data"]}


def figures(file: Path) -> dict[str, Any]:
    with stored(file) as truth:
        store = truth.store
        kinds = ("person", "team", "project", "user_group", "export_job", "audit_log", "content_log", "ai_log")
        counts: dict[str, Any] = {kind: store.count(kind, ORGANIZATION_ID) for kind in kinds}
        counts["board"] = store.count("board", "")
        counts["access"] = sorted((id, sorted(truth.access(id))) for id in truth.boards)
        return counts


def test_the_figures_are_the_same_each_time(company: Path, tmp_path: Path) -> None:
    again = figures(make_company(tmp_path))
    assert again == figures(company)
    wanted = {"person": 40, "team": 4, "board": 60, "project": 6, "user_group": 6}
    assert {name: again[name] for name in wanted} == wanted


def test_adding_it_twice_is_adding_it_once_and_boards_of_before_stay(company: Path) -> None:
    before = figures(company)
    store = Store(company)
    add_organization(store)
    store.close()
    assert figures(company) == before
    with stored(company) as truth:
        assert truth.boards[sample.LAUNCH_BOARD_ID]["name"] == "Harbour app launch"
        findings = [truth.findings(id) for id in truth.boards]
        assert all(any(name in one for one in findings) for name in ("public", "link", "organization", "external"))
        assert {len(truth.held(id)) for id in truth.people} == {0, 1, 2}


def test_a_token_knows_whose_it_is(company: Path) -> None:
    ((_, info),) = get(company, "sandbox-emil.lindqvist", "/v1/oauth-token")
    ((_, owner),) = get(company, "any", "/v1/oauth-token")
    assert (info["user"]["name"], info["team"]["name"]) == ("Emil Lindqvist", "Engineering")
    assert (owner["user"]["name"], owner["team"]["id"]) == ("Ada Moreno", TEAM_ID)


def sees(truth: Any, board_id: str, person_id: str) -> bool:
    sharing = truth.boards[board_id]["policy"]["sharingPolicy"]
    everybody = sharing["organizationAccess"] != "private" and not truth.is_external(person_id)
    return everybody or truth.who(person_id) in {who for who, _, _, _ in truth.access(board_id)}


@pytest.mark.parametrize("name", ["ben.okafor", "jonas.weber", "igor.horvat", "lucia.ferri"])
def test_lists_show_what_the_person_may_see(company: Path, name: str) -> None:
    found = listed(company, f"sandbox-{name}")
    with stored(company) as truth:
        person = next(id for id, one in truth.people.items() if one["email"].startswith(f"{name}@"))
        assert found == {id for id in truth.boards if sees(truth, id, person)}
        hidden = next(id for id in truth.boards if id not in found and "public" not in truth.findings(id))
        public = next(id for id in truth.boards if "public" in truth.findings(id))
    (closed, opened, members) = get(
        company, f"sandbox-{name}", f"/v2/boards/{hidden}", f"/v2/boards/{public}", f"/v2/boards/{hidden}/members"
    )
    assert (closed[0], opened[0], members[0]) == (403, 200, 403)


def test_content_admins_see_every_board(company: Path) -> None:
    assert len(listed(company, "sandbox-ines.carvalho")) == len(listed(company, "any")) == 60


@pytest.mark.parametrize("path", [f"{ORG}/teams", f"{ORG}/members", f"/v2/audit/logs?{JANUARY}"])
def test_what_is_for_company_admins_is_refused_to_others(company: Path, path: str) -> None:
    assert [get(company, token, path)[0][0] for token in ("sandbox-ben.okafor", "sandbox-jonas.weber")] == [403, 200]


@pytest.mark.parametrize("name", ["jonas.weber", "ben.okafor"])
def test_a_review_says_what_the_token_does_not_see(company: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_OF_THE_SANDBOX, "access_token", f"sandbox-{name}")

    async def run() -> tuple[str, str]:
        async with connected(company_settings(company)) as client:
            boards = await client.call_tool("miro_access_review", {"budget": 30_000})
            person = await client.call_tool("miro_person_review", {"email": "lucia.ferri@northwind.example"})
            return outline_of(boards), text_of(person)

    boards, person = asyncio.run(run())
    shown = {line.split()[0] for line in boards.splitlines() if line.startswith("uXjV")}
    assert shown == listed(company, f"sandbox-{name}")
    assert "Not looked at: private boards that are not shared with" in boards
    if name == "jonas.weber":
        assert "private ones that are not shared with" in person
    else:
        assert "Not looked at: people of the organization: Miro answered 403" in boards
        assert "403" in person


def test_exports_are_files_of_the_size_that_was_said(company: Path) -> None:
    async def run() -> dict[str, Any]:
        async with connected(company_settings(company)) as client:
            given = {"operation": "list", "org_id": ORGANIZATION_ID}
            return value_of(await client.call_tool("miro_board_exports_read", given))

    job = asyncio.run(run())["data"][0]
    tasks, results = get(
        company, "x", *(f"{ORG}/boards/export/jobs/{job['id']}/{what}" for what in ("tasks", "results"))
    )
    sizes = [task["sizeInBytes"] for task in tasks[1]["data"]]

    async def fetch() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(company))) as client:
            link = results[1]["results"][0]["exportLink"]
            ranges = ({}, {"Range": "bytes=19000-"}, {"Range": f"bytes={sizes[0]}-"})
            whole = [await client.get(link, headers=headers) for headers in ranges]
            return [*whole, await client.get("http://sandbox/exports/a/b.zip")]

    whole, rest, beyond, none = asyncio.run(fetch())
    assert len(whole.content) == sizes[0]
    assert rest.content == whole.content[19000:]
    assert [one.status_code for one in (whole, rest, beyond, none)] == [200, 206, 416, 403]


@pytest.mark.slow
def test_the_command_serves_the_api_beside_the_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "miro_mcp", "sandbox", "--organization", "--port", "0", str(tmp_path / "s.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = process.stdout.readline() + process.stdout.readline()
        try:
            address = re.findall(r"http://localhost:\d+", said)[0]
            page = httpx.get(address)
            headers = {"Authorization": "Bearer sandbox-ben.okafor"}
            token = httpx.get(f"{address}/v1/oauth-token", headers=headers)
        finally:
            process.terminate()
    assert "MIRO_ACCESS_TOKEN=sandbox-ben.okafor" in said
    assert "Sandbox boards" in page.text
    assert token.json()["user"]["name"] == "Ben Okafor"
