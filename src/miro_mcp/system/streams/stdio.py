"""MCP over stdio, where a request that can't be read is answered too; the SDK drops it, and its sender waits."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import re
from types import TracebackType
from typing import Any, Protocol, Self, cast

import anyio
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import ErrorData, JSONRPCError, jsonrpc_message_adapter
from pydantic import ValidationError

from ..ending import LAST_SECONDS, ending_by_signal
from ..in_flight import UnderWay
from .lines import Line, Lines, TooLong
from .standard import StreamLost, was_closed

logger = logging.getLogger(__name__)

MOST_BYTES = 32 * 1024 * 1024
"""Of one message: the longest SVG that can be written is half of it, and is escaped on its way."""

PARSE_ERROR = -32700
UNREADABLE = (
    "This message can't be read, so nothing was done. It holds half of a surrogate pair, a number of thousands of "
    "digits, or objects and lists nested hundreds deep: send it without."
)
TOO_LONG = (
    f"This message is longer than {MOST_BYTES >> 20} MB, so it was not read and nothing was done: send less at once."
)
_ID = r'"id": ?(\d{1,18}|"[^"\\]{1,200}")'
_ID_AT_AN_END = re.compile(rf'^\{{\s*"jsonrpc": ?"2\.0", ?{_ID}|{_ID}\s*\}}\s*$', re.ASCII)
_BYTE_ORDER_MARK = "\ufeff"


def run_on_stdio(server: Server[Any]) -> None:
    """Serves until the client closes its end, or a signal comes.

    Raises:
        StreamLost: there is nobody to serve, or nobody reads the answers any more.
    """
    for name in ("stdin", "stdout"):
        if was_closed(name):
            raise StreamLost(f"{name} is closed, so no client can speak to this server over stdio.")
    try:
        asyncio.run(_serve(server))
    except BaseExceptionGroup as failures:
        unwritten, other = failures.split(OSError)
        if unwritten is None or other is not None:
            raise
        raise StreamLost("the client can't be answered any more, since stdout can't be written; stopped.") from None


async def _serve(server: Server[Any]) -> None:
    lines = Lines(_private_stdin(), MOST_BYTES)
    unsent = UnderWay()

    async def stop() -> None:
        await unsent.wait_for_none(LAST_SECONDS)
        lines.close()

    with ending_by_signal(stop):
        # Its reader keeps whatever a line holds, so it is given nothing to read.
        async with stdio_server(stdin=anyio.wrap_file(io.StringIO())) as (unread, writing):
            await unread.aclose()
            outgoing = Outgoing(writing, unsent)
            lines.start()
            await server.run(Incoming(lines, outgoing), outgoing, server.create_initialization_options())


def _private_stdin() -> int:
    """Another descriptor for what stdin is, which is empty from now on: nothing else is to read the client's words."""
    private = os.dup(0)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return private


class Writing(Protocol):
    """What `stdio_server` gives to write to."""

    async def send(self, item: SessionMessage, /) -> None: ...
    async def aclose(self) -> None: ...


class _Stream:
    """What both streams have in common: the SDK closes them by leaving a block."""

    async def aclose(self) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        await self.aclose()


class Outgoing(_Stream):
    """The messages to the client."""

    def __init__(self, writing: Writing, unsent: UnderWay) -> None:
        self._writing = writing
        self._unsent = unsent

    async def send(self, item: SessionMessage, /) -> None:
        with anyio.CancelScope() as scope, self._unsent.holding(scope):
            await self._writing.send(item)

    async def aclose(self) -> None:
        await self._writing.aclose()


class Incoming(_Stream):
    """The messages of the client that can be read; a request that can't is answered with an error."""

    def __init__(self, lines: Lines, outgoing: Outgoing) -> None:
        self._lines = lines
        self._outgoing = outgoing

    async def receive(self) -> SessionMessage | Exception:
        while True:
            line = await self._lines.receive()
            try:
                return _message(line)
            except ValidationError as error:
                id, told = request_id(error), UNREADABLE
                if id is None:
                    return error
            except _Oversized as error:
                id, told = error.id, TOO_LONG
                logger.warning("A message of %d bytes was not read (id %r).", error.size, id)
                if id is None:
                    continue
            failure = JSONRPCError(jsonrpc="2.0", id=id, error=ErrorData(code=PARSE_ERROR, message=told))
            await self._outgoing.send(SessionMessage(failure))

    async def aclose(self) -> None:
        self._lines.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None


class _Oversized(Exception):
    def __init__(self, line: TooLong) -> None:
        self.size = line.size
        self.id = _id_at_an_end(_text(line.begin) + _text(line.end))


def _message(line: Line) -> SessionMessage:
    """The message of a line; a byte order mark before it, as some shells' pipes write it, is passed over.

    Raises:
        ValidationError: there is none in it.
        _Oversized: nobody has read it.
    """
    if isinstance(line, TooLong):
        raise _Oversized(line)
    text = _text(line).removeprefix(_BYTE_ORDER_MARK)
    return SessionMessage(jsonrpc_message_adapter.validate_json(text, by_name=False))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def request_id(unread: ValidationError) -> int | str | None:
    """The id of the request that a line is, if it is one and its JSON is what can't be read."""
    fault = unread.errors(include_url=False)[0]
    if fault["type"] != "json_invalid":
        return None
    line = str(fault["input"])
    try:
        message: Any = json.loads(line, parse_int=_whole_number)
    except RecursionError:
        return _id_at_an_end(line)
    except ValueError:
        return None
    id = cast("dict[str, Any]", message).get("id") if isinstance(message, dict) else None
    return id if isinstance(id, int | str) else None


def _id_at_an_end(line: str) -> int | str | None:
    """The id that stands first or last in a request that can't be read as a whole."""
    found = _ID_AT_AN_END.search(line)
    return json.loads(found[1] or found[2], strict=False) if found else None


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else float(digits)
