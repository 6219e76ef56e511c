"""What looks wrong on a board, in words."""

from typing import Any

import pytest
from drawn import Raw, board, item, line

from miro_mcp.drawing.job import DrawingJob
from miro_mcp.drawing.view import draw_view


def found(items: list[Raw], lines: list[Raw] | None = None, **asked: Any) -> list[str]:
    return list(draw_view(DrawingJob(contents=board(items, lines), format="svg", **asked)).findings)


def shape(id: str, x: float = 0, y: float = 0, content: str = "", **more: Any) -> Raw:
    style = {"fillColor": "#ffffff", "fillOpacity": "1.0"} | more.pop("style", {})
    return item("shape", {"content": content}, id=id, x=x, y=y, style=style, **more)


def test_a_tidy_board_has_no_findings() -> None:
    frame = item("frame", {"title": "F"}, id="f", width=1000, height=800)
    child = {**shape("c"), "parent": {"id": "f"}}
    child["position"] = {"x": 200, "y": 200, "relativeTo": "parent_top_left"}
    touching = [shape("1", 0, 2000), shape("2", 200, 2000)]
    joined = line("l", "1", "c", shape="elbowed")
    assert found([frame, child, *touching], [joined]) == []


def test_items_that_overlap_are_told_with_how_much() -> None:
    assert found([shape("1", content="one"), item("sticky_note", {"content": "two"}, id="2", x=150, height=228)]) == [
        "sticky_note 2 “two” overlaps shape 1 “one” by 25%."
    ]


def test_turned_items_overlap_only_where_they_really_meet() -> None:
    corner = shape("1", x=150, y=-95, width=100, height=100)
    assert found([shape("2", width=300, height=20, rotation=45), corner]) == []
    assert len(found([shape("2", width=300, height=20, rotation=-45), corner])) == 1


@pytest.mark.parametrize(
    ("below", "above", "told"),
    [
        (shape("1", width=400, height=400), item("text", {"content": "x"}, id="2", width=100, height=20), []),
        (
            shape("1", width=400, height=400, content="Covered"),
            shape("2"),
            ["shape 2 covers text of shape 1 “Covered”."],
        ),
        (shape("1", width=400, height=400, content="Title", style={"textAlignVertical": "top"}), shape("2"), []),
        (
            shape("1", width=400, height=400, content="Title", style={"textAlignVertical": "top"}),
            shape("2", y=-120),
            ["shape 2 covers text of shape 1 “Title”."],
        ),
        (shape("1"), shape("2", width=400, height=400), ["shape 2 hides shape 1."]),
        (shape("1"), shape("2", width=400, height=400, style={"fillOpacity": "0.0"}), []),
    ],
)
def test_what_lies_wholly_on_something_is_a_finding_only_where_it_hides_it(
    below: Raw, above: Raw, told: list[str]
) -> None:
    assert found([below, above]) == told


def test_frames_may_not_overlap_and_hold_what_is_theirs() -> None:
    frames = [item("frame", {"title": name}, id=name, x=x, width=400, height=400) for name, x in (("A", 0), ("B", 300))]
    child = {**shape("c"), "parent": {"id": "A"}}
    child["position"] = {"x": 20, "y": 900, "relativeTo": "parent_top_left"}
    near = {**shape("d"), "parent": {"id": "A"}}
    near["position"] = {"x": 20, "y": 100, "relativeTo": "parent_top_left"}
    assert found([*frames, child, near]) == [
        "frame A “A” and frame B “B” overlap.",
        "shape c is outside of its frame A “A”.",
        "shape d sticks out of its frame A “A”.",
    ]


def test_text_that_does_not_fit_is_told() -> None:
    assert found([shape("1", content="harbour " * 100)]) == [
        "The text of shape 1 “harbour harbour harbour harbo…” doesn't fit it."
    ]


@pytest.mark.parametrize("form", ["straight", "elbowed", "curved"])
def test_a_line_through_an_item_is_told_and_its_ends_are_not(form: str) -> None:
    items = [shape("1"), shape("2", x=400), shape("3", x=800), shape("4", x=400, y=300)]
    lines = [line("l", "1", "3", shape=form), line("m", "1", "2", shape=form)]
    assert found(items, lines) == ["Connector l goes through shape 2."]


def test_what_cannot_be_seen_and_mere_lines_are_no_overlap() -> None:
    unseen = shape("u", width=8, height=8, style={"fillOpacity": "0.0", "borderOpacity": "0.0"})
    lifeline, activation = shape("l", width=2, height=400), shape("a", x=2, width=12, height=100)
    block = shape("b", x=150, width=300, height=200, style={"fillOpacity": "0.0"})
    note = shape("n", y=150, width=200, height=40, content="Note")
    far = {**unseen, "id": "v", "position": {**unseen["position"], "x": 300}}
    assert found([unseen, far, block, lifeline, activation, note], [line("m", "u", "v")]) == []
    struck = found([shape("1", content="Text"), shape("2", x=90, width=40, height=4)])
    assert struck == ["shape 2 overlaps shape 1 “Text” by 75%."]


def test_a_line_may_leave_the_shape_that_its_end_lies_in() -> None:
    panel = shape("p", width=400, height=300)
    assert found([panel, shape("1"), shape("2", x=800)], [line("l", "1", "2")]) == []


def test_a_line_beside_a_turned_item_does_not_go_through_it() -> None:
    items = [shape("1"), shape("2", x=800), shape("3", x=400, y=90, width=200, height=20, rotation=45)]
    assert found(items, [line("l", "1", "2")]) == []


def test_lines_without_an_end_are_counted() -> None:
    assert found([shape("1")], [line("l", "1", None), line("m", None, None)]) == [
        "2 connectors lack an end, so they aren't drawn: Miro doesn't tell where that end is."
    ]


def test_many_findings_are_counted_rather_than_told() -> None:
    told = found([shape(str(at), x=at * 150) for at in range(41)])
    assert len(told) == 13
    assert told[-1] == "And 28 more overlaps."


def test_only_what_is_shown_is_looked_at() -> None:
    items = [shape("1"), shape("2", x=50), shape("3", x=5000)]
    assert len(found(items)) == 1
    assert found(items, chosen=("3",)) == []


def test_lines_on_each_other_and_captions_over_things_are_told_once_each() -> None:
    items = [shape("1"), shape("2", 500), shape("3", 0, 400), shape("4", 500, 400)]
    one = line("l1", "1", "4", startItem={"snapTo": "right"}, endItem={"snapTo": "left"}, shape="elbowed")
    other = line("l2", "3", "2", startItem={"snapTo": "right"}, endItem={"snapTo": "left"}, shape="elbowed")
    assert found(items, [one, other]) == ["Two lines lie on each other: connector l1 and connector l2."]
    captions = [{"content": "a caption", "position": "50%"}]
    under = line("l3", "1", "2", captions=captions)
    note = shape("5", 250, 8, content="note", width=60, height=24)
    assert found([*items[:2], note], [under])[-1] == (
        "A caption covers something: that of connector l3 covers shape 5 “note”."
    )


def test_a_line_that_turns_back_on_itself_is_told() -> None:
    ends = {"startItem": {"snapTo": "right"}, "endItem": {"snapTo": "right"}}
    assert found([shape("1"), shape("2", 0, 110)], [line("l", "1", "2", shape="elbowed", **ends)]) == []
    near = [shape("1", height=20), shape("2", 0, 22, height=20)]
    assert "A line turns back on itself: connector l." in found(near, [line("l", "1", "2", shape="elbowed", **ends)])


def test_ways_out_of_a_decision_at_one_point_are_told() -> None:
    decision = item("shape", {"shape": "rhombus"}, id="1", style={"fillOpacity": "1.0"})
    captions = [{"content": "yes", "position": "80%"}]
    lines = [
        line(
            name,
            "1",
            end,
            startItem={"snapTo": "bottom"},
            endItem={"snapTo": "top"},
            shape="elbowed",
            captions=captions,
        )
        for name, end in (("l1", "2"), ("l2", "3"))
    ]
    told = found([decision, shape("2", -400, 400), shape("3", 400, 400)], lines)
    assert "Two ways out of a decision leave at one point: connector l1 and connector l2." in told
