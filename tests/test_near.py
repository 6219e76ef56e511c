"""New items beside others: in free space, in one frame entirely or outside of all."""

from pathlib import Path
from typing import Any

import pytest
from support import text_of
from test_layout_write import Desk, at_desk

KINDS: dict[str, dict[str, Any]] = {
    "sticky_notes": {"data": {"content": "Beside"}},
    "shapes": {"geometry": {"width": 150, "height": 80}},
    "texts": {"data": {"content": "Beside"}},
    "cards": {"data": {"title": "Beside"}},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_item_is_put_beside_another_in_its_frame(tmp_path: Path, kind: str) -> None:
    async def work(desk: Desk) -> None:
        frame = await desk.frame(0, 0, 1200, 800)
        note = await desk.note("There", parent={"id": frame}, position={"x": 300, "y": 300})
        given = {"operation": "create", "near": [note], "side": "right", **KINDS[kind]}
        made = await desk.call(f"miro_{kind}_write", **given)
        item = (await desk.items())[made["id"]]
        assert item["parent"]["id"] == frame
        assert item["position"]["x"] - item["geometry"]["width"] / 2 == pytest.approx(300 + 199 / 2 + 24, abs=40)

    at_desk(tmp_path, work)


@pytest.mark.parametrize(
    ("side", "axis", "sign"), [("top", "y", -1), ("bottom", "y", 1), ("left", "x", -1), (None, "x", 1)]
)
def test_it_is_on_the_side_that_was_asked_for(tmp_path: Path, side: str | None, axis: str, sign: int) -> None:
    async def work(desk: Desk) -> None:
        note = await desk.note("There", position={"x": 0, "y": 0})
        near = {"near": [note]} | ({"side": side} if side else {})
        dry = await desk.call("miro_sticky_notes_write", operation="create", dry_run=True, **near)
        made = await desk.call("miro_sticky_notes_write", operation="create", **near)
        again = await desk.call("miro_sticky_notes_write", operation="create", **near)
        items = await desk.items()
        first, second = (items[one["id"]]["position"] for one in (made, again))
        assert dry["request"]["body"]["position"] == {"x": first["x"], "y": first["y"]}
        assert first[axis] * sign > 200
        assert (first["x"], first["y"]) != (second["x"], second["y"])

    at_desk(tmp_path, work)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"near": "nothing", "side": "over"}, "side is one of top, right, bottom, left"),
        ({"side": "right"}, "near is a list of ids"),
        ({"near": ["1"], "position": {"x": 1, "y": 1}}, "near finds position and parent itself"),
        ({"near": ["1"]}, "near: there is no item 1 on this board"),
        ({"operation": "update", "item_id": "1", "near": ["1"]}, "near and side are for create"),
    ],
)
def test_what_can_not_be_is_refused(tmp_path: Path, given: dict[str, Any], told: str) -> None:
    async def work(desk: Desk) -> None:
        arguments = {"board_id": desk.board_id, "operation": "create", **given}
        desk.seen.seen.clear()
        result = await desk.client.call_tool("miro_sticky_notes_write", arguments)
        assert result.is_error
        assert told in text_of(result)
        assert desk.changes == []

    at_desk(tmp_path, work)


def test_a_batch_says_where_such_a_step_belongs(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        step = {"tool": "miro_sticky_notes_write", "arguments": {"operation": "create", "board_id": "b", "near": ["1"]}}
        result = await desk.client.call_tool("miro_batch", {"steps": [step]})
        assert "near is for a call of its own" in text_of(result)

    at_desk(tmp_path, work)
