"""Sequence, class, entity-relationship and state diagrams and mind maps in Mermaid text."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from support import connected, text_of

from miro_mcp.board.write import NewItem
from miro_mcp.diagrams.graph import Edge, Graph, Group, Look, Node
from miro_mcp.diagrams.layout.sequences import lay_out_sequence
from miro_mcp.diagrams.mind_map import MindMap, Topic, graph_of
from miro_mcp.diagrams.sequence import (
    Activation,
    BlockBegin,
    BlockEnd,
    BlockSection,
    Life,
    Message,
    Note,
    Participant,
    ParticipantBox,
    Sequence,
)
from miro_mcp.mermaid.kinds import KINDS, parse_mermaid
from miro_mcp.settings import Settings

ORDER = """---
title: An order
---
sequenceDiagram
    autonumber 10 5
    box lightblue Shop
    actor C as Customer
    participant W
    end
    participant D@{ "type": "database", "alias": "Orders" }
    C->>+W: Order #quot;it#quot;
    Note over C,W: Both<br/>see it
    alt in stock
        W-->>C: Yes
    else sold out
        W-xC: No
    end
    W->>-W: think
    create participant L
    W-)L: log
    destroy L
    L--)W: done
    rect rgb(200, 255, 200)
    D<<->>W: sync
    end
"""


def sequence(text: str) -> Sequence:
    found = parse_mermaid(text)
    assert isinstance(found, Sequence)
    return found


def graph(text: str) -> Graph:
    found = parse_mermaid(text)
    assert isinstance(found, Graph)
    return found


def test_a_sequence_diagram_keeps_everybody_and_everything_in_order() -> None:
    found = sequence(ORDER)
    assert found.title == "An order"
    assert found.boxes == (ParticipantBox(title="Shop", colour="#add8e6"),)
    assert found.participants == (
        Participant(key="C", text="Customer", kind="actor", box=0),
        Participant(key="W", text="W", box=0),
        Participant(key="D", text="Orders", kind="database"),
        Participant(key="L", text="L"),
    )
    assert found.steps == (
        Message(start="C", end="W", text='Order "it"', number="10"),
        Activation(participant="W", active=True),
        Note(side="over", participants=("C", "W"), text="Both<br>see it"),
        BlockBegin(kind="alt", text="in stock"),
        Message(start="W", end="C", text="Yes", dotted=True, number="15"),
        BlockSection(text="sold out"),
        Message(start="W", end="C", text="No", end_cap="erd_one", number="20"),
        BlockEnd(),
        Message(start="W", end="W", text="think", number="25"),
        Activation(participant="W", active=False),
        Life(participant="L", begins=True),
        Message(start="W", end="L", text="log", end_cap="stealth", number="30"),
        Life(participant="L", begins=False),
        Message(start="L", end="W", text="done", dotted=True, end_cap="stealth", number="35"),
        BlockBegin(kind="rect", colour="#c8ffc8"),
        Message(start="D", end="W", text="sync", start_cap="filled_triangle", number="40"),
        BlockEnd(),
    )


def test_a_sequence_at_its_places_has_rising_messages_and_blocks_around_them() -> None:
    drawn, layout = lay_out_sequence(sequence(ORDER))
    assert set(layout.nodes) == {node.key for node in drawn.nodes}
    assert set(layout.groups) == {group.key for group in drawn.groups}
    messages = [edge for edge in drawn.edges if edge.key.startswith("message:")]
    heights = [layout.nodes[edge.start].y for edge in messages]
    assert heights == sorted(heights)
    assert [edge.text for edge in messages if edge.text][:2] == ['10. Order "it"', "15. Yes"]
    heads = [layout.nodes[node.key] for node in drawn.nodes if node.key.startswith("head:")]
    assert not any(one.overlaps(other) for one in heads for other in heads if one is not other)
    block = next(box for key, box in layout.groups.items() if key.startswith("block:"))
    yes, no = (layout.nodes[edge.start] for edge in messages if edge.text in ("15. Yes", "20. No"))
    assert block.contains(yes)
    assert block.contains(no)
    lines: dict[str, Any] = {key: box for key, box in layout.nodes.items() if key.startswith("line:")}
    assert lines["line:L"].top > lines["line:C"].top, "who is created begins later"
    assert lines["line:L"].bottom < lines["line:C"].bottom, "who is destroyed ends earlier"
    assert min(box.left for box in [*layout.nodes.values(), *layout.groups.values()]) == 0


def test_texts_of_messages_fit_between_their_lifelines() -> None:
    drawn, layout = lay_out_sequence(
        sequence("sequenceDiagram\nA->>B: a text that is a good deal longer than heads are\n")
    )
    edge = drawn.edges[0]
    assert layout.nodes[edge.end].x - layout.nodes[edge.start].x > 200


def test_class_diagrams_have_members_relations_and_cardinalities() -> None:
    found = graph(
        """classDiagram
        direction LR
        namespace Shapes {
          class Shape["A shape"]:::hot {
            <<abstract>>
            #int id
            +area(Map~int, List~str~~ x)* double
            +all()$ List~Shape~
          }
        }
        class `odd name`
        Shape <|-- Circle
        Circle : +radius
        Canvas "1" *-- "0..*" Shape : shows
        Canvas o.. Pen
        Pen ()-- Ink
        note for Canvas "A note"
        link Canvas "https://x.test"
        classDef hot fill:#f00,stroke:blue
        """
    )
    nodes = {node.key: node for node in found.nodes}
    assert found.direction == "right"
    assert nodes["Shape"].text == (
        "«abstract»<br><strong>A shape</strong><br>————————<br>#int id<br>————————<br>"
        "<em>+area(Map&lt;int, List&lt;str&gt;&gt; x) : double</em><br><u>+all() : List&lt;Shape&gt;</u>"
    )
    assert (nodes["Shape"].group, nodes["Shape"].look.fill, nodes["Shape"].look.align) == ("Shapes", "#ff0000", "left")
    assert nodes["Circle"].text == "<strong>Circle</strong><br>————————<br>+radius"
    assert nodes["Canvas"].link == "https://x.test"
    assert nodes["odd name"].text == "<strong>odd name</strong>"
    assert nodes["note0"].text == "A note"
    assert found.groups == (Group(key="Shapes", title="Shapes"),)
    assert [(edge.start, edge.start_cap, edge.line, edge.end_cap, edge.end) for edge in found.edges] == [
        ("Shape", "triangle", "normal", "none", "Circle"),
        ("Canvas", "filled_diamond", "normal", "none", "Shape"),
        ("Canvas", "diamond", "dashed", "none", "Pen"),
        ("interface0", "oval", "normal", "none", "Ink"),
        ("note0", "none", "dashed", "none", "Canvas"),
    ]
    shows = found.edges[1]
    assert (shows.start_text, shows.text, shows.end_text) == ("1", "shows", "0..*")


def test_entity_diagrams_have_attributes_and_crows_feet() -> None:
    found = graph(
        """erDiagram
        CUSTOMER ||--o{ ORDER : places
        ORDER[Order] {
          int id PK, FK "the number"
          List~string~ tags
        }
        CUSTOMER }|..o| "Delivery address" : "is sent to"
        subgraph out [Outside]
          ORDER
        end
        """
    )
    nodes = {node.key: node for node in found.nodes}
    assert nodes["ORDER"].text == (
        "<strong>Order</strong><br>————————<br>int id PK, FK <em>the number</em><br>List&lt;string&gt; tags"
    )
    assert nodes["ORDER"].group == "out"
    assert found.edges == (
        Edge(
            key="CUSTOMER_ORDER_0",
            start="CUSTOMER",
            end="ORDER",
            text="places",
            start_cap="erd_only_one",
            end_cap="erd_zero_or_many",
        ),
        Edge(
            key="CUSTOMER_Delivery address_1",
            start="CUSTOMER",
            end="Delivery address",
            text="is sent to",
            start_cap="erd_one_or_many",
            end_cap="erd_zero_or_one",
            line="dashed",
        ),
    )


def test_state_diagrams_have_composites_regions_and_pseudo_states() -> None:
    found = graph(
        """stateDiagram-v2
        [*] --> Idle
        Idle : waiting
        Idle --> Active : start
        state "At work" as Active {
          direction LR
          [*] --> Running
          --
          [*] --> Logging
        }
        state pick <<choice>>
        state split <<fork>>
        Active --> pick
        pick --> split : ok
        split --> [*]
        note right of Idle : a note
        """
    )
    nodes = {node.key: node for node in found.nodes}
    assert found.groups == (
        Group(key="Active", title="At work", direction="right"),
        Group(key="divider-id-1", parent="Active", look=found.groups[1].look),
        Group(key="Active_rest", parent="Active", look=found.groups[1].look),
    )
    assert nodes["Idle"].text == "waiting"
    assert {key: node.group for key, node in nodes.items() if node.group} == {
        "divider-id-1_start": "divider-id-1",
        "Running": "divider-id-1",
        "Active_rest_start": "Active_rest",
        "Logging": "Active_rest",
    }
    assert (nodes["pick"].shape, nodes["split"].width, nodes["root_start"].shape) == ("rhombus", 90.0, "circle")
    assert [(edge.start, edge.end, edge.text) for edge in found.edges if edge.line == "normal"] == [
        ("root_start", "Idle", ""),
        ("Idle", "Active", "start"),
        ("divider-id-1_start", "Running", ""),
        ("Active_rest_start", "Logging", ""),
        ("Active", "pick", ""),
        ("pick", "split", "ok"),
        ("split", "root_end", ""),
    ]
    note = next(edge for edge in found.edges if edge.line == "dashed")
    assert (note.start, nodes[note.end].text) == ("Idle", "a note")


def test_mind_maps_are_trees_and_can_be_graphs() -> None:
    found = parse_mermaid(
        "mindmap\n  root((Launch))\n    Product\n      [Pricing]\n    )Blog(\n      ::icon(fa fa-book)\n    {{Risks}}\n"
    )
    assert found == MindMap(
        root=Topic(
            key="0",
            text="Launch",
            shape="circle",
            topics=(
                Topic(key="1", text="Product", topics=(Topic(key="2", text="Pricing", shape="rectangle"),)),
                Topic(key="3", text="Blog", shape="cloud"),
                Topic(key="4", text="Risks", shape="hexagon"),
            ),
        ),
        notes=("Icons of topics are left out.",),
    )
    assert isinstance(found, MindMap)
    drawn = graph_of(found)
    assert drawn.nodes[0] == Node(key="0", text="Launch", shape="circle")
    assert [(edge.start, edge.end) for edge in drawn.edges] == [("0", "1"), ("1", "2"), ("0", "3"), ("0", "4")]


def test_a_central_connection_has_a_circle_and_keeps_its_arrowheads() -> None:
    found = sequence("sequenceDiagram\n A()->>B: one\n A->>()B: two\n A()<<-->>()B: three\n A->>()A: four")
    messages = [step for step in found.steps if isinstance(step, Message)]
    assert [(one.start_cap, one.end_cap, one.central) for one in messages] == [
        ("none", "filled_triangle", (True, False)),
        ("none", "filled_triangle", (False, True)),
        ("filled_triangle", "filled_triangle", (True, True)),
        ("none", "filled_triangle", (False, True)),
    ]
    drawn, _ = lay_out_sequence(found)
    assert [node.shape for node in drawn.nodes if node.key.startswith("point:")] == [
        *("circle", "rectangle", "rectangle", "circle"),
        *("circle", "circle", "rectangle", "circle"),
    ]


def test_labels_of_newer_kinds_are_markdown() -> None:
    states = graph('stateDiagram-v2\n state "`**bold** x`" as a\n a --> b : "`*it*`"\n b : snake_case __x__\n')
    assert [node.text for node in states.nodes] == ["<strong>bold</strong> x", "snake_case <strong>x</strong>"]
    assert states.edges[0].text == "<em>it</em>"
    classes = graph('classDiagram\n class A["`*A*`"]\n A --> B : **b**\n note "`**n**`"')
    assert [node.text for node in classes.nodes] == [
        "<strong><em>A</em></strong>",
        "<strong>B</strong>",
        "<strong>n</strong>",
    ]
    assert classes.edges[0].text == "<strong>b</strong>"
    entities = graph('erDiagram\n A["`*A*`"] {\n int id "`**c**`"\n }\n A ||--|| B : "`*r*`"')
    assert entities.nodes[0].text.startswith("<strong><em>A</em></strong><br>")
    assert entities.nodes[0].text.endswith("int id <em><strong>c</strong></em>")
    assert entities.edges[0].text == "<em>r</em>"


def test_text_that_mermaid_leaves_out_of_a_mind_map_is_told() -> None:
    found = parse_mermaid("mindmap\n  root((Trip))\n    Direct flight to Lisbon (LIS)\n    **Hotel**")
    assert isinstance(found, MindMap)
    assert [topic.text for topic, _ in found] == ["Trip", "LIS", "<strong>Hotel</strong>"]
    assert found.notes == (
        "'Direct flight to Lisbon' is left out, as in Mermaid: what stands before brackets is an id. "
        'All of it is a text in ["Direct flight to Lisbon (LIS)"].',
    )


def test_a_c4_diagram_has_elements_in_boundaries_and_relations() -> None:
    found = graph(
        "C4Container\n title Shop\n accDescr: x\n"
        ' Person_Ext(ann, "Ann", $descr="Buys, things", $link="https://example.com/ann")\n'
        ' System_Boundary(shop, "Shop") {\n ContainerDb(db, "Store", "SQL", "")\n'
        ' ComponentQueue(q, "Queue", , "waits")\n'
        ' Boundary(in, "In", "team")\n {\n System(sys, "Sys")\n }\n }\n'
        ' BiRel(ann, db, "Orders", "HTTPS")\n RelIndex(1, q, db, "reads")\n Rel_Back(db, sys, "writes")\n'
        ' Rel(ann, nobody, "x")\n Rel(ann, "db")\n UpdateElementStyle(sys, $bgColor="red")\n'
        ' UpdateElementStyle(shop, "blue")\n UpdateRelStyle(q, db, $textColor="red", $lineColor="blue")\n'
        ' UpdateRelStyle(q, q, "red")\n UpdateLayoutConfig($c4ShapeInRow="3")'
    )
    assert found.title == "Shop"
    texts = {node.key: (node.shape, node.group, node.text) for node in found.nodes}
    assert texts == {
        "ann": ("round_rectangle", None, "<strong>Ann</strong><br>[External person]<br><br>Buys, things"),
        "db": ("can", "shop", "<strong>Store</strong><br>[Container: SQL]"),
        "q": ("round_rectangle", "shop", "<strong>Queue</strong><br>[Component]<br><br>waits"),
        "sys": ("rectangle", "in", "<strong>Sys</strong><br>[System]"),
    }
    assert found.nodes[0].link == "https://example.com/ann"
    assert (found.nodes[3].look.fill, found.groups[0].look.fill) == ("#ff0000", "#0000ff")
    assert [(one.key, one.title, one.parent) for one in found.groups] == [
        ("shop", "Shop [System]", None),
        ("in", "In [team]", "shop"),
    ]
    told = [(one.start, one.end, one.text, one.start_cap, one.end_cap, one.colour) for one in found.edges]
    assert told == [
        ("ann", "db", "Orders<br>[HTTPS]", "stealth", "stealth", None),
        ("q", "db", "reads", "none", "stealth", "#0000ff"),
        ("db", "sys", "writes", "stealth", "none", None),
    ]
    assert found.notes == ("The relation from ann to nobody is left out: there is no nobody.",)


def test_an_architecture_diagram_has_services_in_groups() -> None:
    found = graph(
        "architecture-beta\n title Cloud %% x\n accTitle: x\n accDescr { more }\n group g(cloud)[API]\n"
        " group h in g\n service a(database)['The (a)'] in h\n service c \"K8\"[Cluster] in g\n service d(logos:x)\n"
        " junction j\n c:R -- L:a\n d:L <-[says]-> R:c{group}\n j:T --> B:d\n align row a c\n"
    )
    assert (found.title, found.direction) == ("Cloud", "right")
    assert [(one.key, one.title, one.parent) for one in found.groups] == [("g", "API", None), ("h", "", "g")]
    assert [(one.key, one.text, one.shape, one.group) for one in found.nodes] == [
        ("a", "The (a)", "can", "h"),
        ("c", "K8<br>Cluster", "rectangle", "g"),
        ("d", "d", "rectangle", None),
        ("j", "", "circle", None),
    ]
    assert [(one.start, one.end, one.text, one.start_cap, one.end_cap) for one in found.edges] == [
        ("c", "a", "", "none", "none"),
        ("g", "d", "says", "stealth", "stealth"),
        ("d", "j", "", "stealth", "none"),
    ]
    assert found.notes == (
        "Icons are drawn as shapes, or left out where Miro has none like them.",
        "Alignments are left to the layout.",
    )


def test_a_requirement_diagram_has_boxes_and_relations() -> None:
    found = graph(
        "requirementDiagram\n accTitle: x\n direction lr\n functionalRequirement fast:::hot {\n id: 1.2\n"
        ' text: "It answers: at once"\n\n risk: High\n verifyMethod: test\n }\n element "the engine" {\n type: tool\n'
        ' docRef: docs/x\n }\n "the engine" - satisfies -> fast\n fast <- contains - "the engine"\n'
        " fast - traces -> gone\n"
        ' "the engine":::hot\n classDef hot fill:#f00,stroke-width:4px,x:1\n class fast cold\n style fast color:#fff\n'
    )
    assert found.direction == "right"
    fast, engine = found.nodes
    assert fast.text.startswith("<em>«Functional requirement»</em><br><strong>fast</strong><br>")
    assert fast.text.endswith("ID: 1.2<br>Text: It answers: at once<br>Risk: High<br>Verification: test")
    assert fast.look == Look(fill="#ff0000", border_width=4, colour="#ffffff")
    assert engine.text.endswith("Type: tool<br>Doc ref: docs/x")
    assert [(one.start, one.end, one.text, one.line, one.start_cap, one.end_cap) for one in found.edges] == [
        ("the engine", "fast", "«satisfies»", "dashed", "none", "stealth"),
        ("the engine", "fast", "«contains»", "normal", "filled_oval", "none"),
    ]
    assert found.notes == (
        "The relation from fast to gone is left out: there is no gone.",
        "Styles that Miro doesn't have are left out: x.",
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.word)
def test_everything_that_is_drawn_says_how_it_is_to_be_seen(
    kind: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Miro's own defaults leave a fill and a border out of sight."""
    made: list[dict[str, Any]] = []
    placed = NewItem.placed

    def noted(piece: NewItem, frame: Any) -> dict[str, Any]:
        made.append(piece.body)
        return placed(piece, frame)

    monkeypatch.setattr(NewItem, "placed", noted)
    settings = Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})

    async def draw() -> None:
        async with connected(settings) as client:
            given = {"board_id": "uXjVHarbour=", "mermaid": kind.example, "framed": True}
            result = await client.call_tool("miro_diagram_write", given)
            assert not result.is_error, text_of(result)

    asyncio.run(draw())
    needed = {
        "shape": {"fillColor", "fillOpacity", "borderColor", "borderOpacity", "borderWidth", "color", "fontFamily"},
        "text": {"fillOpacity", "color", "fontFamily"},
        "frame": {"fillColor"},
        "card": {"cardTheme"},
    }
    assert {body["type"] for body in made} <= needed.keys()
    for body in made:
        assert needed[body["type"]] <= body.get("style", {}).keys(), body
