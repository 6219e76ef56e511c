"""Who can see what, as `miro_access_review` tells it: compared with the records of the sandbox's organization."""

import json
import re
from pathlib import Path
from typing import Any

import bpe_openai
import pytest
from company import Access, Truth, company_settings, make_company, stored, told_names
from mcp import Client
from mcp.types import CallToolResult, ElicitResult
from support import ERAS, Recorded, connected, recording, settings_for, text_of, value_of

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.catalogue.operation import CREDITS
from miro_mcp.directory.people import Person
from miro_mcp.directory.values import Organization, SharedBoard, Team
from miro_mcp.sandbox.identity import ORGANIZATION_ID, TEAM_ID
from miro_mcp.server import build_server
from miro_mcp.workflows.access_review.tell import tell_access
from miro_mcp.workflows.workflow import Outcome

pytestmark = pytest.mark.anyio
HOME = "northwind.example"
ENCODING = bpe_openai.get_encoding("o200k_base")
NAMED = ["uXjVOrg0003=", "uXjVOrg0017="]
FINDINGS = ("public", "link", "organization", "external", "inactive")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company"))


async def review(file: Path, era: str = "auto", environment: dict[str, str] | None = None, **given: Any) -> str:
    async with connected(company_settings(file, **(environment or {})), era) as client:
        answer = await client.call_tool("miro_access_review", given)
    assert not answer.is_error, answer.content
    return outline_of(answer)


def outline_of(answer: CallToolResult) -> str:
    (*_, block) = answer.content
    assert block.type == "text"
    return block.text


class Page:
    """An answer read as a program would: boards by id, each with whom it tells, and with what is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sets: dict[tuple[str, str], tuple[str, list[str]]] = {}
        self.boards: dict[str, list[str]] = {}
        self.marks: dict[str, str] = {}
        for line in text.splitlines():
            if found := re.match(r'(Team|Project|Group) (".*?") \(id (\d+)\): (.*)', line):
                self.sets[found[1].lower(), json.loads(found[2])] = (found[3], found[4].split("; "))
            elif line.startswith("uXjV"):
                head, _, rest = line.partition(": ")
                _, team, *project = told_names(head)
                self.boards[head.split()[0]] = [team, *(project or [""]), *rest.split("; ")]

    def access(self, board_id: str) -> Access:
        team, project, *parts = self.boards[board_id]
        found: Access = set()
        for part in parts:
            word, _, rest = part.partition(" ")
            if word in ("public", "link", "organization"):
                continue
            if word == "team":
                found |= self._team(team, rest)
            elif word == "project":
                found |= self._project(project)
            elif word == "group":
                found |= self._group(part)
            else:
                found |= {(who, "direct", "", word) for who in self._people(rest)}
        return found

    def _team(self, team: str, role: str) -> Access:
        id, parts = self.sets["team", team]
        found: Access = set()
        for part in parts:
            word, _, rest = part.partition(" ")
            if word == "group":
                found |= {(who, "group", group, role) for who, _, group, _ in self._group(f"{part} x")}
            elif word != "non_team":
                found |= {(who, "team", id, role) for who in self._people(rest)}
        return found

    def _project(self, project: str) -> Access:
        id, parts = self.sets["project", project]
        found: Access = set()
        for part in parts:
            word, _, rest = part.partition(" ")
            if part == "whole team view":
                continue
            if word == "group":
                found |= self._group(part)
            else:
                found |= {(who, "project", id, word) for who in self._people(rest)}
        return found

    def _group(self, part: str) -> Access:
        (name,) = told_names(part)
        id, (people, *_) = self.sets["group", name]
        return {(who, "group", id, part.rpartition(" ")[2]) for who in self._people(people)}

    def _people(self, told: str) -> list[str]:
        people: list[str] = []
        for one in re.split(r", (?![ei])|, (?=[ei]\w*[.@])", told):
            if one == "nobody":
                continue
            label, _, marks = one.partition("(")
            id = label.rpartition(" id ")[2] if " id " in label else label if "@" in label else f"{label}@{HOME}"
            self.marks[id] = marks.rstrip(")")
            people.append(id)
        return people


def expected_of_project_team(truth: Truth, board_id: str, page: Page) -> Access:
    """What a project's "whole team view" stands for, which the board's own line leaves to the project's."""
    project_id = truth.boards[board_id].get("project", {}).get("id")
    name = truth.projects[project_id]["name"] if project_id else ""
    if not project_id or "whole team view" not in page.sets["project", name][1]:
        return set()
    if any(part.startswith("team ") for part in page.boards[board_id][2:]):
        return set()
    return page._team(page.boards[board_id][0], "view")


async def read_organization(file: Path, monkeypatch: pytest.MonkeyPatch) -> Organization:
    """What one review has read, so that it can be told in many ways."""
    read: list[Organization] = []

    def told(organization: Organization, **rest: Any) -> Outcome:
        read.append(organization)
        return tell_access(organization, **rest)

    monkeypatch.setattr("miro_mcp.workflows.access_review.run.tell_access", told)
    text = await review(file, budget=2000)
    assert Page(text).boards
    return read[0]


def check_page(text: str, truth: Truth) -> set[str]:
    """Compares every board and person that is told with the records; returns the ids of the boards."""
    page = Page(text)
    for id in page.boards:
        assert page.access(id) | expected_of_project_team(truth, id, page) == truth.access(id), id
        sharing = truth.boards[id]["policy"]["sharingPolicy"]
        opened = [part for part in page.boards[id][2:] if part.split()[0] in FINDINGS]
        assert len(opened) == len({"public", "link", "organization"} & truth.findings(id))
        assert ("with a password" in str(opened)) == sharing["accessPasswordRequired"]
    for who, marks in page.marks.items():
        id = next((id for id, one in truth.people.items() if one["email"] == who), who)
        assert ("external" in marks) == truth.is_external(id), who
        assert ("inactive" in marks) == truth.is_inactive(id), who
    return set(page.boards)


async def test_every_board_and_person_is_told_as_the_records_have_them(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organization = await read_organization(company, monkeypatch)
    with stored(company) as truth:
        for budget in (2000, 3000, 5000, 10_000, 30_000):
            seen: set[str] = set()
            while len(seen) < len(truth.boards):
                told = tell_access(organization, only=(), start=len(seen), budget=budget, offered=()).text or ""
                assert len(ENCODING.encode(told)) <= budget
                found = check_page(told, truth)
                assert found
                assert not seen & found
                seen |= found
                left = re.search(r"^Left out: (\d+) boards\. Go on with start (\d+)", told, re.MULTILINE)
                assert (int(left[1]) if left else 0) == len(truth.boards) - len(seen)
                assert not left or int(left[2]) == len(seen)
            assert seen == truth.boards.keys()


async def test_only_shows_the_boards_with_a_finding(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    organization = await read_organization(company, monkeypatch)
    with stored(company) as truth:
        for only in FINDINGS:
            told = tell_access(organization, only=(only,), start=0, budget=40_000, offered=())
            assert check_page(told.text or "", truth) == {id for id in truth.boards if only in truth.findings(id)}
            assert bool((told.value or {})["steps"])


def test_a_board_that_fills_the_budget_alone_has_its_lists_cut_and_counted() -> None:
    organization = Organization("1", "2")
    organization.people.listed = True
    everybody = {str(number): "editor" for number in range(500)}
    for id in everybody:
        organization.people.add(Person(id, f"somebody.number.{id}@example.com", role="organization_internal_user"))
    organization.teams["7"] = Team("7", "Us", members=everybody, groups={})
    sharing = {"teamAccess": "view"}
    organization.boards.append(SharedBoard("uXjVA=", "Plan", "7", "1", sharing, members=everybody, groups={}))
    told = tell_access(organization, only=(), start=0, budget=2000, offered=()).text or ""
    assert len(ENCODING.encode(told)) <= 2000
    counted = re.findall(r"(\d+) more", told)
    named = re.findall(r"somebody\.number\.(\d+)", told)
    assert len(counted) == 2
    assert sum(map(int, counted)) + len(named) == 1000
    beyond = tell_access(organization, only=(), start=5, budget=2000, offered=()).text or ""
    assert "There are 1 such boards: start 5 is beyond them." in beyond


@pytest.mark.parametrize("era", ERAS)
async def test_counts_come_first_and_are_right(company: Path, era: str) -> None:
    first, second, *_ = (await review(company, era, budget=2000)).splitlines()
    with stored(company) as truth:
        found = [truth.findings(id) for id in truth.boards]
        people = {who for id in truth.boards for who, _, _, _ in truth.access(id)}
    counts = ", ".join(f"{sum(name in one for one in found)} {name}" for name in FINDINGS)
    assert first == f"60 boards: {counts}"
    assert second.startswith(f"{len(people)} people have access by name, project, user group or team: ")


@pytest.mark.slow
async def test_the_steps_that_close_findings_do_so_in_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only = ["public", "link", "organization", "inactive"]
    monkeypatch.setattr("miro_mcp.sandbox.http.rate_limit.CREDITS_PER_MINUTE", 10**9)
    file = make_company(tmp_path)

    async def yes(_: Any, params: Any) -> ElicitResult:
        return ElicitResult(action="accept", content=dict.fromkeys(params.requested_schema["properties"], True))

    settings = company_settings(file, MIRO_CONFIRM="ask")
    async with Client(build_server(settings), mode="auto", elicitation_callback=yes) as client:
        answer = await client.call_tool("miro_access_review", {"only": only, "budget": 100_000})
        value = value_of(answer)
        for at in range(0, len(value["steps"]), 20):
            done = await client.call_tool("miro_batch", {"steps": value["steps"][at : at + 20]})
            assert {one["status"] for one in value_of(done)["results"]} == {"done"}, done.content
    owners = {note.split()[1] for note in value.get("notes", ())}
    with stored(file) as truth:
        for id in truth.boards:
            assert not {"public", "link", "organization"} & truth.findings(id)
            assert id in owners or "inactive" not in truth.findings(id)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"team_id": TEAM_ID}, lambda board: board["team"]["id"] == TEAM_ID),
        ({"project_id": "3074457345618265303"}, lambda board: board.get("project", {}).get("id", "").endswith("303")),
        (
            {"board_ids": ["uXjVOrg0003=", "uXjVOrg0007="]},
            lambda board: board["id"] in ("uXjVOrg0003=", "uXjVOrg0007="),
        ),
    ],
)
async def test_a_part_is_reviewed(company: Path, given: dict[str, Any], wanted: Any) -> None:
    page = Page(await review(company, budget=30_000, **given))
    with stored(company) as truth:
        assert page.boards.keys() == {id for id, board in truth.boards.items() if wanted(board)}


async def test_what_the_token_does_not_see_is_told(company: Path) -> None:
    text = await review(company, board_ids=["uXjVOrg0003=", "uXjVNone="])
    assert "60 boards" not in text
    assert "Not looked at: boards of uXjVNone=: Miro answered 404" in text


async def test_a_review_tells_how_far_it_is(company: Path) -> None:
    told: list[tuple[float, float | None]] = []

    async def note(done: float, total: float | None, _: str | None) -> None:
        told.append((done, total))

    async with connected(company_settings(company)) as client:
        await client.call_tool("miro_access_review", {"team_id": TEAM_ID}, progress_callback=note)
    assert len(told) > 30
    assert told[-1][0] == told[-1][1]


async def test_two_scopes_at_once_are_refused(company: Path) -> None:
    async with connected(company_settings(company)) as client:
        answer = await client.call_tool("miro_access_review", {"team_id": "1", "project_id": "2"})
        tiny = await client.call_tool("miro_access_review", {"budget": 10})
    assert answer.is_error
    assert text_of(answer).startswith("miro_access_review: give team_id or project_id, not both.")
    assert tiny.is_error
    assert "budget" in text_of(tiny)


async def test_bounds_hold_for_the_reads_of_a_review(company: Path) -> None:
    environment = {"MIRO_ALLOWED_BOARDS": "uXjVOrg0003="}
    async with connected(company_settings(company, **environment)) as client:
        everything = await client.call_tool("miro_access_review", {})
        one = await client.call_tool("miro_access_review", {"board_ids": ["uXjVOrg0003=", "uXjVOrg0007="]})
    assert everything.is_error
    assert "MIRO_ALLOWED_BOARDS" in text_of(everything)
    assert not one.is_error
    assert "Not looked at: boards of uXjVOrg0007=: Nothing was sent: board 'uXjVOrg0007='" in outline_of(one)


async def test_sensitive_reads_of_a_review_are_on_record(company: Path) -> None:
    log = company.with_name("reads.jsonl")
    await review(company, environment={"MIRO_AUDIT_LOG": str(log)}, budget=2000)
    recorded = {json.loads(line)["operation"] for line in log.read_text().splitlines()}
    assert recorded >= {"enterprise-get-organization-members", "enterprise-get-team-members"}


async def test_parts_that_miro_refuses_are_told_and_the_rest_stands() -> None:
    board = {
        "id": "uXjVA=",
        "name": "Plan",
        "team": {"id": "7", "name": "Us"},
        "owner": {"id": "1", "name": "Ada"},
        "policy": {"sharingPolicy": {"access": "view", "teamAccess": "edit", "organizationAccess": "private"}},
    }

    def reply(request: Recorded) -> tuple[int, Any]:
        if request.path == "/v1/oauth-token":
            return 200, {"organization": {"id": ORGANIZATION_ID}, "user": {"id": "1"}}
        if request.path == "/v2/boards":
            return 200, {"data": [board], "total": 1}
        if request.path.endswith("/members") and "boards" in request.path:
            return 200, {"data": [{"id": "1", "name": "Ada", "role": "owner"}], "total": 1}
        return 403, {"status": 403, "message": "Enterprise only"}

    with recording(reply) as recorder:
        async with connected(settings_for(recorder, MIRO_TOOLSETS="default,organization")) as client:
            text = outline_of(await client.call_tool("miro_access_review", {}))
    line = next(line for line in text.splitlines() if line.startswith("uXjVA="))
    assert line == 'uXjVA= "Plan", team "Us": public view; team edit; owner "Ada" id 1; groups not seen'
    assert 'Not looked at: people of the organization: Miro answered 403, "Enterprise only"' in text
    assert 'Team "Us" (id 7): people not seen; groups not seen' in text
    assert "private boards that are not shared with" in text


async def test_sixty_boards_are_reviewed_within_the_credits_that_their_reads_need(company: Path) -> None:
    log = company.with_name("all-reads.jsonl")
    await review(company, environment={"MIRO_AUDIT_LOG": str(log), "MIRO_AUDIT_READS": "1"}, budget=2000)
    spent = sum(CREDITS[OPERATIONS[json.loads(line)["operation"]].level] for line in log.read_text().splitlines())
    with stored(company) as truth:
        shared = [
            id for id in truth.groups if any(one[1:3] == ("group", id) for b in truth.boards for one in truth.access(b))
        ]
        least = 2 * 50 + 2 * 50 * len(truth.boards) + 500 + 4 * (100 + 50) + 6 * 3 * 50 + 50 * len(shared)
    assert spent <= 1.1 * least
