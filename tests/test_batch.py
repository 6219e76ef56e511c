"""Many operations in one call: checked as a whole, asked about once, in parallel where nothing depends."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import CallToolResult, ElicitResult
from support import ERAS, Recorded, Recorder, connected, recording, settings_for, text_of, value_of

from miro_mcp.server import build_server
from miro_mcp.settings import Settings

BOARD = "uXjVOD6LSME="
TEAM_DELETION = {"tool": "miro_teams_delete", "arguments": {"operation": "delete", "org_id": "7", "team_id": "8"}}


def step(tool: str, operation: str, name: str | None = None, **arguments: Any) -> dict[str, Any]:
    named = {"id": name} if name else {}
    return {**named, "tool": tool, "arguments": {"operation": operation, "board_id": BOARD, **arguments}}


def note(name: str, **arguments: Any) -> dict[str, Any]:
    return step("miro_sticky_notes_write", "create", name, data={"content": name}, **arguments)


def ref(target: str) -> dict[str, str]:
    return {"$ref": target}


class Api:
    """Answers creates with ids of their own, reads with the object's id and name; `fails` makes some fail."""

    def __init__(self, fails: Callable[[Recorded], bool] = lambda _: False) -> None:
        self.fails = fails
        self.made = 0

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        if self.fails(request):
            return 400, {"status": 400, "code": "invalid", "message": "no"}
        if request.method == "POST":
            self.made += 1
            return 201, {"id": f"made-{self.made}", "type": "sticky_note"}
        if request.method == "DELETE":
            return 204, None
        last = request.path.rpartition("/")[2]
        if last == "items":
            return 200, {"data": [{"id": "11", "type": "shape"}, {"id": "12", "type": "frame"}], "total": 2}
        return 200, {"id": last, "name": f"Name of {last}", "type": "shape"}


class Played:
    """What came of one batch: the result, the questions asked, and the requests in the order they arrived."""

    def __init__(
        self, steps: Any, era: str = "auto", api: Callable[[Recorded], tuple[int, Any]] | None = None,
        person: str | None = None, more: dict[str, Any] | None = None, **environment: str,
    ) -> None:  # fmt: skip
        self.questions: list[str] = []

        async def answer(_: Any, params: Any) -> ElicitResult:
            self.questions.append(params.message)
            content: dict[str, Any] = {"confirm": True} if person == "accept" else {}
            return ElicitResult(action=person, content=content)  # type: ignore[arg-type]

        async def run(recorder: Recorder) -> CallToolResult:
            server = build_server(settings_for(recorder, **environment))
            async with Client(server, mode=era, elicitation_callback=answer if person else None) as client:
                return await client.call_tool("miro_batch", {"steps": steps, **(more or {})})

        with recording(api or Api()) as recorder:
            self.result = asyncio.run(run(recorder))
            self.requests = list(recorder.requests)
        self.text = text_of(self.result)
        self.value = value_of(self.result)
        self.statuses = [one["status"] for one in self.value.get("results", [])]
        self.writes = [f"{request.method} {request.path}" for request in self.requests if request.method != "GET"]


@pytest.mark.parametrize("era", ERAS)
def test_a_drawing_is_made_in_one_call_on_the_sandbox(era: str, tmp_path: Path) -> None:
    async def run() -> None:
        environment = {"MIRO_SANDBOX": str(tmp_path / "box.db"), "MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl")}
        async with connected(Settings.from_environment(environment), era) as client:
            created = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Batch"})
            board = value_of(created)["id"]
            steps = [
                step("miro_frames_write", "create", "frame", data={"title": "F"}, geometry=SIZE),
                note("a", parent={"id": ref("frame.id")}, position={"x": 200, "y": 200}),
                note("b", parent={"id": ref("frame.id")}, position={"x": 600, "y": 200}),
                step("miro_connectors_write", "create", "line", **ENDS),
                step("miro_items_read", "list_in_frame", "inside", parent_item_id=ref("frame.id"), fields=["id"]),
                step("miro_connectors_read", "list", "lines"),
            ]
            for one in steps:
                one["arguments"]["board_id"] = board
            result = await client.call_tool("miro_batch", {"steps": steps})
            results = value_of(result)["results"]
            assert [one["id"] for one in results] == ["frame", "a", "b", "line", "inside", "lines"]
            assert all(one["ok"] for one in results)
            _, a, b, line, inside, lines = (one["result"] for one in results)
            assert {one["id"] for one in inside["data"]} == {a["id"], b["id"]}
            assert [one["id"] for one in lines["data"]] == [line["id"]]

    asyncio.run(run())


ENDS = {"startItem": {"id": ref("a.id")}, "endItem": {"id": ref("b.id")}}
SIZE = {"width": 900, "height": 500}
SAME_ENDS = {"startItem": {"id": ref("a.id")}, "endItem": {"id": ref("a.id")}}


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], "steps"),
        ([note("n")] * 501, "steps"),
        ([note("same"), note("same")], "same"),
        ([{"tool": "miro_nothing", "arguments": {}}], "miro_nothing"),
        ([{"tool": "miro_batch", "arguments": {"steps": []}}], "miro_batch"),
        ([note("a"), step("miro_items_read", "get", "b", item_id=ref("later.id")), note("later")], "later"),
        ([step("miro_items_read", "get", "a", item_id=ref("a.id"))], "'a'"),
        ([note("a"), step("miro_items_read", "get", item_id=ref("a"))], '{"$ref": "frame.id"}'),
        ([note("a"), step("miro_items_read", "get", item_id={"$ref": "a.id", "or": 1})], '{"$ref": "frame.id"}'),
        ([note("a"), note("b", style={"fillColor": "nope"})], "steps[1] (id b)"),
        ([note("a"), step("miro_items_read", "get", "b", item=ref("a.id"))], "Did you mean item_id?"),
        ([note("a"), note("b", geometry={"width": ref("a.geometry.width"), "height": 100})], "width or height"),
        ([note("a"), step("miro_connectors_write", "create", **SAME_ENDS)], "different items"),
        ([{"id": "no spaces", "tool": "miro_items_read", "arguments": {}}], "id"),
        ([{"tool": "miro_items_read", "arguments": []}], "arguments"),
        ("not a list", "steps"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_nothing_is_run_when_the_plan_is_wrong_anywhere(steps: Any, told: str) -> None:
    played = Played(steps)
    assert played.result.is_error
    assert told in played.text
    assert played.requests == []


def test_a_failure_stops_what_has_not_begun() -> None:
    steps = [note("a"), step("miro_items_read", "get", "b", item_id=ref("a.id")), note("c", parent={"id": ref("b.id")})]
    played = Played(steps, api=Api(lambda request: request.method == "GET"))
    assert played.statuses == ["done", "failed", "not run"]
    assert not played.value["results"][1]["ok"]
    assert len(played.writes) == 1


def test_a_failure_skips_only_what_refers_to_it_when_told_to_continue() -> None:
    steps = [
        note("a"),
        step("miro_items_read", "get", "b", item_id=ref("a.id")),
        note("c", parent={"id": ref("b.id")}),
        note("d", parent={"id": ref("c.id")}),
        note("e", parent={"id": ref("a.id")}),
    ]
    played = Played(steps, api=Api(lambda request: request.method == "GET"), more={"on_error": "continue"})
    assert played.statuses == ["done", "failed", "skipped", "skipped", "done"]
    assert "step b" in played.value["results"][2]["error"]
    assert len(played.writes) == 2


def test_an_answer_without_what_is_referred_to_fails_that_step_and_says_what_there_is() -> None:
    played = Played([note("a"), step("miro_items_read", "get", "b", item_id=ref("a.data.0.id"))])
    assert played.statuses == ["done", "failed"]
    assert "id, type" in played.value["results"][1]["error"]


def test_a_change_with_an_unknown_outcome_says_so() -> None:
    def api(_: Recorded) -> tuple[int, Any]:
        return 500, {"message": "broken"}

    assert Played([note("a")], api=api).statuses == ["unknown"]


@pytest.mark.parametrize("era", ERAS)
def test_deletions_together_are_asked_about_once(era: str) -> None:
    steps = [step("miro_items_delete", "delete", item_id=one) for one in ("1", "2", "3")] + [note("a")]
    played = Played(steps, era, person="accept", MIRO_CONFIRM="ask")
    assert len(played.questions) == 1
    assert 'shape "Name of 1", shape "Name of 2", shape "Name of 3"' in played.questions[0]
    assert played.statuses == ["done"] * 4
    assert len(played.writes) == 4


@pytest.mark.parametrize("era", ERAS)
def test_why_deletions_together_need_a_yes_is_told_where_nobody_can_be_asked(era: str) -> None:
    played = Played([step("miro_items_delete", "delete", item_id=one) for one in ("1", "2")], era, MIRO_CONFIRM="ask")
    assert "Of 2 steps together, 2 need a yes" in played.text
    assert "2 deletions at once" in played.text
    assert played.writes == []


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("person", ["decline", "cancel", None])
def test_without_a_yes_nothing_of_a_batch_is_sent(person: str | None, era: str) -> None:
    played = Played([note("a"), step("miro_boards_delete", "delete")], era, person=person, MIRO_CONFIRM="ask")
    assert played.result.is_error
    assert played.writes == []


@pytest.mark.parametrize("era", ERAS)
def test_a_tick_is_not_enough_where_a_name_has_to_be_typed(era: str) -> None:
    played = Played([note("a"), TEAM_DELETION], era, person="accept", MIRO_CONFIRM="ask")
    assert played.result.is_error
    assert played.writes == []


@pytest.mark.parametrize("era", ERAS)
def test_what_a_read_finds_is_shown_before_it_is_deleted(era: str) -> None:
    steps = [
        step("miro_items_read", "list", "found"),
        step("miro_items_delete", "delete", "gone", item_id=ref("found.data.0.id")),
        step("miro_items_delete", "delete", "too", item_id=ref("found.data.1.id")),
    ]
    played = Played(steps, era, person="accept", MIRO_CONFIRM="ask")
    assert len(played.questions) == 1
    assert "Name of 11" in played.questions[0]
    assert "Name of 12" in played.questions[0]
    assert [path.rpartition("/")[2] for path in played.writes] == ["11", "12"]


def test_what_can_only_be_known_after_a_change_is_not_deleted_unseen() -> None:
    steps = [
        step("miro_boards_write", "create", "new"),
        {"tool": "miro_boards_delete", "arguments": {"operation": "delete", "board_id": ref("new.id")}},
    ]
    del steps[0]["arguments"]["board_id"]
    played = Played(steps, person="accept", MIRO_CONFIRM="ask")
    assert played.result.is_error
    assert "a call of its own" in played.text
    assert played.requests == []


def new_board(**arguments: Any) -> dict[str, Any]:
    return {"tool": "miro_boards_write", "arguments": {"operation": "create", **arguments}}


LATE: dict[str, list[dict[str, Any]]] = {
    "a policy that a reference fills in": [
        note("a"),
        step("miro_items_read", "get", "word", item_id=ref("a.id")),
        new_board(policy={"sharingPolicy": {"access": ref("word.id")}}),
    ],
    "access to a board that is yet to be made": [
        {"id": "new", **new_board()},
        {
            "tool": "miro_board_members_write",
            "arguments": {"operation": "share", "board_id": ref("new.id"), "emails": ["ada@example.com"]},
        },
    ],
    "a project in a team that is yet to be made": [
        {
            "id": "team",
            "tool": "miro_teams_write",
            "arguments": {"operation": "create", "org_id": "7", "name": "Research"},
        },
        {
            "tool": "miro_projects_write",
            "arguments": {"operation": "create", "org_id": "7", "team_id": ref("team.id"), "name": "Study 1"},
        },
    ],
    "an item that may be a frame": [
        step("miro_frames_write", "create", "frame", data={"title": "F"}),
        step("miro_items_delete", "delete", item_id=ref("frame.id")),
    ],
    "an item of a kind that the route is not for": [
        step("miro_frames_write", "create", "frame", data={"title": "F"}),
        step("miro_items_delete", "delete_shape", item_id=ref("frame.id")),
    ],
    "a second deletion": [
        note("a"),
        step("miro_connectors_delete", "delete", connector_id="1"),
        step("miro_connectors_delete", "delete", connector_id=ref("a.id")),
    ],
}


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("steps", LATE.values(), ids=LATE)
def test_what_needs_a_yes_but_is_known_too_late_stops_the_whole_batch(steps: list[dict[str, Any]], era: str) -> None:
    played = Played(steps, era, person="accept", MIRO_CONFIRM="ask")
    assert played.result.is_error
    assert "a call of its own" in played.text
    assert played.writes == []
    assert played.questions == []
    foreseen = Played(steps, era, more={"dry_run": True}, person="accept", MIRO_CONFIRM="ask")
    assert foreseen.writes == []
    assert foreseen.value["decision"] == "deny"
    assert foreseen.value["reason"] == played.text


def test_a_dry_run_tells_the_whole_question_and_what_a_read_finds() -> None:
    steps = [
        step("miro_items_read", "list", "found"),
        step("miro_items_delete", "delete_sticky_note", "gone", item_id=ref("found.data.0.id")),
        step("miro_connectors_delete", "delete", "line", connector_id="9"),
    ]
    foreseen = Played(steps, more={"dry_run": True}, MIRO_CONFIRM="ask")
    assert foreseen.writes == []
    assert [one.get("decision") for one in foreseen.value["steps"]] == ["allow", "confirm", "confirm"]
    assert "Name of 11" in foreseen.value["steps"][1]["affects"]
    asked = Played(steps, person="accept", MIRO_CONFIRM="ask")
    assert asked.questions == [foreseen.value["question"]]
    assert foreseen.value["decision"] == "confirm"


@pytest.mark.parametrize("era", ERAS)
def test_in_read_only_mode_a_batch_takes_reads_alone(era: str) -> None:
    played = Played([step("miro_items_read", "get", item_id="1")], era, MIRO_READ_ONLY="1")
    assert played.statuses == ["done"]
    refused = Played([step("miro_items_read", "get", item_id="1"), note("a")], era, MIRO_READ_ONLY="1")
    assert "there is no tool 'miro_sticky_notes_write'" in refused.text
    assert refused.requests == []


def test_a_tool_that_is_hidden_is_no_step_either() -> None:
    hidden = Played([TEAM_DELETION], MIRO_TOOLSETS="default")
    unknown = Played([{**TEAM_DELETION, "tool": "miro_nothing"}], MIRO_TOOLSETS="default")
    assert hidden.text.replace("miro_teams_delete", "X") == unknown.text.replace("miro_nothing", "X")


def test_what_stays_outside_the_allowed_boards_stays_out_of_a_batch() -> None:
    played = Played([step("miro_items_read", "get", item_id="1"), note("a")], MIRO_ALLOWED_BOARDS="other")
    assert played.result.is_error
    assert played.requests == []


def test_steps_on_the_same_object_keep_their_order_and_a_list_sees_the_changes_before_it() -> None:
    steps = [
        step("miro_sticky_notes_write", "update", "one", item_id="5", data={"content": "1"}),
        step("miro_sticky_notes_write", "update", "two", item_id="5", data={"content": "2"}),
        note("new"),
        step("miro_items_read", "list", "all"),
    ]
    played = Played(steps)
    order = [(request.method, json.loads(request.body or b"{}").get("data")) for request in played.requests]
    assert order.index(("PATCH", {"content": "1"})) < order.index(("PATCH", {"content": "2"}))
    assert order[-1] == ("GET", None)


def test_a_dry_run_shows_each_request_and_sends_reads_alone() -> None:
    steps = [note("a"), step("miro_boards_delete", "delete", "b"), note("c", parent={"id": ref("a.id")})]
    played = Played(steps, more={"dry_run": True}, MIRO_CONFIRM="ask")
    assert played.writes == []
    assert [one["id"] for one in played.value["steps"]] == ["a", "b", "c"]
    assert played.value["steps"][0]["request"]["method"] == "POST"
    assert "Name of" in played.value["steps"][1]["affects"]


def test_arguments_that_arrive_as_json_text_are_taken() -> None:
    text = json.dumps(note("a")["arguments"])
    played = Played([{"tool": "miro_sticky_notes_write", "arguments": text}])
    assert played.statuses == ["done"]


def test_note_text_that_looks_like_a_reference_is_left_alone() -> None:
    content = '{"$ref": "a.id"}'
    played = Played([step("miro_sticky_notes_write", "create", data={"content": content})])
    assert played.requests[0].json == {"data": {"content": content}}


@pytest.mark.slow
def test_what_does_not_depend_is_in_flight_together() -> None:
    """Every create waits until eight have arrived, and would wait for ever if they came one after the other."""

    async def run() -> list[str]:
        arrived, all_there = 0, asyncio.Event()

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal arrived
            with closing(writer):
                while head := await reader.readuntil(b"\r\n\r\n"):
                    lengths = (line.split(b":")[1] for line in head.lower().split(b"\r\n") if b"content-length" in line)
                    await reader.readexactly(int(next(lengths)))
                    arrived += 1
                    if arrived == 8:
                        all_there.set()
                    await all_there.wait()
                    body = b'{"id":"1"}'
                    writer.write(b"HTTP/1.1 201 Created\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
                    await writer.drain()

        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        settings = settings_for(Recorder(url=f"http://127.0.0.1:{port}"))
        async with asyncio.timeout(30), connected(settings) as client:
            result = await client.call_tool("miro_batch", {"steps": [note(f"n{number}") for number in range(8)]})
        server.close()
        return [one["status"] for one in value_of(result)["results"]]

    assert asyncio.run(run()) == ["done"] * 8


def test_steps_in_order_run_one_by_one_and_end_with_the_first_failure() -> None:
    played = Played([note("a"), note("b"), note("c")], api=Api(lambda one: b'"b"' in one.body), more={"in_order": True})
    assert played.statuses == ["done", "failed", "not run"]
    assert len(played.writes) == 2
