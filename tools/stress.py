"""Runs the server at full size against an API with bad days, kills it in the middle, and prints what came of it.

Usage: python tools/stress.py [creates] [reads] [burst] [kills] [days]
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from mcp import Client

from miro_mcp.server import build_server
from miro_mcp.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import kills
from diagrams import sandbox_at_a_port
from faulty import FAULTS, Allowance, FaultyApi, serving

BOARD = "uXjVOD6LSME="
IN_FLIGHT = 16
SHARE = 0.05
CREATES = 2_000
READS = 10_000
CREDITS_A_MINUTE = 100_000
CREDITS = 250_000
CREDITS_A_CREATE = 50
KILLS = 300
DAYS = 10
NODES = 100
SHARE_OF_A_DAY = 0.01

Work = Callable[[Client], Awaitable[str]]


async def against(api: FaultyApi, work: Work) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with serving(api):
            environment = {
                "MIRO_ACCESS_TOKEN": "stress",
                "MIRO_API_BASE_URL": api.url,
                "MIRO_AUDIT_LOG": f"{folder}/audit.jsonl",
            }
            async with Client(build_server(Settings.from_environment(environment))) as client:
                begun = time.monotonic()
                told = await work(client)
                print(f"{told}; {time.monotonic() - begun:.0f} s; faults met: {dict(api.met)}", flush=True)


async def spread(count: int, call: Callable[[int], Awaitable[None]]) -> None:
    numbers = iter(range(count))

    async def keep_calling() -> None:
        for number in numbers:
            await call(number)

    await asyncio.gather(*(keep_calling() for _ in range(IN_FLIGHT)))


async def create(client: Client, title: str) -> Any:
    return await client.call_tool("miro_tags_write", {"operation": "create", "board_id": BOARD, "title": title})


async def creates() -> None:
    api = FaultyApi(faults=dict.fromkeys(FAULTS, SHARE))

    async def work(client: Client) -> str:
        told: dict[str, str] = {}

        async def one(number: int) -> None:
            result = await create(client, str(number))
            unknown = result.is_error and "outcome is unknown" in result.content[0].text
            told[str(number)] = "unknown" if unknown else "failed" if result.is_error else "done"

        await spread(CREATES, one)
        made = Counter(api.titles)
        lost = sum(outcome == "done" and made[title] == 0 for title, outcome in told.items())
        hidden = sum(outcome == "failed" and made[title] > 0 for title, outcome in told.items())
        doubled = sum(count > 1 for count in made.values())
        return f"{CREATES} creates: {dict(Counter(told.values()))}, doubled {doubled}, lost {lost}, hidden {hidden}"

    await against(api, work)


async def reads() -> None:
    api = FaultyApi(faults=dict.fromkeys(FAULTS, SHARE))

    async def work(client: Client) -> str:
        answered = 0

        async def one(number: int) -> None:
            nonlocal answered
            arguments = {"operation": "get", "board_id": BOARD, "item_id": str(number)}
            result = await client.call_tool("miro_items_read", arguments)
            answered += json.loads(result.content[0].text).get("id") == str(number)

        await spread(READS, one)
        return f"{READS} reads: {answered} answered"

    await against(api, work)


async def burst() -> None:
    api = FaultyApi(allowance=Allowance(CREDITS_A_MINUTE, 60.0, lambda *_: CREDITS_A_CREATE), latency=0.02)

    async def work(client: Client) -> str:
        begun = time.monotonic()
        await spread(CREDITS // CREDITS_A_CREATE, lambda number: create(client, str(number)))
        least = 60.0 * ((CREDITS - 1) // CREDITS_A_MINUTE)
        ratio = (time.monotonic() - begun) / least
        return f"{CREDITS} credits: refused {api.met['refused']} times, {ratio:.2f} of the least time"

    await against(api, work)


async def kill() -> None:
    """Kills at random changes of every scene in turn; what the next call doesn't put right is told."""
    rng = random.Random(1)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder, sandbox_at_a_port(Path(folder)) as board:
        ground = kills.Ground(board, Path(folder))
        wanted = {scene.name: await kills.whole(ground, scene) for scene in kills.SCENES}
        amiss = 0
        while ground.killed < KILLS:
            works = [partial(kills.kill_and_call_again, ground, one, *wanted[one.name], rng) for one in kills.SCENES]
            for work in (*works, partial(kills.kill_a_batch, ground, rng)):
                try:
                    await work()
                except Exception as error:
                    amiss += 1
                    print(_first_told(error), flush=True)
            print(f"{ground.killed} kills, {amiss} not put right by the next call", flush=True)


async def days() -> None:
    """Draws and changes diagrams while requests fail."""
    with tempfile.TemporaryDirectory() as folder, sandbox_at_a_port(Path(folder)) as board:
        ground = kills.Ground(board, Path(folder))
        for seed in range(DAYS):
            try:
                rng = random.Random(seed)  # noqa: S311
                calls = await kills.draw_on_a_bad_day(ground, NODES, rng, SHARE_OF_A_DAY)
                told = "drawn with {} calls, changed with {}".format(*calls)
            except Exception as error:
                told = _first_told(error)
            print(f"diagram {seed + 1} of {DAYS}, {NODES} nodes: {told}", flush=True)


def _first_told(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


async def main() -> None:
    runs = {"creates": creates, "reads": reads, "burst": burst, "kills": kill, "days": days}
    for name in sys.argv[1:] or runs:
        await runs[name]()


if __name__ == "__main__":
    asyncio.run(main())
