"""`miro-mcp sandbox`: serves the sandbox's page on this machine."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn

from ..settings import default_sandbox_path
from .database import SandboxUnusable
from .http.app import open_store
from .page.page import create_page

_HOST = "127.0.0.1"
_PATIENCE = 1
"""Seconds that open pages get when it is told to stop."""


def serve(path: Path | None, port: int) -> int:
    """Serves until it is told to stop; the exit status is 1 when the port can't be had."""
    try:
        listener = socket.create_server((_HOST, port))
    except (OSError, OverflowError) as error:
        print(f"miro-mcp: port {port} can't be had ({error}). Choose another with --port N.", file=sys.stderr)
        return 1
    try:
        app = create_page(open_store(path or default_sandbox_path()))
    except SandboxUnusable as error:
        listener.close()
        print(f"miro-mcp: {error}", file=sys.stderr)
        return 1
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=_PATIENCE)
    print(f"The sandbox's boards: http://localhost:{listener.getsockname()[1]} (Ctrl+C ends it)", flush=True)
    uvicorn.Server(config).run([listener])
    return 0
