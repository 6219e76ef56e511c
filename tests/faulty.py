"""An API on a real port that has bad days: it refuses, breaks off, forgets to answer, and counts what it did."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

FAULTS = ("429", "503", "reset before", "reset after", "slow", "truncated")


@dataclass
class Allowance:
    """Credits a window: a window opens with the first call after the last one closed."""

    limit: int
    seconds: float
    cost: Callable[[str, str], int]
    used: int = 0
    closes: float = 0.0

    def charge(self, method: str, path: str) -> bool:
        if time.time() >= self.closes:
            self.used, self.closes = 0, time.time() + self.seconds
        cost = self.cost(method, path)
        if self.used + cost > self.limit:
            return False
        self.used += cost
        return True

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - self.used),
            "X-RateLimit-Reset": str(int(self.closes)),
        }


@dataclass
class FaultyApi:
    """`faults` are the shares of calls that meet each fault; `script` says the fault of each call in turn instead."""

    faults: dict[str, float] = field(default_factory=dict[str, float])
    script: list[str | None] = field(default_factory=list["str | None"])
    allowance: Allowance | None = None
    latency: float = 0.0
    slow: float = 0.5
    retry_after: str | None = None
    seed: int = 1
    url: str = ""
    titles: list[str] = field(default_factory=list[str])
    """Of what was created."""
    gone: set[str] = field(default_factory=set[str])
    """Paths of what was deleted."""
    requests: list[tuple[str, str, float]] = field(default_factory=list["tuple[str, str, float]"])
    """Method, path and time of each."""
    met: Counter[str] = field(default_factory=Counter[str])
    most_in_flight: int = 0
    in_flight: int = 0

    answer: Callable[[str, str], tuple[int, Any]] | None = None
    """What is answered to a method and path, instead of what this API would."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def fault(self) -> str | None:
        if self.script:
            return self.script.pop(0)
        drawn = self._random.random()
        for name, share in self.faults.items():
            drawn -= share
            if drawn < 0:
                return name
        return None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answers one request; False when that is the end of the connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        lengths = [line.partition(":")[2] for line in head if line.lower().startswith("content-length:")]
        body = await reader.readexactly(int(lengths[0])) if lengths else b""
        path, _, query = target.partition("?")
        self.requests.append((method, path, time.monotonic()))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self._carry_out(method, path, dict(parse_qsl(query)), body, writer)
        finally:
            self.in_flight -= 1

    async def _carry_out(
        self, method: str, path: str, query: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        await asyncio.sleep(self.latency)
        if self.allowance and not self.allowance.charge(method, path):
            self.met["refused"] += 1
            return self._send(writer, 429, {"status": 429, "code": "tooManyRequests"})
        fault = self.fault()
        if fault:
            self.met[fault] += 1
        if fault == "reset before":
            writer.transport.abort()
            return False
        if fault in ("429", "503"):
            return self._send(writer, int(fault), {"status": int(fault), "message": "not now"})
        if fault == "slow":
            await asyncio.sleep(self.slow)
        status, answer = self._do(method, path, query, body)
        if fault == "reset after":
            writer.transport.abort()
            return False
        if fault == "503 after":
            return self._send(writer, 503, {"status": 503, "message": "not now"})
        return self._send(writer, status, answer, whole=fault != "truncated")

    def _do(self, method: str, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        if self.answer:
            return self.answer(method, path)
        if method == "POST":
            title = json.loads(body)["title"]
            self.titles.append(title)
            return 201, {"id": str(len(self.titles)), "type": "tag", "title": title}
        if method == "DELETE":
            if path in self.gone:
                return 404, {"status": 404, "message": "not found"}
            self.gone.add(path)
            return 204, None
        return 200, {"id": path.rpartition("/")[2], "name": f"about {path} {query}"}

    def _send(self, writer: asyncio.StreamWriter, status: int, answer: Any, *, whole: bool = True) -> bool:
        content = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        headers |= self.allowance.headers() if self.allowance else {}
        if status in (429, 503) and self.retry_after:
            headers["Retry-After"] = self.retry_after
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + (content if whole else content[:-5]))
        return whole


@asynccontextmanager
async def serving(api: FaultyApi) -> AsyncIterator[FaultyApi]:
    server = await asyncio.start_server(api.serve, "127.0.0.1", 0)
    api.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield api
    finally:
        server.close()
