"""Serving MCP over stdio, or over Streamable HTTP with its own checks."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from .logs import log_to_stderr
from .server import build_server
from .settings import Settings, SettingsError, is_loopback

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from starlette.types import ASGIApp, Receive, Scope, Send

_GRACE = 1.0
_HTTP_GRACE = 5
"""Seconds that calls in flight have when the process is told to stop."""

_ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def prepare(settings: Settings) -> Callable[[], None]:
    """Builds the server; what is returned serves until the client goes away or the process is told to stop.

    Raises:
        SettingsError: an address beyond this machine without a token to ask for.
    """
    log_to_stderr(settings.log_level)
    if settings.http is None:
        server = build_server(settings)
        return lambda: asyncio.run(_serve_stdio(server))
    host, port = settings.http
    app = http_app(settings, host)
    import uvicorn

    return partial(
        uvicorn.run,
        app,
        host=host,
        port=port,
        log_level=settings.log_level.lower(),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_HTTP_GRACE,
    )


async def _serve_stdio(server: MCPServer[Any]) -> None:
    """Serves until stdin ends, or a signal comes: calls in flight are then broken off and put on record as such."""
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
    await server.run_stdio_async()


def http_app(settings: Settings, host: str) -> ASGIApp:
    """The ASGI app that serves MCP at /mcp; Host and Origin are checked, a token is asked for where one is set."""
    if not is_loopback(host) and settings.http_token is None:
        raise SettingsError(
            f"Serving at {host} opens this server to other machines, so it needs a token that clients send as "
            "`Authorization: Bearer …`. Set MIRO_HTTP_TOKEN to a long random text, or use --http 127.0.0.1:8000."
        )
    if host in _ANY_ADDRESS and not settings.http_hosts:
        raise SettingsError(
            f"Serving at {host} needs the names that clients reach it by, since every request's Host is checked. "
            "For example MIRO_HTTP_HOSTS=miro.example.com."
        )
    from mcp.server.transport_security import TransportSecuritySettings

    names = [*_LOOPBACK_NAMES, *settings.http_hosts, *([] if is_loopback(host) else [host])]
    origins = [f"{scheme}://{name}" for name in names for scheme in ("http", "https")]
    security = TransportSecuritySettings(
        allowed_hosts=[*names, *(f"{name}:*" for name in names)],
        allowed_origins=[*origins, *(f"{origin}:*" for origin in origins)],
    )
    app = build_server(settings).streamable_http_app(host=host, transport_security=security)
    return BearerToken(app, settings.http_token) if settings.http_token else app


class BearerToken:
    """Lets only requests through that carry the token; the comparison takes the same time for every wrong one."""

    def __init__(self, app: Any, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_authorized(scope):
            headers = [(b"www-authenticate", b"Bearer"), (b"content-type", b"text/plain")]
            await send({"type": "http.response.start", "status": 401, "headers": headers})
            await send({"type": "http.response.body", "body": b"A bearer token is required."})
            return
        await self._app(scope, receive, send)

    def _is_authorized(self, scope: Scope) -> bool:
        given = dict(scope["headers"]).get(b"authorization", b"")
        return secrets.compare_digest(given, self._expected)
