"""The requests that are worked on: how many there are, and breaking them off, as for an HTTP client that leaves."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server import ServerRequestContext
from mcp.server.context import CallNext, HandlerResult
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXCHANGE = "miro_mcp.exchange"
"""Where an ASGI scope has the calls that came with its request."""

_LISTEN = "subscriptions/listen"
"""A request that is open for as long as its client likes: nobody waits for its end."""

_TICK = 0.02

_NOT_BEGUN = "The server is about to end, so nothing was done. Call again once it has been started again."
_BROKEN_OFF = (
    "This call was broken off before its end, because the server ends or its client has left. What had been sent to "
    "Miro may have been carried out: look before you try again."
)


class UnderWay:
    """What is being done and can be broken off: all calls of a process, those of one HTTP exchange, or messages."""

    def __init__(self) -> None:
        self._scopes: set[anyio.CancelScope] = set()
        self._broken_off = False
        self.are_refused = False

    @contextmanager
    def holding(self, scope: anyio.CancelScope) -> Generator[None]:
        """Counts the block, which is what `scope` can cancel, for as long as it lasts."""
        self._scopes.add(scope)
        if self._broken_off:
            scope.cancel()
        try:
            yield
        finally:
            self._scopes.remove(scope)

    def break_off(self) -> None:
        """Cancels everything, and what comes too late as well."""
        self._broken_off = True
        for scope in list(self._scopes):
            scope.cancel()

    async def wait_for_none(self, seconds: float) -> None:
        """Waits until there is nothing, but no longer than that."""
        with anyio.move_on_after(seconds):
            while self._scopes:
                await anyio.sleep(_TICK)


CALLS = UnderWay()
"""The calls of this process."""


async def count_call(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Middleware: each request is one of the process's calls, and of those of the HTTP exchange it came with."""
    if ctx.request_id is None or ctx.method == _LISTEN:
        return await call_next(ctx)
    if CALLS.are_refused:
        raise MCPError(code=INTERNAL_ERROR, message=_NOT_BEGUN)
    exchange: UnderWay | None = ctx.request.scope.get(_EXCHANGE) if ctx.request is not None else None
    with anyio.CancelScope() as scope, ExitStack() as held:
        for calls in (CALLS, exchange):
            if calls is not None:
                held.enter_context(calls.holding(scope))
        return await call_next(ctx)
    raise MCPError(code=INTERNAL_ERROR, message=_BROKEN_OFF)


class Exchanges:
    """HTTP exchanges as ASGI sees them: a client that leaves breaks its calls off, and streams end with the server.

    The SDK breaks off the calls of a client that closes its stream in the newer era alone; in the older one the answer
    could not reach it any more, either.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended = anyio.Event()

    def end_streams(self) -> None:
        """Ends the streams that clients only listen on, which would go on for as long as they like."""
        self._ended.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        calls = scope[_EXCHANGE] = UnderWay()

        async def receive_leaving() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                calls.break_off()
            return message

        if scope["method"] == "GET" or (b"mcp-method", _LISTEN.encode()) in scope["headers"]:
            await self._listen(scope, receive_leaving, send)
        else:
            await self._app(scope, receive_leaving, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = over = False

        async def receive_until_end() -> Message:
            message: Message = {"type": "http.disconnect"}
            async with anyio.create_task_group() as group:

                async def stop() -> None:
                    await self._ended.wait()
                    group.cancel_scope.cancel()

                group.start_soon(stop)
                message = await receive()
                group.cancel_scope.cancel()
            return message

        async def send_noting(message: Message) -> None:
            nonlocal begun, over
            begun = True
            over = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive_until_end, send_noting)
        if begun and not over:
            await send({"type": "http.response.body", "body": b""})
