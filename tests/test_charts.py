"""Charts whose places say something: drawn clear, changed by what differs, and nobody asked about the server's own."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import ElicitResult
from support import text_of, value_of

from miro_mcp.mermaid.kinds import KINDS
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

BOARD = "uXjVHarbour="

CHANGED = {
    "gantt": ("  Code :active, c1, after d1, 12d", "  Plan :2d\n  Code :active, c1, after d1, 40d"),
    "timeline": ("  2021 :", "  2020 : First product\n  2021 :"),
    "kanban": ("    fix[Fix the build]", "    [Plan]\n    fix[Fix the tests]"),
    "block-beta": ("    queue worker", "    queue topic worker"),
    "gitGraph": ('  commit id: "mend"', '  commit id: "more"\n  commit id: "mend"'),
    "pie": ('  "Rats"', '  "Birds" : 40\n  "Rats"'),
    "xychart-beta": ("75, 82]", "75, 82, 40]"),
    "quadrantChart": ("  Campaign B", "  Campaign N: [1, 1] radius: 5\n  Campaign B"),
    "journey": ("  Go upstairs", "  Wait: 2: Me\n  Go upstairs"),
}
"""By kind: what is replaced in its example, so that something comes new in the middle of it, and by what."""

EXAMPLES = {kind.word: kind.example for kind in KINDS}


def draw(tmp_path: Path, work: Callable[[Client, list[str]], Awaitable[None]]) -> None:
    asked: list[str] = []

    async def answer(context: Any, params: Any) -> ElicitResult:  # noqa: ARG001 (named by the SDK)
        asked.append(params.message)
        return ElicitResult(action="decline")

    async def run() -> None:
        settings = Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})
        async with Client(build_server(settings), elicitation_callback=answer) as client:
            await work(client, asked)

    asyncio.run(run())


async def call(client: Client, tool: str, **given: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, {"board_id": BOARD, **given})
    assert not result.is_error, text_of(result)
    return value_of(result)


@pytest.mark.parametrize("word", CHANGED)
def test_a_chart_is_clear_to_see_and_changed_by_what_differs(word: str, tmp_path: Path) -> None:
    example = EXAMPLES[word]
    before, after = CHANGED[word]
    assert before in example

    async def work(client: Client, asked: list[str]) -> None:
        drawn = await call(client, "miro_diagram_write", mermaid=example, framed=True)
        read = await call(client, "miro_diagram_read", diagram_id=drawn["diagram_id"])
        assert [one["key"] for one in read["nodes"] if one["key"].startswith(("grid:", "tick:", "point:"))] == []
        assert "changed by Mermaid text of its kind" in read["notes"][-1]
        view = await call(client, "miro_board_view", frame_id=drawn["frame_id"])
        # A line of values runs over the bars that it is compared with.
        assert [one for one in view["findings"] if word != "xychart-beta" or not one.startswith("Connector")] == []
        changed = await call(
            client, "miro_diagram_write", mermaid=example.replace(before, after), diagram_id=drawn["diagram_id"]
        )
        assert changed["changed"]["created"]
        assert drawn["nodes"].items() - changed["nodes"].items() == set()
        again = await call(
            client,
            "miro_diagram_write",
            mermaid=example.replace(before, after),
            diagram_id=drawn["diagram_id"],
            dry_run=True,
        )
        assert again["would"] == {"created": 0, "updated": 0, "deleted": 0}
        back = await call(client, "miro_diagram_write", mermaid=example, diagram_id=drawn["diagram_id"], dry_run=True)
        assert back["would"]["deleted"]
        assert asked == []

    draw(tmp_path, work)


def test_a_chart_is_followed_only_by_one_of_its_kind(tmp_path: Path) -> None:
    async def work(client: Client, _: list[str]) -> None:
        drawn = await call(client, "miro_diagram_write", mermaid=EXAMPLES["gantt"])
        given = {"board_id": BOARD, "mermaid": EXAMPLES["sequenceDiagram"], "diagram_id": drawn["diagram_id"]}
        result = await client.call_tool("miro_diagram_write", given)
        assert "is a Gantt chart and what is given is a sequence diagram" in text_of(result)

    draw(tmp_path, work)


@pytest.mark.parametrize(
    ("word", "before", "after", "key"),
    [
        ("timeline", "2021 : First customer", "2022 : First client", "Start/2022/First client"),
        ("kanban", "[Write docs]", "[Write the docs]", "Write the docs"),
        ("journey", "Go upstairs", "Walk upstairs", "Go to work/Walk upstairs"),
        ("pie", '"Cats"', '"Kittens"', "Kittens"),
    ],
)
def test_what_is_renamed_stays_the_item_that_it_was(
    word: str, before: str, after: str, key: str, tmp_path: Path
) -> None:
    async def work(client: Client, asked: list[str]) -> None:
        drawn = await call(client, "miro_diagram_write", mermaid=EXAMPLES[word])
        given = {"mermaid": EXAMPLES[word].replace(before, after), "diagram_id": drawn["diagram_id"]}
        changed = await call(client, "miro_diagram_write", **given)
        assert (changed["changed"]["created"], changed["changed"]["deleted"]) == (0, 0)
        assert sorted(changed["nodes"].values()) == sorted(drawn["nodes"].values())
        assert key in changed["nodes"]
        again = await call(client, "miro_diagram_write", **given, dry_run=True)
        assert again["would"] == {"created": 0, "updated": 0, "deleted": 0}
        assert asked == []

    draw(tmp_path, work)
