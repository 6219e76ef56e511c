"""`miro_svg_write`: the exact requests that edits of a drawing become."""

import asyncio
import re
from typing import Any

import pytest
from boards import MadeBoard, empty_board, mixed_board, serve
from drawn import groups, item, line
from mcp import Client
from support import Recorded, connected, recording, settings_for, svg_of, text_of, value_of

from miro_mcp.catalogue import OPERATIONS

Value = dict[str, Any]
Sent = list[tuple[str, str, Any]]


class Miro:
    """One board; what is sent to it is answered and kept, not carried out."""

    def __init__(self, *items: Value, lines: list[Value] | None = None) -> None:
        self.board: MadeBoard = empty_board()
        self.board.items += items
        self.board.connectors += lines or []
        self.sent: Sent = []
        self.read = serve(self.board)

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        if request.method == "GET":
            return self.read(request)
        name = "/".join(request.path.split("/")[4:])
        self.sent.append((request.method, name, request.json))
        if name == "items/bulk":
            made = [{**one, "id": str(900 + at)} for at, one in enumerate(request.json)]
            return 201, {"data": made, "type": "bulk-list"}
        return 200, {"id": "950"}

    def edit(self, *edits: tuple[str, str], more: str = "", **arguments: Any) -> tuple[Sent, Value]:
        """What is sent for a view in which something was replaced or added, and the tool's answer."""

        async def run(client: Client) -> Value:
            shown = await client.call_tool("miro_board_view", {"board_id": self.board.id, "format": "svg"})
            svg = svg_of(shown)
            for old, new in edits:
                assert old in svg, svg
                svg = svg.replace(old, new)
            svg = svg.replace("</svg>", f"{more}</svg>")
            result = await client.call_tool("miro_svg_write", {"board_id": self.board.id, "svg": svg, **arguments})
            assert not result.is_error, text_of(result)
            return value_of(result)

        async def connect(url: Any) -> Value:
            async with connected(settings_for(url)) as client:
                return await run(client)

        with recording(self) as recorder:
            told = asyncio.run(connect(recorder))
        return self.sent, told


SHAPE = item("shape", {"content": "Hello", "shape": "rectangle"}, id="1", x=100.123, y=50, style={
    "fillColor": "#ffffff", "fillOpacity": "1.0", "borderColor": "#1a1a1a", "borderWidth": "2.0", "color": "#1a1a1a",
    "fontSize": "14",
})  # fmt: skip
STYLED = item("shape", {"content": "x", "shape": "rectangle"}, id="1", style={"fillColor": "#ffffff"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "body"),
    [
        (("Hello", "Bye"), {"data": {"content": "Bye"}}),
        ((">Hello<", "><tspan font-weight='700'>Hello</tspan><"), {"data": {"content": "<strong>Hello</strong>"}}),
        (
            (">Hello<", "><tspan data-miro-href='https://a.b/?c=1&amp;d'>Hello</tspan><"),
            {"data": {"content": '<a href="https://a.b/?c=1&amp;d">Hello</a>'}},
        ),
        (('fill="#ffffff" stroke', 'fill="none" stroke'), {"style": {"fillOpacity": "0.0"}}),
        (('fill="#ffffff" stroke', 'fill="rgb(0, 128, 255)" stroke'), {"style": {"fillColor": "#0080ff"}}),
        (('fill="#ffffff" stroke', 'style="fill:gold" stroke'), {"style": {"fillColor": "#ffd700"}}),
        (('fill="#ffffff" stroke', 'fill-opacity="0.5" fill="#ffffff" stroke'), {"style": {"fillOpacity": "0.5"}}),
        (('stroke="#1a1a1a"', 'stroke="#F00"'), {"style": {"borderColor": "#ff0000"}}),
        (('stroke="#1a1a1a"', 'stroke="none"'), {"style": {"borderOpacity": "0"}}),
        (('stroke-width="2"', 'stroke-width="5"'), {"style": {"borderWidth": "5"}}),
        (('stroke-width="2"', 'stroke-width="2" stroke-dasharray="1 3"'), {"style": {"borderStyle": "dotted"}}),
        (('font-size="14"', 'font-size="20"'), {"style": {"fontSize": "20"}}),
        (('text-anchor="middle"', 'text-anchor="end"'), {"style": {"textAlign": "right"}}),
        (('data-miro-shape="rectangle"', 'data-miro-shape="cloud"'), {"data": {"shape": "cloud"}}),
        (
            ('data-miro-box="0.12 0 200 100"', 'data-miro-box="0.12 0 240 100"'),
            {"position": {"x": 120.12, "y": 50}, "geometry": {"width": 240}},
        ),
        (("<g data-miro-id", "<g transform='rotate(90 100.12 50)' data-miro-id"), {"geometry": {"rotation": 90}}),
        (
            (
                '<rect x="0.12" y="0" width="200" height="100" data-miro-part="body"',
                '<ellipse cx="100.12" cy="50" rx="100" ry="50" data-miro-part="body"',
            ),
            {"data": {"shape": "circle"}},
        ),
        (("<g data-miro-id", "<g transform='translate(7)' data-miro-id"), {"position": {"x": 107.12, "y": 50}}),
    ],
)
def test_an_edit_of_a_shape_sends_only_what_it_changed(edit: tuple[str, str], body: Value) -> None:
    sent, told = Miro(SHAPE).edit(edit)
    assert sent == [("PATCH", "shapes/1", body)]
    assert told["notes"] == []


def test_a_turned_item_that_is_moved_by_its_box_keeps_its_angle() -> None:
    turned = item("shape", {"content": "", "shape": "rectangle"}, id="1", rotation=30)
    sent, _ = Miro(turned).edit(('data-miro-box="-100 -50 ', 'data-miro-box="300 50 '))
    assert sent == [("PATCH", "shapes/1", {"position": {"x": 400, "y": 100}})]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "data", "path"),
    [
        ("sticky_note", {"content": "t", "shape": "square"}, "sticky_notes/1"),
        ("text", {"content": "t"}, "texts/1"),
        ("card", {"title": "t"}, "cards/1"),
        ("app_card", {"title": "t"}, "app_cards/1"),
        ("frame", {"title": "t"}, "frames/1"),
        ("image", {"title": "t"}, "images/1"),
        ("document", {"title": "t"}, "documents/1"),
        ("embed", {"title": "t"}, "embeds/1"),
        ("preview", {"title": "t"}, "items/1"),
        ("doc_format", {"content": "t"}, "items/1"),
        ("data_table_format", {"title": "t"}, "items/1"),
        ("something_new", {"title": "t"}, "items/1"),
    ],
)
def test_each_kind_is_moved_by_its_own_operation(kind: str, data: Value, path: str) -> None:
    sent, told = Miro(item(kind, data)).edit(("data-miro-id=", 'transform="translate(40 -8)" data-miro-id='))
    assert sent == [("PATCH", path, {"position": {"x": 40, "y": -8}})]
    assert told["updated"] == [{"id": "1", "changed": ["position"]}]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size", "geometry"),
    [
        ("sticky_note", "400 400", {"width": 400}),
        ("image", "400 200", {"width": 400}),
        ("image", "200 200", {"height": 200}),
        ("text", "400 100", {"width": 400}),
        ("card", "400 100", {"width": 400}),
        ("card", "400 300", {"width": 400, "height": 300}),
        ("frame", "200 300", {"height": 300}),
    ],
)
def test_a_size_is_told_as_the_kind_takes_it(kind: str, size: str, geometry: Value) -> None:
    width, height = map(float, size.split())
    box = f'data-miro-box="{-width / 2:g} {-height / 2:g} {size}"'
    sent, _ = Miro(item(kind, {"content": "t", "shape": "square"})).edit(('data-miro-box="-100 -50 200 100"', box))
    assert [body for _, _, body in sent] == [{"geometry": geometry}]


def test_what_the_api_cannot_change_is_noted_and_not_sent() -> None:
    sent, told = Miro(item("text", {"content": "t"})).edit(("200 100", "200 300"))
    assert sent == [("PATCH", "texts/1", {"position": {"x": 0, "y": 100}})]
    assert "height follows" in told["notes"][0]


def test_paragraphs_that_stay_keep_the_markup_they_have_on_the_board() -> None:
    content = '<p>one <span style="color:#ff0000">red</span></p><ul><li>first</li><li>second <code>x</code></li></ul>'
    sent, _ = Miro(item("shape", {"content": content, "shape": "rectangle"}, height=400)).edit((">first<", ">1st<"))
    ((_, _, body),) = sent
    assert body == {"data": {"content": content.replace("first", "1st")}}


@pytest.mark.slow
def test_an_edit_of_a_line_sends_only_what_it_changed() -> None:
    boxes = [item("shape", {"content": "", "shape": "rectangle"}, id=id, x=x) for id, x in (("1", 0), ("2", 600))]
    third = item("shape", {"content": "", "shape": "rectangle"}, id="3", y=500)
    captions = [{"content": "a", "position": "25%"}, {"content": "b", "position": "75%", "textAlignVertical": "top"}]
    joined = line("9", "1", "2", captions=captions)
    for edit, body in (
        (('data-miro-end="2"', 'data-miro-end="3"'), {"endItem": {"id": "3"}}),
        (('data-miro-shape="straight"', 'data-miro-shape="elbowed"'), {"shape": "elbowed"}),
        (('stroke="#000000" stroke-width', 'stroke="#00ff00" stroke-width'), {"style": {"strokeColor": "#00ff00"}}),
        (("data-miro-start=", 'data-miro-start-cap="oval" data-miro-start='), {"style": {"startStrokeCap": "oval"}}),
        ((">b<", ">c<"), {"captions": [captions[0], {**captions[1], "content": "c"}]}),
        ((">b<", "><"), {"captions": [captions[0]]}),
    ):
        sent, told = Miro(*boxes, third, lines=[joined]).edit(edit)
        assert sent == [("PATCH", "connectors/9", body)]
        assert told["notes"] == []


def test_an_end_may_be_a_new_element() -> None:
    boxes = [item("shape", {"content": "", "shape": "rectangle"}, id=id, x=x) for id, x in (("1", 0), ("2", 600))]
    sent, _ = Miro(*boxes, lines=[line("9", "1", "2")]).edit(
        ('data-miro-end="2"', 'data-miro-end="#n"'), more='<circle id="n" cx="0" cy="500" r="50" fill="white"/>'
    )
    assert [(method, path) for method, path, _ in sent] == [("POST", "items/bulk"), ("PATCH", "connectors/9")]
    assert sent[1][2] == {"endItem": {"id": "900"}}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("points", "form", "exact"),
    [
        ("0,0 100,0 100,50 0,50", "rectangle", True),
        ("50,0 100,80 0,80", "triangle", True),
        ("0,80 50,0 100,80", "triangle", True),
        ("50,0 100,50 50,100 0,50", "rhombus", True),
        ("25,0 75,0 100,50 75,100 25,100 0,50", "hexagon", True),
        ("20,0 100,0 80,60 0,60", "parallelogram", True),
        ("20,0 80,0 100,60 0,60", "trapezoid", True),
        ("50,0 100,38 81,100 19,100 0,38", "pentagon", True),
        ("0,25 65,25 65,0 100,50 65,100 65,75 0,75", "right_arrow", True),
        ("0,0 100,0 100,100 90,5", "rectangle", False),
        ("0,0 10,0 20,3 30,9 35,20 36,40 30,50 9,33 2,8", "rectangle", False),
    ],
)
def test_a_polygon_is_the_shape_it_looks_like(points: str, form: str, exact: bool) -> None:
    sent, told = Miro().edit(more=f'<polygon points="{points}" fill="#fff"/>')
    assert exact == (told["notes"] == [])
    if exact:
        assert sent[0][2][0]["data"] == {"shape": form}
    else:
        assert sent[0][2][0]["data"]["shape"] in told["notes"][0]


def test_new_elements_are_sent_in_bulks_of_twenty_at_their_places() -> None:
    circles = "".join(f'<circle id="c{at}" cx="{at * 10}" cy="5" r="4" fill="#fff"/>' for at in range(45))
    lines = '<polyline data-miro-start="#c0" data-miro-end="#c1" points="0,0 5,0 5,5"/>'
    sent, told = Miro().edit(more=circles + lines)
    assert sorted(len(body) for _, path, body in sent if path == "items/bulk") == [5, 20, 20]
    assert len(told["created"]) == 46
    first = next(body[0] for _, _, body in sent if isinstance(body, list) and body[0]["position"]["x"] == 0)
    assert first == {
        "type": "shape",
        "data": {"shape": "circle"},
        "style": {
            "fillColor": "#ffffff",
            "fillOpacity": "1",
            "borderOpacity": "0.0",
            "borderColor": "#1a1a1a",
            "borderStyle": "normal",
            "borderWidth": "2.0",
            "fontFamily": "open_sans",
        },
        "geometry": {"width": 8, "height": 8},
        "position": {"x": 0, "y": 5},
    }
    (joined,) = [body for _, path, body in sent if path == "connectors"]
    assert joined["shape"] == "elbowed"
    assert joined["style"] == {"startStrokeCap": "none", "endStrokeCap": "none"}


def test_what_is_drawn_in_a_frames_group_goes_into_the_frame() -> None:
    frame = item("frame", {"title": "F"}, id="1", width=400, height=400)
    sent, _ = Miro(frame).edit(("</text></g></svg>", '</text><circle cx="100" cy="0" r="10" fill="#fff"/></g></svg>'))
    ((_, _, (body,)),) = sent
    assert body["parent"] == {"id": "1"}
    assert body["position"] == {"x": 300, "y": 200}


@pytest.mark.slow
@pytest.mark.parametrize("state", [r" data-miro-state='kept'", r' data-miro-state="[^"]*"'])
def test_a_board_of_all_kinds_goes_back_without_a_change_with_its_states_or_without(state: str) -> None:
    made, miro = mixed_board(300, 8, 200), Miro()
    miro.board, miro.read = made, serve(made)

    async def run(recorder: Any) -> Value:
        async with connected(settings_for(recorder)) as client:
            shown = await client.call_tool("miro_board_view", {"board_id": made.id, "format": "svg"})
            svg = re.sub(state, "", svg_of(shown))
            result = await client.call_tool("miro_svg_write", {"board_id": made.id, "svg": svg})
            return value_of(result)

    with recording(miro) as recorder:
        told = asyncio.run(run(recorder))
    assert told == {"created": [], "updated": [], "deleted": [], "conflicts": [], "notes": []}
    assert miro.sent == []


def test_every_operation_that_a_kind_names_exists() -> None:
    from miro_mcp.workflows.svg_write.rules import OTHER, RULES

    for rules in (*RULES.values(), OTHER):
        assert rules.delete in OPERATIONS
        assert rules.update is None or rules.update in OPERATIONS


def test_the_state_of_each_item_is_on_its_group_and_changes_with_it() -> None:
    async def look(miro: Miro) -> str:
        with recording(miro) as recorder:
            async with connected(settings_for(recorder)) as client:
                shown = await client.call_tool("miro_board_view", {"board_id": miro.board.id, "format": "svg"})
                return svg_of(shown)

    one, same, other = (asyncio.run(look(Miro(shape))) for shape in (SHAPE, SHAPE, STYLED))
    states = [groups(svg)["1"].group.attrib["data-miro-state"] for svg in (one, same, other)]
    assert states[0] == states[1] != states[2]
    assert len(states[0]) == 4
