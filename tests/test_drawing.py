"""How each kind of item is drawn: the structure of its SVG, and the pictures of the documentation."""

import math
import os
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree as ET

import pytest
from drawn import SVG, Raw, board, extent, groups, item, line, only, picture, sheets

from miro_mcp.board.colours import STICKY, TAG
from miro_mcp.board.contents import Tag
from miro_mcp.board.geometry import Box
from miro_mcp.catalogue.connectors import StrokeCap
from miro_mcp.catalogue.shapes import BasicShape, FlowchartShape
from miro_mcp.catalogue.shared import ItemType
from miro_mcp.catalogue.sticky_notes import StickyNoteColour
from miro_mcp.catalogue.tags import TagColour
from miro_mcp.drawing.items.kinds import DRAWERS
from miro_mcp.drawing.items.outlines import OUTLINES
from miro_mcp.drawing.lines.caps import STROKE_CAPS
from miro_mcp.drawing.picture import draw_scene
from miro_mcp.drawing.scene import LONGEST_SIDE, MOST_PIXELS, scale_of, scene_of

STRUCTURES = Path(__file__).parent / "pictures"
SHEETS = sheets()
NBSP = "\N{NO-BREAK SPACE}"
SHAPES = (*get_args(BasicShape), *get_args(FlowchartShape))


def structure(svg: str) -> str:
    """An SVG as an outline: each element with its part, its place in whole units, and its text."""
    lines: list[str] = []

    def tell(element: ET.Element, depth: int) -> None:
        kept = (
            "data-miro-kind",
            "data-miro-part",
            "data-miro-shape",
            "fill",
            "transform",
            "font-family",
            "font-weight",
        )
        told = [f"{name.removeprefix('data-miro-')}={element.get(name)}" for name in kept if element.get(name)]
        places = ("x", "y", "width", "height", "cx", "cy", "r", "font-size")
        told += [f"{name}={round(float(value))}" for name in places if (value := element.get(name))]
        told += [
            f"at {'M' if name == 'd' else ''}{len(value)}" for name in ("d", "points") if (value := element.get(name))
        ]
        text = (element.text or "").strip()
        lines.append("  " * depth + " ".join([element.tag.removeprefix(SVG), *told, *([repr(text)] if text else [])]))
        for child in element:
            tell(child, depth + 1)

    tell(ET.fromstring(svg), 0)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", [name for name in SHEETS.PICTURES if name != "board-of-1000"])
def test_a_sheet_is_drawn_as_its_structure_says(name: str) -> None:
    SHEETS.restart_ids()
    found = structure(draw_scene(scene_of(SHEETS.PICTURES[name]())).svg)
    file = STRUCTURES / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_every_picture_is_in_the_documentation() -> None:
    folder = Path(__file__).parents[1] / "docs" / "pictures"
    assert {file.stem for file in folder.glob("*.png")} == set(SHEETS.PICTURES)


def test_every_kind_that_the_api_lists_is_drawn_in_its_own_way() -> None:
    assert {*get_args(ItemType), "mindmap_node", "code", "table"} == DRAWERS.keys()


def test_every_name_in_the_api_has_its_form_or_colour() -> None:
    assert set(SHAPES) == OUTLINES.keys()
    assert {*get_args(StrokeCap)} - {"unknown"} == STROKE_CAPS.keys()
    assert set(get_args(StickyNoteColour)) == STICKY.keys()
    assert set(get_args(TagColour)) == TAG.keys()


@pytest.mark.parametrize("form", SHAPES)
def test_a_shape_fills_its_box_and_carries_its_text(form: str) -> None:
    drawn = only(item("shape", {"shape": form, "content": "<p>Text</p>"}, x=300, y=-50))
    assert drawn.box == (200, -100, 200, 100)
    found, wanted = extent(drawn.part("body")), drawn.box
    if "_note_" in form:  # These have a line at one side only.
        assert found.x == wanted.x or found.right == wanted.right
        found = found._replace(x=wanted.x, width=wanted.width)
    slack = 0.03 * 200 if form in ("cloud", "flow_chart_document", "flow_chart_multidocuments") else 0.02
    assert all(math.isclose(one, other, abs_tol=slack) for one, other in zip(found, wanted, strict=True)), found
    assert drawn.text() == "Text"


@pytest.mark.parametrize("kind", sorted(DRAWERS))
def test_an_item_is_one_group_with_id_kind_and_body(kind: str) -> None:
    drawn = only(item(kind, {}, id="7", rotation=30))
    assert (drawn.group.attrib["data-miro-id"], drawn.kind) == ("7", kind)
    assert drawn.part("body") is not None
    assert drawn.group.get("transform") == "rotate(30 0.00 0.00)"


def test_an_item_of_an_unknown_kind_is_named() -> None:
    drawn = only(item("hologram_2", {"title": "Ship"}))
    assert drawn.text("title") == "hologram 2: Ship"


@pytest.mark.parametrize(
    ("kind", "data", "part", "told"),
    [
        ("sticky_note", {"content": "<p>One</p><p>two</p>"}, "text", "One\ntwo"),
        ("text", {"content": "a &lt; b &amp;amp; c"}, "text", "a < b &amp; c"),
        ("card", {"title": "<b>Do</b> it", "description": "soon"}, "title", "Do it"),
        ("app_card", {"title": "Ticket", "fields": [{"value": "HAR-1"}]}, "field-text", "HAR-1"),
        ("frame", {"title": "Went well"}, "title", "Went well"),
        ("image", {"title": "harbour.png"}, "title", "harbour.png"),
        ("document", {"title": "plan.pdf"}, "title", "plan.pdf"),
        ("embed", {"title": "Film", "providerName": "vimeo.com"}, "title", "Film · vimeo.com"),
        ("preview", {"title": "Tides", "url": "https://tides.example/now"}, "title", "Tides · tides.example"),
        ("doc_format", {"content": "# Plan\n- one\n- **two**"}, "text", "Plan\none\ntwo"),
        ("doc_format", {"contentType": "html", "content": "<h1>Plan</h1><p>text</p>"}, "text", "Plan\ntext"),
        ("data_table_format", {"title": "Budget"}, "title", "Budget"),
        ("code", {"code": "if a:\n    b()", "language": "python"}, "text", "if a:\n" + NBSP * 4 + "b()"),
        ("mindmap_node", {"nodeView": {"data": {"content": "Idea"}}}, "text", "Idea"),
    ],
)  # fmt: skip
def test_an_item_shows_what_it_says(kind: str, data: Raw, part: str, told: str) -> None:
    assert only(item(kind, data, width=600, height=400)).text(part) == told


def test_bold_italic_underlined_struck_and_linked_words_are_marked() -> None:
    content = '<b>b</b><em>i</em><u>u</u><s>s</s> <a href="https://example.com/?a=1&amp;b=2">l</a>'
    spans = {
        span.text: span.attrib for span in only(item("text", {"content": content})).part("text").iter(f"{SVG}tspan")
    }
    assert spans["b"]["font-weight"] == "bold"
    assert spans["i"]["font-style"] == "italic"
    assert (spans["u"]["text-decoration"], spans["s"]["text-decoration"]) == ("underline", "line-through")
    assert spans["l"]["data-miro-href"] == "https://example.com/?a=1&b=2"


def test_lists_have_bullets_and_numbers_that_are_no_text() -> None:
    content = "<ul><li>one</li><li>two</li></ul><ol><li>three</li></ol>"
    drawn = only(item("text", {"content": content}))
    assert [bullet.text for bullet in drawn.parts("bullet")] == ["•", "•", "1."]
    assert drawn.text() == "one\ntwo\nthree"


def test_text_is_wrapped_within_the_width_and_marked_where_it_is_cut() -> None:
    words = "harbour " * 60
    drawn = only(item("shape", {"content": words}, width=200, height=60))
    assert drawn.part("text").get("data-miro-cut") == "true"
    assert drawn.text().endswith("…")
    whole = only(item("shape", {"content": words}, width=600, height=400))
    assert whole.part("text").get("data-miro-cut") is None
    assert whole.text() == words.strip()


def test_a_sticky_notes_text_shrinks_until_it_fits() -> None:
    sizes = [
        float(
            only(item("sticky_note", {"content": "harbour " * count}, width=199, height=228))
            .part("text")
            .attrib["font-size"]
        )
        for count in (1, 8, 20, 40)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_colours_opacity_and_strokes_follow_the_style() -> None:
    style = {
        "fillColor": "#f00", "fillOpacity": "0.5", "borderColor": "#00FF00", "borderStyle": "dashed",
        "borderWidth": "3", "borderOpacity": "0.25", "color": "#0000ff", "fontFamily": "roboto_mono", "fontSize": "20",
        "textAlign": "right", "textAlignVertical": "bottom",
    }  # fmt: skip
    drawn = only(item("shape", {"content": "x"}, style=style))
    body, text = drawn.part("body").attrib, drawn.part("text").attrib
    assert (body["fill"], body["fill-opacity"], body["stroke"], body["stroke-width"]) == (
        "#ff0000",
        "0.5",
        "#00ff00",
        "3",
    )
    assert (body["stroke-opacity"], bool(body["stroke-dasharray"])) == ("0.25", True)
    assert (text["fill"], text["font-size"], text["text-anchor"]) == ("#0000ff", "20", "end")
    assert text["font-family"].startswith("Roboto Mono")
    assert float(drawn.part("text")[0].attrib["y"]) > drawn.box.bottom - 20


def test_a_shape_without_fill_is_seen_through() -> None:
    assert (
        only(item("shape", {}, style={"fillColor": "#ffffff", "fillOpacity": "0.0"})).part("body").get("fill") == "none"
    )


def test_tags_are_shown_on_their_items() -> None:
    tags = {"t": Tag("t", "urgent", "red"), "u": Tag("u", "later", "violet")}
    contents = board(
        [item("sticky_note", {}), item("card", {}, id="2", x=400)], tags=tags, tags_of={"1": ("t",), "2": ("t", "u")}
    )
    drawn = groups(draw_scene(scene_of(contents)).svg)
    assert [one.get("fill") for one in drawn["2"].parts("tag")] == [TAG["red"], TAG["violet"]]
    assert drawn["1"].text("tag-text") == "urgent"


TWO = [
    item("shape", {}, id="a", x=0, y=0, width=100, height=100),
    item("shape", {}, id="b", x=400, y=0, width=100, height=100),
]


def ends(raw: Raw) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the line of a connector between two squares starts and ends."""
    raw = {**raw, "style": {"endStrokeCap": "none"}}
    path = groups(picture(*TWO, lines=[raw]).svg)["l"].part("line").attrib["d"]
    numbers = [float(part) for part in "".join(" " if one in "MLC," else one for one in path).split()]
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


@pytest.mark.parametrize("shape", ["straight", "elbowed", "curved"])
@pytest.mark.parametrize(
    ("start", "end", "first", "second"),
    [
        ({}, {}, (50, 0), (350, 0)),
        ({"snapTo": "auto"}, {"snapTo": "bottom"}, None, (400, 50)),
        ({"snapTo": "top"}, {"snapTo": "left"}, (0, -50), (350, 0)),
        ({"position": {"x": "100%", "y": "25%"}}, {"position": {"x": "0%", "y": "100%"}}, (50, -25), (350, 50)),
    ],
)
def test_a_connector_ends_where_it_is_attached(shape: str, start: Raw, end: Raw, first: Any, second: Any) -> None:
    found = ends(line("l", "a", "b", shape=shape, startItem=start, endItem=end))
    assert first is None or found[0] == first
    assert found[1] == second


def test_a_connector_follows_a_turned_item() -> None:
    turned = item("shape", {}, id="a", width=200, height=100, rotation=90)
    drawn = groups(picture(turned, TWO[1], lines=[line("l", "a", "b", startItem={"snapTo": "right"})]).svg)["l"]
    assert drawn.part("line").attrib["d"].startswith("M0,100")


@pytest.mark.parametrize("cap", sorted(STROKE_CAPS))
def test_a_cap_has_its_tip_at_the_end_of_the_line(cap: str) -> None:
    style = {"startStrokeCap": "none", "endStrokeCap": cap}
    drawn = groups(picture(*TWO, lines=[line("l", "a", "b", style=style)]).svg)["l"]
    caps = drawn.parts("cap")
    assert bool(caps) == (cap != "none")
    reached = [
        float(point.split(",")[0])
        for one in caps
        for point in (one.get("points") or f"{float(one.attrib['cx']) + float(one.attrib['r'])},0").split()
    ]
    assert all(300 < x <= 350 for x in reached)


def test_a_line_has_its_colour_width_style_and_captions() -> None:
    captions = [
        {"content": "<p>yes</p>", "position": "25%"},
        {"content": "no", "position": "75%", "textAlignVertical": "top"},
    ]
    style = {"strokeColor": "#ff0000", "strokeWidth": "4", "strokeStyle": "dotted", "color": "#0000ff"}
    drawn = groups(picture(*TWO, lines=[line("l", "a", "b", captions=captions, style=style)]).svg)["l"]
    path = drawn.part("line").attrib
    assert (path["stroke"], path["stroke-width"], path["stroke-linecap"]) == ("#ff0000", "4", "round")
    assert drawn.text("caption") == "yes\nno"
    yes, no = (text[0].attrib for text in drawn.parts("caption"))
    assert (float(yes["x"]), float(no["x"])) == (125, 275)
    assert float(no["y"]) < float(yes["y"])
    assert (drawn.group.get("data-miro-start"), drawn.group.get("data-miro-end")) == ("a", "b")


def test_an_elbowed_line_is_level_and_upright_and_goes_around_what_it_leaves() -> None:
    raw = line("l", "a", "b", shape="elbowed", startItem={"snapTo": "left"}, endItem={"snapTo": "right"})
    drawn = groups(picture(*TWO, lines=[{**raw, "style": {"endStrokeCap": "none"}}]).svg)["l"]
    corners = [part.split("C")[0] for part in drawn.part("line").attrib["d"].removeprefix("M").split("L")]
    points = [tuple(map(float, corner.split(","))) for corner in corners]
    ways = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    assert points[0] == (-50, 0)
    assert points[-1] == (450, 0)
    assert len(points) > 4
    assert min(x for x, _ in points) < -50 < 450 < max(x for x, _ in points)
    assert any(abs(y) > 50 for _, y in points), ways


def test_a_mind_map_has_a_branch_to_each_parent() -> None:
    def node(id: str, parent: str | None, x: float) -> Raw:
        view = {"nodeView": {"data": {"content": id}}, "isRoot": parent is None}
        return item("mindmap_node", view, id=id, x=x, **({"parent": {"id": parent}} if parent else {}))

    svg = picture(node("root", None, 0), node("leaf", "root", 400), node("left", "root", -400)).svg
    branches = [one for one in ET.fromstring(svg).iter(f"{SVG}path") if one.get("data-miro-part") == "link"]
    assert [(one.get("data-miro-start"), one.get("data-miro-end")) for one in branches] == [
        ("root", "leaf"),
        ("root", "left"),
    ]


def test_children_are_drawn_at_their_place_in_the_frame_and_over_it() -> None:
    frame = item("frame", {"title": "F"}, id="f", x=1000, y=1000, width=600, height=400)
    child = {**item("shape", {}, id="c", width=100, height=50), "parent": {"id": "f"}}
    child["position"] = {"x": 100, "y": 50, "relativeTo": "parent_top_left"}
    drawn = groups(picture(child, frame).svg)
    assert list(drawn) == ["f", "c"]
    assert drawn["c"].box == (750, 825, 100, 50)
    assert drawn["c"].group.get("data-miro-parent") == "f"


def test_the_viewbox_is_the_region_in_board_coordinates_and_nothing_is_scaled() -> None:
    svg = draw_scene(scene_of(board(TWO), Box(-100, -200, 800, 400))).svg
    root = ET.fromstring(svg)
    assert root.get("viewBox") == "-100 -200 800 400"
    transforms = {one.get("transform", "rotate").split("(")[0] for one in root.iter()}
    assert transforms == {"rotate"}


def test_a_region_shows_only_what_is_in_it() -> None:
    drawn = groups(draw_scene(scene_of(board(TWO, [line("l", "a", "b")]), Box(300, -100, 300, 300))).svg)
    assert set(drawn) == {"b", "l"}


def test_chosen_items_bring_what_is_in_them_and_the_lines_between_them() -> None:
    frame = item("frame", {}, id="f", x=0, y=1000, width=600, height=400)
    child = {**item("shape", {}, id="c"), "parent": {"id": "f"}}
    contents = board([*TWO, frame, child], [line("l", "a", "b"), line("m", "a", "c")])
    assert set(groups(draw_scene(scene_of(contents, chosen=["f", "a"])).svg)) == {"f", "c", "a", "m"}
    assert set(groups(draw_scene(scene_of(contents, chosen=["l"])).svg)) == {"a", "b", "l"}


@pytest.mark.parametrize("size", [(100, 100), (5_000, 800), (1_000_000, 3), (40_000, 40_000)])
def test_the_scale_is_one_that_vision_models_take(size: tuple[float, float]) -> None:
    shown = scene_of(board([item("shape", {}, width=size[0], height=size[1])]))
    made = draw_scene(shown, scale_of(shown.region))
    assert max(made.width, made.height) <= LONGEST_SIDE
    assert min(made.width, made.height) >= 90
    assert made.width * made.height <= MOST_PIXELS * 1.01


def test_text_too_small_to_read_becomes_bars_and_items_too_small_a_block_with_a_count() -> None:
    notes = [
        item("sticky_note", {"content": "words and words"}, id=str(at), x=at * 220, width=199, height=228)
        for at in range(5)
    ]
    readable = draw_scene(scene_of(board(notes)), 1.0)
    assert not readable.unread
    bars = draw_scene(scene_of(board(notes)), 0.15)
    assert len(bars.unread) == 5
    assert "words" not in bars.svg
    assert all(one.parts("bars") for one in groups(bars.svg).values())
    assert ">5 items<" in bars.svg
    blocks = draw_scene(scene_of(board(notes)), 0.01)
    assert groups(blocks.svg) == {}
    assert 'data-miro-part="crowd"' in blocks.svg
    assert ">5 items<" in blocks.svg


def test_shapes_that_nobody_sees_are_in_no_block_and_no_count() -> None:
    unseen = {"fillOpacity": "0.0", "borderOpacity": "0.0"}
    points = [
        item("shape", {"content": ""}, id=str(at), x=at * 300, width=8, height=8, style=unseen) for at in range(5)
    ]
    svg = draw_scene(scene_of(board([*points, item("frame", {"title": "F"}, id="f", width=3000, height=900)])), 0.3).svg
    assert 'data-miro-part="crowd"' not in svg
    assert 'data-miro-part="count"' not in svg
