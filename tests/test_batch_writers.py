"""Workflow tools as steps of a batch: a new board and all that is on it in one call, asked about once."""

from pathlib import Path
from typing import Any

import pytest
from support import ERAS, text_of
from test_layout_write import KANBAN, Desk, at_desk, made, with_ids


async def batch(desk: Desk, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    desk.seen.seen.clear()
    return await desk.call_bare("miro_batch", steps=list(steps), **more)


def step(tool: str, step_id: str, /, **arguments: Any) -> dict[str, Any]:
    return {"id": step_id, "tool": tool, "arguments": arguments}


NEW_BOARD = step("miro_boards_write", "board", operation="create", name="All at once")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
ON_IT = {"board_id": {"$ref": "board.id"}}


@pytest.mark.parametrize("era", ERAS)
def test_a_new_board_and_all_that_is_on_it_are_one_call(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        answer = await batch(
            desk,
            NEW_BOARD,
            step("miro_layout_write", "kanban", html=KANBAN, **ON_IT),
            step("miro_diagram_write", "flow", mermaid="flowchart LR\n a --> b", **ON_IT),
            step("miro_svg_write", "drawn", svg=SVG, **ON_IT),
        )  # fmt: skip
        assert answer["counts"] == {"done": 4}, answer
        _, kanban, flow, drawn = (one["result"] for one in answer["results"])
        assert {one["type"] for one in kanban["created"]} == {"frame", "shape", "card", "text", "connector", "tag"}
        assert set(flow["nodes"]) == {"a", "b"}
        assert len(drawn["created"]) == 1
        desk.board_id = answer["results"][0]["result"]["id"]
        assert (await desk.call("miro_board_view", max_px=400))["items"] == 8 + 3 + 1

    assert at_desk(tmp_path, work, era) == []


@pytest.mark.parametrize("era", ERAS)
def test_what_a_step_deletes_is_asked_about_once_before_anything(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        shorter = with_ids(KANBAN.split('<div class="col" id="done">')[0] + "</frame>", ids)
        note = await desk.note("Goes, too")
        answer = await batch(
            desk,
            step("miro_items_delete", "gone", operation="delete", board_id=desk.board_id, item_id=note),
            step("miro_layout_write", "less", board_id=desk.board_id, html=shorter, delete_missing=True),
        )
        assert answer["counts"] == {"done": 2}, answer
        assert set(answer["results"][1]["result"]["deleted"]) >= {ids["c"], ids["done"]}

    assert len(at_desk(tmp_path, work, era)) == 1


def test_a_step_that_can_not_be_done_stops_all_before_anything_is(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        for wrong, told in (
            (step("miro_layout_write", "bad", board_id=desk.board_id, html="<stiky/>"), "did you mean <sticky>?"),
            (step("miro_layout_write", "bad", board_id=desk.board_id), "html"),
            (step("miro_board_view", "bad", board_id=desk.board_id), "there is no tool 'miro_board_view' for a step"),
        ):
            desk.seen.seen.clear()
            result = await desk.client.call_tool("miro_batch", {"steps": [NEW_BOARD, wrong]})
            assert result.is_error
            assert told in text_of(result)
            assert desk.changes == []

    at_desk(tmp_path, work)


def test_a_dry_run_tells_the_calls_of_a_workflow(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        html = step("miro_layout_write", "notes", board_id=desk.board_id, html="<sticky>One</sticky>")
        answer = await batch(desk, html, dry_run=True)
        (told,) = answer["steps"]
        assert told["id"] == "notes"
        assert told["calls"][0]["request"]["body"][0]["type"] == "sticky_note"
        assert desk.changes == []

    at_desk(tmp_path, work)


def test_what_needs_a_yes_too_late_fails_and_changes_nothing(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        shorter = with_ids(KANBAN.split('<div class="col" id="done">')[0] + "</frame>", ids)
        told = {"$ref": "made.id"}
        answer = await batch(
            desk,
            step("miro_sticky_notes_write", "made", operation="create", board_id=desk.board_id),
            step("miro_layout_write", "less", board_id=desk.board_id, html=shorter, delete_missing=True, frame_id=told),
        )
        assert [one["status"] for one in answer["results"]] == ["done", "failed"]
        assert ids["c"] in await desk.items()

    assert at_desk(tmp_path, work) == []
