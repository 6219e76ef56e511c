"""One person, as `miro_person_review` tells them: compared with the records of the sandbox's organization."""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import bpe_openai
import pytest
from company import Truth, company_settings, make_company, stored
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, connected, text_of, value_of
from test_access_review import outline_of

from miro_mcp.sandbox import sample
from miro_mcp.sandbox.identity import USER_ID
from miro_mcp.server import build_server
from miro_mcp.workflows.person_review.reviewed import Reviewed
from miro_mcp.workflows.person_review.tell import tell_person
from miro_mcp.workflows.workflow import Outcome

pytestmark = pytest.mark.anyio
ENCODING = bpe_openai.get_encoding("o200k_base")
BOARD = re.compile(r'^(uXjV\S+) (".*?"), team (".*?"): to (\S+?)(?:: .*)?$', re.MULTILINE)
HOLD = re.compile(r"^Legal hold .*? \(id (\d+)\) of case .*?: preserves (\d+) boards; (.*)$", re.MULTILINE)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company(tmp_path_factory.mktemp("company"))


def check(text: str, truth: Truth, person_id: str) -> set[str]:
    """Compares what is told of somebody with the records; returns the ids of the boards told."""
    person = truth.people[person_id]
    head, *_ = text.splitlines()
    assert f"{person['email']}, id {person_id}: {person['role']}" in head
    assert f"licence {person['license']}, {'active' if person['active'] else 'inactive'}" in head
    for word, kind, places in (
        ("Teams", "team_member", truth.teams),
        ("Projects", "project_member", truth.projects),
        ("User groups", "user_group_member", truth.groups),
    ):
        expected = {id: roles[person_id] for id in places if person_id in (roles := truth.roles(kind, id))}
        (line,) = re.findall(rf"^{word}: .*$", text, re.MULTILINE)
        assert line.startswith(f"{word}: {len(expected)}")
        told = dict(re.findall(r"\(id (\d+)\) ?(\w*)", line))
        left = re.search(r"(\d+) more", line)
        assert expected | told == expected
        assert len(told) + (int(left[1]) if left else 0) == len(expected)
    boards = {id: heir for id, _, _, heir in BOARD.findall(text)}
    assert all(heir == (truth.heir(id, person_id) or "nobody") for id, heir in boards.items())
    holds = {id: rest for id, _, rest in HOLD.findall(text)}
    expected_holds = truth.held(person_id)
    assert holds.keys() == expected_holds.keys()
    for id, rest in holds.items():
        assert set(re.findall(r"uXjV[\w-]+=", rest)) == expected_holds[id], rest
    return set(boards)


async def reviewed(client: Client, **given: Any) -> str:
    answer = await client.call_tool("miro_person_review", given)
    assert not answer.is_error, answer.content
    return outline_of(answer)


def check_whole(truth: Truth, person_id: str, tell: Callable[[int], str], budget: int) -> None:
    """Reads on with `start` until nothing is left out."""
    told: set[str] = set()
    while True:
        text = tell(len(told))
        assert len(ENCODING.encode(text)) <= budget
        told |= check(text, truth, person_id)
        if "Left out:" not in text:
            break
    assert told == set(truth.owned(person_id))


@pytest.mark.slow
async def test_every_person_is_told_as_the_records_have_them(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Reviewed] = []

    def told(reviewed: Reviewed, *rest: Any, **named: Any) -> Outcome:
        read.append(reviewed)
        return tell_person(reviewed, *rest, **named)

    monkeypatch.setattr("miro_mcp.sandbox.http.rate_limit.CREDITS_PER_MINUTE", 10**9)
    monkeypatch.setattr("miro_mcp.workflows.person_review.run.tell_person", told)
    with stored(company) as truth:
        async with connected(company_settings(company)) as client:
            for id in truth.people:
                check(await reviewed(client, user_id=id, budget=2000), truth, id)
        for one in read:
            for budget in (1000, 2000, 5000, 50_000):
                tell = partial(tell_person, one, None, budget=budget)
                check_whole(truth, one.person.id, lambda start, tell=tell: str(tell(start=start).text), budget)


@pytest.mark.parametrize("era", ERAS)
async def test_somebody_is_found_by_address(company: Path, era: str) -> None:
    async with connected(company_settings(company), era) as client:
        text = await reviewed(client, email="BEN.okafor@northwind.example")
        nobody = await client.call_tool("miro_person_review", {"email": "nobody@northwind.example"})
        unknown = await client.call_tool("miro_person_review", {"user_id": "1"})
        both = await client.call_tool("miro_person_review", {"email": "a@b.example", "user_id": "1"})
    assert '"Ben Okafor", ben.okafor@northwind.example, id' in text
    assert "nobody with the address 'nobody@northwind.example'" in text_of(nobody)
    assert "404" in text_of(unknown)
    assert "give email or user_id" in text_of(both)


async def test_what_is_switched_off_is_told_as_not_looked_at(company: Path) -> None:
    settings = company_settings(company, MIRO_TOOLSETS="default,organization")
    async with connected(settings) as client:
        answer = await client.call_tool("miro_person_review", {"user_id": sample.BEN, "leaving": True})
    assert "Not looked at: legal holds: " in outline_of(answer)
    assert "toolset compliance" in outline_of(answer)
    notes = " ".join(value_of(answer)["notes"])
    assert "Legal holds were not looked at" in notes
    assert "toolset scim" in notes


@pytest.mark.parametrize("reads_only", [True, False])
async def test_a_small_budget_counts_what_is_left_out_of_the_plan(company: Path, reads_only: bool) -> None:
    environment = {"MIRO_READ_ONLY": "1"} if reads_only else {}
    async with connected(company_settings(company, **environment)) as client:
        answer = await client.call_tool("miro_person_review", {"user_id": sample.BEN, "leaving": True, "budget": 1000})
    value = value_of(answer)
    assert len(ENCODING.encode(json.dumps(value, separators=(",", ":")))) <= 1000
    assert "further steps are left out" in value["notes"][0]
    assert any("does not offer" in note for note in value["notes"]) == reads_only


async def yes(_: Any, params: Any) -> ElicitResult:
    """Ticks every box, and types the id of what each call is done to."""
    content: dict[str, Any] = {}
    _, _, told = params.message.partition("In full:")
    for field, schema in params.requested_schema["properties"].items():
        _, _, own = (told or params.message).partition(f"\n{field.removeprefix('typed_')}. ")
        ids = re.findall(r'^- (?:legal hold|person) .*?\(id "(\d+)"', own or params.message, re.MULTILINE)
        content[field] = True if schema["type"] == "boolean" else ids[0]
    return ElicitResult(action="accept", content=content)


async def leave(client: Client, person_id: str) -> dict[str, Any]:
    """Carries a plan out, batch by batch, after looking at it."""
    answer = await client.call_tool("miro_person_review", {"user_id": person_id, "leaving": True, "budget": 50_000})
    plan = value_of(answer)
    for batch in plan["batches"]:
        foreseen = value_of(await client.call_tool("miro_batch", batch))
        assert foreseen["decision"] == "confirm", foreseen
        assert len(batch["steps"]) <= 20
        done = await client.call_tool("miro_batch", {**batch, "dry_run": False})
        assert value_of(done)["counts"] == {"done": len(batch["steps"])}, done.content
    return plan


async def test_the_plan_takes_a_person_out_and_their_boards_go_where_it_says(tmp_path: Path) -> None:
    file = make_company(tmp_path)
    with stored(file) as truth:
        held = next(id for id in truth.people if len(truth.held(id)) > 1)
        heirs = {id: truth.heir(id, held) for id in truth.owned(held)}
        loses = {hold: boards for hold, boards in truth.held(held).items() if boards}
        leads = [id for id in truth.teams if truth.roles("team_member", id).get(held) == "admin"]
    assert heirs
    assert loses
    settings = company_settings(file, MIRO_CONFIRM="ask")
    async with Client(build_server(settings), mode="auto", elicitation_callback=yes) as client:
        plan = await leave(client, held)
    tools = [step["tool"] for batch in plan["batches"] for step in batch["steps"]]
    order = ["miro_legal_holds_write", "miro_board_members_write", "miro_project_members_delete"]
    order += ["miro_user_group_members_delete", "miro_team_members_delete", "miro_scim_users_write"]
    order += ["miro_organizations_delete"]
    assert tools == sorted(tools, key=order.index)
    with stored(file) as after:
        assert after.owned(held) == []
        assert {id: after.who(after.boards[id]["owner"]["id"]) for id in heirs} == heirs
        assert not after.people[held]["active"]
        assert not any(held in after.roles("team_member", id) for id in after.teams if id not in leads)
        for case in after.store.all("case", "3074457345618265001"):
            for hold in after.store.all("legal_hold", case["id"]):
                named = {user["email"] for user in hold["scope"]["users"]}
                assert {heirs[id] for id in loses.get(hold["id"], ())} <= named


async def test_one_persons_roles_on_two_boards_are_changed_with_one_yes(tmp_path: Path) -> None:
    file = make_company(tmp_path)
    with stored(file) as truth:
        roles = {id: truth.roles("board_member", id) for id in truth.boards}
        person, boards = next(
            (id, own) for id in truth.people if len(own := [one for one in roles if roles[one].get(id) == "editor"]) > 1
        )
    steps = [
        {
            "tool": "miro_board_members_write",
            "arguments": {"operation": "update", "board_id": id, "board_member_id": person, "role": "viewer"},
        }
        for id in boards
    ]
    settings = company_settings(file, MIRO_CONFIRM="ask")
    async with Client(build_server(settings), mode="auto", elicitation_callback=yes) as client:
        done = value_of(await client.call_tool("miro_batch", {"steps": steps, "in_order": True}))
    assert done["counts"] == {"done": len(boards)}


async def test_the_last_admin_of_a_team_is_told_to_be_it(tmp_path: Path) -> None:
    file = make_company(tmp_path)
    async with connected(company_settings(file)) as client:
        answer = await client.call_tool("miro_person_review", {"user_id": sample.EMIL, "leaving": True})
        steps = [step for batch in value_of(answer)["batches"] for step in batch["steps"]]
    assert '"Engineering" (id 3074457345618265102) admin, its last admin' in outline_of(answer)
    assert "to nobody: the team has no other admin" in outline_of(answer)
    assert any("last admin of team" in note for note in value_of(answer)["notes"])
    assert "miro_team_members_delete" not in {step["tool"] for step in steps}


async def test_a_token_says_whose_it_is_and_what_it_does_not_see(tmp_path: Path) -> None:
    file = make_company(tmp_path)
    with stored(file) as truth:
        admin = next(one for one in truth.people.values() if one["displayName"] == "Jonas Weber")
        assert USER_ID in truth.people
        assert truth.store.get("grant", "", "sandbox-jonas.weber") == {"person": admin["id"]}
