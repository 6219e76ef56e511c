"""Measures the reading of boards against the walk of their pages, and with sizes given what large ones do to a server.

Usage: python tools/bench_boards.py [ITEMS ...]

For each number of items: how long a trivial call beside the reading tools takes at most, as a ratio to one beside
nothing in the same run, the server's memory, and how large the answers are.
"""

import asyncio
import statistics
import sys
import time
import warnings
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from bench import children, heading, miro_server, table
from made_api import made_api
from mcp import Client, MCPDeprecationWarning
from mcp.types import CallToolResult

from miro_mcp.text.token_bound import most_tokens

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from boards import BOARD_ID

TURNS = 5
IN_FULL = 1_000_000
BETWEEN_PINGS = 0.005
SECONDS_OF_PINGS = 2.0
LARGEST_GRAPH = 400
CHANGES = 900


async def main() -> None:
    begun = time.perf_counter()
    warnings.simplefilter("ignore", MCPDeprecationWarning)  # Pings are of the older protocol era alone.
    await measure_reading()
    for items in map(int, sys.argv[1:]):
        await measure_large(items)
        await measure_pauses(items)
    print(f"\n{time.perf_counter() - begun:.0f} s in all")


async def measure_reading() -> None:
    """The overview of 1,000 items and 600 connectors on an API that takes 100 ms, beside the walk of all its pages."""
    heading(f"Overview of 1,000 items, 600 connectors at 100 ms a call: medians of {TURNS}, as a share of the walk")
    table("pages tell the last one", "walk", "in 4,000 tokens", "in full", "tokens in full")
    for told, links in (("yes", ()), ("no", ("--no-links",))):
        with made_api(1000, 20, 600, "--mixed", *links) as url:
            walk, raw = await walk_of(url)
            async with Client(miro_server(url, "default")) as client:
                shares: list[str] = []
                for budget in (4000, IN_FULL):
                    taken = [await overview(client, budget) for _ in range(TURNS + 1)][1:]
                    shares.append(f"{statistics.median(seconds for seconds, _ in taken) / walk:.2f}")
                tokens = most_tokens(text_of((await overview(client, IN_FULL))[1]))
            table(told, f"{walk:.2f} s", *shares, f"1/{most_tokens(raw) / tokens:.1f}")


async def walk_of(url: str) -> tuple[float, str]:
    """Seconds that all pages take one after the other, and their text."""
    texts: list[str] = []
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": "Bearer bench"}) as http:
        await http.get(f"/v2/boards/{BOARD_ID}")  # The API's process has to be there before anything is measured.
        begun = time.perf_counter()
        for name in ("items", "connectors"):
            cursor: str | None = ""
            while cursor is not None:
                given = {"limit": "50", **({"cursor": cursor} if cursor else {})}
                page = await http.get(f"/v2/boards/{BOARD_ID}/{name}", params=given)
                texts.append(page.text)
                cursor = page.json().get("cursor")
        return time.perf_counter() - begun, "\n".join(texts)


async def overview(client: Client, budget: int) -> tuple[float, CallToolResult]:
    begun = time.perf_counter()
    result = await client.call_tool("miro_board_overview", {"board_id": BOARD_ID, "budget": budget})
    assert not result.is_error, text_of(result)
    return time.perf_counter() - begun, result


async def measure_large(items: int) -> None:
    heading(f"Overview of {items:,} items on an API that takes 100 ms and counts credits")
    table("", "seconds", "of 100 ms a page", "server's memory")
    for name, given in (
        ("four kinds", ()),
        ("the same, no last page", ("--no-links",)),
        ("one kind, no last page", ("--no-links", "--one-kind")),
    ):
        with made_api(items, items // 50, items // 4, "--credits", *given) as url:
            async with served(url) as server:
                seconds, _ = await overview(server.client, 4000)
                table(name, f"{seconds:.1f}", f"{seconds / (items / 50 * 0.1):.2f}", f"{server.megabytes():.0f} MB")


async def measure_pauses(items: int) -> None:
    heading(f"The longest ping beside a call, {items:,} items: as a ratio to the usual one beside nothing")
    table("beside", "call", "longest ping", "ratio", "answer")
    with made_api(items, items // 50, items // 4) as url:
        for name, (tool, arguments) in works().items():
            async with served(url) as server, pinged(server.client) as taken:
                await asyncio.sleep(SECONDS_OF_PINGS)
                usual = statistics.median(taken)
                taken.clear()
                begun = time.perf_counter()
                result = await server.client.call_tool(tool, {"board_id": BOARD_ID, **arguments})
                seconds = time.perf_counter() - begun
            told = "failed" if result.is_error else ", ".join(sizes_of(result))
            table(name, f"{seconds:.1f} s", f"{max(taken) * 1000:.0f} ms", f"{max(taken) / usual:.0f}", f"  {told}")


def works() -> dict[str, tuple[str, dict[str, Any]]]:
    listed = {"operation": "list", "max_items": 10_000}
    return {
        "overview": ("miro_board_overview", {}),
        "overview in full": ("miro_board_overview", {"budget": IN_FULL}),
        "SVG with findings": ("miro_board_view", {"format": "svg"}),
        "picture with findings": ("miro_board_view", {}),
        "diagram_read": ("miro_diagram_read", {}),
        "list of items": ("miro_items_read", listed),
        "the same, verbose": ("miro_items_read", {**listed, "verbose": True, "max_tokens": 500_000}),
        "list of connectors": ("miro_connectors_read", listed),
        "diagram_write, dry run": ("miro_diagram_write", {**graph(LARGEST_GRAPH), "dry_run": True}),
        "svg_write, dry run": ("miro_svg_write", {"svg": drawing(CHANGES), "dry_run": True}),
    }


def graph(size: int) -> dict[str, Any]:
    return {
        "nodes": [{"key": f"n{number}", "text": f"Step {number}"} for number in range(size)],
        "edges": [{"start": f"n{number}", "end": f"n{(number * 7 + 1) % size}"} for number in range(size)],
    }


def drawing(size: int) -> str:
    boxes = (
        f'<rect x="{number % 100 * 150}" y="{number // 100 * 120}" width="100" height="80" fill="#ffcc00"/>'
        for number in range(size)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20000 20000">{"".join(boxes)}</svg>'


def sizes_of(result: CallToolResult) -> Iterable[str]:
    for block in result.content:
        if block.type == "text":
            yield f"{most_tokens(block.text):,} tokens"
        elif block.type == "image":
            yield f"{len(block.data) * 3 // 4 // 1000} kB"


def text_of(result: CallToolResult) -> str:
    return "".join(block.text for block in result.content if block.type == "text")


@dataclass(frozen=True)
class Served:
    client: Client
    process_id: int

    def megabytes(self) -> float:
        """The most that the process has held so far."""
        status = Path(f"/proc/{self.process_id}/status").read_text()
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024


@asynccontextmanager
async def served(url: str) -> AsyncIterator[Served]:
    """A server in a process of its own, with a client of the older era, which has pings."""
    before = children()
    async with Client(miro_server(url, "default"), mode="legacy", read_timeout_seconds=600) as client:
        (process_id,) = children() - before
        yield Served(client, process_id)


@asynccontextmanager
async def pinged(client: Client) -> AsyncIterator[list[float]]:
    """The seconds that pings take, one after the other."""
    taken: list[float] = []

    async def keep_pinging() -> None:
        while True:
            begun = time.perf_counter()
            await client.send_ping()
            taken.append(time.perf_counter() - begun)
            await asyncio.sleep(BETWEEN_PINGS)

    pinging = asyncio.create_task(keep_pinging())
    try:
        yield taken
    finally:
        pinging.cancel()
        await asyncio.gather(pinging, return_exceptions=True)


if __name__ == "__main__":
    asyncio.run(main())
