"""What tests share: a recorder that stands for Miro on a loopback port, and clients connected to the server."""

import asyncio
import json
import os
import re
import socket
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult
from starlette.types import Receive, Scope, Send

from miro_mcp.catalogue import GROUPS, OPERATIONS, Operation
from miro_mcp.catalogue.schema import example_of, schema_of
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

ERAS = ("auto", pytest.param("legacy", marks=pytest.mark.slow))
"""The SDK client's modes for the two protocol eras; the quick tests go through the newer one."""


@dataclass(frozen=True)
class Recorded:
    """A request as it arrived: `path` still percent-encoded."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None


def answer_to(recorded: Recorded) -> tuple[int, Any]:
    """The least that is Miro's answer to a request."""
    operation = next((one for route, one in _ROUTES if route.fullmatch(f"{recorded.method} {recorded.path}")), None)
    if operation is None:
        return 404, {"status": 404, "code": "notFound", "message": "No endpoint", "type": "error"}
    return _ANSWERS.get(operation.answer, (200, {operation.answer: []}))


def _route(operation: Operation) -> re.Pattern[str]:
    prefix = "/scim" if operation.host == "scim" else ""
    return re.compile(f"{operation.method} {prefix}" + re.sub(r"\{\w+\}", "[^/]+", operation.path))


_ANSWERS = {"object": (200, {"id": "1"}), "array": (200, []), "nothing": (204, None)}
_ROUTES = [(_route(one), one) for one in sorted(OPERATIONS.values(), key=lambda one: one.path.count("{"))]


@dataclass
class Recorder:
    """An API that notes every request and answers what `reply` says: status and JSON body (None for no body).

    Without a `reply` it answers the least that is Miro's. Each answer takes `delay` seconds; requests
    that come meanwhile are answered side by side.
    """

    reply: Callable[[Recorded], tuple[int, Any]] = answer_to
    delay: float = 0
    requests: list[Recorded] = field(default_factory=list[Recorded])
    url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        recorded = Recorded(
            scope["method"],
            scope["raw_path"].decode(),
            parse_qsl(scope["query_string"].decode(), keep_blank_values=True),
            {name.decode(): value.decode() for name, value in scope["headers"]},
            body,
        )
        self.requests.append(recorded)
        await asyncio.sleep(self.delay)
        status, answer = self.reply(recorded)
        content = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        kind = b"text/html" if content.startswith(b"<") else b"application/json"
        headers = [(b"content-type", kind), (b"content-length", str(len(content)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})


@contextmanager
def recording(reply: Callable[[Recorded], tuple[int, Any]] | None = None, delay: float = 0) -> Iterator[Recorder]:
    """Serves a recorder on a free loopback port."""
    recorder = Recorder(reply, delay=delay) if reply else Recorder(delay=delay)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = uvicorn.Server(uvicorn.Config(recorder, log_level="error", lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    recorder.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        yield recorder
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def settings_for(recorder: Recorder, **environment: str) -> Settings:
    return Settings.from_environment(environment_for(recorder) | environment)


def environment_for(recorder: Recorder) -> dict[str, str]:
    """Everything switched on and nobody asked: tests of the guardrails set their own."""
    return {
        "MIRO_ACCESS_TOKEN": "rest-token",
        "MIRO_SCIM_TOKEN": "scim-token",
        "MIRO_API_BASE_URL": recorder.url,
        "MIRO_SCIM_BASE_URL": f"{recorder.url}/scim",
        "MIRO_TOOLSETS": "all,unlisted",
        "MIRO_CONFIRM": "allow",
        "MIRO_KEEP_DAYS": "0",
        "MIRO_SHARE_ALLOWED_DOMAINS": "example.com",
        "MIRO_AUDIT_LOG": str(Path(tempfile.gettempdir()) / f"miro-mcp-tests-{os.getpid()}" / "audit.jsonl"),
    }


@asynccontextmanager
async def connected(settings: Settings, era: str = "auto") -> AsyncIterator[Client]:
    """A client connected in process, in one of the two protocol eras."""
    async with Client(build_server(settings), mode=era) as client:
        yield client


@asynccontextmanager
async def over_stdio(environment: Mapping[str, str], *arguments: str, era: str = "auto") -> AsyncIterator[Client]:
    """A client connected to a server process of its own over stdio."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "miro_mcp", *arguments],
        env={"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), **environment},
    )
    async with Client(parameters, mode=era) as client:
        yield client


def value_of(result: CallToolResult) -> dict[str, Any]:
    """What a result tells as JSON: an object in a text block of its own."""
    told = (block.text for block in result.content if block.type == "text" and block.text.startswith("{"))
    return json.loads(next(told, "{}"))


def svg_of(result: CallToolResult) -> str:
    """The drawing in a result."""
    return next(block.text for block in result.content if block.type == "text" and block.text.startswith("<svg"))


def text_of(result: CallToolResult) -> str:
    """The text of a result's only block."""
    (block,) = result.content
    assert block.type == "text"
    return block.text


def minimal(operation: Operation, folder: Path) -> dict[str, Any]:
    """Arguments that the operation's own schema requires, made from the examples its messages give."""
    arguments = example_of(schema_of(operation.arguments)) if operation.arguments.model_fields else {}
    if operation.id == "create-connector":
        arguments |= {"startItem": {"id": "1"}, "endItem": {"id": "2"}}
    for name in operation.files:
        file = folder / f"{name}.json"
        file.write_text("[]")
        arguments[name] = [str(file)] if name == "resources" else str(file)
    return {"operation": operation.name, **arguments}


EVERY = [(group.tool_of(operation), operation) for group in GROUPS for operation in group.operations]
"""Every operation with the tool it is in."""
