"""Layouts: nothing overlaps, groups hold their members and nobody else, by Graphviz or without it; ends of lines."""

import random
from itertools import combinations
from typing import Any

import pytest

from miro_mcp.board.geometry import Box
from miro_mcp.diagrams.graph import Direction, Edge, Graph, Group, Node
from miro_mcp.diagrams.layout.across import Across
from miro_mcp.diagrams.layout.arrange import arrange
from miro_mcp.diagrams.layout.candidates import dot
from miro_mcp.diagrams.layout.candidates.layouts import candidate_layouts
from miro_mcp.diagrams.layout.node_faults import node_faults
from miro_mcp.diagrams.layout.places import Ends, Layout
from miro_mcp.diagrams.layout.problem import groups_in_order
from miro_mcp.diagrams.layout.room import make_room
from miro_mcp.diagrams.lines.chart import Chart
from miro_mcp.diagrams.lines.ends import line_ends
from miro_mcp.diagrams.lines.search import LineSearch
from miro_mcp.drawing.readability.stretches import lie, overlap

SHAPES = ("rectangle", "round_rectangle", "rhombus", "circle", "can", "hexagon", "parallelogram")


def some_graph(seed: int, direction: Direction = "down", nodes: int = 24) -> Graph:
    """A graph like those that people draw: mostly onward lines, some back, groups within groups."""
    chance = random.Random(seed)
    groups = (Group(key="outer", title="Outer"), Group(key="inner", title="Inner", parent="outer"), Group(key="side"))
    made = tuple(
        Node(
            key=f"n{number}",
            text=" ".join(["word"] * chance.randint(1, 14)),
            shape=chance.choice(SHAPES),
            group=chance.choice(["outer", "inner", "side", None, None]),
        )
        for number in range(nodes)
    )
    edges = tuple(
        Edge(key=f"e{number}", start=f"n{start}", end=f"n{end}", text=chance.choice(["", "", "yes", "a longer label"]))
        for number in range(nodes + 6)
        if (start := chance.randrange(nodes)) != (end := min(nodes - 1, start + chance.randint(-2, 5)) % nodes)
    )
    joined = (*edges, Edge(key="to group", start="n0", end="side"))
    return Graph(nodes=made, edges=joined, groups=groups, direction=direction)


def check(graph: Graph, layout: Layout) -> None:
    assert set(layout.nodes) == {node.key for node in graph.nodes}
    overlapping = [
        pair for pair in combinations(layout.nodes, 2) if layout.nodes[pair[0]].overlaps(layout.nodes[pair[1]])
    ]
    assert not overlapping
    parents = {group.key: group.parent for group in graph.groups}
    for node in graph.nodes:
        above: set[str] = set()
        group = node.group
        while group is not None:
            above.add(group)
            group = parents[group]
        for key, box in layout.groups.items():
            if key in above:
                assert box.contains(layout.nodes[node.key]), (node.key, key)
            else:
                assert not box.overlaps(layout.nodes[node.key]), (node.key, key)


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_overlaps_and_groups_hold_their_own(seed: int, direction: Direction) -> None:
    graph = some_graph(seed, direction)
    candidates, notes = candidate_layouts(graph)
    assert len(candidates) > 4
    assert not notes
    for candidate in candidates:
        across = Across(graph, candidate)
        check(graph, make_room(graph, across.laid_out()))
        check(graph, make_room(graph, across.polish().laid_out()))


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_what_is_chosen_among_layouts_and_moved_holds_as_well(direction: Direction) -> None:
    graph = some_graph(7, direction, nodes=10)
    layout = arrange(graph)
    check(graph, layout)
    assert not layout.notes
    assert layout.ends is not None
    assert layout.ends.keys() == {edge.key for edge in graph.edges}


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_without_graphviz_the_same_holds_and_a_note_says_so(
    direction: Direction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dot, "find_spec", lambda _: None)
    graph = some_graph(5, direction, nodes=8)
    layout = arrange(graph)
    check(graph, layout)
    assert "Graphviz isn't installed" in layout.notes[0]


def test_a_layout_that_takes_too_long_is_ended_and_made_in_the_simpler_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dot, "LONGEST_SECONDS", 0.0)
    graph = some_graph(6, nodes=8)
    layout = arrange(graph)
    check(graph, layout)
    assert "in time" in layout.notes[0]


@pytest.mark.parametrize(
    ("direction", "axis", "sign"), [("down", "y", 1), ("up", "y", -1), ("right", "x", 1), ("left", "x", -1)]
)
def test_lines_go_the_way_that_is_asked_for(direction: Direction, axis: str, sign: int) -> None:
    nodes = (Node(key="a", text="One"), Node(key="b", text="Two"))
    graph = Graph(nodes=nodes, edges=(Edge(key="e", start="a", end="b"),), direction=direction)
    layout = arrange(graph)
    assert (getattr(layout.nodes["b"], axis) - getattr(layout.nodes["a"], axis)) * sign > 0


def test_a_group_may_go_another_way_than_the_rest() -> None:
    nodes = tuple(Node(key=key, text=key, group="g" if key in "bc" else None) for key in "abcd")
    edges = tuple(
        Edge(key=f"{start}{end}", start=start, end=end) for start, end in (("a", "g"), ("b", "c"), ("g", "d"))
    )
    graph = Graph(nodes=nodes, edges=edges, groups=(Group(key="g", title="G", direction="right"),))
    places = arrange(graph).nodes
    assert places["c"].left > places["b"].right
    assert abs(places["c"].y - places["b"].y) < 1
    assert places["d"].top > places["b"].bottom > places["a"].bottom


def test_longer_texts_get_larger_boxes() -> None:
    nodes = (Node(key="short", text="Yes"), Node(key="long", text="a text of some length that has to be broken " * 3))
    places = arrange(Graph(nodes=nodes)).nodes
    assert places["long"].width > places["short"].width
    assert places["long"].height > places["short"].height


def test_outer_groups_come_before_inner_ones() -> None:
    groups = {"in": Group(key="in", parent="out"), "out": Group(key="out")}
    assert [group.key for group in groups_in_order(groups)] == ["out", "in"]


def drawn(boxes: dict[str, Box], edges: list[Edge], shape: str = "rectangle", **more: Any) -> dict[str, Ends]:
    nodes = tuple(Node(key=key, text=key, shape=shape) for key in boxes)
    return line_ends(Graph(nodes=nodes, edges=tuple(edges)), Layout(boxes, **more))


def test_no_caption_is_where_the_text_at_an_end_would_be() -> None:
    boxes = {"a": Box.centred(0, 0, 100, 50), "b": Box.centred(0, 250, 100, 50), "c": Box.centred(300, 250, 100, 50)}
    edges = [Edge(key=end, start="a", end=end, text="yes", end_text="1") for end in "bc"]
    for ends in drawn(boxes, edges).values():
        assert 20 <= float(ends.caption.rstrip("%")) <= 80


def test_lines_with_texts_at_one_side_do_not_lie_on_each_other() -> None:
    boxes = {"a": Box.centred(0, 0, 200, 50), "b": Box.centred(-200, 200, 100, 50), "c": Box.centred(200, 200, 100, 50)}
    edges = [Edge(key="ab", start="a", end="b"), Edge(key="ac", start="a", end="c", start_text="*", text="for")]
    ends = drawn(boxes, edges)
    assert ends["ab"].start != ends["ac"].start


def test_captioned_ways_out_of_a_decision_leave_at_points_of_their_own() -> None:
    boxes = {"a": Box.centred(0, 0, 120, 84), "b": Box.centred(-150, 200, 100, 50), "c": Box.centred(150, 200, 100, 50)}
    edges = [Edge(key=end, start="a", end=end, text=text) for end, text in (("b", "yes"), ("c", "no"))]
    ends = drawn(boxes, edges, "rhombus")
    assert ends["b"].start != ends["c"].start


def test_sides_and_places_of_captions_are_as_asked_for() -> None:
    boxes = {"a": Box.centred(0, 0, 100, 50), "b": Box.centred(0, 250, 100, 50)}
    edge = Edge(key="ab", start="a", end="b", text="yes", sides=("left", "left"), caption_at=62)
    (ends,) = drawn(boxes, [edge]).values()
    assert (ends.start, ends.end, ends.caption) == ({"snapTo": "left"}, {"snapTo": "left"}, "62%")


@pytest.mark.parametrize("between", [2, 3, 4])
def test_lines_between_the_same_two_have_a_lane_each(between: int) -> None:
    boxes = {"a": Box.centred(0, 0, 240, 60), "b": Box.centred(0, 250, 240, 60)}
    edges = [Edge(key=f"e{n}", start="ab"[n % 2], end="ba"[n % 2], text=f"line {n}") for n in range(between)]
    graph = Graph(nodes=tuple(Node(key=key, text=key) for key in boxes), edges=tuple(edges))
    search = LineSearch(Chart(graph, Layout(boxes))).run()
    ways = [one.option.way for one in search.chosen]
    assert not any(lie(one, other)[1] for one, other in combinations(ways, 2))
    spots = [one.spot for one in search.chosen]
    assert all(one and other and not overlap(one[3], other[3]) for one, other in combinations(spots, 2))


def test_the_same_graph_is_laid_out_the_same_way() -> None:
    assert arrange(some_graph(3, nodes=10)) == arrange(some_graph(3, nodes=10))


def test_a_parent_stands_over_the_middle_of_its_children() -> None:
    keys = ["top", "a", "b", "c", "a1", "a2", "b1", "c1", "c2", "c3"]
    edges = [Edge(key=key, start=key[0] if len(key) == 2 else "top", end=key) for key in keys[1:]]
    graph = Graph(nodes=tuple(Node(key=key, text=key) for key in keys), edges=tuple(edges))
    layout = arrange(graph)
    assert not list(node_faults(graph, layout))
    assert len({layout.nodes[key].top for key in "abc"}) == 1
