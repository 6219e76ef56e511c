"""`miro_svg_write` through MCP on the sandbox: a view that is edited goes back, and only what differs is sent."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from diagrams import Board, Fault, sandbox_at_a_port
from drawn import groups
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, svg_of, text_of, value_of

from miro_mcp.server import build_server

Value = dict[str, Any]


class Desk:
    """A board of the sandbox with an item of each kind, and the client at work on it."""

    def __init__(self, client: Client, board: Board) -> None:
        self.client = client
        self.seen = board
        self.board_id = ""
        self.ids: dict[str, str] = {}

    async def call(self, tool: str, **arguments: Any) -> Value:
        result = await self.client.call_tool(tool, {"board_id": self.board_id, **arguments})
        assert not result.is_error, text_of(result)
        return value_of(result)

    async def set_up(self) -> None:
        made = await self.client.call_tool("miro_boards_write", {"operation": "create", "name": "Drawn"})
        self.board_id = value_of(made)["id"]
        frame = {"data": {"title": "Plan"}, "geometry": {"width": 900, "height": 500}}
        self.ids["frame"] = (await self.call("miro_frames_write", operation="create", **frame))["id"]
        inside = {"id": self.ids["frame"]}
        for name, (tool, given) in ITEMS.items():
            parent = {"parent": inside} if name in ("shape", "note") else {}
            self.ids[name] = (await self.call(f"miro_{tool}_write", **{"operation": "create", **given, **parent}))["id"]
        ends = {"startItem": {"id": self.ids["shape"]}, "endItem": {"id": self.ids["note"]}}
        line = await self.call("miro_connectors_write", operation="create", captions=[{"content": "yes"}], **ends)
        self.ids["line"] = line["id"]

    async def view(self) -> str:
        return svg_of(await self.client.call_tool("miro_board_view", {"board_id": self.board_id, "format": "svg"}))

    async def write(self, svg: str, **more: Any) -> Value:
        """What came of it; `seen` counts from here."""
        self.seen.seen.clear()
        return await self.call("miro_svg_write", svg=svg, **more)

    async def refused(self, svg: str, **more: Any) -> str:
        result = await self.client.call_tool("miro_svg_write", {"board_id": self.board_id, "svg": svg, **more})
        assert result.is_error
        return text_of(result)

    async def item(self, name: str) -> Value:
        given = {"operation": "get", "item_id": self.ids.get(name, name), "verbose": True}
        return await self.call("miro_items_read", **given)

    async def line(self, name: str) -> Value:
        given = {"operation": "get", "connector_id": self.ids.get(name, name), "verbose": True}
        return await self.call("miro_connectors_read", **given)

    @property
    def changes(self) -> list[str]:
        return [f"{one.method} {one.path.rpartition('/')[2]}" for one in self.seen.changes]

    def group(self, svg: str, name: str, old: str, new: str) -> str:
        """The SVG with something replaced in one group."""
        begin = svg.index(f'<g data-miro-id="{self.ids[name]}"')
        end = svg.find('<g data-miro-id="', begin + 1)
        part = svg[begin : end if end > 0 else len(svg)]
        assert old in part
        return svg.replace(part, part.replace(old, new))

    def opened(self, svg: str, name: str, more: str) -> str:
        """The SVG with attributes added to one group."""
        return self.group(svg, name, " data-miro-kind=", f" {more} data-miro-kind=")

    def moved(self, svg: str, name: str, box: str) -> str:
        return re.sub(rf'(data-miro-id="{self.ids[name]}".*?data-miro-box=")[^"]*', rf"\g<1>{box}", svg, count=1)


ITEMS: dict[str, tuple[str, Value]] = {
    "shape": ("shapes", {
        "data": {"content": "<p>Hello <b>world</b></p><p>second line</p>", "shape": "rhombus"},
        "geometry": {"width": 200, "height": 120}, "position": {"x": 200, "y": 200},
        "style": {"fillColor": "#ffcc00"},
    }),
    "note": ("sticky_notes", {"data": {"content": "note one"}, "position": {"x": 600, "y": 250}}),
    "text": ("texts", {"data": {"content": "free text"}, "position": {"x": 0, "y": 600}}),
    "card": ("cards", {
        "data": {"title": "Ship it", "description": "soon"}, "position": {"x": 900, "y": 0},
        "geometry": {"width": 320, "height": 160},
    }),
    "image": ("images", {
        "operation": "create_from_url", "data": {"url": "https://example.com/a.png"}, "position": {"x": 900, "y": 500},
    }),
}  # fmt: skip


def at_desk(
    folder: Path, work: Callable[[Desk], Awaitable[None]], era: str = "auto", *, answer: str = "accept",
    fault: Fault = lambda _: None, **environment: str,
) -> list[str]:  # fmt: skip
    """Does the work on a fresh board; the questions a person was asked, whose answer is given."""
    questions: list[str] = []

    async def ask(_: Any, params: Any) -> ElicitResult:
        questions.append(params.message)
        content: dict[str, Any] = {"confirm": True} if answer == "accept" else {}
        return ElicitResult(action=answer, content=content)  # type: ignore[arg-type]

    async def run(board: Board) -> None:
        server = build_server(board.settings(folder, **environment))
        async with Client(server, mode=era, elicitation_callback=ask) as client:
            desk = Desk(client, board)
            await desk.set_up()
            board.fault = fault
            await work(desk)

    with sandbox_at_a_port(folder) as board:
        asyncio.run(run(board))
    return questions


NOTHING = {"created": [], "updated": [], "deleted": [], "conflicts": [], "notes": []}


@pytest.mark.parametrize("era", ERAS)
def test_an_unchanged_view_sends_nothing_but_reads(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        assert await desk.write(svg) == NOTHING
        assert desk.seen.seen
        assert desk.changes == []
        reordered = re.sub(r"(<g) (data-miro-id=\S+) (data-miro-state=\S+)", r"\1 \3 \2", svg).replace("><g", ">\n  <g")
        assert await desk.write(reordered) == NOTHING

    at_desk(tmp_path, work, era)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_each_kind_of_edit_reaches_the_board_and_nothing_else_does(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        svg = desk.group(svg, "shape", "Hello", "Goodbye &amp; farewell")
        svg = desk.group(svg, "shape", 'fill="#ffcc00"', 'fill="#00aa66"')
        svg = desk.group(svg, "note", "note one", 'note <tspan font-style="italic">two</tspan>')
        svg = desk.group(svg, "note", 'fill="#fff9b1"', 'fill="#a6ccf5"')
        svg = desk.group(svg, "frame", ">Plan<", ">The plan<")
        svg = desk.group(svg, "card", ">Ship <", ">Ship <") if ">Ship <" in svg else svg
        svg = desk.group(svg, "card", "Ship it", "Ship it now")
        svg = desk.group(svg, "line", ">yes<", ">no<")
        svg = desk.group(svg, "line", 'stroke-width="1"', 'stroke-width="3" stroke-dasharray="9 6"')
        svg = desk.opened(svg, "text", 'transform="translate(50 20) rotate(30 0 600)"')
        svg = desk.moved(svg, "image", "600 300 200 150")
        told = await desk.write(svg)
        changed = {one["id"]: set(one["changed"]) for one in told["updated"]}
        assert changed == {
            desk.ids["shape"]: {"text", "fill"},
            desk.ids["note"]: {"text", "fill"},
            desk.ids["frame"]: {"title"},
            desk.ids["card"]: {"title"},
            desk.ids["line"]: {"captions", "stroke width", "dash"},
            desk.ids["text"]: {"position", "rotation"},
            desk.ids["image"]: {"position", "size"},
        }
        assert (told["created"], told["deleted"], told["conflicts"], told["notes"]) == ([], [], [], [])
        assert sorted(desk.changes) == sorted(f"PATCH {id}" for id in changed)
        shape, note, text = [await desk.item(name) for name in ("shape", "note", "text")]
        assert shape["data"]["content"] == ("<p>Goodbye &amp; farewell <strong>world</strong></p><p>second line</p>")
        assert shape["style"]["fillColor"] == "#00aa66"
        assert (note["data"]["content"], note["style"]["fillColor"]) == ("note <em>two</em>", "light_blue")
        assert (text["position"]["x"], text["position"]["y"], text["geometry"]["rotation"]) == (50, 620, 30)
        assert (await desk.item("frame"))["data"]["title"] == "The plan"
        assert (await desk.item("card"))["data"]["title"] == "Ship it now"
        image = await desk.item("image")
        assert (image["geometry"]["width"], image["position"]["x"]) == (200, 700)
        line = await desk.line("line")
        assert [one["content"] for one in line["captions"]] == ["no"]
        assert (float(line["style"]["strokeWidth"]), line["style"]["strokeStyle"]) == (3, "dashed")
        assert await desk.write(await desk.view()) == NOTHING

    at_desk(tmp_path, work, era)


def test_an_item_is_moved_by_its_box_its_body_or_a_transform_around_it(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        async def after(svg: str) -> tuple[Value, Value]:
            told = await desk.write(svg)
            assert [one["id"] for one in told["updated"]] == [desk.ids["shape"]]
            item = await desk.item("shape")
            return item["position"], item["geometry"]

        position, size = await after(desk.moved(await desk.view(), "shape", "-300 -110 200 120"))
        assert (position["x"], position["y"], size["width"], size["height"]) == (250, 200, 200, 120)
        points = groups(await desk.view())[desk.ids["shape"]].part("body").attrib["points"]
        svg = desk.group(await desk.view(), "shape", points, "-200,-110 -50,-50 -200,10 -350,-50")
        position, size = await after(svg)
        assert (position["x"], size["width"], size["height"]) == (250, 300, 120)
        svg = await desk.view()
        group = re.search(rf'<g data-miro-id="{desk.ids["shape"]}".*?</g>', svg)
        assert group
        svg = svg.replace(group[0], f'<g transform="scale(2)"><g transform="translate(0,20)">{group[0]}</g></g>')
        position, size = await after(svg)
        assert (size["width"], size["height"]) == (600, 240)
        assert (position["x"], position["y"]) == (-400 + 450, -60 + 250)

    at_desk(tmp_path, work)


def test_what_is_in_a_frame_goes_along_unless_it_was_moved_too(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = desk.moved(await desk.view(), "frame", "1000 1000 900 500")
        svg = desk.moved(svg, "note", "1100 1200 199 228")
        told = await desk.write(svg)
        assert desk.changes == [f"PATCH {desk.ids['frame']}", f"PATCH {desk.ids['note']}"]
        assert told["notes"] == []
        note, shape = await desk.item("note"), await desk.item("shape")
        assert (shape["position"]["x"], shape["position"]["y"]) == (200, 200)
        assert (note["position"]["x"], note["position"]["y"]) == (199.5, 314)
        drawn = groups(await desk.view())
        assert drawn[desk.ids["shape"]].box[:2] == (1100, 1140)

    at_desk(tmp_path, work)


def test_an_empty_parent_takes_an_item_out_of_its_frame_where_it_stands(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        box = groups(svg)[desk.ids["note"]].box
        inside = re.search(rf'<g [^>]*data-miro-id="{desk.ids["note"]}"[^>]*>', svg)
        assert inside
        outside = re.sub(r'data-miro-parent="\d+"', 'data-miro-parent=""', inside[0])
        await desk.write(svg.replace(inside[0], outside))
        assert "parent" not in await desk.item("note")
        assert groups(await desk.view())[desk.ids["note"]].box == box

    at_desk(tmp_path, work)


def test_what_is_moved_out_of_its_frame_leaves_it(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        told = await desk.write(desk.moved(await desk.view(), "note", "-2000 0 199 228"))
        assert desk.ids["note"] in told["notes"][0]
        note = await desk.item("note")
        assert "parent" not in note
        assert (note["position"]["x"], note["position"]["y"]) == (-1900.5, 114)
        svg = await desk.view()
        into = desk.opened(svg, "text", f'data-miro-parent="{desk.ids["frame"]}"')
        assert "outside of it" in await desk.refused(into)
        await desk.write(desk.moved(into, "text", "0 0 80 20"))
        text = await desk.item("text")
        assert text["parent"]["id"] == desk.ids["frame"]
        assert (text["position"]["x"], text["position"]["y"]) == (490, 260)

    at_desk(tmp_path, work)


NEW = """
<rect id="a" x="-1200" y="0" width="200" height="100" rx="14" fill="tomato" stroke="none"/>
<g id="b" transform="translate(-1200 300)"><polygon points="100,0 200,50 100,100 0,50" fill="#fff" stroke="#333"/>
<text x="100" y="50" text-anchor="middle">Decide?</text></g>
<ellipse id="e" cx="-1100" cy="600" rx="100" ry="50"/><text id="t" x="-1200" y="800" font-size="24">A title</text>
<line id="l" data-miro-start="#a" data-miro-end="#b" stroke="#ff0000" marker-end="url(#arrow)"/>
<g id="c"><path data-miro-start="#b" data-miro-end="NOTE" d="M0 0C1 1 2 2 3 3" stroke="#123"/><text>go</text></g>
<image id="i" href="https://example.com/a.png" x="-1500" y="0" width="100" height="80"/>
<g id="s" data-miro-kind="sticky_note"><rect x="-1500" y="300" width="199" height="199" fill="#ffff00"/>
<text>sticky</text></g>
<g id="f" data-miro-kind="frame"><rect x="-2500" y="300" width="500" height="400" fill="#ffffff"/><text>New</text></g>
<circle id="in" data-miro-parent="#f" cx="-2300" cy="500" r="50"/>
<rect id="d" data-miro-shape="flow_chart_document" x="-1200" y="900" width="90" height="60"/>
"""


@pytest.mark.parametrize("era", ERAS)
def test_new_elements_become_items_and_lines_between_them_connectors(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = (await desk.view()).replace("</svg>", NEW.replace("NOTE", desk.ids["note"]) + "</svg>")
        told = await desk.write(svg)
        made = {one["element"]: one for one in told["created"]}
        assert {label: one["type"] for label, one in made.items()} == {
            "#a": "shape", "#b": "shape", "#e": "shape", "#t": "text", "#l": "connector", "#c": "connector",
            "#i": "image", "#s": "sticky_note", "#f": "frame", "#in": "shape", "#d": "shape",
        }  # fmt: skip
        assert told["updated"] == told["deleted"] == []
        items = {label: await desk.item(one["id"]) for label, one in made.items() if one["type"] != "connector"}
        assert items["#a"]["data"]["shape"] == "round_rectangle"
        assert items["#a"]["style"]["fillColor"] == "#ff6347"
        assert items["#a"]["position"]["x"] == -1100
        assert (items["#b"]["data"]["shape"], items["#b"]["data"]["content"]) == ("rhombus", "<p>Decide?</p>")
        assert (items["#b"]["position"]["x"], items["#b"]["position"]["y"]) == (-1100, 350)
        assert items["#e"]["data"]["shape"] == "circle"
        assert (items["#t"]["data"]["content"], items["#t"]["style"]["fontSize"]) == ("<p>A title</p>", "24")
        assert items["#s"]["style"]["fillColor"] == "yellow"
        assert items["#in"]["parent"]["id"] == made["#f"]["id"]
        assert items["#d"]["isSupported"] is False
        whole = await desk.call("miro_items_read", operation="get_shape", item_id=made["#d"]["id"])
        assert whole["data"]["shape"] == "flow_chart_document"
        line, other = await desk.line(made["#l"]["id"]), await desk.line(made["#c"]["id"])
        assert (line["startItem"]["id"], line["endItem"]["id"]) == (made["#a"]["id"], made["#b"]["id"])
        assert (line["shape"], line["style"]["strokeColor"], line["style"]["endStrokeCap"]) == (
            "straight", "#ff0000", "stealth",
        )  # fmt: skip
        assert (other["endItem"]["id"], other["shape"]) == (desk.ids["note"], "curved")
        assert other["captions"][0]["content"] == "<p>go</p>"
        assert [one for one in desk.changes if one == "POST bulk"] == ["POST bulk"] * 3

    at_desk(tmp_path, work, era)


def test_a_group_copied_without_its_id_is_another_item_like_it(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        group = re.search(rf'<g data-miro-id="{desk.ids["note"]}".*?</g>', svg)
        assert group
        copy = re.sub(r'data-miro-id="\d+" |data-miro-parent="\d+"', "", group[0])
        told = await desk.write(svg.replace("</svg>", f'<g transform="translate(0 700)">{copy}</g></svg>'))
        (made,) = told["created"]
        before, after = await desk.item("note"), await desk.item(made["id"])
        assert after["type"] == "sticky_note"
        assert after["geometry"] == before["geometry"]
        assert after["data"]["content"] == "<p>note one</p>"
        assert after["position"]["x"] == 150

    at_desk(tmp_path, work)


def test_a_frame_given_for_new_items_takes_them_in(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect x="300" y="100" width="50" height="50"/></svg>'
        told = await desk.write(svg, frame_id=desk.ids["frame"])
        item = await desk.item(told["created"][0]["id"])
        assert item["parent"]["id"] == desk.ids["frame"]
        assert (item["position"]["x"], item["position"]["y"]) == (775, 375)
        drawn = groups(await desk.view())[told["created"][0]["id"]]
        assert drawn.box == (300, 100, 50, 50)
        outside = await desk.refused(svg.replace("300", "3000"), frame_id=desk.ids["frame"])
        assert "outside of frame" in outside
        assert "frame_id" in await desk.refused(svg, frame_id=desk.ids["note"])

    at_desk(tmp_path, work)


DELETED = 'data-miro-delete="true"'


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_what_is_marked_is_deleted_after_one_question(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        for name in ("text", "card", "line"):
            svg = desk.opened(svg, name, DELETED)
        told = await desk.write(svg)
        assert set(told["deleted"]) == {desk.ids[name] for name in ("text", "card", "line")}
        left = groups(await desk.view())
        assert left.keys() == {desk.ids[name] for name in ("frame", "shape", "note", "image")}

    questions = at_desk(tmp_path, work, era)
    assert len(questions) == 1
    assert "Ship it" in questions[0]


@pytest.mark.parametrize("era", ERAS)
def test_nothing_at_all_is_done_when_the_person_says_no(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        for name in ("text", "card"):
            svg = desk.opened(svg, name, DELETED)
        svg = desk.group(svg, "shape", "Hello", "Bye").replace("</svg>", '<circle cx="0" cy="0" r="5"/></svg>')
        desk.seen.seen.clear()
        await desk.refused(svg)
        assert desk.changes == []

    assert len(at_desk(tmp_path, work, era, answer="decline")) == 1


def test_deleting_a_frame_with_what_is_in_it_is_told_as_such(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        for name in ("frame", "shape", "note", "line"):
            svg = desk.opened(svg, name, DELETED)
        told = await desk.write(svg)
        assert set(told["deleted"]) == {desk.ids[name] for name in ("frame", "shape", "note", "line")}
        assert groups(await desk.view()).keys() == {desk.ids[name] for name in ("text", "card", "image")}

    at_desk(tmp_path, work)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_what_somebody_else_changed_meanwhile_is_a_conflict_or_stays_as_they_left_it(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        theirs = {"operation": "update", "data": {"content": "theirs"}}
        await desk.call("miro_shapes_write", item_id=desk.ids["shape"], **theirs)
        await desk.call("miro_sticky_notes_write", item_id=desk.ids["note"], **theirs)
        await desk.call("miro_items_delete", operation="delete", item_id=desk.ids["card"])
        await desk.call("miro_items_delete", operation="delete", item_id=desk.ids["image"])
        svg = desk.group(svg, "shape", "Hello", "Mine")
        svg = desk.group(svg, "card", "Ship it", "Mine")
        svg = desk.group(svg, "text", "free text", "mine")
        told = await desk.write(svg)
        assert {one["id"] for one in told["conflicts"]} == {desk.ids["shape"], desk.ids["card"]}
        assert [one["id"] for one in told["updated"]] == [desk.ids["text"]]
        assert desk.changes == [f"PATCH {desk.ids['text']}"]
        for name in ("shape", "note"):
            assert (await desk.item(name))["data"]["content"] == "theirs"

    at_desk(tmp_path, work, era)


def test_moving_an_item_is_no_conflict_for_the_lines_to_it(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        await desk.call("miro_items_write", operation="move", item_id=desk.ids["note"], position={"x": 700, "y": 100})
        told = await desk.write(desk.group(svg, "line", ">yes<", ">maybe<"))
        assert told["conflicts"] == []
        assert [one["changed"] for one in told["updated"]] == [["captions"]]

    at_desk(tmp_path, work)


def test_a_group_without_its_state_is_compared_with_the_board(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = f"""<svg xmlns="http://www.w3.org/2000/svg"><g data-miro-id="{desk.ids["shape"]}">
        <rect data-miro-part="body" x="-350" y="-110" width="200" height="120" fill="#fff"/></g>
        <g data-miro-id="{desk.ids["note"]}"><text>other</text></g>
        <g data-miro-id="{desk.ids["text"]}" data-miro-delete="true"/></svg>"""
        told = await desk.write(svg)
        assert {one["id"]: one["changed"] for one in told["updated"]} == {
            desk.ids["shape"]: ["fill", "shape"],
            desk.ids["note"]: ["text"],
        }
        assert told["deleted"] == [desk.ids["text"]]
        shape = await desk.item("shape")
        assert (shape["data"]["shape"], shape["style"]["fillColor"]) == ("rectangle", "#ffffff")
        assert "Hello" in shape["data"]["content"]
        assert "content isn't in the SVG" in told["notes"][0]

    at_desk(tmp_path, work)


def test_an_empty_text_empties_the_item_and_a_missing_one_does_not(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = await desk.view()
        for name in ("shape", "note"):
            whole = re.search(rf'data-miro-id="{desk.ids[name]}".*?(<text.*?</text>)', svg)
            assert whole
            svg = svg.replace(whole[1], '<text data-miro-part="text"/>' if name == "shape" else "")
        told = await desk.write(svg)
        assert [one["id"] for one in told["updated"]] == [desk.ids["shape"]]
        assert desk.ids["note"] in told["notes"][0]
        assert (await desk.item("shape"))["data"]["content"] == ""
        assert (await desk.item("note"))["data"]["content"] == "note one"

    at_desk(tmp_path, work)


def test_a_wrapped_text_keeps_its_words_whole(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        long = "<p>" + "word " * 30 + "Donaudampfschifffahrtsgesellschaft" * 4 + " 日本語の付箋です" * 4 + "</p>"
        given = {"operation": "update", "data": {"content": long}, "geometry": {"width": 800, "height": 900}}
        await desk.call("miro_shapes_write", item_id=desk.ids["shape"], **given)
        svg = await desk.view()
        told = await desk.write(desk.group(svg, "shape", 'paragraph="true">word', 'paragraph="true">First'))
        assert told["notes"] == []
        content = (await desk.item("shape"))["data"]["content"]
        assert content == long.replace("<p>word ", "<p>First ").replace(" </p>", "</p>")

    at_desk(tmp_path, work)


def test_a_text_that_was_cut_stays_unless_it_is_said_to_be_whole(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        given = {"operation": "update", "data": {"content": "many words " * 100}}
        await desk.call("miro_shapes_write", item_id=desk.ids["shape"], **given)
        svg = desk.group(await desk.view(), "shape", ">many", ">few")
        told = await desk.write(svg)
        assert told["updated"] == []
        assert "data-miro-cut" in told["notes"][0]
        told = await desk.write(desk.group(svg, "shape", ' data-miro-cut="true"', ""))
        assert told["updated"][0]["changed"] == ["text"]

    at_desk(tmp_path, work)


def test_what_cannot_be_carried_over_is_told(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = desk.group(await desk.view(), "shape", 'stroke-linejoin="round"', 'filter="url(#f)"')
        svg = desk.group(svg, "note", 'fill="#1a1a1a"', 'fill="#ff0000"')
        svg = desk.group(svg, "note", 'fill="#fff9b1"', 'fill="url(#gradient)"')
        more = (
            '<script>x</script><path d="M0 0L1 1"/><path d="M0 0C1 1 2 2 3 0Z"/><line x1="0" x2="4"/><use href="#a"/>'
        )
        more += '<rect width="100%" height="9"/><style>.a{fill:red}</style>'
        told = await desk.write(svg.replace("</svg>", f"{more}<image href='file:///etc/passwd'/></svg>"))
        assert {name: told[name] for name in ("created", "updated", "deleted")} == {
            "created": [], "updated": [], "deleted": [],
        }  # fmt: skip
        assert desk.changes == []
        notes = "\n".join(told["notes"])
        for what in (
            "filter",
            "colour of its text",
            "url(#gradient)",
            "script",
            "path",
            "line",
            "use",
            "style",
            "https",
            "percent",
            "free curve",
        ):
            assert what in notes

    at_desk(tmp_path, work)


def test_a_failure_names_what_was_done_and_what_was_not_and_nothing_is_deleted_then(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = desk.group(await desk.view(), "shape", "Hello", "Bye")
        svg = desk.opened(svg, "text", DELETED)
        new = '<circle id="a" cx="0" cy="900" r="9"/><circle id="b" cx="50" cy="900" r="9"/>'
        line = '<line id="l" data-miro-start="#a" data-miro-end="#b"/>'
        told = await desk.write(svg.replace("</svg>", f"{new}{line}</svg>"))
        assert [one["changed"] for one in told["updated"]] == [["text"]]
        assert (told["created"], told["deleted"]) == ([], [])
        failed = {str(one["of"]): one for one in told["failed"]}
        assert failed["['#a', '#b']"]["outcome"] == "unknown"
        assert failed["#l"]["outcome"] == failed[desk.ids["text"]]["outcome"] == "not sent"

    at_desk(tmp_path, work, fault=lambda seen: "refuse" if seen.path.endswith("bulk") else None)


def test_when_nothing_could_be_done_the_answer_is_an_error(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        svg = desk.group(await desk.view(), "shape", "Hello", "Bye")
        assert "unknown" in await desk.refused(svg)

    at_desk(tmp_path, work, fault=lambda seen: "refuse" if seen.method == "PATCH" else None)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_a_dry_run_tells_each_call_and_sends_none(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        svg = desk.opened(desk.group(await desk.view(), "shape", "Hello", "Bye"), "text", DELETED)
        svg = svg.replace("</svg>", NEW.replace("NOTE", desk.ids["note"]) + "</svg>")
        told = await desk.write(svg, dry_run=True)
        assert desk.changes == []
        assert (told["dry_run"], told["sent"]) == (True, False)
        methods = [one["request"]["method"] for one in told["calls"]]
        assert {*methods} == {"POST", "PATCH", "DELETE"}

    assert at_desk(tmp_path, work, era) == []


def test_the_tool_is_hidden_in_read_only_mode_and_says_what_it_may_do(tmp_path: Path) -> None:
    async def names(**environment: str) -> dict[str, Any]:
        with sandbox_at_a_port(tmp_path) as board:
            async with Client(build_server(board.settings(tmp_path, **environment))) as client:
                return {tool.name: tool for tool in (await client.list_tools()).tools}

    assert "miro_svg_write" not in asyncio.run(names(MIRO_READ_ONLY="1"))
    hints = asyncio.run(names())["miro_svg_write"].annotations
    assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint) == (False, True, False)


HEAD = '<svg xmlns="http://www.w3.org/2000/svg">'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("svg", "told"),
    [
        ("", "svg"),
        ("no xml", "line 1, column 1"),
        (f"{HEAD}\n<rect x='1'></svg>", "line 2"),
        ("<html/>", "its root is <html>"),
        ('<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>', "document type"),
        (f"<!DOCTYPE svg [{ENTITIES}]>{HEAD}<text>&e8;</text></svg>", "document type"),
        (f"{HEAD}<text>&nbsp;</text></svg>", "undefined entity"),
        (HEAD + "<g>" * 5000 + "</g>" * 5000 + "</svg>", "deep"),
        (HEAD + "<g/>" * 250_001 + "</svg>", "elements"),
        (HEAD + " " * 16_000_001 + "</svg>", "characters"),
        (f"{HEAD}<rect x='NaN' y='0' width='1' height='1'/></svg>", "NaN"),
        (f"{HEAD}<rect x='1e999' y='0' width='1' height='1'/></svg>", "1e999"),
        (f"{HEAD}<rect x='{'1' * 100_000}x' width='1' height='1'/></svg>", "not a number"),
        (f"{HEAD}<rect width='1em' height='1'/></svg>", "1em"),
        (f"{HEAD}<rect width='0' height='1'/></svg>", "no width"),
        (f"{HEAD}<rect height='1'/></svg>", "width"),
        (f"{HEAD}<polygon points='1,2 x'/></svg>", "points"),
        (f"{HEAD}<path d='M0 0 L1 Z'/></svg>", "d has a part"),
        (f"{HEAD}<g transform='jump(3)'><circle r='1'/></g></svg>", "transform"),
        (f"{HEAD}<g transform='scale(1e300) scale(1e300)'><circle r='1'/></g></svg>", "board"),
        (f"{HEAD}<g data-miro-id='1'/></svg>", "not on this board"),
        (f"{HEAD}<g data-miro-id='1'/><g data-miro-id='1'/></svg>", "two elements"),
        (f"{HEAD}<circle id='a' r='1'/><circle id='a' r='1'/></svg>", "two new elements"),
        ('<svg data-miro-board="uXjVOther="/>', "drawn from board"),
        (f"{HEAD}<line data-miro-start='#a' data-miro-end='#b'/></svg>", "#a"),
        (f"{HEAD}<circle id='a' r='1'/><line data-miro-start='#a' data-miro-end='#a'/></svg>", "itself"),
        (f"{HEAD}<circle r='1' data-miro-parent='77'/></svg>", "77"),
        (f"{HEAD}<g data-miro-kind='frame'><rect width='5' height='5'/></g></svg>", "geometry"),
        (HEAD + "<circle r='1'/>" * 1001 + "</svg>", "1000"),
        (HEAD + "<text>" + "<tspan dy='1'>a</tspan>" * 5000 + "</text></svg>", "lines"),
    ],
)  # fmt: skip
def test_an_svg_that_is_wrong_or_hostile_is_refused_before_anything_is_sent(
    tmp_path: Path, svg: str, told: str
) -> None:
    async def work(desk: Desk) -> None:
        desk.seen.seen.clear()
        said = await desk.refused(svg)
        assert told in said
        assert "miro_svg_write" in said
        assert desk.changes == []

    at_desk(tmp_path, work)


@pytest.mark.slow
def test_a_path_is_measured_in_no_time_whatever_it_holds(tmp_path: Path) -> None:
    """Each of these would take minutes where reading took longer than its length."""
    hostile = [
        f"<path d='M{'0 ' * 300_000}Z'/>",
        f"<g transform='{' ' * 300_000}x'/>",
        f"<rect width='1' height='1' stroke-dasharray='{'9' * 300_000}x' fill='rgb({'1' * 300_000}'/>",
        f"<rect width='1' height='1' style='{'a' * 300_000}'/>",
    ]

    async def work(desk: Desk) -> None:
        async with asyncio.timeout(60):
            for one in hostile:
                svg = f"{HEAD}{one}</svg>"
                await desk.client.call_tool("miro_svg_write", {"board_id": desk.board_id, "svg": svg, "dry_run": True})

    at_desk(tmp_path, work)
