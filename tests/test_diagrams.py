"""Diagrams: drawn from a graph or Mermaid text, changed by what differs alone, and read back the same."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from boards import empty_board, serve
from diagrams import Board, sandbox_at_a_port
from mcp import Client
from mcp.types import CallToolResult, ElicitResult, ImageContent
from support import ERAS, connected, recording, settings_for, text_of, value_of

from miro_mcp.diagrams.graph import Graph
from miro_mcp.mermaid.kinds import parse_mermaid
from miro_mcp.server import build_server

FLOW = """flowchart TD
  subgraph shop [Shop]
    order([Order received]) -->|paid| stock{In stock?}
    subgraph back [Back room]
      direction LR
      pack[Pack] --> label[Label]
    end
    stock -->|yes| pack
  end
  stock -->|no| supplier[Order from the supplier, which takes three to five working days]
  supplier -.-> store[(Warehouse)]
  store --> stock
  label ==> done((Done))
"""


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    with sandbox_at_a_port(tmp_path) as one:
        yield one


class Person:
    """A client at one board; it confirms what it is asked, and notes the questions."""

    def __init__(self, client: Client, board_id: str, questions: list[str], board: Board) -> None:
        self.client = client
        self.board_id = board_id
        self.questions = questions
        self.board = board

    async def call(self, tool: str, **given: Any) -> CallToolResult:
        self.board.seen.clear()
        return await self.client.call_tool(tool, {"board_id": self.board_id, **given})

    async def draw(self, mermaid: str = FLOW, **given: Any) -> dict[str, Any]:
        return told(await self.call("miro_diagram_write", mermaid=mermaid, **given))

    async def read(self, **given: Any) -> dict[str, Any]:
        return told(await self.call("miro_diagram_read", **given))

    async def items(self) -> list[dict[str, Any]]:
        listed = await self.client.call_tool(
            "miro_items_read", {"operation": "list", "board_id": self.board_id, "max_items": 1000}
        )
        return told(listed).get("data", [])

    async def boxes(self) -> dict[str, tuple[float, float, float, float]]:
        """Left, top, right and bottom by id, on the board."""
        items = {one["id"]: one for one in await self.items()}
        return {key: box(one, items) for key, one in items.items()}


def told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content[0]
    assert value_of(result)
    return value_of(result)


def box(item: dict[str, Any], items: dict[str, dict[str, Any]]) -> tuple[float, float, float, float]:
    x, y = item["position"]["x"], item["position"]["y"]
    if "parent" in item:
        left, top, *_ = box(items[item["parent"]["id"]], items)
        x, y = left + x, top + y
    width, height = item["geometry"]["width"], item["geometry"].get("height", 20)
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def play(board: Board, folder: Path, scene: Callable[[Person], Awaitable[None]], era: str = "auto") -> None:
    questions: list[str] = []

    async def answer(_: Any, params: Any) -> ElicitResult:
        questions.append(params.message)
        return ElicitResult(action="accept", content={"confirm": True})

    async def run() -> None:
        server = build_server(board.settings(folder, MIRO_TOOLSETS="default,experimental"))
        async with Client(server, mode=era, elicitation_callback=answer) as client:
            made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Diagrams"})
            await scene(Person(client, str(told(made)["id"]), questions, board))

    asyncio.run(run())


def essence(graph: Graph) -> tuple[Any, ...]:
    return (
        sorted((node.key, node.text, node.shape, node.group or "") for node in graph.nodes),
        sorted((one.key, one.start, one.end, one.text, one.line, one.start_cap, one.end_cap) for one in graph.edges),
        sorted((group.key, group.title, group.parent or "", group.direction or "") for group in graph.groups),
        graph.direction,
    )


def graph_in(mermaid: str) -> Graph:
    graph = parse_mermaid(mermaid)
    assert isinstance(graph, Graph)
    return graph


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.slow
def test_what_is_drawn_is_laid_out_cleanly_and_read_back_as_the_same_graph(
    board: Board, tmp_path: Path, framed: bool, era: str
) -> None:
    async def scene(person: Person) -> None:
        result = await person.call("miro_diagram_write", mermaid=FLOW, framed=framed, title="Orders")
        drawn = told(result)
        assert any(isinstance(block, ImageContent) for block in result.content)
        assert drawn["diagram_id"] in {one["id"] for one in await person.items()}
        assert (drawn["frame_id"] is not None) is framed
        assert person.board_id.rstrip("=") in drawn["url"]
        boxes = await person.boxes()
        nodes = {key: boxes[one] for key, one in drawn["nodes"].items()}
        assert not [pair for pair in combinations(nodes, 2) if overlap(nodes[pair[0]], nodes[pair[1]])]
        members = {"shop": {"order", "stock", "pack", "label"}, "back": {"pack", "label"}}
        for key, inside in members.items():
            outer = boxes[drawn["groups"][key]]
            assert {one for one in nodes if holds(outer, nodes[one])} == inside
            assert not [one for one in nodes.keys() - inside if overlap(outer, nodes[one])]
        if framed:
            assert all(holds(boxes[drawn["frame_id"]], one) for one in nodes.values())
        scope = {"frame_id": drawn["frame_id"]} if framed else {"diagram_id": drawn["diagram_id"]}
        read = await person.read(**scope)
        assert essence(graph_in(read["mermaid"])) == essence(graph_in(FLOW))
        assert {key: read["items"][key] for key in drawn["nodes"]} == drawn["nodes"]
        assert read["connectors"] == drawn["edges"]

    play(board, tmp_path, scene, era)


def test_what_is_read_can_be_written_as_it_is(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw()
        read = await person.read(diagram_id=drawn["diagram_id"])
        given = {name: read[name] for name in ("nodes", "edges", "groups", "direction")}
        again = told(await person.call("miro_diagram_write", diagram_id=drawn["diagram_id"], **given))
        assert again["changed"] == {"created": 0, "updated": 0, "deleted": 0}
        assert not board.changes

    play(board, tmp_path, scene)


@pytest.mark.slow
@pytest.mark.parametrize("framed", [False, True])
def test_only_what_differs_is_sent(board: Board, tmp_path: Path, framed: bool) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(framed=framed)
        same = {"frame_id": drawn["frame_id"]} if framed else {"diagram_id": drawn["diagram_id"]}
        await person.draw(**same)
        assert not board.changes
        for before, after in (("Pack]", "Pack it]"), ("|yes|", "|yes, all|"), ("[Shop]", "[The shop]")):
            changed = FLOW.replace(before, after)
            await person.draw(changed, **same)
            assert [one.method for one in board.changes] == ["PATCH"], after
            await person.draw(changed, **same)
            assert not board.changes
            await person.draw(**same)
            assert len(board.changes) == 1

    play(board, tmp_path, scene)


def test_what_a_person_moved_stays_where_it_is(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw()
        moved = {"operation": "move", "board_id": person.board_id, "item_id": drawn["nodes"]["done"]}
        position = {"x": 3000, "y": -700}
        result = await person.client.call_tool("miro_items_write", {**moved, "position": position})
        assert not result.is_error, result.content[0]
        await person.draw(diagram_id=drawn["diagram_id"])
        assert not board.changes
        more = FLOW + "  done --> thanks[Say thanks]\n"
        again = await person.draw(more, diagram_id=drawn["diagram_id"])
        boxes = await person.boxes()
        left, top, right, bottom = boxes[drawn["nodes"]["done"]]
        assert ((left + right) / 2, (top + bottom) / 2) == (3000, -700)
        new = boxes[again["nodes"]["thanks"]]
        assert abs(new[0] - left) < 600
        assert not [key for key, one in again["nodes"].items() if key != "thanks" and overlap(boxes[one], new)]

    play(board, tmp_path, scene)


def test_what_comes_new_into_a_group_makes_room_in_it(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(framed=True)
        more = FLOW.replace(
            "pack[Pack] --> label[Label]", "pack[Pack] --> label[Label] --> weigh[Weigh the parcel] & stamp[Stamp it]"
        )
        again = await person.draw(more, diagram_id=drawn["diagram_id"])
        boxes = await person.boxes()
        new = boxes[again["nodes"]["weigh"]]
        assert holds(boxes[again["groups"]["back"]], new)
        assert holds(boxes[again["groups"]["shop"]], boxes[again["groups"]["back"]])
        assert holds(boxes[again["frame_id"]], new)
        nodes = [boxes[one] for one in again["nodes"].values()]
        assert not [1 for one, other in combinations(nodes, 2) if overlap(one, other)]
        read = await person.read(diagram_id=drawn["diagram_id"])
        assert essence(graph_in(read["mermaid"])) == essence(graph_in(more))
        await person.draw(more, diagram_id=drawn["diagram_id"])
        assert not board.changes

    play(board, tmp_path, scene)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_deletions_are_asked_about_once(board: Board, tmp_path: Path, era: str) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw()
        fewer = "flowchart TD\n  order([Order received]) -->|paid| stock{In stock?}\n"
        again = await person.draw(fewer, diagram_id=drawn["diagram_id"])
        assert len(person.questions) == 1
        assert set(again["nodes"]) == {"order", "stock"}
        kinds = [one["type"] for one in await person.items()]
        assert sorted(kinds) == ["shape", "shape", "text"]
        await person.draw(fewer, diagram_id=drawn["diagram_id"])
        assert not board.changes

    play(board, tmp_path, scene, era)


def test_a_copied_board_is_matched_though_all_its_ids_are_new(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        await person.draw(framed=True)
        copy = await person.client.call_tool("miro_boards_write", {"operation": "copy", "copy_from": person.board_id})
        person.board_id = str(told(copy)["id"])
        read = await person.read()
        assert essence(graph_in(read["mermaid"])) == essence(graph_in(FLOW))
        (diagram_id,) = read["diagrams"]
        await person.draw(diagram_id=diagram_id)
        assert not board.changes
        changed = await person.draw(FLOW.replace("Pack]", "Pack it]"), diagram_id=diagram_id)
        assert changed["changed"] == {"created": 0, "updated": 1, "deleted": 0}

    play(board, tmp_path, scene)


def test_a_diagram_is_placed_where_nothing_is(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        first = await person.draw(position={"x": 0, "y": 0})
        second = await person.draw(position={"x": 0, "y": 0}, framed=True)
        third = await person.draw(near=[first["nodes"]["order"]])
        boxes = await person.boxes()
        whole = [[boxes[one] for one in drawn["nodes"].values()] for drawn in (first, second, third)]
        for some, others in combinations(whole, 2):
            assert not [1 for one in some for other in others if overlap(one, other)]

    play(board, tmp_path, scene)


@pytest.mark.anyio
@pytest.mark.parametrize("era", ERAS)
async def test_a_diagram_stays_clear_of_a_doc_whose_size_is_not_told(era: str) -> None:
    doc = {"id": "1", "type": "doc_format", "data": {}, "position": {"x": 0, "y": 0, "relativeTo": "canvas_center"}}
    held = empty_board()
    held.items.append(doc)
    given = {"board_id": held.id, "mermaid": "flowchart LR\n a[One]", "near": ["1"], "dry_run": True}
    with recording(serve(held)) as recorder:
        async with connected(settings_for(recorder), era) as client:
            answer = told(await client.call_tool("miro_diagram_write", given))
            seen = told(await client.call_tool("miro_board_view", {"board_id": held.id, "format": "png"}))
    assert answer["position"]["x"] > 350, "half of the 700 board units that the picture shows it at"
    assert seen["region"]["width"] > 700


def test_a_diagram_goes_into_a_frame_that_has_room_and_beside_one_that_has_none(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        frames: list[str] = []
        for number, side in enumerate((2000, 150)):
            made = await person.client.call_tool(
                "miro_frames_write",
                {
                    "operation": "create",
                    "board_id": person.board_id,
                    "data": {"title": "Here"},
                    "position": {"x": 5000 * number, "y": 0},
                    "geometry": {"width": side, "height": side},
                },
            )
            frames.append(str(told(made)["id"]))
        small = "flowchart LR\n a[One] --> b[Two]"
        inside = await person.draw(small, frame_id=frames[0])
        boxes = await person.boxes()
        assert all(holds(boxes[frames[0]], boxes[one]) for one in inside["nodes"].values())
        beside = await person.draw(small, frame_id=frames[1])
        boxes = await person.boxes()
        assert not [one for one in beside["nodes"].values() if overlap(boxes[frames[1]], boxes[one])]
        assert "no free space" in beside["notes"][0]

    play(board, tmp_path, scene)


def test_what_people_drew_by_hand_is_read_as_a_graph(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        async def shape(text: str, x: float, y: float, **more: Any) -> str:
            given = {"operation": "create", "board_id": person.board_id, "position": {"x": x, "y": y}}
            given |= {"data": {"content": f"<p>{text}</p>", "shape": more.get("shape", "rectangle")}}
            size = {"width": more.get("width", 120), "height": more.get("height", 60)}
            return str(told(await person.client.call_tool("miro_shapes_write", {**given, "geometry": size}))["id"])

        await shape("Team", 0, 0, width=600, height=300)
        start = await shape("Plan it", -150, 0)
        end = await shape("Fine?", 150, 0, shape="rhombus")
        await person.client.call_tool(
            "miro_connectors_write",
            {
                "operation": "create",
                "board_id": person.board_id,
                "startItem": {"id": start},
                "endItem": {"id": end},
                "captions": [{"content": "then"}],
            },
        )
        read = await person.read()
        assert [(one["key"], one["group"], one["shape"]) for one in read["nodes"]] == [
            ("plan_it", "team", "rectangle"),
            ("fine", "team", "rhombus"),
        ]
        assert [(one["start"], one["end"], one["text"]) for one in read["edges"]] == [("plan_it", "fine", "then")]
        assert read["groups"] == [{"key": "team", "title": "Team"}]
        assert read["direction"] == "right"
        graph_in(read["mermaid"])
        nothing = await person.read(region={"x": 5000, "y": 5000, "width": 10, "height": 10})
        assert nothing["nodes"] == []

    play(board, tmp_path, scene)


@pytest.mark.parametrize(
    "mermaid",
    [
        "sequenceDiagram\n A->>B: Hello\n B-->>A: Hi\n Note over A,B: Done\n A->>A: Think",
        "classDiagram\n Animal <|-- Dog\n class Dog {\n +bark()\n }",
        "erDiagram\n CUSTOMER ||--o{ ORDER : places",
        "stateDiagram-v2\n [*] --> Draft\n Draft --> [*]",
        "mindmap\n  root((Top))\n    One\n    Two\n      Deep",
    ],
)
@pytest.mark.slow
def test_diagrams_of_every_kind_are_drawn_and_drawing_them_again_changes_nothing(
    board: Board, tmp_path: Path, mermaid: str
) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(mermaid)
        assert drawn["nodes"]
        await person.draw(mermaid, diagram_id=drawn["diagram_id"])
        assert not board.changes
        read = await person.read(diagram_id=drawn["diagram_id"])
        assert len(read["edges"]) >= 1

    play(board, tmp_path, scene)


def test_a_sequence_diagram_stays_where_it_is_and_its_frame_grows_with_it(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw("sequenceDiagram\n A->>B: Hello", framed=True)
        before = await person.boxes()
        longer = "sequenceDiagram\n participant A as A name of some length for a head\n"
        longer += "".join(f" A->>B: Message {number}\n" for number in range(12))
        await person.draw(longer, diagram_id=drawn["diagram_id"])
        after = await person.boxes()
        frame, head = drawn["frame_id"], drawn["nodes"]["head:A"]
        assert after[head][:2] == pytest.approx(before[head][:2], abs=0.02)
        assert after[frame][:2] == pytest.approx(before[frame][:2], abs=0.02)
        print(after[frame], [(k, b) for k, b in after.items() if not holds(after[frame], b)], drawn)
        assert all(holds(after[frame], box) for box in after.values())

    play(board, tmp_path, scene)


def test_a_sequence_diagram_is_not_changed_into_another_kind_nor_another_into_one(board: Board, tmp_path: Path) -> None:
    messages, flow = "sequenceDiagram\n A->>B: Hello", "flowchart LR\n A --> B"

    async def scene(person: Person) -> None:
        for first, second in ((messages, flow), (flow, messages)):
            drawn = await person.draw(first)
            for dry_run in (True, False):
                result = await person.call(
                    "miro_diagram_write", mermaid=second, diagram_id=drawn["diagram_id"], dry_run=dry_run
                )
                assert result.is_error
                assert "leave diagram_id out to draw another one" in text_of(result)
                assert not board.changes

    play(board, tmp_path, scene)


def test_a_mind_map_is_made_of_mind_map_nodes_when_asked(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw("mindmap\n  root((Top))\n    One\n    Two\n      Deep", as_mind_map=True)
        assert len(drawn["nodes"]) == 4
        read = await person.read()
        assert sorted((one["start"], one["end"]) for one in read["edges"]) == [
            ("top", "one"),
            ("top", "two"),
            ("two", "deep"),
        ]

    play(board, tmp_path, scene)


def test_a_dry_run_sends_nothing_but_reads(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        foreseen = await person.draw(dry_run=True)
        assert foreseen["would_create"] == {"shapes": 9, "connectors": 7, "frames": 0}
        assert not board.changes
        drawn = await person.draw()
        foreseen = await person.draw(FLOW.replace("Pack]", "Pack it]"), diagram_id=drawn["diagram_id"], dry_run=True)
        assert foreseen["would"] == {"created": 0, "updated": 1, "deleted": 0}
        assert not board.changes

    play(board, tmp_path, scene)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "give mermaid, or nodes"),
        ({"mermaid": "flowchart TD\n a[Open --> b"}, "line 2"),
        ({"mermaid": "flowchart TD\n a", "nodes": [{"key": "a"}]}, "not both"),
        ({"nodes": [{"key": "a"}, {"key": "a"}]}, '"a" is there twice'),
        ({"nodes": [{"key": "a"}], "edges": [{"start": "a", "end": "b"}]}, 'edges[0].end: there is no "b"'),
        ({"nodes": [{"key": "a", "group": "g"}]}, 'nodes[0].group: there is no "g"'),
        ({"nodes": [{"key": "a", "shape": "blob"}]}, "round_rectangle"),
        ({"nodes": [{"key": "a"}], "groups": [{"key": "g", "parent": "g"}]}, "inside itself"),
        ({"nodes": [{"key": "a"}], "as_mind_map": True}, "begins with mindmap"),
    ],
)
@pytest.mark.slow
def test_what_cannot_be_drawn_is_refused_before_any_request(
    board: Board, tmp_path: Path, given: dict[str, Any], words: str
) -> None:
    async def scene(person: Person) -> None:
        result = await person.call("miro_diagram_write", **given)
        assert result.is_error
        assert words in str(result.content[0])
        assert not board.seen

    play(board, tmp_path, scene)


@pytest.mark.slow
def test_two_hundred_nodes_take_no_more_calls_than_they_need(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        nodes = [{"key": f"n{number}", "text": f"Step {number}"} for number in range(200)]
        edges = [{"start": f"n{number // 2}", "end": f"n{number}"} for number in range(1, 200)]
        edges += [{"start": f"n{number}", "end": f"n{number + 57}"} for number in range(101)]
        messages: list[float] = []

        async def progress(done: float, total: float | None, message: str | None) -> None:
            assert total
            assert message
            messages.append(done)

        board.seen.clear()
        result = await person.client.call_tool(
            "miro_diagram_write",
            {"board_id": person.board_id, "nodes": nodes, "edges": edges},
            progress_callback=progress,
        )
        assert len(told(result)["edges"]) == 300
        assert len(board.seen) <= 200 // 20 + 300 + 5
        assert board.most_in_flight <= 16
        assert len(messages) > 100

    play(board, tmp_path, scene)
