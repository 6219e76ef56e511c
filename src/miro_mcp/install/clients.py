"""The MCP clients whose configuration is known: where it is on each platform, and what an entry looks like there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .documents import DocumentFormat, Json, Toml, Yaml

SERVER = "miro"
"""The name this server is entered under."""


@dataclass(frozen=True)
class Machine:
    """What decides where files are: `sys.platform`, the home folder, environment variables."""

    platform: str
    home: Path
    environment: Mapping[str, str]

    def folder(self, variable: str, default: Path) -> Path:
        return Path(value) if (value := self.environment.get(variable)) else default

    @property
    def settings(self) -> Path:
        """Where applications keep their settings for one person."""
        if self.platform == "darwin":
            return self.home / "Library" / "Application Support"
        if self.platform == "win32":
            return self.folder("APPDATA", self.home / "AppData" / "Roaming")
        return self.folder("XDG_CONFIG_HOME", self.home / ".config")


@dataclass(frozen=True)
class Server:
    """How the server is started: its command line, and environment variables that the client passes it."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class Client:
    """One client: where its file is, under which names the entry belongs, and what the entry is.

    `then` is what a person does for the change to count.
    """

    name: str
    title: str
    file: Callable[[Machine], Path]
    format: DocumentFormat
    path: tuple[str, ...]
    entry: Callable[[Server], dict[str, Any]]
    then: str


def _plain(server: Server) -> dict[str, Any]:
    entry: dict[str, Any] = {"command": server.command[0], "args": list(server.command[1:])}
    return entry | ({"env": dict(server.environment)} if server.environment else {})


def _typed(server: Server) -> dict[str, Any]:
    return {"type": "stdio"} | _plain(server)


def _goose(server: Server) -> dict[str, Any]:
    return {
        "enabled": True,
        "type": "stdio",
        "name": SERVER,
        "cmd": server.command[0],
        "args": list(server.command[1:]),
        "envs": dict(server.environment),
        "timeout": 300,
    }


def _goose_file(machine: Machine) -> Path:
    if machine.platform == "win32":
        return machine.settings / "Block" / "goose" / "config" / "config.yaml"
    return machine.folder("XDG_CONFIG_HOME", machine.home / ".config") / "goose" / "config.yaml"


CLIENTS: tuple[Client, ...] = (
    Client(
        name="claude-desktop",
        title="Claude Desktop",
        file=lambda machine: machine.settings / "Claude" / "claude_desktop_config.json",
        format=Json(),
        path=("mcpServers", SERVER),
        entry=_plain,
        then="Quit Claude Desktop and start it again.",
    ),
    Client(
        name="claude-code",
        title="Claude Code",
        file=lambda machine: machine.folder("CLAUDE_CONFIG_DIR", machine.home) / ".claude.json",
        format=Json(),
        path=("mcpServers", SERVER),
        entry=_typed,
        then="Restart Claude Code (it rewrites this file while it runs, so let none run meanwhile); /mcp shows it.",
    ),
    Client(
        name="cursor",
        title="Cursor",
        file=lambda machine: machine.home / ".cursor" / "mcp.json",
        format=Json(),
        path=("mcpServers", SERVER),
        entry=_plain,
        then="Restart Cursor, or switch the server on in its settings under MCP.",
    ),
    Client(
        name="vscode",
        title="VS Code",
        file=lambda machine: machine.settings / "Code" / "User" / "mcp.json",
        format=Json(),
        path=("servers", SERVER),
        entry=_typed,
        then="Run MCP: List Servers in VS Code and start it.",
    ),
    Client(
        name="gemini-cli",
        title="Gemini CLI",
        file=lambda machine: machine.home / ".gemini" / "settings.json",
        format=Json(),
        path=("mcpServers", SERVER),
        entry=_plain,
        then="Restart Gemini CLI; /mcp shows it.",
    ),
    Client(
        name="codex",
        title="Codex",
        file=lambda machine: machine.folder("CODEX_HOME", machine.home / ".codex") / "config.toml",
        format=Toml(),
        path=("mcp_servers", SERVER),
        entry=_plain,
        then="Restart Codex; /mcp shows it.",
    ),
    Client(
        name="goose",
        title="Goose",
        file=_goose_file,
        format=Yaml(),
        path=("extensions", SERVER),
        entry=_goose,
        then="Start a new Goose session.",
    ),
)
