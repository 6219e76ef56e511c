"""A graph written as Mermaid is read again as the same graph, wherever Mermaid can say it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miro_mcp.diagrams.graph import Edge, Graph, Group, Look, Node
from miro_mcp.mermaid.kinds import parse_mermaid
from miro_mcp.mermaid.labels import escaped
from miro_mcp.mermaid.write import unsaid, write_mermaid

ODD = (
    "style: #fff;",
    "#quot;",
    "%%{init}%%",
    "direction TB",
    "a --> b",
    "]] )) }",
    "`x`",
    "\\n",
    "fa:fa-car",
    "&amp; <b>",
    "end",
)
SHAPES = (
    "rectangle",
    "round_rectangle",
    "circle",
    "rhombus",
    "hexagon",
    "can",
    "parallelogram",
    "trapezoid",
    "cloud",
    "flow_chart_predefined_process",
    "wedge_round_rectangle_callout",
    "triangle",
    "star",
    "cross",
    "octagon",
    "pentagon",
    "left_brace",
    "right_brace",
)

characters = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp"))
words = st.one_of(st.sampled_from(ODD), st.text(characters, max_size=12))
html = words.map(lambda text: escaped(text.strip()))
keys = st.one_of(
    st.from_regex(r"[A-Za-z0-9_]{1,6}", fullmatch=True),
    st.sampled_from(("end", "a b", "x-y", "ünï", "a@b", "click", "1.2", "%%")),
)
colours = st.none() | st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
looks = st.builds(
    Look,
    fill=colours,
    border=colours,
    border_style=st.sampled_from((None, "normal", "dashed", "dotted")),
    border_width=st.none() | st.integers(1, 24).map(float),
    colour=colours,
    font_size=st.none() | st.integers(10, 288).map(float),
)
CAPS = (
    ("none", "none"),
    ("none", "stealth"),
    ("stealth", "stealth"),
    ("filled_oval", "filled_oval"),
    ("none", "erd_one"),
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = draw(st.lists(keys, min_size=1, max_size=6, unique=True))
    cut = draw(st.integers(0, len(names) - 1))
    groups = [
        Group(
            key=name,
            title=draw(html),
            parent=draw(st.sampled_from((None, *names[:number]))),
            direction=draw(st.sampled_from((None, "down", "right"))),
            look=draw(looks),
        )
        for number, name in enumerate(names[:cut])
    ]
    nodes = [
        Node(
            key=name,
            text=draw(html),
            shape=draw(st.sampled_from(SHAPES)),
            group=draw(st.sampled_from((None, *names[:cut]))),
            look=draw(looks),
            link=draw(st.sampled_from((None, "https://x.test/a?b=c&d=e#f"))),
        )
        for name in names[cut:]
    ]
    edges = [
        Edge(
            key=f"e{number}",
            start=draw(st.sampled_from(names)),
            end=draw(st.sampled_from(names)),
            text=draw(html),
            start_cap=caps[0],
            end_cap=caps[1],
            line=draw(st.sampled_from(("normal", "dashed", "dotted"))),
            width=draw(st.sampled_from((None, 2.0, 4.0))),
            colour=draw(colours),
            text_colour=draw(colours),
            curve=draw(st.sampled_from((None, "straight", "elbowed", "curved"))),
            length=draw(st.integers(1, 10)),
        )
        for number, caps in enumerate(draw(st.lists(st.sampled_from(CAPS), max_size=5)))
    ]
    title = draw(words.map(str.strip))
    return Graph(nodes=tuple(nodes), edges=tuple(edges), groups=tuple(groups), title=title, direction="right")


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(graphs())
def test_what_is_written_is_read_as_the_same_graph(graph: Graph) -> None:
    read = parse_mermaid(write_mermaid(graph))
    assert isinstance(read, Graph)
    by_text = parse_mermaid(write_mermaid(read))
    assert by_text == read, "a second round changes nothing"
    assert sorted(map(_without_keys, read.nodes), key=repr) == sorted(map(_without_keys, graph.nodes), key=repr)
    assert sorted((group.title, repr(group.look)) for group in read.groups) == sorted(
        (group.title, repr(group.look)) for group in graph.groups
    )
    assert [_line(edge) for edge in read.edges] == [_line(edge) for edge in graph.edges]
    assert (read.title, read.direction) == (graph.title, graph.direction)


def _without_keys(node: Node) -> Node:
    return replace(node, key="", group=None)


def _line(edge: Edge) -> Edge:
    return replace(edge, start="", end="")


def test_keys_groups_and_ends_survive() -> None:
    graph = Graph(
        nodes=(
            Node(key="3458764517517818867", text="An item of a board", group="g"),
            Node(key="b", text="b", shape="rectangle"),
        ),
        edges=(Edge(key="L_b_g_0", start="b", end="g"), Edge(key="mine", start="b", end="3458764517517818867")),
        groups=(Group(key="g", title="Group", parent="h"), Group(key="h", title="Around", direction="right")),
        title='Title: "quoted"',
    )
    read = parse_mermaid(write_mermaid(graph))
    assert isinstance(read, Graph)
    assert {node.key: (node.text, node.group) for node in read.nodes} == {
        "3458764517517818867": ("An item of a board", "g"),
        "b": ("b", None),
    }
    assert {group.key: (group.title, group.parent, group.direction) for group in read.groups} == {
        "g": ("Group", "h", None),
        "h": ("Around", None, "right"),
    }
    assert read.edges == graph.edges
    assert read.title == graph.title


def test_keys_that_are_no_ids_get_one() -> None:
    graph = Graph(
        nodes=(Node(key="end", text="The end"), Node(key="n1", text="taken")),
        edges=(Edge(key="e", start="n1", end="end"),),
    )
    assert write_mermaid(graph) == 'flowchart TD\n    n2["The end"]\n    n1["taken"]\n    n1 e@--> n2\n'


@pytest.mark.parametrize(("start", "end"), [("arrow", "none"), ("stealth", "none")])
def test_an_arrow_at_the_start_only_is_written_the_other_way_round(start: str, end: str) -> None:
    edge = Edge(key="e", start="A", end="B", start_cap=start, end_cap=end, start_text="one", end_text="many")
    text = write_mermaid(Graph(nodes=(Node(key="A", text="A"), Node(key="B", text="B")), edges=(edge,)))
    assert 'B e@-->|"many one"| A' in text


def test_lines_of_one_style_share_a_statement() -> None:
    graph = parse_mermaid(
        "flowchart LR\n a --> b\n b --> c\n c --> d\n linkStyle 0,2 stroke:#ff0000\n linkStyle 1 color:#0000ff\n"
    )
    assert isinstance(graph, Graph)
    written = write_mermaid(graph)
    assert "linkStyle 0,2 stroke:#ff0000" in written
    assert written.count("linkStyle") == 2
    assert parse_mermaid(written) == graph


def test_what_the_text_of_a_flowchart_cannot_say_is_told() -> None:
    nodes = (Node(key="a", text="A"), Node(key="b", text="B"))
    plain = Edge(key="1", start="a", end="b", text="then")
    assert unsaid(Graph(nodes=nodes, edges=(plain,))) == []
    edge = replace(plain, end_cap="filled_diamond", start_text="1")
    (told,) = unsaid(Graph(nodes=nodes, edges=(edge,)))
    assert "line ends that are filled_diamond and which end of a line a text is at" in told


HOSTILE = [
    'Pay"] --> X["evil', "A; click A href x", "end\n  X --> Y", '<a href="javascript:alert(1)">go</a>', "`**b**`",
    "A %% comment", "subgraph x", "%%{init: {}}%%", "Pay | no | --> Z", '#quot; &quot; "', "\\", "x]:::c", "class A b",
    "[x](javascript:alert(1))", "end", "click", "style", "linkStyle 0", "direction TB", "graph TD", "default", "o--o",
]  # fmt: skip


def test_nothing_of_a_text_on_the_board_becomes_syntax() -> None:
    """Shapes whose texts are Mermaid: as many nodes and lines are read back, with the same texts, and no links."""
    nodes = [Node(key=f"k{at}", text=escaped(text)) for at, text in enumerate(HOSTILE)]
    named = [Node(key=text.split()[0], text="plain") for text in ("end", "click", "style", "class", "default", "graph")]
    linked = Node(key="linked", text="go", link="javascript:alert(1)")
    every = [*nodes, *named, linked]
    edges = [
        Edge(key=f"e{at}", start=one.key, end=other.key, text=one.text[:190])
        for at, (one, other) in enumerate(pairwise(every))
    ]
    group = Group(key="g", title='T"] --> Q["x')
    text = write_mermaid(Graph(nodes=tuple(every), edges=tuple(edges), groups=(group,)))
    read = parse_mermaid(text)
    assert isinstance(read, Graph)
    assert len(read.nodes) == len(every)
    assert len(read.edges) == len(edges)
    assert [node.link for node in read.nodes if node.link] == []
    assert "javascript:" not in [line.split('"')[1] for line in text.splitlines() if line.strip().startswith("click ")]
