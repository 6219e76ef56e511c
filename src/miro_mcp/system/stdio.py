"""MCP over stdio, where a request that can't be read is answered too; the SDK drops it, and its sender waits."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
from contextvars import Context
from types import TracebackType
from typing import Any, Protocol, Self, cast

import anyio
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import ErrorData, JSONRPCError, jsonrpc_message_adapter
from pydantic import ValidationError

PARSE_ERROR = -32700
UNREADABLE = (
    "This message can't be read, so nothing was done. It holds half of a surrogate pair, a number of thousands of "
    "digits, or objects and lists nested hundreds deep: send it without."
)
_ID_AT_AN_END = re.compile(r'^\{"jsonrpc": ?"2\.0", ?"id": ?(\d+)|"id": ?(\d+)\}\s*$')


_GRACE = 1.0
"""Seconds that calls in flight have when the process is told to stop."""


def run_on_stdio(server: Server[Any]) -> None:
    """Serves until the client closes its end, or a signal comes."""
    asyncio.run(_serve(server))


async def _serve(server: Server[Any]) -> None:
    _break_off_on_signals()
    async with stdio_server() as (incoming, outgoing):
        await server.run(Readable(incoming, outgoing), outgoing, server.create_initialization_options())


def _break_off_on_signals() -> None:
    """Has a signal break off the calls in flight, which are put on record as such, and then end the process."""
    serving = asyncio.current_task()
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def stop(number: int) -> None:
        if serving is not None:
            serving.cancel()
        # The thread that reads stdin can't be stopped, and would be waited for.
        loop.call_later(_GRACE, end, number)

    if os.name != "nt":
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop, number)


class Incoming(Protocol):
    """What `stdio_server` reads from."""

    async def receive(self) -> SessionMessage | Exception: ...
    async def aclose(self) -> None: ...


class Outgoing(Protocol):
    """What it writes to."""

    async def send(self, item: SessionMessage, /) -> None: ...


class Readable:
    """The messages of a stream that could be read; a request that could not is answered with an error."""

    def __init__(self, incoming: Incoming, outgoing: Outgoing) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    @property
    def last_context(self) -> Context | None:
        """The context of the message received last, which the SDK asks for by this name."""
        return getattr(self._incoming, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        while True:
            item = await self._incoming.receive()
            if not isinstance(item, ValidationError):
                return item
            marked = _after_mark(item)
            if marked is not None:
                return marked
            id = request_id(item)
            if id is None:
                return item
            error = JSONRPCError(jsonrpc="2.0", id=id, error=ErrorData(code=PARSE_ERROR, message=UNREADABLE))
            await self._outgoing.send(SessionMessage(error))

    async def aclose(self) -> None:
        await self._incoming.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        await self.aclose()


def _after_mark(unread: ValidationError) -> SessionMessage | None:
    """The message of a line that begins with a byte order mark, as some shells' pipes write it."""
    line = str(unread.errors(include_url=False)[0]["input"])
    if not line.startswith(_BYTE_ORDER_MARK):
        return None
    try:
        return SessionMessage(jsonrpc_message_adapter.validate_json(line.removeprefix(_BYTE_ORDER_MARK), by_name=False))
    except ValidationError:
        return None


_BYTE_ORDER_MARK = "\ufeff"


def request_id(unread: ValidationError) -> int | str | None:
    """The id of the request that a line is, if it is one and its JSON is what can't be read."""
    fault = unread.errors(include_url=False)[0]
    if fault["type"] != "json_invalid":
        return None
    line = str(fault["input"])
    try:
        message: Any = json.loads(line, parse_int=_whole_number)
    except RecursionError:
        found = _ID_AT_AN_END.search(line)
        return int(found[1] or found[2]) if found else None
    except ValueError:
        return None
    id = cast("dict[str, Any]", message).get("id") if isinstance(message, dict) else None
    return id if isinstance(id, int | str) else None


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)
