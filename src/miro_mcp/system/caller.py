"""Which request is worked on, and which client it came from: for the record, and so that requests share fairly."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from mcp.server import ServerRequestContext
from mcp.server.context import CallNext, HandlerResult

from ..text.hidden import visible

_LONGEST = 80
_client: ContextVar[str | None] = ContextVar("client", default=None)
_step: ContextVar[str | None] = ContextVar("step", default=None)
_request: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)


def client_name() -> str | None:
    """Name and version of the client whose request is worked on; None where it isn't known, or nothing is."""
    return _client.get()


def current_request() -> int | None:
    """Stands for the request that is worked on; None where nothing is."""
    state = _request.get()
    return None if state is None else id(state)


def request_state() -> dict[str, Any]:
    """What is known for as long as the request that is worked on; a new one where nothing is."""
    state = _request.get()
    return {} if state is None else state


def step_name() -> str | None:
    """The step of a batch that is worked on; None outside of one."""
    return _step.get()


@contextmanager
def in_step(name: str) -> Generator[None]:
    """What is done inside is done for a step of a batch."""
    token = _step.set(name)
    try:
        yield
    finally:
        _step.reset(token)


async def note_client(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Middleware: everything done for a request, in tasks started there too, knows the request and its client."""
    known = ctx.session.client_params
    told = visible(f"{known.client_info.name} {known.client_info.version}"[:_LONGEST]) if known else None
    token, own = _client.set(told), _request.set({})
    try:
        return await call_next(ctx)
    finally:
        _client.reset(token)
        _request.reset(own)
