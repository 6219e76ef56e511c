"""What tests of diagrams share: the sandbox on a loopback port, where any request can be made to fail or hang."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import Message, Receive, Scope, Send

from miro_mcp.sandbox.http.app import create_app
from miro_mcp.settings import Settings

Fault = Callable[["Seen"], str | None]
"""Says what becomes of a request: "refuse" (500, nothing done), "lose" (done, 500), "drop" (done, no answer), "busy"
(429, nothing done), "pass" (503, nothing done), "reset" (no answer, nothing done), "cut" (done, half of an answer)."""

FAULTS = ("refuse", "lose", "drop", "busy", "pass", "reset", "cut")


@dataclass(frozen=True)
class Seen:
    """A request: `number` counts from 0, reads included; `change` counts those that change something."""

    number: int
    change: int
    method: str
    path: str


@dataclass
class Board:
    """The sandbox behind a port: what arrived, and what is on its boards."""

    app: Any
    url: str = ""
    fault: Fault = lambda _: None
    latency: float = 0.0
    seen: list[Seen] = field(default_factory=list[Seen])
    in_flight: int = 0
    most_in_flight: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        changes = sum(one.method != "GET" for one in self.seen)
        seen = Seen(len(self.seen), changes, scope["method"], scope["path"])
        self.seen.append(seen)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if self.latency:
                await asyncio.sleep(self.latency)
            whole = await _whole(receive)
            await self._answer(self.fault(seen), scope, whole, send)
        finally:
            self.in_flight -= 1

    async def _answer(self, fault: str | None, scope: Scope, receive: Receive, send: Send) -> None:
        if fault in _REFUSALS:
            await _fail(send, _REFUSALS[fault])
        elif fault == "reset":
            raise ConnectionResetError
        elif fault == "cut":
            await self.app(scope, receive, _cutting(send))
            raise ConnectionResetError
        elif fault in ("lose", "drop"):
            await self.app(scope, receive, _swallow)
            if fault == "lose":
                await _fail(send)
            else:
                raise ConnectionResetError
        else:
            await self.app(scope, receive, send)

    @property
    def changes(self) -> list[Seen]:
        return [one for one in self.seen if one.method != "GET"]

    def settings(self, folder: Path, **environment: str) -> Settings:
        return Settings.from_environment(self.environment(folder) | environment)

    def environment(self, folder: Path) -> dict[str, str]:
        return {
            "MIRO_ACCESS_TOKEN": "sandbox",
            "MIRO_API_BASE_URL": self.url,
            "MIRO_AUDIT_LOG": str(folder / "audit.jsonl"),
        }


async def _whole(receive: Receive) -> Receive:
    """The body of a request, read to its end before anything is decided about it."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again


async def _swallow(message: Message) -> None:
    del message


_REFUSALS = {"refuse": 500, "busy": 429, "pass": 503}


def _cutting(send: Send) -> Send:
    async def cut(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": message.get("body", b"")[:-5], "more_body": True}
        await send(message)

    return cut


async def _fail(send: Send, status: int = 500) -> None:
    body = json.dumps({"status": status, "code": "internal", "message": "a fault", "type": "error"}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def sandbox_at_a_port(folder: Path) -> Iterator[Board]:
    """Serves a sandbox of its own on a free loopback port."""
    board = Board(create_app(folder / "sandbox.db"))
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = uvicorn.Server(uvicorn.Config(board, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    board.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield board
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
