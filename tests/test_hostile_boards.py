"""Boards made to break the drawing: every text, size and place there may be draws, and none of it runs."""

import math
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from drawn import SVG, Raw, board, extent, groups, item, line, picture

from miro_mcp.drawing.items.kinds import DRAWERS
from miro_mcp.drawing.job import DrawingJob
from miro_mcp.drawing.view import draw_view

TEXTS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>",
    "breaking out": "\"/></text></g></svg><script>alert(1)</script>]]><!--",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &nbsp;&#0;&#x1F600;&#xD800;&bogus; &#1;",
    "controls": "a\x00b\x01c\x1bd\x7fe\x85f\ud800g\uffffh\ufdd0",
    "bidi": "safe\u202egnp.exe\u2066\u2069\u200f",
    "links": '<a href="javascript:alert(1)">a</a><a href="java\tscript:alert(1)">b</a><a href="data:text/html,x">c</a>',
    "styles": '<span style="color:url(javascript:alert(1))">x</span><p style="position:fixed" onclick="alert(1)">y</p>',
    "unclosed": "<p><b><i>" * 500 + "<" * 500 + "x",
    "long": "<p>" + "harbour " * 12_500 + "</p>",
    "long word": "x" * 100_000,
    "many paragraphs": "<p></p>" * 15_000,
    "doctype": '<!DOCTYPE x [<!ENTITY a "aaaa">]>&a;',
    "combining": "Z\u0351\u036b\u0343" * 500,
    "emoji": "👩‍👩‍👧🏳️‍🌈" * 50,
}  # fmt: skip

NUMBERS = (math.nan, math.inf, -math.inf, -5, 0, 1e-9, 1e300, "NaN", "12px", None, [], {}, True)


def holding(kind: str, text: str) -> Raw:
    return {
        "content": text, "title": text, "description": text, "code": text, "language": text, "url": text, "shape": text,
        "providerName": text, "dueDate": text, "assigneeId": text, "fields": [{"value": text, "fillColor": text}, text],
        "nodeView": {"data": {"content": text}, "style": {"color": text}}, "isRoot": kind, "status": text,
    }  # fmt: skip


def style_of(value: object) -> Raw:
    names = (
        "fillColor", "fillOpacity", "borderColor", "borderWidth", "borderOpacity", "borderStyle", "color", "fontSize",
        "fontFamily", "textAlign", "textAlignVertical", "cardTheme", "nodeColor", "shape", "strokeColor", "strokeWidth",
        "strokeStyle", "startStrokeCap", "endStrokeCap", "textOrientation",
    )  # fmt: skip
    return dict.fromkeys(names, value)


def check(svg: str) -> ET.Element:
    """A well-formed drawing in which nothing runs, nothing is fetched, and every number is one."""
    root = ET.fromstring(svg)
    allowed = {"svg", "g", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "polygon", "polyline",
               "text", "tspan"}  # fmt: skip
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in allowed
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name or name == "data-miro-href"
            assert "javascript:" not in value.lower()
            if name in ("x", "y", "width", "height", "cx", "cy", "r", "d", "points", "transform", "viewBox"):
                assert "nan" not in value
                assert "inf" not in value
    return root


@pytest.mark.parametrize("kind", [*DRAWERS, "<b onload=x>"])
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.slow
def test_hostile_text_draws_and_never_runs(kind: str, name: str) -> None:
    text = TEXTS[name]
    items = [item(kind, holding(kind, text), id="1", style=style_of(text)), item("shape", {}, id='"><script>', x=500)]
    lines = [line("l<>", "1", '"><script>', captions=[{"content": text, "position": text}], style=style_of(text))]
    view = draw_view(DrawingJob(contents=board(items, lines), format="svg"))
    check(view.svg)
    assert len(groups(view.svg)) == 3


@pytest.mark.parametrize("kind", DRAWERS)
@pytest.mark.slow
def test_hostile_text_becomes_pixels(kind: str) -> None:
    items = [
        item(kind, holding(kind, text), id=str(at), x=at * 300, style=style_of(text))
        for at, text in enumerate(TEXTS.values())
    ]
    assert draw_view(DrawingJob(contents=board(items))).png.startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.parametrize("value", NUMBERS, ids=repr)
@pytest.mark.parametrize("kind", DRAWERS)
def test_numbers_of_any_sort_draw(kind: str, value: Any) -> None:
    odd = item(kind, {"content": "text", "title": "text", "code": "text"}, style=style_of(value))
    odd["position"] |= {"x": value, "y": value}
    odd["geometry"] = {"width": value, "height": value, "rotation": value}
    other = item("shape", {}, id="2", x=300)
    lines = [
        line("l", "1", "2", startItem={"position": {"x": value, "y": value}}, captions=value, style=style_of(value)),
        line("m", "2", "1", endItem={"position": value, "snapTo": value}, captions=[value, {"position": value}]),
    ]
    contents = board([odd, other], lines)
    check(draw_view(DrawingJob(contents=contents, format="svg")).svg)
    assert draw_view(DrawingJob(contents=contents)).png.startswith(b"\x89PNG")


def test_control_and_reordering_characters_are_left_out() -> None:
    drawn = groups(
        picture(item("text", {"content": TEXTS["controls"]}), item("text", {"content": TEXTS["bidi"]}, id="2")).svg
    )
    assert drawn["1"].text() == "abcdefgh"
    assert drawn["2"].text() == "safegnp.exe"


def test_tags_that_mean_nothing_are_text() -> None:
    drawn = groups(picture(item("text", {"content": TEXTS["script"]}, width=2000)).svg)
    assert "<script>alert(1)</script>" in drawn["1"].text()


def test_links_are_kept_only_where_they_lead_to_the_web() -> None:
    svg = picture(item("text", {"content": TEXTS["links"] + '<a href="HTTPS://example.com">d</a>'})).svg
    assert [one.get("data-miro-href") for one in ET.fromstring(svg).iter() if one.get("data-miro-href")] == [
        "HTTPS://example.com"
    ]


def test_a_million_units_apart_two_items_are_both_in_the_picture() -> None:
    contents = board([item("shape", {}), item("shape", {}, id="2", x=1_000_000, y=-1_000_000)], [line("l", "1", "2")])
    view = draw_view(DrawingJob(contents=contents))
    assert (view.items, view.unread) == (2, 2)
    assert view.region.width > 1_000_000


def test_an_item_without_size_is_still_there() -> None:
    drawn = groups(picture(item("shape", {}, width=0, height=0)).svg)["1"]
    assert extent(drawn.part("body")).width > 0


def test_a_turned_frame_draws_with_what_is_in_it() -> None:
    frame = item("frame", {"title": "F"}, id="f", width=400, height=300, rotation=33)
    child = {**item("sticky_note", {"content": "x"}, id="c"), "parent": {"id": "f"}}
    drawn = groups(picture(frame, child).svg)
    assert drawn["f"].group.get("transform") == "rotate(33 0.00 0.00)"
    assert "c" in drawn


def test_items_that_are_each_others_parents_draw() -> None:
    items = [{**item("mindmap_node", {}, id=one), "parent": {"id": other}} for one, other in ("ab", "ba", "cc")]
    assert len(groups(picture(*items).svg)) == 3


def test_a_chain_of_thousands_of_parents_draws() -> None:
    parents = [{"parent": {"id": str(at + 1)}} for at in range(2_999)] + [{}]
    chain = [{**item("mindmap_node", {}, id=str(at), width=4, height=4), **parent} for at, parent in enumerate(parents)]
    for one in chain:
        one["position"] = {"x": 5, "y": 5}
    drawn = groups(picture(*chain).svg)
    assert len(drawn) == 3_000
    assert drawn["0"].box.x - drawn["2999"].box.x == 2_999 * (5 - 4 / 2)


@pytest.mark.slow
def test_everything_on_one_heap_is_drawn_in_time() -> None:
    heap = [item("sticky_note", {"content": "x"}, id=str(at)) for at in range(800)]
    view = draw_view(DrawingJob(contents=board(heap, [line(f"l{at}", str(at), str(at + 1)) for at in range(799)])))
    assert view.items == 800
    assert view.findings


def test_answers_of_the_wrong_shape_draw() -> None:
    odd: list[Any] = [
        {"id": 1},
        {"id": 2, "type": None, "data": [], "style": "x", "position": 5, "geometry": None, "parent": "x"},
        {"id": 3, "type": "card", "data": {"title": 5, "fields": {}, "dueDate": []}, "links": []},
        {"id": 4, "type": "mindmap_node", "data": {"nodeView": []}, "parent": {"id": 1}},
        {"type": "shape"},
    ]
    lines = [
        {"id": 9, "startItem": [], "endItem": {"id": 3}},
        {"startItem": {"id": 1}, "endItem": {"id": 3, "position": []}},
    ]
    check(draw_view(DrawingJob(contents=board(odd, lines), format="svg")).svg)
