"""The requests that are worked on: how many there are, and breaking them off."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Any

import anyio
from mcp.server import ServerRequestContext
from mcp.server.context import CallNext, HandlerResult
from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR

EXCHANGE = "miro_mcp.exchange"
"""Where an ASGI scope has the calls that came with its request."""

_STREAMS = ("subscriptions/listen",)
"""Requests that are open for as long as their client likes: nobody waits for their end."""

_TICK = 0.02

_NOT_BEGUN = "The server is about to end, so nothing was done. Call again once it has been started again."
_BROKEN_OFF = (
    "This call was broken off before its end, because the server ends or its client has left. What had been sent to "
    "Miro may have been carried out: look before you try again."
)


class Calls:
    """Requests that are worked on: all of a process, or those of one HTTP exchange."""

    def __init__(self) -> None:
        self._scopes: set[anyio.CancelScope] = set()
        self._broken_off = False
        self.are_refused = False

    @contextmanager
    def holding(self, scope: anyio.CancelScope) -> Generator[None]:
        """Counts a request for as long as the block lasts, which is what `scope` can cancel."""
        self._scopes.add(scope)
        if self._broken_off:
            scope.cancel()
        try:
            yield
        finally:
            self._scopes.remove(scope)

    def break_off(self) -> None:
        """Cancels them, and those that come too late as well."""
        self._broken_off = True
        for scope in list(self._scopes):
            scope.cancel()

    async def wait_for_none(self, seconds: float) -> None:
        """Waits until there are none, but no longer than that."""
        with anyio.move_on_after(seconds):
            while self._scopes:
                await anyio.sleep(_TICK)


CALLS = Calls()
"""Those of this process."""


async def count_call(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Middleware: each request is one of the process's calls, and of those of the HTTP exchange it came with."""
    if ctx.request_id is None or ctx.method in _STREAMS:
        return await call_next(ctx)
    if CALLS.are_refused:
        raise MCPError(code=INTERNAL_ERROR, message=_NOT_BEGUN)
    exchange: Calls | None = ctx.request.scope.get(EXCHANGE) if ctx.request is not None else None
    with anyio.CancelScope() as scope, ExitStack() as held:
        for calls in (CALLS, exchange):
            if calls is not None:
                held.enter_context(calls.holding(scope))
        return await call_next(ctx)
    raise MCPError(code=INTERNAL_ERROR, message=_BROKEN_OFF)
