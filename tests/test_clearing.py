"""Calls that belong together are cleared with one question, before any of them is made."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.server import Server, ServerRequestContext
from mcp.server.request_state import RequestStateBoundary, RequestStateSecurity
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ElicitResult,
    InputRequiredResult,
    ListToolsResult,
    TextContent,
    Tool,
)
from support import ERAS, Recorded, Recorder, recording, settings_for

from miro_mcp.calls import Miro
from miro_mcp.catalogue import OPERATIONS
from miro_mcp.client.http import MiroClient
from miro_mcp.errors import CallError, Refused
from miro_mcp.guardrails.audit import AuditLog
from miro_mcp.guardrails.bounds import Bounds
from miro_mcp.guardrails.guard import Guard
from miro_mcp.guardrails.policy import Policy
from miro_mcp.keeping.file import KeptFile
from miro_mcp.keeping.journal import Journal
from miro_mcp.keeping.keeper import Keeper
from miro_mcp.settings import Settings
from miro_mcp.tools.ask import Answers, ClientAsker, InputNeeded
from miro_mcp.tools.request import ToolRequest

BOARD = "uXjVOD6LSME="
CREATE = ("create-tag", {"board_id": BOARD, "title": "new"})
DELETE_ONE = ("delete-shape-item", {"board_id": BOARD, "item_id": "1"})
DELETE_OTHER = ("delete-connector", {"board_id": BOARD, "connector_id": "2"})
DELETE_BOARD = ("delete-board", {"board_id": BOARD})
DELETE_TEAM = ("enterprise-delete-team", {"org_id": "7", "team_id": "8"})
DELETE_GROUP = ("enterprise-delete-group", {"org_id": "7", "group_id": "9"})

Plan = list[tuple[str, dict[str, Any]]]
Person = Callable[[dict[str, Any]], ElicitResult]


class World:
    """An API whose objects have names; what `renamed` holds has another one than before."""

    def __init__(self) -> None:
        self.renamed: set[str] = set()
        self.on_write: Callable[[Recorded], None] = lambda _: None

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        last = request.path.rpartition("/")[2]
        if request.method != "GET":
            self.on_write(request)
            return 200, {"id": "new"}
        if last in ("members", "items", "boards", "teams"):
            return 200, {"data": [], "total": 0}
        return 200, {"id": last, "name": f"{'Other' if last in self.renamed else 'Name'} of {last}", "type": "shape"}


def planning_server(settings: Settings, plan: Plan, twice: bool) -> Server[Any]:
    """A server with one tool, which clears a plan and carries it out, as workflow tools do."""
    guard = Guard(Policy(settings), Bounds(settings), AuditLog(settings.audit_log or Path()))
    miro = Miro(guard, MiroClient(settings), Keeper(KeptFile(Path("unused"), 0), "", 0), Journal(Path("unused"), ""))
    used = Answers()

    async def handle(
        context: ServerRequestContext[Any, Any], params: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        calls = [(OPERATIONS[name], OPERATIONS[name].arguments.model_validate(arguments)) for name, arguments in plan]
        try:
            permits = await miro.clear_all(calls, ClientAsker(ToolRequest(context, params), used))
            for permit in permits * (2 if twice else 1):
                await miro.carry_out(permit)
        except InputNeeded as needed:
            return needed.result
        except CallError as error:
            return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
        return CallToolResult(content=[TextContent(type="text", text="all done")])

    async def tools(*_: Any) -> ListToolsResult:
        return ListToolsResult(tools=[Tool(name="plan", input_schema={"type": "object", "properties": {}})])

    @asynccontextmanager
    async def until_closed(_: Server[Any]) -> AsyncIterator[None]:
        yield
        await miro.aclose()

    server = Server[Any]("planning", on_list_tools=tools, on_call_tool=handle, lifespan=until_closed)
    server.middleware.append(RequestStateBoundary(RequestStateSecurity.ephemeral(), default_audience=server.name))
    return server


class Played:
    """What came of a plan: the tool's answer, the questions and forms, the writes that arrived, the audit lines."""

    def __init__(
        self, plan: Plan, person: Person | None, era: str, folder: Path, world: World | None = None,
        twice: bool = False, **environment: str,
    ) -> None:  # fmt: skip
        self.questions: list[str] = []
        self.forms: list[dict[str, Any]] = []

        async def answer(_: Any, params: Any) -> ElicitResult:
            self.questions.append(params.message)
            self.forms.append(params.requested_schema)
            assert person is not None
            return person(params.requested_schema)

        async def run(recorder: Recorder) -> CallToolResult:
            log = str(folder / "audit.jsonl")
            settings = settings_for(recorder, **{"MIRO_AUDIT_LOG": log, "MIRO_CONFIRM": "ask", **environment})
            callback = answer if person else None
            server = planning_server(settings, plan, twice)
            async with Client(server, mode=era, elicitation_callback=callback) as client:
                return await client.call_tool("plan", {})

        with recording(world or World()) as recorder:
            result = asyncio.run(run(recorder))
            self.requests = list(recorder.requests)
        (block,) = result.content
        assert block.type == "text"
        self.failed, self.text = result.is_error, block.text
        self.writes = [request for request in self.requests if request.method != "GET"]
        file = folder / "audit.jsonl"
        self.audit = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def yes(*words: str) -> Person:
    """Ticks the boxes and types the words into the fields in turn."""

    def answer(schema: dict[str, Any]) -> ElicitResult:
        left = list(words)
        content = {n: True if part["type"] == "boolean" else left.pop(0) for n, part in schema["properties"].items()}
        return ElicitResult(action="accept", content=content)

    return answer


def no(_: dict[str, Any]) -> ElicitResult:
    return ElicitResult(action="decline")


@pytest.mark.parametrize("era", ERAS)
def test_one_question_is_for_all_calls_and_lists_those_that_need_a_yes(era: str, tmp_path: Path) -> None:
    played = Played([CREATE, DELETE_BOARD, DELETE_TEAM, DELETE_GROUP], yes("Name of 8", "9"), era, tmp_path)
    assert not played.failed, played.text
    (question,) = played.questions
    assert question.startswith("3 of 4 steps need your yes; they are made together: ")
    assert "a no to any of them stops all of them, and the 1 step that needs no yes" in question
    assert "3. Risk 4 of 5. Delete a board and all its items: board" in question
    assert 'team "Name of 8"' in question
    assert "new" not in question
    assert list(played.forms[0]["properties"]) == ["typed_1", "typed_2", "yes_3"]
    assert [request.method for request in played.writes] == ["POST", "DELETE", "DELETE", "DELETE"]
    assert [(line["operation"], line["outcome"]) for line in played.audit] == [
        ("create-tag", "done"), ("delete-board", "done"), ("enterprise-delete-team", "done"),
        ("enterprise-delete-group", "done"),
    ]  # fmt: skip
    assert [bool(line["confirmed_by"]) for line in played.audit] == [False, True, True, True]


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("person", [None, no, yes("Name of 8", "8"), yes("Name of 9", "Name of 8"), yes("", "")])
def test_without_a_yes_to_each_nothing_is_sent(person: Person | None, era: str, tmp_path: Path) -> None:
    played = Played([CREATE, DELETE_TEAM, DELETE_GROUP], person, era, tmp_path)
    assert played.failed
    assert played.writes == []
    assert [line["outcome"] for line in played.audit] == ["refused"] * 3


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_several_deletions_of_single_items_are_a_deletion_of_several(era: str, tmp_path: Path) -> None:
    alone = Played([CREATE, DELETE_ONE], None, era, tmp_path)
    assert not alone.failed
    assert alone.questions == []
    unasked = Played([DELETE_ONE, CREATE, DELETE_OTHER], None, era, tmp_path)
    assert unasked.failed
    assert unasked.writes == []
    asked = Played([DELETE_ONE, CREATE, DELETE_OTHER], yes(), era, tmp_path)
    assert not asked.failed
    assert len(asked.questions) == 1
    assert len(asked.writes) == 3


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("plan", "environment", "told"),
    [
        ([CREATE, DELETE_ONE], {"MIRO_RULES": "3=deny"}, "Call 2 of 2 (delete-shape-item)"),
        ([CREATE, ("create-tag", {"board_id": "uXjVother000=", "title": "x"})], {"MIRO_ALLOWED_BOARDS": BOARD},
         "Call 2 of 2 (create-tag)"),
        ([CREATE, ("update-board", {"board_id": BOARD, "name": "x"})], {"MIRO_TOOLSETS": "scim"}, "Call 1 of 2"),
        ([CREATE, ("share-board", {"board_id": BOARD, "emails": ["eve@evil.example"]})], {}, "Call 2 of 2"),
        ([CREATE, CREATE], {"MIRO_READ_ONLY": "1"}, "Call 1 of 2"),
        ([CREATE, ("create-image-item-using-local-file", {"board_id": BOARD, "resource": "/etc/passwd"})], {},
         "Call 2 of 2"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_one_call_that_may_not_be_made_stops_all_and_is_named(
    plan: Plan, environment: dict[str, str], told: str, era: str, tmp_path: Path
) -> None:
    played = Played(plan, yes("x"), era, tmp_path, **environment)
    assert played.failed
    assert told in played.text
    assert played.requests == []
    assert played.questions == []
    assert [line["outcome"] for line in played.audit] == ["refused"] * 2


@pytest.mark.parametrize("era", ERAS)
def test_an_object_swapped_by_the_time_its_turn_comes_is_not_touched(era: str, tmp_path: Path) -> None:
    world = World()
    world.on_write = lambda _: world.renamed.add("2")
    played = Played([DELETE_ONE, DELETE_OTHER], yes(), era, tmp_path, world)
    assert played.failed
    assert "changed meanwhile" in played.text
    assert [request.path for request in played.writes] == ["/v2/boards/uXjVOD6LSME%3D/shapes/1"]
    assert [line["outcome"] for line in played.audit] == ["done", "refused"]


@pytest.mark.parametrize("era", ERAS)
def test_an_answer_to_a_plan_that_has_changed_meanwhile_is_none(era: str, tmp_path: Path) -> None:
    world, rounds = World(), [0]

    def swapping(schema: dict[str, Any]) -> ElicitResult:
        rounds[0] += 1
        world.renamed.add("2")
        return yes()(schema) if rounds[0] == 1 else no(schema)

    played = Played([DELETE_ONE, DELETE_OTHER], swapping, era, tmp_path, world)
    assert played.failed
    assert played.writes == []


@pytest.mark.parametrize("era", ERAS)
def test_a_permit_is_good_for_one_call(era: str, tmp_path: Path) -> None:
    played = Played([CREATE], None, era, tmp_path, twice=True)
    assert played.failed
    assert len(played.writes) == 1


def test_what_several_calls_share_is_looked_up_once_for_a_question(tmp_path: Path) -> None:
    played = Played([DELETE_ONE, DELETE_OTHER], no, "legacy", tmp_path)
    boards = [request for request in played.requests if request.path.endswith("/boards/uXjVOD6LSME%3D")]
    assert len(boards) == 1


def test_a_workflows_own_reads_may_be_of_any_toolset_but_are_never_sensitive() -> None:
    policy = Policy(Settings())
    policy.check(OPERATIONS["get-mindmap-nodes-experimental"], inner=True)
    for operation_id, inner in (
        ("get-mindmap-nodes-experimental", False),
        ("create-mindmap-nodes-experimental", True),
        ("enterprise-get-audit-logs", True),
    ):
        with pytest.raises(Refused, match=r"toolset (experimental|compliance), which the operator"):
            policy.check(OPERATIONS[operation_id], inner=inner)


FRAME = "77"
MOVE_IN = ("update-item-position-or-parent", {"board_id": BOARD, "item_id": "5", "parent": {"id": FRAME}})
DELETE_FRAME = ("delete-frame-item", {"board_id": BOARD, "item_id": FRAME})


class Framed(World):
    """A board whose one frame holds items 1 and 2, until they are deleted."""

    def __init__(self) -> None:
        super().__init__()
        self.left = ["1", "2"]

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        last = request.path.rpartition("/")[2]
        if request.method == "DELETE" and last in self.left:
            self.left.remove(last)
            return 204, None
        if last == "items" and request.method == "GET":
            return 200, {
                "data": [{"id": one, "data": {"content": f"note {one}"}} for one in self.left],
                "total": len(self.left),
            }
        return super().__call__(request)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("plan", [[MOVE_IN, DELETE_FRAME], [DELETE_FRAME, MOVE_IN]])
def test_a_call_that_changes_what_another_was_shown_to_touch_stops_both(plan: Plan, era: str, tmp_path: Path) -> None:
    played = Played(plan, yes(), era, tmp_path, Framed())
    assert played.failed
    assert "Make them two calls" in played.text
    assert played.questions == []
    assert played.writes == []


@pytest.mark.parametrize("era", ERAS)
def test_what_is_deleted_first_is_not_counted_in_its_frame(era: str, tmp_path: Path) -> None:
    plan: Plan = [("delete-shape-item", {"board_id": BOARD, "item_id": "1"}), DELETE_FRAME]
    played = Played(plan, yes(), era, tmp_path, Framed())
    assert not played.failed, played.text
    assert 'items inside it, which stay on the board: 1 ("note 2")' in played.questions[0]
    assert [request.method for request in played.writes] == ["DELETE", "DELETE"]


def test_what_was_counted_is_counted_again_just_before(tmp_path: Path) -> None:
    world = Framed()
    world.on_write = lambda _: world.left.append("3")
    other = ("update-text-item", {"board_id": "uXjVOther0=", "item_id": "9", "data": {"content": "x"}})
    played = Played([other, DELETE_FRAME], yes(), "auto", tmp_path, world)
    assert played.failed
    assert "changed meanwhile" in played.text
    assert [request.method for request in played.writes] == ["PATCH"]


INVITE = ("share-board", {"board_id": BOARD, "emails": ["eve@example.com"], "role": "coowner"})


def shapes(count: int) -> Plan:
    return [("delete-shape-item", {"board_id": BOARD, "item_id": str(1000 + at)}) for at in range(count)]


@pytest.mark.parametrize("era", ERAS)
def test_what_is_grave_stands_first_and_equal_deletions_are_one_line(era: str, tmp_path: Path) -> None:
    played = Played([*shapes(150), INVITE], yes(), era, tmp_path)
    assert not played.failed, played.text
    lines = played.questions[0].splitlines()
    assert lines[0].startswith("151 steps need your yes; they are made together: ")
    assert "Delete a shape: 150 (risk 3)" in lines[0]
    assert "Risk 4 of 5. Invite people by e-mail" in lines[2]
    assert 'gains access: "eve@example.com", as "coowner"' in lines[2]
    assert len(lines) < 40
    assert set(played.forms[0]["properties"]) == {"yes_1", "confirm"}


@pytest.mark.parametrize("era", ERAS)
def test_each_grave_call_wants_a_yes_of_its_own(era: str, tmp_path: Path) -> None:
    def only_the_others(schema: dict[str, Any]) -> ElicitResult:
        return ElicitResult(action="accept", content={name: name == "confirm" for name in schema["properties"]})

    played = Played([*shapes(2), INVITE], only_the_others, era, tmp_path)
    assert played.failed
    assert played.writes == []


@pytest.mark.parametrize("count", [20, 21])
def test_more_grave_calls_than_can_be_judged_are_not_asked_about(count: int, tmp_path: Path) -> None:
    plan: Plan = [("share-board", {"board_id": f"uXjVboard{at}=", "emails": ["a@example.com"]}) for at in range(count)]
    played = Played(plan, yes(), "auto", tmp_path)
    assert played.failed == (count == 21)
    assert len(played.questions) == (count == 20)
    if count == 21:
        assert "21 of these calls are of risk 4 or 5" in played.text
        assert played.writes == []


def test_of_a_line_it_is_told_what_it_joins(tmp_path: Path) -> None:
    def world(request: Recorded) -> tuple[int, Any]:
        last = request.path.rpartition("/")[2]
        if request.method == "DELETE":
            return 204, None
        if "/connectors/" in request.path:
            return 200, {
                "id": last,
                "startItem": {"id": "1"},
                "endItem": {"id": "2"},
                "captions": [{"content": "<p>yes</p>"}],
            }
        names = {"1": "<p>Pay</p>", "2": "<p>Payment accepted?</p>"}
        return 200, {"id": last, "type": "shape", "name": "Plan"} if last == BOARD else {
            "id": last, "type": "shape", "data": {"content": names.get(last, "other")}}  # fmt: skip

    played = Played([DELETE_OTHER, DELETE_ONE], yes(), "auto", tmp_path, world)  # pyright: ignore
    assert 'connector "Pay" → "Payment accepted?" ("yes")' in played.questions[0]
