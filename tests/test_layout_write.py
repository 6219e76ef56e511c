"""`miro_layout_write` through MCP on the sandbox: a text becomes a board, and the same text again changes nothing."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from diagrams import Board, sandbox_at_a_port
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, text_of, value_of

from miro_mcp.board.contents import Contents
from miro_mcp.drawing.job import DrawingJob
from miro_mcp.drawing.view import draw_view
from miro_mcp.server import build_server
from miro_mcp.workflows.layout_write.plan import LayoutJob, plan_layout
from miro_mcp.workflows.layout_write.spot import Spot

Value = dict[str, Any]


class Desk:
    """A board of the sandbox, and the client at work on it."""

    def __init__(self, client: Client, board: Board) -> None:
        self.client = client
        self.seen = board
        self.board_id = ""

    async def call(self, tool: str, **arguments: Any) -> Value:
        return await self.call_bare(tool, board_id=self.board_id, **arguments)

    async def call_bare(self, tool: str, **arguments: Any) -> Value:
        """A call that may be about other boards, too."""
        result = await self.client.call_tool(tool, arguments)
        assert not result.is_error, text_of(result)
        return value_of(result)

    async def write(self, html: str, **more: Any) -> Value:
        """What came of it; `changes` counts from here."""
        self.seen.seen.clear()
        return await self.call("miro_layout_write", html=html, **more)

    async def refused(self, html: str, **more: Any) -> str:
        self.seen.seen.clear()
        result = await self.client.call_tool("miro_layout_write", {"board_id": self.board_id, "html": html, **more})
        assert result.is_error
        assert self.seen.changes == []
        return text_of(result)

    async def items(self) -> dict[str, Value]:
        listed = await self.call("miro_items_read", operation="list", max_items=1000, verbose=True)
        return {one["id"]: one for one in listed["data"]}

    async def lines(self) -> list[Value]:
        return (await self.call("miro_connectors_read", operation="list", max_items=100, verbose=True))["data"]

    async def note(self, content: str, **more: Any) -> str:
        given = {"operation": "create", "data": {"content": content}, **more}
        return (await self.call("miro_sticky_notes_write", **given))["id"]

    async def frame(self, x: float = 0, y: float = 0, width: float = 1000, height: float = 800) -> str:
        place = {"position": {"x": x, "y": y}, "geometry": {"width": width, "height": height}}
        return (await self.call("miro_frames_write", operation="create", data={"title": "There"}, **place))["id"]

    @property
    def changes(self) -> list[str]:
        return [one.method for one in self.seen.changes]


def at_desk(folder: Path, work: Callable[[Desk], Awaitable[None]], era: str = "auto", **environment: str) -> list[str]:
    """Does the work on a fresh board; the questions a person was asked, who agrees."""
    questions: list[str] = []

    async def ask(_: Any, params: Any) -> ElicitResult:
        questions.append(params.message)
        return ElicitResult(action="accept", content={"confirm": True})

    async def run(board: Board) -> None:
        server = build_server(board.settings(folder, **environment))
        async with Client(server, mode=era, elicitation_callback=ask) as client:
            desk = Desk(client, board)
            made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Laid out"})
            desk.board_id = value_of(made)["id"]
            await work(desk)

    with sandbox_at_a_port(folder) as board:
        asyncio.run(run(board))
    return questions


def made(answer: Value) -> dict[str, str]:
    return {one["element"]: one["id"] for one in answer["created"] if "element" in one}


KANBAN = """\
<style>.col { background: #f4f5f7; padding: 20px } .col > h3 { margin: 0 }</style>
<frame id="board" title="Sprint 15" style="display:grid; grid-template-columns:repeat(2, auto); gap:24px">
  <div class="col" id="todo"><h3>To do</h3>
    <card id="a" due="2026-12-14" tags="High:red">Checkout fails</card>
    <card id="b" tags="Low:green, UI">Show stock<p>Only for signed-in customers</p></card></div>
  <div class="col" id="done"><h3>Done</h3><card id="c">Wish list can be shared</card></div>
</frame>
<connector from="a" to="#c" color="red" style="border-style:dashed">blocks</connector>"""


@pytest.mark.parametrize("era", ERAS)
def test_a_text_becomes_a_board(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        answer = await desk.write(KANBAN)
        assert "failed" not in answer
        assert answer["notes"] == answer["findings"] == answer["not_in_text"] == answer["conflicts"] == []
        ids, items = made(answer), await desk.items()
        assert items[ids["board"]]["data"]["title"] == "Sprint 15"
        card = items[ids["b"]]
        assert (card["type"], card["data"]["title"]) == ("card", "Show stock")
        assert "Only for signed-in customers" in card["data"]["description"]
        assert card["parent"]["id"] == ids["board"] == answer["frames"][0]
        assert items[ids["a"]]["data"]["dueDate"].startswith("2026-12-14")
        tags = (await desk.call("miro_tags_read", operation="list"))["data"]
        colours = {tag["title"]: tag["fillColor"] for tag in tags}
        assert colours == {"High": "red", "Low": "green", "UI": "gray"}
        (line,) = await desk.lines()
        assert (line["startItem"]["id"], line["endItem"]["id"]) == (ids["a"], ids["c"])
        assert (line["captions"][0]["content"], line["style"]["strokeStyle"]) == ("<p>blocks</p>", "dashed")
        assert line["startItem"]["position"]["x"] == "100%"
        column, first, second = (items[ids[name]] for name in ("todo", "a", "b"))
        assert first["geometry"]["width"] == 320
        gap = second["position"]["y"] - first["position"]["y"]
        assert round(gap - (first["geometry"]["height"] + second["geometry"]["height"]) / 2) == 16
        assert column["geometry"]["width"] == 360

    at_desk(tmp_path, work, era)


def test_the_answer_has_a_picture_of_the_result(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        for more in ({"dry_run": True}, {}):
            given = {"board_id": desk.board_id, "html": "<sticky>Hello</sticky>", **more}
            result = await desk.client.call_tool("miro_layout_write", given)
            assert [block.type for block in result.content] == ["text", "image"]

    at_desk(tmp_path, work)


def test_a_dry_run_tells_all_and_sends_nothing(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        answer = await desk.write(KANBAN, dry_run=True)
        assert desk.changes == []
        assert answer["sent"] is False
        assert answer["would_create"] == {"frame": 1, "shape": 2, "text": 2, "card": 3, "connector": 1, "tag": 3}
        assert answer["calls"]
        assert answer["findings"] == []
        assert await desk.items() == {}

    at_desk(tmp_path, work)


def test_what_is_below_a_card_makes_room_for_the_height_that_the_board_tells(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        long = "m" * 35 + " " + "illicit " * 40
        html = f'<frame id="f"><card id="a">{long}</card><card id="b">Below</card><hr id="line"></frame>'
        ids = made(await desk.write(html))
        items = await desk.items()
        (first, second), line = (items[ids[name]] for name in "ab"), items[ids["line"]]
        gap = second["position"]["y"] - first["position"]["y"]
        assert round(gap - (first["geometry"]["height"] + second["geometry"]["height"]) / 2) == 16
        assert line["position"]["y"] < items[ids["f"]]["geometry"]["height"]
        assert "PATCH" in desk.changes
        again = await desk.write(html.replace('id="f"', f'id="{ids["f"]}"'))
        assert desk.changes == []
        assert again["moved"] == []

    at_desk(tmp_path, work)


def with_ids(html: str, ids: dict[str, str]) -> str:
    """A text whose frame is the one that was made of it."""
    return html.replace('<frame id="board"', f'<frame id="{ids["board"]}"')


@pytest.mark.parametrize("era", ERAS)
def test_the_same_text_again_writes_nothing(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        answer = await desk.write(with_ids(KANBAN, ids))
        assert desk.changes == []
        assert answer["created"] == answer["updated"] == answer["moved"] == answer["not_in_text"] == []

    at_desk(tmp_path, work, era)


def test_a_changed_text_sends_what_differs_and_keeps_every_id(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        gone = '    <card id="a" due="2026-12-14" tags="High:red">Checkout fails</card>\n'
        new = '<card id="a" due="2026-12-15" tags="Low">Checkout fails</card><card>A new one</card></div>\n</frame>'
        moved = KANBAN.replace(gone, "").replace("</div>\n</frame>", new)
        answer = await desk.write(with_ids(moved, ids))
        assert "failed" not in answer
        assert [one["type"] for one in answer["created"]] == ["card"]
        changed = {one["id"]: one["changed"] for one in answer["updated"]}
        assert set(changed[ids["a"]]) == {"data", "position", "tags"}
        items = await desk.items()
        assert items[ids["a"]]["position"]["x"] == items[ids["c"]]["position"]["x"]
        assert answer["not_in_text"] == answer["deleted"] == []
        tagged = await desk.call("miro_tags_read", operation="list_on_item", item_id=ids["a"])
        assert [tag["title"] for tag in tagged["tags"]] == ["Low"]

    at_desk(tmp_path, work)


def test_what_people_moved_since_stays_and_is_told(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        answer = await desk.write(KANBAN)
        ids = made(answer)
        await asyncio.sleep(1.1)  # The API tells whole seconds.
        place = {"item_id": ids["b"], "position": {"x": 300, "y": 150}}
        await desk.call("miro_items_write", operation="move", **place)
        again = await desk.write(with_ids(KANBAN, ids), as_of=answer["as_of"])
        assert desk.changes == []
        assert [(one["id"], one["would"]) for one in again["conflicts"]] == [(ids["b"], ["position"])]
        without = await desk.write(with_ids(KANBAN, ids))
        assert without["moved"] == [ids["b"]]

    at_desk(tmp_path, work)


def test_what_the_text_leaves_out_stays_unless_it_is_to_go(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        shorter = re.sub(r'<card id="c".*?</card>', "", KANBAN)
        shorter = with_ids(re.sub(r"<connector.*", "", shorter), ids)
        told = (await desk.write(shorter))["not_in_text"]
        (line,) = await desk.lines()
        assert told == [line["id"], ids["c"]]
        answer = await desk.write(shorter, delete_missing=True)
        assert answer["deleted"] == told
        assert answer["not_in_text"] == []
        assert ids["c"] not in await desk.items()

    assert len(at_desk(tmp_path, work)) == 1


def test_an_id_changes_only_what_is_given(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        note = await desk.note("Stays", position={"x": 500, "y": 300}, geometry={"width": 300})
        other = await desk.note("Too", position={"x": 900, "y": 300})
        before = await desk.items()
        answer = await desk.write(f'<sticky id="{note}" color="red"/><item id="{other}" color="pink" tags="Hot"/>')
        assert "failed" not in answer
        assert answer["created"] == [{"element": "tag Hot", "id": answer["created"][0]["id"], "type": "tag"}]
        after = await desk.items()
        assert [after[one]["style"]["fillColor"] for one in (note, other)] == ["red", "pink"]
        for one in (note, other):
            assert {**after[one], "style": {}, "modifiedAt": ""} == {**before[one], "style": {}, "modifiedAt": ""}
        renamed = await desk.write(f'<sticky id="{note}">Goes</sticky>')
        assert [one["changed"] for one in renamed["updated"]] == [["data"]]

    at_desk(tmp_path, work)


def test_notes_there_are_sorted_into_frames_with_their_ids(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        notes = [await desk.note(f"Note {at}", position={"x": at * 37 % 500, "y": at * 91 % 400}) for at in range(6)]
        columns = ["".join(f'<item id="{note}"/>' for note in notes[at::2]) for at in range(2)]
        frames = "".join(
            f'<frame title="Theme {at}"><h3>Theme</h3>{column}</frame>' for at, column in enumerate(columns)
        )
        answer = await desk.write(f'<div style="display:flex; gap:40px">{frames}</div>')
        assert sorted(answer["moved"]) == sorted(notes)
        assert answer["findings"] == []
        items = await desk.items()
        assert [items[note]["parent"]["id"] for note in notes] == answer["frames"] * 3
        xs = {items[note]["position"]["x"] for note in notes[::2]}
        assert len(xs) == 1

    at_desk(tmp_path, work)


def test_a_background_behind_what_is_there_is_an_outline(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        note = await desk.note("There")
        answer = await desk.write(f'<div id="box" style="background:#f4f5f7; padding:20px"><item id="{note}"/></div>')
        assert "is an outline" in answer["notes"][0]
        shape = (await desk.items())[made(answer)["box"]]
        assert (float(shape["style"]["fillOpacity"]), float(shape["style"]["borderOpacity"])) == (0, 1)

    at_desk(tmp_path, work)


def test_things_are_put_beside_an_item_never_astride_a_frame(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        frame = await desk.frame(0, 0, 700, 500)
        inside = await desk.note("In", parent={"id": frame}, position={"x": 150, "y": 150})
        roomy = await desk.write(f'<sticky id="new" near="{inside}" side="right">Beside</sticky>')
        items = await desk.items()
        note = items[made(roomy)["new"]]
        assert note["parent"]["id"] == frame
        assert note["position"]["x"] - 150 == 199 + 24
        full = await desk.write(f'<sticky id="more" near="{inside}" side="left">Outside</sticky>')
        outside = (await desk.items())[made(full)["more"]]
        assert not outside.get("parent")
        assert outside["position"]["x"] + 199 / 2 <= -350

    at_desk(tmp_path, work)


def test_a_text_goes_into_a_frame_or_to_a_place(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        frame = await desk.frame()
        answer = await desk.write('<div id="a" style="background:#eee">Here</div>', frame_id=frame)
        assert (await desk.items())[made(answer)["a"]]["parent"]["id"] == frame
        corner = {"position": {"x": 2000, "y": -100}}
        placed = await desk.write(
            '<div id="b" style="background:#eee; width:200px; height:100px">There</div>', **corner
        )
        assert (await desk.items())[made(placed)["b"]]["position"]["x"] == 2100
        big = await desk.write('<div style="background:#eee; width:3000px; height:50px">Too wide</div>', frame_id=frame)
        assert "no free space" in big["notes"][0]
        assert "there is no frame 12" in await desk.refused("<p>x</p>", frame_id="12")
        assert "can't go into the frame" in await desk.refused("<frame>x</frame>", frame_id=frame)

    at_desk(tmp_path, work)


def test_boxes_keep_their_ids_when_they_are_tidied(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        ids: list[str] = []
        for at in range(4):
            given = {"data": {"content": f"Box {at}"}, "position": {"x": at * 50, "y": at * 70 % 120}}
            ids.append((await desk.call("miro_shapes_write", operation="create", **given))["id"])
        ends = {"startItem": {"id": ids[0]}, "endItem": {"id": ids[3]}}
        await desk.call("miro_connectors_write", operation="create", shape="elbowed", **ends)
        boxes = "".join(f'<shape id="{one}" style="background:#d5f692"/>' for one in ids)
        answer = await desk.write(f'<div style="display:grid; grid-template-columns:1fr 1fr; gap:60px">{boxes}</div>')
        assert answer["created"] == []
        (line,) = await desk.lines()
        assert {one["id"] for one in answer["updated"]} == {*ids, line["id"]}
        assert answer["findings"] == []
        items = await desk.items()
        assert len({items[one]["position"]["x"] for one in ids}) == 2

    at_desk(tmp_path, work)


def test_layers_keep_what_lies_on_top_on_top(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        cells = "".join(f'<div style="background:#fff">Cell {at}</div>' for at in range(30))
        html = (
            f'<div id="back" style="background:#dde; display:grid; grid-template-columns:repeat(6, 1fr)">{cells}</div>'
        )
        answer = await desk.write(html)
        assert answer["findings"] == []
        order = list(await desk.items())
        assert order[0] == made(answer)["back"]

    at_desk(tmp_path, work)


def test_a_write_that_fails_says_what_and_deletes_nothing(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        ids = made(await desk.write(KANBAN))
        shorter = with_ids(
            re.sub(r'<card id="c".*?</card>', "<sticky>New</sticky>", KANBAN.split("<connector")[0]), ids
        )
        desk.seen.fault = lambda one: "refuse" if one.path.endswith("/items/bulk") else None
        answer = await desk.write(shorter, delete_missing=True)
        assert {one["do"] for one in answer["failed"]} == {"create", "delete"}
        desk.seen.fault = lambda _: None
        assert ids["c"] in await desk.items()

    at_desk(tmp_path, work)


def test_nothing_is_done_where_each_creation_would_be_asked_about_too_late(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        told = await desk.refused("<frame><p>In a frame yet to be made</p></frame>")
        assert "needs a person's approval" in told

    at_desk(tmp_path, work, MIRO_RULES="1=confirm")


LAYOUTS = sorted((Path(__file__).parents[1] / "docs" / "layouts").glob("*.html"))


@pytest.mark.parametrize("source", LAYOUTS, ids=lambda source: source.stem)
def test_a_board_of_the_docs_is_taken_without_a_finding(source: Path) -> None:
    plan = plan_layout(LayoutJob(source.read_text("utf-8"), Contents(board={}), Spot()))
    view = draw_view(DrawingJob(contents=plan.planned, format="svg", about=plan.about, meant=plan.meant))
    assert (view.findings, plan.write.notes) == ((), [])


def test_the_docs_show_every_board_there_is() -> None:
    page = (LAYOUTS[0].parents[1] / "layout.md").read_text("utf-8")
    assert [source.name for source in LAYOUTS if f"layouts/{source.stem}.png" not in page] == []
