"""Measures the server against its parts, as ratios within one run: start, memory, calls, tokens of tools/list.

Usage: python tools/bench.py
"""

import asyncio
import json
import math
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from generate.readme import tokens
from mcp import Client, StdioServerParameters
from mcp.types import Tool

STARTS = 7
WARM_UP_CALLS = 50
CALLS = 600
SECONDS_PER_LOAD = 1.5
IN_FLIGHT = (1, 8, 32)
SECONDS_WITH_LATENCY = 4.0
IN_FLIGHT_WITH_LATENCY = (1, 8, 16, 32)
LATENCY = 0.05
"""Seconds that the API of the last comparison takes to answer, as one on the internet would."""

BOARD_ID = "uXjVOD6LSME="
BOARD: dict[str, Any] = {
    "id": BOARD_ID,
    "type": "board",
    "name": "Release plan",
    "description": "What goes out when, and who sees to it",
    "links": {"self": f"https://api.miro.com/v2/boards/{BOARD_ID}", "related": f"/v2/boards/{BOARD_ID}/members"},
    "createdAt": "2026-01-31T09:30:00Z",
    "createdBy": {"id": "3458764517517818867", "type": "user", "name": "Ada"},
    "modifiedAt": "2026-02-01T10:00:00Z",
    "modifiedBy": {"id": "3458764517517818867", "type": "user", "name": "Ada"},
    "owner": {"id": "3458764517517818867", "type": "user", "name": "Ada"},
    "policy": {
        "permissionsPolicy": {"collaborationToolsStartAccess": "all_editors", "copyAccess": "anyone"},
        "sharingPolicy": {"access": "private", "inviteToAccountAndBoardLinkAccess": "no_access"},
    },
    "team": {"id": "3458764517517818868", "type": "team", "name": "Releases"},
    "viewLink": f"https://miro.com/app/board/{BOARD_ID}",
}

BARE_SERVER = """\
from mcp.server.mcpserver import MCPServer

server = MCPServer("bare")

@server.tool()
async def echo(text: str) -> str:
    return text

server.run("stdio")
"""

Call = Callable[[], Awaitable[None]]


async def main() -> None:
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="miro-mcp-bench-") as folder, serve_api() as api_url:
        bare_file = Path(folder) / "bare.py"
        bare_file.write_text(BARE_SERVER)
        bare = StdioServerParameters(command=sys.executable, args=[str(bare_file)])
        miro, miro_all = miro_server(api_url, "default"), miro_server(api_url, "all")
        await measure_start({"bare SDK server": bare, "miro-mcp, default": miro, "miro-mcp, all": miro_all})
        async with (
            Client(miro) as miro_client,
            Client(bare) as bare_client,
            httpx.AsyncClient(base_url=api_url, headers={"Authorization": "Bearer bench"}) as http,
        ):
            calls = calls_of(miro_client, bare_client, http)
            await measure_latency(calls)
            heading(f"Calls a second, {SECONDS_PER_LOAD} s each")
            await measure_load(calls, IN_FLIGHT, SECONDS_PER_LOAD)
        await measure_load_with_latency(bare)
        await measure_tokens({"default": miro, "all": miro_all})
    print(f"\n{time.perf_counter() - begun:.0f} s in all")


def miro_server(api_url: str, toolsets: str) -> StdioServerParameters:
    environment = {"MIRO_ACCESS_TOKEN": "bench", "MIRO_API_BASE_URL": api_url, "MIRO_TOOLSETS": toolsets}
    return StdioServerParameters(command=sys.executable, args=["-m", "miro_mcp"], env=environment)


async def measure_start(servers: dict[str, StdioServerParameters]) -> None:
    seconds: dict[str, list[float]] = {name: [] for name in servers}
    megabytes: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(STARTS):
        for name, server in servers.items():
            begun = time.perf_counter()
            async with started(server) as (_, resident):
                seconds[name].append(time.perf_counter() - begun)
                megabytes[name].append(resident)
    heading(f"Process start to the tools/list answer, and resident memory then: medians of {STARTS}")
    table("", "start", "ratio", "memory", "ratio")
    medians = [(statistics.median(seconds[name]), statistics.median(megabytes[name])) for name in servers]
    bare_start, bare_memory = medians[0]
    for name, (start, memory) in zip(servers, medians, strict=True):
        ratios = f"{start / bare_start:.2f}", f"{memory / bare_memory:.2f}"
        table(name, f"{start * 1000:.0f} ms", ratios[0], f"{memory:.1f} MB", ratios[1])


@asynccontextmanager
async def started(server: StdioServerParameters) -> AsyncIterator[tuple[list[Tool], float]]:
    """A server that has answered tools/list: its tools, and the megabytes it holds (not a number outside Linux)."""
    before = children()
    async with Client(server) as client:
        tools = (await client.list_tools()).tools
        yield tools, sum(resident_megabytes(process_id) for process_id in children() - before) or math.nan


def children() -> set[int]:
    """Process ids of this process's children, as Linux tells them."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(process_id) for task in tasks for process_id in task.read_text().split()}


def resident_megabytes(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def calls_of(miro: Client, bare: Client, http: httpx.AsyncClient) -> dict[str, Call]:
    """The same request through the server and straight to the API, and a call that asks nothing of anyone."""

    async def miro_call() -> None:
        result = await miro.call_tool("miro_boards_read", {"operation": "get", "board_id": BOARD_ID})
        assert not result.is_error, result

    async def bare_call() -> None:
        result = await bare.call_tool("echo", {"text": BOARD_ID})
        assert not result.is_error, result

    async def http_call() -> None:
        response = await http.get(f"/v2/boards/{BOARD_ID}")
        assert response.json()["id"] == BOARD_ID

    return {"miro-mcp": miro_call, "bare SDK": bare_call, "bare httpx": http_call}


async def measure_latency(calls: dict[str, Call]) -> None:
    milliseconds: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(WARM_UP_CALLS + CALLS):
        for name, call in calls.items():
            begun = time.perf_counter()
            await call()
            if turn >= WARM_UP_CALLS:
                milliseconds[name].append((time.perf_counter() - begun) * 1000)
    heading(f"One call at a time, {CALLS} of each in turn: a board read over stdio and loopback HTTP")
    table("", "p50", "p99")
    percentiles = {name: statistics.quantiles(taken, n=100) for name, taken in milliseconds.items()}
    for name, found in percentiles.items():
        table(name, f"{found[49]:.2f} ms", f"{found[98]:.2f} ms")
    miro, bare, http = percentiles.values()
    table("miro-mcp / (SDK + httpx)", *(f"{miro[at] / (bare[at] + http[at]):.2f}" for at in (49, 98)))


async def measure_load_with_latency(bare: StdioServerParameters) -> None:
    with serve_api(LATENCY) as api_url:
        async with (
            Client(miro_server(api_url, "default")) as miro_client,
            Client(bare) as bare_client,
            httpx.AsyncClient(base_url=api_url, headers={"Authorization": "Bearer bench"}) as http,
        ):
            calls = calls_of(miro_client, bare_client, http)
            heading(f"Calls a second on an API that takes {LATENCY * 1000:.0f} ms, {SECONDS_WITH_LATENCY} s each")
            compared = {name: call for name, call in calls.items() if name != "bare SDK"}
            for call in compared.values():
                await call()  # The API's process has to be there before anything is measured.
            await measure_load(compared, IN_FLIGHT_WITH_LATENCY, SECONDS_WITH_LATENCY)


async def measure_load(calls: dict[str, Call], in_flights: tuple[int, ...], seconds: float) -> None:
    table("in flight", *calls, "miro-mcp / httpx")
    for in_flight in in_flights:
        rates = [await calls_a_second(call, in_flight, seconds) for call in calls.values()]
        table(str(in_flight), *(f"{rate:.0f}" for rate in rates), f"{rates[0] / rates[-1]:.2f}")


async def calls_a_second(call: Call, in_flight: int, seconds: float) -> float:
    begun = time.perf_counter()
    done = 0

    async def keep_calling() -> None:
        nonlocal done
        while time.perf_counter() < begun + seconds:
            await call()
            done += 1

    await asyncio.gather(*(keep_calling() for _ in range(in_flight)))
    return done / (time.perf_counter() - begun)


async def measure_tokens(servers: dict[str, StdioServerParameters]) -> None:
    heading("What tools/list costs a model: name, description and inputSchema of every tool, o200k_base")
    table("toolsets", "tools", "tokens")
    for name, server in servers.items():
        async with started(server) as (tools, _):
            table(name, str(len(tools)), f"{tokens(tools):,}")


@contextmanager
def serve_api(latency: float = 0.0) -> Iterator[str]:
    """A process that stands for Miro's API: it answers every request with one board, after so many seconds."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # asyncio sets this only on sockets it makes itself; without it each answer would wait 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        command = [sys.executable, __file__, "--api", str(listener.fileno()), str(latency)]
        process = subprocess.Popen(command, pass_fds=[listener.fileno()])  # noqa: S603
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            process.terminate()
            process.wait()


def run_api(file_descriptor: int, latency: float) -> None:
    content = json.dumps(BOARD).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await receive()
        await asyncio.sleep(latency)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    uvicorn.run(app, fd=file_descriptor, log_level="error", lifespan="off", access_log=False)


def heading(text: str) -> None:
    print(f"\n{text}")


def table(first: str, *cells: str) -> None:
    print(f"  {first:<26}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--api"]:
        run_api(int(sys.argv[2]), float(sys.argv[3]))
    else:
        asyncio.run(main())
