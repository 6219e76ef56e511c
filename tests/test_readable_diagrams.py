"""First drawings that need no repair, and the say that somebody may have in them, as a client meets it."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from support import ERAS, connected, value_of

from miro_mcp.settings import Settings

CHARTS = {
    "sign-in": """flowchart TD
 A[Open sign-in page] --> B[Enter password]
 B --> C{Right?}
 C -->|No| D[Show error]
 D --> E{Third time?}
 E -->|No| B
 E -->|Yes| F[Lock account]
 C -->|Yes| G{Second factor?}
 G -->|Yes| H[Ask for code]
 G -->|No| K[Open session]
 H --> K""",
    "shop": """flowchart LR
 subgraph front [Front]
  spa[Web app]
  bff[Gateway]
 end
 subgraph core [Core]
  users[Users]
  basket[Basket]
 end
 subgraph data [Data]
  pg[(PostgreSQL)]
  rd[(Redis)]
 end
 spa -->|REST| bff
 bff -->|gRPC| users
 bff -->|gRPC| basket
 users -->|SQL| pg
 basket -->|RESP| rd""",
    "tables": """erDiagram
 CUSTOMER ||--o{ ORDER : places
 ORDER ||--|{ LINE : contains
 PRODUCT ||--o{ LINE : "ordered in"
 CUSTOMER ||--o{ ADDRESS : "lives at"
 ORDER }o--|| ADDRESS : "ships to" """,
    "states": """stateDiagram-v2
 [*] --> Idle
 Idle --> Running : start
 Running --> Idle : stop
 Idle --> Broken : fail
 Broken --> Idle : repair""",
    "messages": """sequenceDiagram
 participant U as User
 participant S as Server
 U->>S: Ask
 alt found
  S-->>U: Answer
 else missing
  S-->>U: Apology
 end
 S->>S: Write the log
 Note over U,S: Done""",
}


class Sketch:
    """A client at a new board of the sandbox."""

    def __init__(self, client: Client, board_id: str) -> None:
        self.client, self.board_id = client, board_id

    async def draw(self, **given: Any) -> dict[str, Any]:
        result = await self.client.call_tool("miro_diagram_write", {"board_id": self.board_id, **given})
        assert not result.is_error, result.content[0]
        return value_of(result)

    async def refused(self, **given: Any) -> str:
        result = await self.client.call_tool("miro_diagram_write", {"board_id": self.board_id, **given})
        assert result.is_error
        return str(result.content[0])

    async def findings(self) -> list[str]:
        asked = {"board_id": self.board_id, "format": "svg"}
        return value_of(await self.client.call_tool("miro_board_view", asked))["findings"]

    async def items(self) -> dict[str, Any]:
        asked = {"operation": "list", "board_id": self.board_id, "max_items": 200, "verbose": True}
        return {one["id"]: one for one in value_of(await self.client.call_tool("miro_items_read", asked))["data"]}

    async def lines(self) -> dict[str, Any]:
        asked = {"operation": "list", "board_id": self.board_id, "max_items": 200, "verbose": True}
        return {one["id"]: one for one in value_of(await self.client.call_tool("miro_connectors_read", asked))["data"]}


def sketch(folder: Path, work: Callable[[Sketch], Awaitable[None]], era: str = "auto") -> None:
    async def run() -> None:
        settings = Settings.from_environment({"MIRO_SANDBOX": str(folder / "s.db"), "MIRO_CONFIRM": "allow"})
        async with connected(settings, era) as client:
            made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Sketch"})
            await work(Sketch(client, value_of(made)["id"]))

    asyncio.run(run())


@pytest.mark.parametrize("name", CHARTS)
def test_a_first_drawing_has_no_findings(name: str, tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        await person.draw(mermaid=CHARTS[name], framed=True)
        assert await person.findings() == []

    sketch(tmp_path, work)


def percent(told: str) -> float:
    return float(told.rstrip("%"))


def chain(*keys: str) -> dict[str, Any]:
    edges = [{"key": f"{one}{other}", "start": one, "end": other} for one, other in pairwise(keys)]
    return {"nodes": [{"key": key, "text": f"Step {key}"} for key in keys], "edges": edges}


@pytest.mark.parametrize("era", ERAS)
def test_sides_sizes_and_places_of_captions_are_taken(tmp_path: Path, era: str) -> None:
    async def work(person: Sketch) -> None:
        graph = chain("a", "b")
        graph["nodes"][1] |= {"text": "A step with a text of some length", "size": "step"}
        graph["nodes"][0] |= {"size": "step"}
        graph["edges"][0] |= {"text": "then", "start_side": "left", "end_side": "right", "caption_at": 30}
        drawn = await person.draw(**graph)
        items, (line,) = await person.items(), (await person.lines()).values()
        one, other = (items[drawn["nodes"][key]] for key in "ab")
        assert one["geometry"]["width"] == other["geometry"]["width"]
        assert one["geometry"]["height"] == other["geometry"]["height"]
        assert percent(line["startItem"]["position"]["x"]) == 0
        assert percent(line["endItem"]["position"]["x"]) == 100
        assert percent(line["captions"][0]["position"]) == 30

    sketch(tmp_path, work, era)


def test_nodes_of_one_rank_stand_beside_each_other_in_their_columns(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        graph = chain("a", "b", "c")
        graph["nodes"][1] |= {"rank": 1, "column": 2}
        graph["nodes"][2] |= {"rank": 1, "column": 1}
        drawn = await person.draw(**graph)
        items = await person.items()
        _, second, third = (items[drawn["nodes"][key]]["position"] for key in "abc")
        assert second["y"] == third["y"]
        assert third["x"] < second["x"]

    sketch(tmp_path, work)


def grouped() -> dict[str, Any]:
    nodes = [{"key": f"{group}{number}", "group": group} for group in "xyz" for number in (1, 2, 3)]
    edges = [{"start": f"{one}{n}", "end": f"{other}{n}"} for one, other in ("xy", "yz") for n in (1, 2, 3)]
    return {"nodes": nodes, "edges": edges, "groups": [{"key": key, "title": key.upper()} for key in "xyz"]}


@pytest.mark.parametrize(("layout", "axis"), [("columns", "x"), ("rows", "y")])
def test_groups_are_columns_or_rows_when_asked(tmp_path: Path, layout: str, axis: str) -> None:
    async def work(person: Sketch) -> None:
        drawn = await person.draw(**grouped(), layout=layout)
        items = await person.items()
        places = [[items[drawn["nodes"][f"{group}{n}"]]["position"][axis] for n in (1, 2, 3)] for group in "xyz"]
        assert all(len(set(members)) == 1 for members in places)
        assert places[0][0] < places[1][0] < places[2][0]
        assert await person.findings() == []

    sketch(tmp_path, work)


def test_leaves_are_stacked_when_asked(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        leaves = [f"{branch}{number}" for branch in "ab" for number in (1, 2, 3)]
        nodes = [{"key": key} for key in ("top", "a", "b", *leaves)]
        edges = [{"start": "top", "end": key} for key in "ab"] + [{"start": key[0], "end": key} for key in leaves]
        drawn = await person.draw(nodes=nodes, edges=edges, layout="stacked")
        items = await person.items()
        for branch in "ab":
            places = [items[drawn["nodes"][f"{branch}{number}"]]["position"] for number in (1, 2, 3)]
            assert len({place["x"] for place in places}) == 1
            assert [place["y"] for place in places] == sorted({place["y"] for place in places})
        assert await person.findings() == []

    sketch(tmp_path, work)


def test_a_layout_that_a_graph_has_not_is_told_and_drawn_as_a_flow(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        drawn = await person.draw(**chain("a", "b"), layout="columns")
        assert "Columns need two groups" in drawn["notes"][0]

    sketch(tmp_path, work)


def test_flowchart_shapes_are_taken_by_name_and_others_are_answered_with_the_list(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        drawn = await person.draw(nodes=[{"key": "a", "shape": "flow_chart_decision"}])
        assert "flow_chart_decision as rhombus" in drawn["notes"][0]
        told = await person.refused(nodes=[{"key": "a", "shape": "diamond"}])
        assert "rhombus" in told
        assert "flow_chart_magnetic_disk" in told

    sketch(tmp_path, work)


@pytest.mark.parametrize("era", ERAS)
def test_relayout_arranges_what_is_there_anew_and_keeps_every_id(tmp_path: Path, era: str) -> None:
    async def work(person: Sketch) -> None:
        graph = chain("a", "b", "c")
        first = await person.draw(**graph)
        before = await person.items()
        moved = {"item_id": first["nodes"]["b"], "position": {"x": 900, "y": 900}}
        await person.client.call_tool(
            "miro_shapes_write", {"operation": "update", "board_id": person.board_id, **moved}
        )
        again = await person.draw(**graph, diagram_id=first["diagram_id"], relayout=True)
        after = await person.items()
        assert again["nodes"] == first["nodes"]
        assert again["edges"] == first["edges"]
        offsets = {(after[one]["position"]["x"] - before[one]["position"]["x"]) for one in first["nodes"].values()}
        assert len(offsets) == 1
        assert await person.findings() == []

    sketch(tmp_path, work, era)


@pytest.mark.parametrize(("fill", "ink"), [("#1a1a2e", "#ffffff"), ("#fff", "#1f2937"), ("#2d9bf0", "#1f2937")])
def test_text_can_be_read_on_the_fill_that_was_given(tmp_path: Path, fill: str, ink: str) -> None:
    async def work(person: Sketch) -> None:
        drawn = await person.draw(nodes=[{"key": "a", "fill": fill}])
        assert (await person.items())[drawn["nodes"]["a"]]["style"]["color"] == ink

    sketch(tmp_path, work)


def test_a_mind_map_has_branches_on_both_sides_in_colours_of_their_own(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        branches = {"One": ["a", "b"], "Two": ["c"], "Three": ["d", "e"], "Four": ["f"]}
        lines = ["mindmap", "  root((Launch))"]
        for branch, topics in branches.items():
            lines += [f"    {branch}", *(f"      {topic}" for topic in topics)]
        await person.draw(mermaid="\n".join(lines))
        items = {one["data"].get("content", "").strip("</p>"): one for one in (await person.items()).values()}
        root = items["Launch"]["position"]["x"]
        sides = {branch: items[branch]["position"]["x"] > root for branch in branches}
        assert set(sides.values()) == {True, False}
        assert len({items[branch]["style"]["borderColor"] for branch in branches}) == 4
        for branch, topics in branches.items():
            assert {items[topic]["position"]["x"] > root for topic in topics} == {sides[branch]}
        assert await person.findings() == []

    sketch(tmp_path, work)


def test_rules_run_through_the_whole_box_and_words_are_not_broken(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        entity = "ACCOUNT_WITH_A_VERY_LONG_NAME_THAT_IS_ONE_WORD"
        mermaid = f"erDiagram\n {entity} {{\n  int id PK\n  string name\n }}"
        drawn = await person.draw(mermaid=mermaid)
        told = (await person.items())[drawn["nodes"][entity]]
        assert told["data"]["content"].count("\u2014") > 12
        again = await person.draw(mermaid=mermaid, diagram_id=drawn["diagram_id"], dry_run=True)
        assert again["would"] == {"created": 0, "updated": 0, "deleted": 0}
        assert await person.findings() == []

    sketch(tmp_path, work)


def test_a_dry_run_of_a_change_names_what_it_would_do(tmp_path: Path) -> None:
    async def work(person: Sketch) -> None:
        first = await person.draw(**chain("a", "b", "c"))
        graph = chain("a", "b", "d")
        graph["nodes"][0]["text"] = "Another text"
        told = await person.draw(**graph, diagram_id=first["diagram_id"], dry_run=True)
        assert told["would_create"] == ["d", "bd"]
        assert told["would_change"] == ["a"]
        assert told["would_delete"] == ["c"]

    sketch(tmp_path, work)
