"""The server as a process of its own and a client that speaks to it byte by byte, so that either can be cut off."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

MODERN = "2026-07-28"
LEGACY = "2025-06-18"
TRANSPORTS = [("stdio", MODERN), ("stdio", LEGACY), ("http", MODERN), ("http", LEGACY)]
"""Every way of speaking to a server: the transport and the version of the protocol."""

_INITIALIZE = {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
_ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}
_PATIENCE = 30.0

PROGRAM = ("-m", "miro_mcp")
HASTY = ("-c", "import sys, miro_mcp.system.ending as e, miro_mcp.cli as c; e.GRACE = 0.5; sys.exit(c.main())")
"""The program, with less time for calls in flight."""


def until(done: Any, what: str = "it") -> None:
    """Waits for something to become true."""
    deadline = time.monotonic() + _PATIENCE
    while not done():
        assert time.monotonic() < deadline, f"{what} did not come about"
        time.sleep(0.01)


@dataclass
class Wire:
    """One server process and its client; `answers` are the messages that came back, by their id."""

    process: "subprocess.Popen[bytes]"
    version: str
    port: int | None = None
    session: str | None = None
    answers: "Queue[dict[str, Any]]" = field(default_factory=Queue)
    connections: list[http.client.HTTPConnection] = field(default_factory=list)

    def begin(self) -> None:
        if self.port is None:
            threading.Thread(target=self._read, daemon=True).start()
        if self.version == LEGACY:
            self.request(0, "initialize", _INITIALIZE)
            assert "result" in self.answer()
            self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        else:
            self.request(0, "server/discover", {})
            assert "result" in self.answer()

    def call(self, id: int, tool: str, arguments: Mapping[str, Any]) -> None:
        self.request(id, "tools/call", {"name": tool, "arguments": arguments})

    def call_with(self, number: str, id: int, tool: str, arguments: Mapping[str, Any]) -> None:
        """A call in which `"?"` stands for a number that no value of Python is written as."""
        message = self._message(id, "tools/call", {"name": tool, "arguments": arguments})
        self._send(message, json.dumps(message).replace('"?"', number))

    def request(self, id: int, method: str, params: Mapping[str, Any]) -> None:
        self.send(self._message(id, method, params))

    def _message(self, id: int, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        meta = {"_meta": _ENVELOPE} if self.version == MODERN else {}
        return {"jsonrpc": "2.0", "id": id, "method": method, "params": {**params, **meta}}

    def answer(self) -> dict[str, Any]:
        return self.answers.get(timeout=_PATIENCE)

    def send(self, message: Mapping[str, Any]) -> None:
        self._send(message, json.dumps(message))

    def _send(self, message: Mapping[str, Any], text: str) -> None:
        if self.port is None:
            assert self.process.stdin is not None
            self.process.stdin.write(text.encode() + b"\n")
            self.process.stdin.flush()
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        self.connections.append(connection)
        connection.request("POST", "/mcp", text, self._headers(message))
        reading = threading.Thread(target=self._answer_on, args=[connection], daemon=True)
        reading.start()
        if "id" not in message:
            reading.join(_PATIENCE)

    @contextmanager
    def listening(self) -> Iterator[http.client.HTTPResponse]:
        """A stream that nothing comes on."""
        assert self.port is not None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        if self.version == MODERN:
            params = {"notifications": {"toolsListChanged": True}, "_meta": _ENVELOPE}
            message = {"jsonrpc": "2.0", "id": 99, "method": "subscriptions/listen", "params": params}
            connection.request("POST", "/mcp", json.dumps(message), self._headers(message))
        else:
            connection.request("GET", "/mcp", headers=self._headers({}))
        with connection.getresponse() as response:
            assert response.status == 200
            yield response
        connection.close()

    def leave(self) -> None:
        """Closes the client's end of everything, as a client that is killed."""
        if self.port is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
        for connection in self.connections:
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    def delete_session(self) -> None:
        assert self.port is not None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        connection.request("DELETE", "/mcp", headers=self._headers({}))
        with connection.getresponse() as response:
            assert response.status == 200
        connection.close()

    def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)

    def status(self) -> int:
        """The exit status, once the process has ended."""
        return self.process.wait(_PATIENCE)

    def _headers(self, message: Mapping[str, Any]) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        headers |= {"Mcp-Session-Id": self.session} if self.session else {}
        if self.version == MODERN:
            headers |= {"Mcp-Protocol-Version": MODERN, "Mcp-Method": str(message.get("method"))}
            name = message.get("params", {}).get("name")
            headers |= {"Mcp-Name": name} if name else {}
        return headers

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.answers.put(json.loads(line))

    def _answer_on(self, connection: http.client.HTTPConnection) -> None:
        try:
            with connection.getresponse() as response:
                self.session = response.headers.get("Mcp-Session-Id", self.session)
                text = response.read().decode()
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            return  # The client has left.
        finally:
            connection.close()
        lines = [line.removeprefix("data:") for line in text.splitlines() if line.startswith(("data:", "{"))]
        for message in filter(None, map(str.strip, lines)):
            if "id" in json.loads(message):
                self.answers.put(json.loads(message))


@contextmanager
def serving(
    transport: str, version: str, environment: Mapping[str, str], program: tuple[str, ...] = PROGRAM
) -> Iterator[Wire]:
    """A server process that a client has begun to speak to; it is killed at the end if it is still there."""
    port = None
    if transport == "http":
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, *program, "serve", *(["--http", f"127.0.0.1:{port}"] if port else [])],
        env={"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), **environment},
        stdin=subprocess.DEVNULL if port else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        if port is not None:
            until(lambda: _answers(port), "the server")
        wire = Wire(process, version, port)
        wire.begin()
        yield wire
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
