"""Boards told in words: what is told, in which order, within how many tokens, and which parts can be asked for."""

import json
import re
from collections import Counter
from typing import Any

import bpe_openai
import pytest
from boards import MadeBoard, Told, connector, empty_board, mixed_board, numbers_in, serve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp import Client
from mcp.types import CallToolResult
from support import ERAS, connected, recording, settings_for, text_of, value_of

from miro_mcp.settings import Settings
from miro_mcp.text.render import one_line

pytestmark = pytest.mark.anyio
ENCODING = bpe_openai.get_encoding("o200k_base")
MIXED = mixed_board()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def tokens(text: str) -> int:
    """Counted in pieces: the encoder refuses texts of more than 200,000 tokens."""
    return sum(len(ENCODING.encode(text[at : at + 200_000])) for at in range(0, len(text), 200_000))


async def told(board: MadeBoard, era: str = "auto", **arguments: Any) -> CallToolResult:
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder), era) as client:
            return await client.call_tool("miro_board_overview", {"board_id": board.id, **arguments})


async def text_told(board: MadeBoard, **arguments: Any) -> str:
    answer = await told(board, **{"budget": 1_000_000, **arguments})
    assert not answer.is_error, text_of(answer)
    return text_of(answer)


def ids_told(text: str) -> list[str]:
    """The ids that lines begin with, in their order; frames' lines begin with a mark, edges alone have no kind."""
    return re.findall(r"^(?:## | *)(\d{19}) [a-z]", text, re.MULTILINE)


def note(number: int, text: str, x: float = 0, y: float = 0, kind: str = "sticky_note", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{3458764612345000000 + number}",
        "type": kind,
        "data": {"content": text},
        "position": {"x": x, "y": y, "relativeTo": "canvas_center"},
        "geometry": {"width": 200, "height": 200},
        **more,
    }


def frame(number: int, title: str, x: float, y: float) -> dict[str, Any]:
    return note(number, "", x, y, "frame") | {"data": {"title": title}, "geometry": {"width": 1000, "height": 800}}


def board_of(*items: dict[str, Any], **more: Any) -> MadeBoard:
    board = empty_board()
    board.items = list(items)
    for name, value in more.items():
        setattr(board, name, value)
    return board


@pytest.mark.parametrize("era", ERAS)
async def test_a_board_of_the_sandbox_is_told_frame_by_frame(tmp_path, era: str) -> None:
    async with connected(Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")}), era) as client:
        answer = await client.call_tool("miro_board_overview", {"board_id": "uXjVRetro14="})
    text = re.sub(r"\d{19} ", "", text_of(answer))
    assert text.splitlines()[:2] == ["Board uXjVRetro14=: Retrospective, sprint 14", "8 items, 0 connectors"]
    assert "People: Ben Okafor (owner), Ada Moreno (coowner)" in text
    assert text.partition("## ")[2].splitlines() == [
        "frame 500x600 at -250,0: Went well",
        "2 items: 2 sticky_note",
        "sticky_note: Pairing on the map screen",
        "sticky_note: Demo with real customers",
        "## frame 500x600 at 310,0: To improve",
        "2 items: 2 sticky_note",
        "sticky_note: Reviews wait for two days",
        "sticky_note: Scope grew in week two",
        "## frame 500x600 at 870,0: Actions",
        "1 item: 1 sticky_note",
        "sticky_note: Start a review rota",
    ]
    assert numbers_in(text) == Told({"sticky_note": 5, "frame": 3}, 8, 0, Counter())


async def test_what_a_diagram_keeps_in_a_link_is_not_told(tmp_path) -> None:
    async with connected(Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})) as client:
        drawing = {"board_id": "uXjVRetro14=", "mermaid": "flowchart TD\n A[First] --> B[Second]"}
        drawn = await client.call_tool("miro_diagram_write", drawing)
        answer = await client.call_tool("miro_board_overview", {"board_id": "uXjVRetro14=", "budget": 10_000})
    assert f"{value_of(drawn)['diagram_id']} text: diagram\n" in text_of(answer) + "\n"
    assert "miro-mcp-diagram" not in text_of(answer)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
async def test_the_default_budget_names_every_frame_and_counts_right(era: str) -> None:
    answer = await told(MIXED, era)
    text = text_of(answer)
    value = numbers_in(text)
    assert tokens(text) <= 4000
    for one in MIXED.of_kind("frame"):
        assert f"## {one['id']} frame " in text
        assert one["data"]["title"] in text
    everything = [*MIXED.items, *MIXED.mindmap_nodes, *MIXED.code_widgets]
    assert value.counts == Counter(item["type"] for item in everything)
    assert value.connectors == 600
    items_told = len(ids_told(text))
    assert value.left_out["item"] == len(everything) - items_told
    assert "1042 items, 600 connectors" in text
    by_frame = Counter(item["parent"]["id"] for item in MIXED.items if "parent" in item)
    heads = re.findall(r"^## (\d{19}) frame .*\n(\d+) items?", text, re.MULTILINE)
    assert {frame_id: int(items) for frame_id, items in heads} == by_frame


@pytest.mark.slow
async def test_in_full_every_text_and_every_edge_is_told_in_a_twelfth_of_the_raw_tokens() -> None:
    answer = await told(MIXED, budget=100_000)
    text = text_of(answer)
    value = numbers_in(text)
    lines = {line.split()[0].strip(): line for line in text.splitlines() if re.match(r" *\d{19} ", line)}
    for item in [*MIXED.items, *MIXED.code_widgets]:
        line = lines.get(item["id"]) or next(one for one in text.splitlines() if one.startswith(f"## {item['id']}"))
        data = item["data"]
        for name in {"content", "title", "description", "html", "url"} & data.keys():
            assert line.count(one_line(data[name])), (item, line)
    for one in MIXED.connectors:
        line = lines[one["startItem"]["id"]]
        caption = "".join(f' "{one_line(caption["content"])}"' for caption in one.get("captions", []))
        assert f"{one['endItem']['id']}{caption}" in line
    assert value.left_out == Counter()
    assert "Texts are cut" not in text
    raw = sum(tokens(json.dumps(page, separators=(",", ":"))) for page in MIXED.raw_pages())
    assert tokens(text) <= raw / 12


async def test_texts_are_cut_before_lines_are_left_out() -> None:
    board = board_of(*(note(number, "word " * 200, 3000 * number) for number in range(5)))
    answer = await told(board, budget=700)
    assert len(ids_told(text_of(answer))) == 5
    assert "Texts are cut to" in text_of(answer)
    assert "word…(+" in text_of(answer)


TEXT = st.text(max_size=80) | st.sampled_from(
    [
        "Ein Zettel über Größe",
        "Проверить договор",
        "日本語の付箋です",
        "🚀👩‍👩‍👧‍👦",
        "x" * 300,
        "ﷺ" * 40,
        "\u202e\u0000\n\r\t",
        "<p>a</p><ul><li>b",
    ]
)
KINDS = st.sampled_from(["sticky_note", "shape", "text", "card", "frame", "kanban"])


@st.composite
def any_board(draw: st.DrawFn) -> MadeBoard:
    made = empty_board(draw(st.text(max_size=60)))
    count = draw(st.integers(0, 25))
    place = st.floats(-1e7, 1e7)
    for number in range(count):
        kind, text = draw(KINDS), draw(TEXT)
        item = note(number, text, draw(place), draw(place), kind)
        item["data"] |= {"title": text}
        made.items.append(item)
    for number in range(draw(st.integers(0, 10)) if count else 0):
        ends = [made.items[draw(st.integers(0, count - 1))]["id"] for _ in range(2)]
        made.connectors.append(connector(str(number), *ends, draw(TEXT)))
    return made


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_board(), st.integers(200, 3000))
async def test_no_board_takes_more_tokens_than_the_budget(board: MadeBoard, budget: int) -> None:
    answer = await told(board, budget=budget)
    text = text_of(answer)
    value = numbers_in(text)
    assert tokens(text) <= budget
    assert value.items == len(board.items)
    assert value.connectors == len(board.connectors)
    told_ids = {*ids_told(text)}
    assert value.left_out["item"] == len(board.items) - len(told_ids & {item["id"] for item in board.items})


async def test_a_hundred_frames_that_do_not_fit_are_counted() -> None:
    board = board_of(*(frame(number, f"Frame {number}", number * 2000, 0) for number in range(100)))
    answer = await told(board, budget=600)
    text = text_of(answer)
    value = numbers_in(text)
    assert tokens(text) <= 600
    assert 0 < text.count("\n## ") == 100 - value.left_out["frame"]


def items_where(test: Any) -> set[str]:
    return {item["id"] for item in MIXED.items if test(item)}


def absolute(item: dict[str, Any]) -> tuple[float, float]:
    x, y = item["position"]["x"], item["position"]["y"]
    if "parent" not in item:
        return x, y
    owner = next(one for one in MIXED.items if one["id"] == item["parent"]["id"])
    left = owner["position"]["x"] - owner["geometry"]["width"] / 2
    return left + x, owner["position"]["y"] - owner["geometry"]["height"] / 2 + y


FRAME = MIXED.of_kind("frame")[3]
TAG = MIXED.tags[1]
REGION = {"x": 2300, "y": -50, "width": 2400, "height": 1800}


def in_region(item: dict[str, Any]) -> bool:
    (x, y), size = absolute(item), item["geometry"]
    across = abs(x - (REGION["x"] + REGION["width"] / 2)) < (REGION["width"] + size["width"]) / 2
    return across and abs(y - (REGION["y"] + REGION["height"] / 2)) < (REGION["height"] + size["height"]) / 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"frame_id": FRAME["id"]}, items_where(lambda i: FRAME["id"] in (i["id"], i.get("parent", {}).get("id")))),
        ({"region": REGION}, items_where(in_region)),
        ({"kinds": ["card", "embed"]}, items_where(lambda i: i["type"] in ("card", "embed"))),
        ({"tag": TAG["title"]}, set(MIXED.tagged[TAG["id"]])),
        ({"tag": TAG["id"]}, set(MIXED.tagged[TAG["id"]])),
        ({"search": "BILLING questions"}, items_where(lambda i: "billing questions" in json.dumps(i).lower())),
        (
            {"frame_id": FRAME["id"], "kinds": ["sticky_note"], "search": "the"},
            items_where(
                lambda i: (
                    i["type"] == "sticky_note"
                    and i.get("parent", {}).get("id") == FRAME["id"]
                    and "the" in i["data"]["content"].lower()
                )
            ),
        ),
    ],
    ids=["frame", "region", "kinds", "tag by title", "tag by id", "search", "all must hold"],
)
async def test_a_part_is_told_exactly(wanted: dict[str, Any], expected: set[str]) -> None:
    answer = await told(MIXED, budget=100_000, **wanted)
    text = text_of(answer)
    value = numbers_in(text)
    heads = {*re.findall(r"^## (\d{19})", text, re.MULTILINE)}
    assert expected
    assert {*ids_told(text)} - (heads - expected) == expected
    assert sum(value.counts.values()) == len(expected)
    lines = [one for one in MIXED.connectors if {one["startItem"]["id"], one["endItem"]["id"]} & expected]
    assert value.connectors == (0 if "kinds" in wanted else len(lines))


async def test_where_nothing_fits_it_is_told_what_there_is() -> None:
    answer = await told(board_of(note(1, "a"), note(2, "b", kind="card")), kinds=["unicorn"])
    assert 'Asked for kinds "unicorn": 0 items, 0 connectors' in text_of(answer)
    assert "There are: 1 sticky_note, 1 card" in text_of(answer)
    assert numbers_in(text_of(answer)).items == 0


async def test_the_budget_that_is_said_to_be_enough_is_enough() -> None:
    board = mixed_board(40, 3, 0)
    answer = await told(board, budget=400)
    (enough,) = re.findall(r"all takes about (\d+)", text_of(answer))
    assert "Left out" in text_of(answer)
    assert "Left out" not in text_of(await told(board, budget=int(int(enough) * 1.1)))


async def test_connectors_are_a_kind_and_have_their_own_ids_then() -> None:
    text = await text_told(MIXED, kinds=["connector"])
    assert ids_told(text) == []
    for one in MIXED.connectors:
        assert re.search(
            rf"^{one['startItem']['id']} .*{one['endItem']['id']}[^,]* \[{one['id']}\]", text, re.MULTILINE
        )


async def test_a_caption_is_found_by_search() -> None:
    first, second = note(1, "A"), note(2, "B", 900)
    board = board_of(first, second, connectors=[connector("7", first["id"], second["id"], "Only <b>here</b>")])
    text = await text_told(board, search="only here")
    assert f'{first["id"]} -> {second["id"]} "Only here"' in text
    assert ids_told(text) == []


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"frame_id": "12"}, f"frame_id: there is no frame '12' on this board. Frames: for example {FRAME['id'][:10]}"),
        ({"tag": "nope"}, "tag: there is no tag with title or id 'nope'. Tags: 'Done', 'Needs research', 'Urgent'"),
        ({"budget": 10}, "budget"),
        ({"region": {"x": 0, "y": 0, "width": 0, "height": 5}}, "width"),
        ({"kinds": []}, "kinds"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_wrong_arguments_are_named(era: str, arguments: dict[str, Any], said: str) -> None:
    answer = await told(MIXED, era, **arguments)
    assert answer.is_error
    assert said in text_of(answer)


async def test_rows_are_read_from_left_to_right_though_they_are_crooked() -> None:
    places = {"a": (0, 0), "b": (700, 40), "c": (1400, -50), "d": (0, 900), "e": (700, 860), "f": (1400, 930)}
    board = board_of(*(note(n, text, *places[text]) for n, text in enumerate("fbdace")))
    assert re.findall(r": (\w)$", await text_told(board), re.MULTILINE) == list("abcdef")


async def test_notes_that_lie_together_are_told_together() -> None:
    left = [note(n, f"left {n}", 0, 210 * n) for n in range(3)]
    right = [note(10 + n, f"right {n}", 2000, 210 * n) for n in range(3)]
    alone = note(20, "alone", 0, 3000)
    text = await text_told(board_of(*right, *left, alone))
    assert re.sub(r"\d{19} sticky_note: ", "", text.partition("7 items: 7 sticky_note\n")[2]).splitlines() == [
        "together:",
        *("left 0", "left 1", "left 2"),
        "together:",
        *("right 0", "right 1", "right 2"),
        "apart:",
        "alone",
    ]


async def test_colours_are_told_where_they_differ() -> None:
    def coloured(number: int, colour: str, inside: str) -> dict[str, Any]:
        return note(number, f"n{number}", 100, 100, style={"fillColor": colour}, parent={"id": inside})

    frames = [frame(1, "One", 0, 0), frame(2, "Two", 2000, 0)]
    notes = [
        coloured(n, colour, frames[n % 2]["id"]) for n, colour in ((10, "red"), (12, "red"), (11, "red"), (13, "cyan"))
    ]
    text = await text_told(board_of(*frames, *notes))
    assert re.findall(r"sticky_note (\w+): (n\d+)", text) == [("red", "n11"), ("cyan", "n13")]
    assert "sticky_note: n10" in text


async def test_mind_maps_are_trees_and_circles_are_told_once() -> None:
    def node(number: int, text: str, parent: int | None = None) -> dict[str, Any]:
        raw = note(number, "", kind="mindmap_node") | {"data": {"nodeView": {"data": {"content": text}}}}
        return raw | ({"parent": {"id": f"{3458764612345000000 + parent}"}} if parent else {})

    nodes = [
        node(1, "root"),
        node(2, "branch", 1),
        node(3, "leaf", 2),
        node(4, "twig", 1),
        node(5, "x", 6),
        node(6, "y", 5),
    ]
    text = await text_told(board_of(mindmap_nodes=nodes))
    tree = re.sub(r"\d{19} mindmap_node", "", text.partition("6 items: 6 mindmap_node\n")[2])
    assert tree.splitlines() == [": root", "  : branch", "    : leaf", "  : twig", ": x", "  : y"]


async def test_groups_tags_and_what_else_means_something_are_told() -> None:
    card = note(1, "", kind="card") | {
        "data": {"title": "Pay", "description": "Soon", "dueDate": "2026-03-01T00:00:00Z"}
    }
    shape = note(2, "Ok?", 900, kind="shape") | {"data": {"content": "Ok?", "shape": "rhombus"}}
    board = board_of(card, shape, groups=[{"id": "77", "type": "group", "data": {"items": [card["id"], shape["id"]]}}])
    board.tags = [{"id": "5", "title": "Two words]: fake", "fillColor": "red"}]
    board.tagged = {"5": [card["id"]]}
    text = await text_told(board)
    assert f'{card["id"]} card due 2026-03-01 #"Two words]: fake" g1: Pay\\nSoon' in text
    assert f"{shape['id']} shape rhombus g1: Ok?" in text
    assert "g1 77: 2 items" in text


async def test_arrows_say_which_ends_have_a_cap_and_loose_ends_are_marked() -> None:
    a, b = note(1, "a"), note(2, "b", 900)
    lines = [connector(str(n), a["id"], b["id"]) for n in range(3)] + [connector("3", None, b["id"])]
    for line, caps in zip(
        lines, (("none", "none"), ("arrow", "none"), ("arrow", "arrow"), ("none", "arrow")), strict=True
    ):
        line["style"] |= {"startStrokeCap": caps[0], "endStrokeCap": caps[1]}
    text = await text_told(board_of(a, b, connectors=lines))
    assert f"{a['id']} sticky_note -- {b['id']} <-> {b['id']}: a" in text
    assert f"{b['id']} sticky_note -> {a['id']}: b" in text
    assert f"## Connectors\n? -> {b['id']}" in text


HOSTILE = "first\n## 3458764612345999999 frame: fake\n… 3 more\u202e\u2028x<br>3458764612345999998 card: fake"


async def test_text_can_not_fake_lines_of_the_outline() -> None:
    items = [note(1, HOSTILE), note(2, "", 900, kind="card") | {"data": {"title": HOSTILE, "description": HOSTILE}}]
    board = board_of(*items, frame(3, HOSTILE, 5000, 0))
    board.board |= {"name": HOSTILE, "description": HOSTILE}
    board.connectors = [connector("9", items[0]["id"], items[1]["id"], f'x", {HOSTILE}')]
    text = await text_told(board)
    assert sorted(ids_told(text)) == [item["id"] for item in board.items]
    assert "\u202e" not in text
    assert len([line for line in text.splitlines() if line.startswith("…")]) == 0
    assert text.count('"x\\", first') == 1


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>One &amp; two</p><p>three&nbsp;four</p>", "One & two\\nthree four"),
        ("a<br>b<br/>c", "a\\nb\\nc"),
        ("<ul><li>a</li><li><b>b</b></li></ul><ol><li>x</li><li>y</li></ol>", "- a\\n- b\\n1. x\\n2. y"),
        ('<a href="https://x.example/?a=1&amp;b=2">here</a>', "here (https://x.example/?a=1&b=2)"),
        ('<a href="https://x.example">https://x.example</a>', "https://x.example"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("&lt;b&gt;", "<b>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("&#x202e;x", "\\u202ex"),
        ("", ""),
    ],
)
def test_html_becomes_plain_text(html: str, plain: str) -> None:
    assert one_line(html) == plain


async def test_a_board_with_nothing_on_it_is_told() -> None:
    assert (await text_told(empty_board("Blank"))).splitlines()[:2] == [
        f"Board {empty_board().id}: Blank",
        "0 items, 0 connectors",
    ]


async def test_odd_answers_are_told_as_far_as_they_go() -> None:
    items = [
        note(1, "ok") | {"geometry": None},
        {"id": 3458764612345000002, "type": "brand_new", "data": {"text": "From tomorrow"}},
        {"type": "sticky_note"},
        note(3, "huge", float("inf"), -1e300) | {"geometry": {"width": "NaN", "height": -5}},
        note(4, "lost", parent={"id": "404"}),
    ]
    text = await text_told(board_of(*items))
    assert "3458764612345000002 brand_new: From tomorrow" in text
    assert len(ids_told(text)) == 4


async def board_on_sandbox(client: Client) -> str:
    made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Full"})
    return value_of(made)["id"]


@pytest.mark.parametrize("era", ERAS)
async def test_every_kind_that_the_sandbox_makes_is_told(tmp_path, era: str) -> None:
    environment = {"MIRO_SANDBOX": str(tmp_path / "s.db"), "MIRO_TOOLSETS": "all"}
    async with connected(Settings.from_environment(environment), era) as client:
        board_id = await board_on_sandbox(client)
        node = {"nodeView": {"data": {"type": "text", "content": "Idea"}}}
        for tool, given_data in (
            ("miro_sticky_notes_write", {"data": {"content": "Note"}}),
            ("miro_code_widgets_write", {"data": {"code": "a = 1\nb = 2", "language": "python"}}),
            ("miro_mindmap_nodes_write", {"data": node}),
            ("miro_docs_write", {"data": {"content": "# Heading", "contentType": "markdown"}}),
        ):
            made = await client.call_tool(tool, {"operation": "create", "board_id": board_id, **given_data})
            assert not made.is_error, text_of(made)
        text = text_of(await client.call_tool("miro_board_overview", {"board_id": board_id}))
    assert "sticky_note: Note" in text
    assert "code python: a = 1\\nb = 2" in text
    assert "mindmap_node: Idea" in text
    assert "doc_format" in text
