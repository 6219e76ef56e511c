"""The browser's part of a sign-in: a page of Miro's, and the address on this machine that it comes back to."""

from __future__ import annotations

import secrets
import socket
import time
import webbrowser
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ...errors import CallError

PORT = 8571
"""The default, since the app in Miro has to name the whole redirect address."""

_PATH = "/callback"
_PATIENCE = 300.0
"""Seconds that a person has; Miro's own limit for a code is 10 minutes."""


class SignInFailed(CallError):
    pass


@dataclass
class Redirect:
    """The address that the browser is sent back to, while somebody listens there."""

    uri: str
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    _came: Event = field(default_factory=Event)
    _code: str | None = field(default=None, repr=False)
    _error: str = ""

    def take(self, query: Mapping[str, str]) -> bool:
        """Whether a query is the answer to this very sign-in; another one's is passed over."""
        if not secrets.compare_digest(query.get("state", "").encode(), self.state.encode()):
            return False
        if not self._came.is_set():
            self._code = query.get("code") or None
            self._error = query.get("error_description") or query.get("error") or "Miro sent no code"
            self._came.set()
        return True

    def wait(self, seconds: float = _PATIENCE) -> str:
        """The code that Miro sent.

        Raises:
            SignInFailed: none came, or the person said no.
        """
        deadline = time.monotonic() + seconds
        while not self._came.wait(0.2):  # In short waits, so that Ctrl-C ends it on Windows too.
            if time.monotonic() > deadline:
                raise SignInFailed(f"Nobody signed in within {seconds / 60:.0f} minutes. Run `miro-mcp login` again.")
        if self._code is None:
            raise SignInFailed(f"Miro did not let this app in ({self._error}). Run `miro-mcp login` to try again.")
        return self._code


@contextmanager
def listening(port: int) -> Generator[Redirect]:
    """Listens on this machine alone, on IPv4 and IPv6, for as long as the block lasts.

    Raises:
        SignInFailed: the port is taken.
    """
    redirect = Redirect(f"http://localhost:{port}{_PATH}")
    with ExitStack() as servers:
        for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            try:
                server = _server(family, host, port, redirect)
            except OSError as error:
                if family == socket.AF_INET6:
                    continue  # No IPv6 here.
                raise SignInFailed(
                    f"Port {port} of this machine is taken ({error.strerror}). Choose another with `miro-mcp login "
                    f"--port {port + 1}`, and name http://localhost:{port + 1}{_PATH} as redirect URI in the app."
                ) from error
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield redirect


def open_browser(url: str) -> bool:
    return webbrowser.open(url)


def _server(family: socket.AddressFamily, host: str, port: int, redirect: Redirect) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path != _PATH:
                self._say(404, "There is nothing here.")
            elif not redirect.take(query):
                self._say(400, "This does not belong to the sign-in that is going on. Close this page.")
            elif "code" in query:
                self._say(200, "You are signed in. Close this page and go back to the terminal.")
            else:
                self._say(200, "Nothing was allowed. Close this page and go back to the terminal.")

        def _say(self, status: int, words: str) -> None:
            content = _PAGE.format(words=words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing: the address holds the code."""

    class Server(HTTPServer):
        address_family = family

    return Server((host, port), Handler)


_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>miro-mcp</title>
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 30rem; padding: 0 1rem }}</style>
</head><body><h1>miro-mcp</h1><p>{words}</p></body></html>
"""
