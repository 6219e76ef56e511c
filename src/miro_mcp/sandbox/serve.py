"""`miro-mcp sandbox`: serves the sandbox's page on this machine, with an organization its API too."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ..settings import default_sandbox_path
from .company.make import add_organization, token_of_person
from .database import SandboxUnusable
from .http.app import create_app, open_store
from .page.page import LoopbackOnly, create_page

_HOST = "127.0.0.1"
_PATIENCE = 1
"""Seconds that open pages get when it is told to stop."""


def serve(path: Path | None, port: int, *, organization: bool = False) -> int:
    """Serves until it is told to stop; the exit status is 1 when the port can't be had.

    With an `organization` one is added to the sandbox, and each of its people has a token of their own.
    """
    try:
        listener = socket.create_server((_HOST, port))
    except (OSError, OverflowError) as error:
        print(f"miro-mcp: port {port} can't be had ({error}). Choose another with --port N.", file=sys.stderr)
        return 1
    file = path or default_sandbox_path()
    address = f"http://localhost:{listener.getsockname()[1]}"
    try:
        store = open_store(file)
        app: ASGIApp = create_page(store)
        if organization:
            add_organization(store)
            app = _WithApi(app, create_app(file))
    except SandboxUnusable as error:
        listener.close()
        print(f"miro-mcp: {error}", file=sys.stderr)
        return 1
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=_PATIENCE)
    told = [f"The sandbox's boards: {address} (Ctrl+C ends it)"]
    if organization:
        token = token_of_person("ben.okafor")
        told.append(f"As one of its people: MIRO_API_BASE_URL={address} MIRO_ACCESS_TOKEN={token}")
    _Server(config, told).run([listener])
    return 0


class _Server(uvicorn.Server):
    """Says where it is once it answers, and minds signals."""

    def __init__(self, config: uvicorn.Config, told: list[str]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print("\n".join(self._told), flush=True)


_API = frozenset({"v1", "v2", "v2-experimental", "api", "oauth", "exports"})
"""What the paths of the API begin with."""


class _WithApi:
    """The API where it has its paths, the page everywhere else."""

    def __init__(self, page: ASGIApp, api: ASGIApp) -> None:
        self._page = page
        self._api = LoopbackOnly(api)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = str(scope.get("path", "/")).split("/")[1]
        await (self._api if first in _API else self._page)(scope, receive, send)
