"""Serving MCP over stdio, or over Streamable HTTP with its own checks."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware.cors import CORSMiddleware

from .server import build_server
from .settings import Settings, SettingsError, is_loopback
from .system.ending import LAST_SECONDS, ending_by_signal
from .system.in_flight import Exchanges
from .system.logs import log_to_stderr
from .system.streams.stdio import MOST_BYTES, run_on_stdio

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_IDLE = 30 * 60
"""Seconds after which a session that nobody uses ends."""

_ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104
_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def prepare(settings: Settings) -> Callable[[], None]:
    """Builds the server; what is returned serves until the client goes away or the process is told to stop.

    Raises:
        SettingsError: an address beyond this machine without a token to ask for.
    """
    log_to_stderr(settings.log_level)
    if settings.http is None:
        return partial(run_on_stdio, build_server(settings))
    host, port = settings.http
    app = http_app(settings, host)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level=settings.log_level.lower(),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=int(LAST_SECONDS),
    )
    return HttpServer(config, app).run


def http_app(settings: Settings, host: str, idle_seconds: float = _IDLE) -> Exchanges:
    """The ASGI app that serves MCP at /mcp; Host and Origin are checked, a token is asked for where one is set.

    A session of the older eras ends after `idle_seconds` without a request.
    """
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

    names = [*_LOOPBACK_NAMES, *settings.http_hosts, *([] if is_loopback(host) else [host])]
    origins = [f"{scheme}://{name}" for name in names for scheme in ("http", "https")]
    security = TransportSecuritySettings(
        allowed_hosts=[*names, *(f"{name}:*" for name in names)],
        allowed_origins=[*origins, *(f"{origin}:*" for origin in origins), *settings.http_origins],
    )
    app: ASGIApp = build_server(settings).streamable_http_app(
        host=host,
        transport_security=security,
        session_idle_timeout=idle_seconds,
        max_request_body_size=MOST_BYTES,
    )
    if settings.http_token:
        app = BearerToken(app, settings.http_token)
    if settings.http_origins:
        # A preflight carries no token, so it is answered before one is asked for.
        app = CORSMiddleware(
            app,
            allow_origins=settings.http_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],
            expose_headers=["Mcp-Session-Id", "WWW-Authenticate"],
        )
    return Exchanges(app)


class HttpServer(uvicorn.Server):
    """uvicorn's, which a signal ends as it does over stdio: once the calls in flight are over."""

    def __init__(self, config: uvicorn.Config, exchanges: Exchanges) -> None:
        super().__init__(config)
        self._exchanges = exchanges

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stands in for uvicorn's own handlers of signals, which has this name for them."""
        with super().capture_signals() if os.name == "nt" else ending_by_signal(self._stop):
            yield

    async def _stop(self) -> None:
        self._exchanges.end_streams()
        self.should_exit = True


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
