"""One call can't stop the others: what is too deep or too much is refused, and turns are shared."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from support import ERAS, connected, text_of, value_of

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.client.credits import Budget
from miro_mcp.client.lane import MOST_IN_FLIGHT, Lane
from miro_mcp.client.quota import Quota
from miro_mcp.client.request import build
from miro_mcp.settings import Settings
from miro_mcp.system import caller


def nested(opening: str, closing: str, middle: str, levels: int) -> str:
    inner = "".join(opening.format(one) + "\n" for one in range(levels))
    return f"{inner}{middle}\n{(closing + chr(10)) * levels}"


DEEP = {
    "subgraphs": lambda levels: "flowchart TD\n" + nested("subgraph s{}", "end", "a-->b", levels),
    "blocks": lambda levels: "sequenceDiagram\n" + nested("loop l{}", "end", "A->>B: x", levels),
    "activations": lambda levels: "sequenceDiagram\n" + "A->>+B: x\n" * levels + "B->>-A: y\n" * levels,
    "states": lambda levels: "stateDiagram-v2\n" + nested("state s{} {{", "}", "a --> b", levels),
    "namespaces": lambda levels: "classDiagram\n" + nested("namespace n{} {{", "}", "class A", levels),
    "topics": lambda levels: "mindmap\n" + "".join(" " * (one + 1) + f"n{one}\n" for one in range(levels)),
}


def members(levels: int) -> str:
    """Subgraphs that get inside each other by being named as nodes."""
    return "flowchart TD\n" + "".join(f"subgraph s{one}\ns{one + 1}\nend\n" for one in range(levels))


async def drawn(client: Client, **given: Any) -> Any:
    return await client.call_tool("miro_diagram_write", {"board_id": "uXjVHarbour=", "dry_run": True, **given})


def settings(folder: Path) -> Settings:
    return Settings.from_environment(
        {"MIRO_SANDBOX": str(folder / "box.db"), "MIRO_AUDIT_LOG": str(folder / "a.jsonl")}
    )


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.slow
def test_what_is_too_deep_is_refused_in_words_while_others_are_served(tmp_path: Path, era: str) -> None:
    async def run() -> None:
        async with connected(settings(tmp_path), era) as client:
            for what, text in DEEP.items():
                right = await drawn(client, mermaid=text(50))
                assert not right.is_error, (what, right.content)
                asked = asyncio.ensure_future(drawn(client, mermaid=text(900)))
                beside = await client.call_tool("miro_boards_read", {"operation": "list"})
                assert not beside.is_error
                refused = await asked
                assert refused.is_error
                assert f"at most 50 {what} inside each other" in text_of(refused)

    asyncio.run(run())


def test_groups_are_not_too_deep_however_they_are_given(tmp_path: Path) -> None:
    groups = [{"key": f"g{one}", "parent": f"g{one + 1}"} for one in range(60)] + [{"key": "g60"}]

    async def run() -> None:
        async with connected(settings(tmp_path)) as client:
            for given in ({"mermaid": members(60)}, {"nodes": [{"key": "a", "group": "g0"}], "groups": groups}):
                refused = await drawn(client, **given)
                assert refused.is_error
                assert "50 groups inside each other are the most" in text_of(refused)
            many = "flowchart TD\n" + "\n".join(f"n{one}" for one in range(5001))
            assert "5000 are the most in one diagram" in text_of(await drawn(client, mermaid=many))

    asyncio.run(run())


READ = build(OPERATIONS["get-specific-board"], {"board_id": "b"}, {})


def test_a_caller_with_many_calls_lets_others_have_their_turn() -> None:
    order: list[str] = []

    async def run() -> None:
        lane = Lane(Quota())

        async def call(name: str) -> None:
            await lane.enter(READ)
            order.append(name)
            await asyncio.sleep(0.001)
            lane.leave(READ, 0.001, None)

        async def calls(name: str, count: int) -> None:
            caller._request.set({})
            await asyncio.gather(*(call(name) for _ in range(count)))

        many = asyncio.create_task(calls("many", 200))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        one = asyncio.create_task(calls("one", 3))
        await asyncio.gather(many, one)

    asyncio.run(run())
    assert order.index("one") <= 2 * MOST_IN_FLIGHT
    assert len([name for name in order[: 4 * MOST_IN_FLIGHT] if name == "one"]) == 3
    assert len(order) == 203


def test_who_has_had_much_of_a_window_leaves_its_end_to_others() -> None:
    now = time.time()
    budget = Budget(lambda: now, lambda: now)
    greedy, modest = object(), object()
    budget.take(READ, greedy)
    headers = {"x-ratelimit-limit": "1000", "x-ratelimit-remaining": "950", "x-ratelimit-reset": "30"}
    budget.settle(READ, 200, headers)
    taken = 1
    while budget.wait_for(READ, greedy) <= 0:
        budget.take(READ, greedy)
        taken += 1
    assert taken == 18  # Of twenty reads at 50 credits two are left.
    assert budget.wait_for(READ, greedy) > 0
    assert budget.wait_for(READ, modest) == 0


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.slow
def test_a_batch_of_endless_walks_holds_up_nobody(tmp_path: Path, era: str) -> None:
    walk = {"operation": "list", "board_id": "uXjVHarbour=", "max_items": 10_000}
    steps = [{"tool": "miro_items_read", "arguments": walk} for _ in range(500)]

    async def run() -> None:
        async with connected(settings(tmp_path), era) as client:
            batch = asyncio.ensure_future(client.call_tool("miro_batch", {"steps": steps}))
            answered = 0
            while not batch.done() and answered < 3:
                told = await client.call_tool("miro_boards_read", {"operation": "get", "board_id": "uXjVHarbour="})
                assert value_of(told)["name"] == "Harbour app launch"
                answered += not batch.done()
                await asyncio.sleep(0.02)
            batch.cancel()
            await asyncio.gather(batch, return_exceptions=True)
            assert answered == 3

    asyncio.run(run())
