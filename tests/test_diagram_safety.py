"""A diagram is drawn whole or not at all: whatever fails, and whenever it is cancelled, nothing is left unnamed."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from diagrams import Board, Seen, sandbox_at_a_port
from mcp import Client
from support import ERAS, connected, value_of

from miro_mcp.board import unanswered

FLOW = """flowchart TD
  subgraph S [Shop]
    a[Order] -->|paid| b{In stock?}
  end
  b -->|yes| c[Ship]
  b -->|no| d[Back order]
  c --> e((Done))
  d -.-> c
"""


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    with sandbox_at_a_port(tmp_path) as one:
        yield one


async def new_board(client: Client) -> str:
    made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Diagrams"})
    assert value_of(made)
    return str(value_of(made)["id"])


async def ids_on(client: Client, board_id: str) -> set[str]:
    items = await client.call_tool("miro_items_read", {"operation": "list", "board_id": board_id, "max_items": 1000})
    lines = await client.call_tool(
        "miro_connectors_read", {"operation": "list", "board_id": board_id, "max_items": 1000}
    )
    assert value_of(items)
    assert value_of(lines)
    return {one["id"] for one in (*value_of(items).get("data", []), *value_of(lines).get("data", []))}


async def draw(client: Client, board_id: str, **more: Any) -> Any:
    return await client.call_tool("miro_diagram_write", {"mermaid": FLOW, "board_id": board_id, **more})


def text(result: Any) -> str:
    return result.content[0].text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "framed", "era"),
    [("refuse", False, "auto"), ("refuse", True, "legacy"), ("lose", True, "auto"), ("drop", True, "legacy")],
)
def test_nothing_is_left_when_any_one_call_fails(
    board: Board, tmp_path: Path, fault: str, framed: bool, era: str
) -> None:
    async def run() -> None:
        async with connected(board.settings(tmp_path), era) as client:
            board_id = await new_board(client)
            board.seen.clear()
            result = await draw(client, board_id, framed=framed)
            assert not result.is_error
            calls = len(board.seen)
            await take_all_away(client, board_id)
            for failing in range(calls):
                board.seen.clear()
                board.fault = lambda seen, failing=failing: fault if seen.number == failing else None
                result = await draw(client, board_id, framed=framed)
                board.fault = lambda _: None
                left = await ids_on(client, board_id)
                if result.is_error:
                    assert not left, f"call {failing} of {calls}: {text(result)}"
                else:
                    await take_all_away(client, board_id)

    asyncio.run(run())


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["refuse", "drop"])
def test_a_change_that_fails_leaves_nothing_new_and_can_be_made_again(board: Board, tmp_path: Path, fault: str) -> None:
    more = FLOW.replace("Ship]", "Ship it]") + "  e --> f[Thank] --> g[Ask for a review]\n"

    async def run() -> None:
        async with connected(board.settings(tmp_path, MIRO_CONFIRM="allow")) as client:
            board_id = await new_board(client)
            drawn = value_of(await draw(client, board_id))
            before = await ids_on(client, board_id)
            for failing in range(12):
                board.seen.clear()
                board.fault = lambda seen, failing=failing: fault if seen.number == failing else None
                result = await draw(client, board_id, mermaid=more, diagram_id=drawn["diagram_id"])
                board.fault = lambda _: None
                if result.is_error:
                    assert await ids_on(client, board_id) <= before, f"call {failing}: {text(result)}"
                    read = await client.call_tool("miro_diagram_read", {"board_id": board_id})
                    assert value_of(read)["notes"] == [], f"call {failing}"
                again = await draw(client, board_id, mermaid=more, diagram_id=drawn["diagram_id"])
                assert set(value_of(again)["nodes"]) == set("abcdefg")
                assert value_of(again)["notes"] == []
                back = await draw(client, board_id, diagram_id=drawn["diagram_id"])
                assert not back.is_error, text(back)
                assert await ids_on(client, board_id) == before

    asyncio.run(run())


async def take_all_away(client: Client, board_id: str) -> None:
    items = await client.call_tool("miro_items_read", {"operation": "list", "board_id": board_id, "max_items": 1000})
    assert value_of(items)
    for one in value_of(items).get("data", []):
        if one["type"] != "frame":
            gone = {"operation": "delete", "board_id": board_id, "item_id": one["id"]}
            await client.call_tool("miro_items_delete", gone)
    async with httpx.AsyncClient(base_url=DIRECT[0], headers={"Authorization": "Bearer sandbox"}) as direct:
        for one in value_of(items).get("data", []):
            if one["type"] == "frame":
                await direct.delete(f"/v2/boards/{board_id}/frames/{one['id']}")


DIRECT: list[str] = []
"""Where the sandbox is: a frame is deleted past the server, which would ask a person."""


@pytest.fixture(autouse=True)
def _direct(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    DIRECT[:] = [board.url]
    monkeypatch.setattr(unanswered, "SLOW", 0.02)


def test_what_cannot_be_taken_away_is_named_and_named_again_by_the_next_call(board: Board, tmp_path: Path) -> None:
    def fault(seen: Seen) -> str | None:
        return "refuse" if seen.method == "DELETE" or (seen.path.endswith("/connectors") and seen.change > 5) else None

    async def run() -> None:
        async with connected(board.settings(tmp_path, MIRO_CONFIRM="allow")) as client:
            board_id = await new_board(client)
            board.seen.clear()
            board.fault = fault
            failed = await draw(client, board_id)
            board.fault = lambda _: None
            left = await ids_on(client, board_id)
            assert failed.is_error
            assert left
            assert left <= set(re.findall(r"\d{19}", text(failed)))
            for tool in ("miro_diagram_read", "miro_diagram_write"):
                more = {"mermaid": "flowchart LR\n x --> y"} if tool.endswith("write") else {}
                result = await client.call_tool(tool, {"board_id": board_id, **more})
                assert left <= set(re.findall(r"\d{19}", str(value_of(result)["notes"])))

    asyncio.run(run())


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_nothing_is_left_whenever_it_is_cancelled(board: Board, tmp_path: Path, era: str) -> None:
    async def run() -> None:
        async with connected(board.settings(tmp_path), era) as client:
            board_id = await new_board(client)
            board.latency = 0.03
            for step in range(12):
                with anyio.move_on_after(0.02 + 0.03 * step) as scope:
                    await draw(client, board_id)
                if not scope.cancelled_caught:
                    break
                await settled(board)
                with anyio.move_on_after(20):
                    while await ids_on(client, board_id):
                        await anyio.sleep(0.2)
                assert not await ids_on(client, board_id), f"cancelled after {step} steps"
            assert step > 3

    asyncio.run(run())


async def settled(board: Board) -> None:
    """Waits until nothing has arrived for a while."""
    before = -1
    while before != len(board.seen):
        before = len(board.seen)
        await asyncio.sleep(0.4)


@pytest.mark.slow
def test_after_a_hard_kill_the_next_call_names_what_was_left(board: Board, tmp_path: Path) -> None:
    async def run() -> None:
        board.latency = 0.05
        environment = board.environment(tmp_path)
        async with connected(board.settings(tmp_path, MIRO_CONFIRM="allow")) as client:
            board_id = await new_board(client)
            await killed_while_drawing(environment, board_id, board)
            board.latency = 0
            left = await ids_on(client, board_id)
            assert left
            result = await client.call_tool("miro_diagram_read", {"board_id": board_id})
            assert left <= set(re.findall(r"\d{19}", str(value_of(result)["notes"])))
            holder = re.search(r"diagram_id (\d{19})", str(value_of(result)["notes"]))
            assert holder
            finished = await draw(client, board_id, diagram_id=holder[1])
            assert not finished.is_error
            assert left <= await ids_on(client, board_id)
            again = await client.call_tool("miro_diagram_read", {"board_id": board_id})
            assert value_of(again)["notes"] == []
            assert len(value_of(again)["nodes"]) == 5

    asyncio.run(run())


async def killed_while_drawing(environment: dict[str, str], board_id: str, board: Board) -> None:
    """Kills the server's process once a few lines have been drawn."""
    script = (
        "import asyncio, sys\nfrom miro_mcp.server import build_server\nfrom miro_mcp.settings import Settings\n"
        "from mcp import Client\n"
        "async def main():\n"
        "    async with Client(build_server(Settings.from_environment())) as client:\n"
        f"        await client.call_tool('miro_diagram_write', {{'board_id': {board_id!r}, 'mermaid': {FLOW!r}}})\n"
        "asyncio.run(main())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, **environment})
    while not any(one.path.endswith("/connectors") for one in board.seen):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.06)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    await settled(board)
