"""Flowcharts in Mermaid text become the graph that Mermaid itself would draw."""

from dataclasses import replace

import pytest

from miro_mcp.diagrams.graph import Edge, Graph, Group, Look, Node
from miro_mcp.mermaid.flowchart.shapes import MIRO_SHAPES, SHAPES
from miro_mcp.mermaid.kinds import parse_mermaid


def chart(*lines: str, head: str = "flowchart TD") -> Graph:
    graph = parse_mermaid("\n".join((head, *lines)))
    assert isinstance(graph, Graph)
    return graph


def texts(*lines: str) -> dict[str, str]:
    return {node.key: node.text for node in chart(*lines).nodes}


def ends(*lines: str) -> list[tuple[str, str, str]]:
    return [(edge.start, edge.end, edge.text) for edge in chart(*lines).edges]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("A[x]", "rectangle"),
        ("A(x)", "round_rectangle"),
        ("A([x])", "round_rectangle"),
        ("A[[x]]", "flow_chart_predefined_process"),
        ("A[(x)]", "can"),
        ("A((x))", "circle"),
        ("A(((x)))", "circle"),
        ("A(-x-)", "circle"),
        ("A>x]", "wedge_round_rectangle_callout"),
        ("A{x}", "rhombus"),
        ("A{{x}}", "hexagon"),
        ("A[/x/]", "parallelogram"),
        ("A[\\x\\]", "parallelogram"),
        ("A[/x\\]", "trapezoid"),
        ("A[\\x/]", "trapezoid"),
        ("A[|border:red|x]", "rectangle"),
        ("A@{ shape: cloud, label: x }", "cloud"),
        ("A[x]@{ shape: tri }", "triangle"),
    ],
)
def test_every_bracket_is_a_shape(text: str, shape: str) -> None:
    assert chart(text).nodes == (Node(key="A", text="x", shape=shape),)


def test_every_name_of_a_shape_is_taken_and_has_a_shape_of_miros() -> None:
    lines = [f"n{number}@{{ shape: {name} }}" for number, name in enumerate(SHAPES)]
    assert [node.shape for node in chart(*lines).nodes] == [MIRO_SHAPES[name] for name in SHAPES]


@pytest.mark.parametrize(
    ("link", "edge"),
    [
        ("-->", {}),
        ("---", {"end_cap": "none"}),
        ("---->", {"length": 3}),
        ("-.->", {"line": "dotted"}),
        ("-..->", {"line": "dotted", "length": 2}),
        (".->", {"line": "dotted"}),
        ("-.-", {"line": "dotted", "end_cap": "none"}),
        ("==>", {"width": 4.0}),
        ("===", {"width": 4.0, "end_cap": "none"}),
        ("~~~", {"visible": False, "end_cap": "none"}),
        ("<-->", {"start_cap": "stealth"}),
        ("o--o", {"start_cap": "filled_oval", "end_cap": "filled_oval"}),
        ("x--x", {"start_cap": "erd_one", "end_cap": "erd_one"}),
        ("--o", {"end_cap": "filled_oval"}),
        ("<==>", {"start_cap": "stealth", "width": 4.0}),
        ("-->|go on|", {"text": "go on"}),
        ("-- go on -->", {"text": "go on"}),
        ('-- "go (on)" -->', {"text": "go (on)"}),
        ("== go ==>", {"text": "go", "width": 4.0}),
        ("-. go .->", {"text": "go", "line": "dotted"}),
        ("<-- go -->", {"text": "go", "start_cap": "stealth"}),
        ("e1@-->", {"key": "e1"}),
        ("e1@-- go -->", {"key": "e1", "text": "go"}),
    ],
)
def test_every_link_is_an_edge(link: str, edge: dict[str, object]) -> None:
    expected = replace(Edge(key="L_A_B_0", start="A", end="B"), **edge)  # pyright: ignore[reportArgumentType]
    assert chart(f"A {link} B").edges == (expected,)


def test_chains_and_ampersands_link_all_with_all() -> None:
    assert ends("A & B --> C & D --> E") == [
        ("A", "C", ""),
        ("A", "D", ""),
        ("B", "C", ""),
        ("B", "D", ""),
        ("C", "E", ""),
        ("D", "E", ""),
    ]


def test_several_links_between_the_same_nodes_have_keys_of_their_own() -> None:
    assert [edge.key for edge in chart("A-->B", "A-->B", "A-->B").edges] == ["L_A_B_0", "L_A_B_2", "L_A_B_3"]


def test_a_node_is_in_the_subgraph_that_closes_first() -> None:
    graph = chart(
        "subgraph outer [Outer one]",
        "  direction LR",
        "  A --> B",
        "  subgraph Inner title",
        "    B --> C",
        "  end",
        "end",
        'subgraph third["`**Third**`"]',
        "  A --> D",
        "end",
        "outer --> third",
    )
    assert graph.groups == (
        Group(key="outer", title="Outer one", direction="right"),
        Group(key="subGraph0", title="Inner title", parent="outer"),
        Group(key="third", title="<strong>Third</strong>"),
    )
    assert {node.key: node.group for node in graph.nodes} == {
        "A": "outer",
        "B": "subGraph0",
        "C": "subGraph0",
        "D": "third",
    }
    assert (graph.edges[-1].start, graph.edges[-1].end) == ("outer", "third")


def test_subgraphs_inside_each_other_are_untangled_and_that_is_said() -> None:
    graph = chart("subgraph A", "  B", "end", "subgraph B", "  A", "end")
    assert {group.key: group.parent for group in graph.groups} == {"A": None, "B": "A"}
    assert any("inside itself" in note for note in graph.notes)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a<br/>b", "a<br>b"),
        ("a<br>b", "a<br>b"),
        ("a\\nb", "a<br>b"),
        ('"a (b) [c]"', "a (b) [c]"),
        ('"`a **b** *c*`"', "a <strong>b</strong> <em>c</em>"),
        ('"**no** Markdown here"', "**no** Markdown here"),
        ("a #quot;b#quot; #9829;", 'a "b" ♥'),
        ('"&lt;T&gt; &amp; a<b"', "&lt;T&gt; &amp; a&lt;b"),
        ("fa:fa-car Car", "Car"),
        ('"<b>x</b> <i>y</i> <u>z</u>"', "<strong>x</strong> <em>y</em> <u>z</u>"),
        ('"<span style="color:red">x</span>"', "x"),
        ('"<script>alert(1)</script>x"', "x"),
        ('"<b>left open"', "<strong>left open</strong>"),
        ("日本語 ünï", "日本語 ünï"),
    ],
)
def test_labels_become_simple_html(text: str, shown: str) -> None:
    assert texts(f"A[{text}]") == {"A": shown}


@pytest.mark.parametrize(
    "key", ["a-b", "a_b", "1", "1a", "ünï", "节点", "a.b", "a/b", "v", "default", "endpoint", "a,b", "a:b"]
)
def test_ids_may_be_what_mermaid_takes(key: str) -> None:
    assert texts(f"{key}[x] --> Z") == {key: "x", "Z": "Z"}


@pytest.mark.parametrize(
    ("head", "direction"),
    [
        ("graph LR", "right"),
        ("graph RL;", "left"),
        ("flowchart BT", "up"),
        ("flowchart-elk TB", "down"),
        ("flowchart", "down"),
        ("graph >", "right"),
        ("graph <", "left"),
        ("graph ^", "up"),
        ("graph v", "down"),
    ],
)
def test_directions(head: str, direction: str) -> None:
    assert chart("A", head=head).direction == direction


def test_styles_become_looks_and_what_miro_lacks_is_said() -> None:
    graph = chart(
        "A:::hot --> B",
        "classDef default color:#333",
        "classDef hot,cold fill:gold,stroke:#f00,stroke-width:3px,stroke-dasharray: 5 5",
        "class B cold;",
        "style B fill:none,font-weight:bold,font-size:20px",
        "linkStyle 0 stroke:#0F0,stroke-width:2px,color:red",
        "linkStyle default interpolate step",
    )
    hot = Look(fill="#ffd700", border="#ff0000", border_width=3.0, border_style="dashed", colour="#333333")
    assert graph.nodes[0].look == hot
    assert graph.nodes[1].look == replace(hot, fill=None, fill_opacity=0.0, font_size=20.0)
    edge = graph.edges[0]
    assert (edge.colour, edge.width, edge.text_colour, edge.curve) == ("#00ff00", 2.0, "#ff0000", "elbowed")
    assert graph.notes == ("Styles that Miro doesn't have are left out: font-weight.",)


def test_a_links_own_data_and_the_configuration_say_its_curve() -> None:
    graph = chart(
        "A e1@--> B",
        "A --> C",
        "e1@{ curve: linear }",
        head="---\nconfig:\n  flowchart:\n    curve: basis\n---\ngraph TD",
    )
    assert [edge.curve for edge in graph.edges] == ["straight", "curved"]
    assert [node.key for node in graph.nodes] == ["A", "B", "C"]


def test_clicks_are_links_but_only_to_the_web() -> None:
    graph = chart('click A "https://x.test/a" "tip" _blank', "A", head="flowchart TD\nA & B & C & D")
    assert graph.nodes[0].link == "https://x.test/a"
    graph = chart("A & B & C", 'click A href "javascript:alert(1)"', "click B call go(1)", "click C go")
    assert [node.link for node in graph.nodes] == [None, None, None]
    assert len(graph.notes) == 2


def test_frontmatter_directives_and_comments_are_not_the_chart() -> None:
    graph = chart(
        "%% a comment",
        "A --> B;",
        "  %% another",
        "accTitle: x",
        "accDescr { y }",
        "B --> C",
        head='---\ntitle: "Orders: all"\n---\n%%{init: {"theme": "dark"}}%%\r\nflowchart TD',
    )
    assert graph.title == "Orders: all"
    assert [node.key for node in graph.nodes] == ["A", "B", "C"]


def test_forms_without_text_are_filled_and_of_a_fixed_size() -> None:
    fork, start = chart("A@{ shape: fork }", "B@{ shape: f-circ }").nodes
    assert (fork.text, fork.shape, fork.width, fork.height) == ("", "rectangle", 90.0, 12.0)
    assert (start.text, start.shape, start.width) == ("", "circle", 28.0)
    assert fork.look.fill == start.look.fill == "#333333"


def test_what_miro_draws_only_nearly_is_said() -> None:
    assert chart("A@{ shape: doc }", "B@{ icon: 'fa:bell' }", "C --x D").notes == (
        "A: a document is drawn as Miro's nearest shape.",
        "Miro has no cross at a line's end: a bar stands for it.",
        "B: icons are left out.",
    )


def test_a_framed_circle_is_small_and_has_no_text() -> None:
    found = parse_mermaid(
        "flowchart TD\n A@{ shape: framed-circle, label: End } --> B@{ shape: stop }\n style B fill:#f00"
    )
    assert isinstance(found, Graph)
    assert [(node.shape, node.text, node.width, node.look.border_width) for node in found.nodes] == [
        ("circle", "", 28.0, 6)
    ] * 2
    assert [node.look.fill for node in found.nodes] == ["#333333", "#ff0000"]
    assert not found.notes
