"""Connects real clients to the server and asks each whether it is connected: Claude Code, Codex and the Gemini CLI.

The clients are those pinned in tools/clients. Each gets a home of its own and the sandbox; none needs an account.
Usage: python tools/check_clients.py
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLIENTS = ROOT / "tools" / "clients" / "node_modules" / ".bin"
SERVER = ROOT / ".venv" / "bin" / "miro-mcp"
TIME_LIMIT = 120
"""Seconds for one command of a client."""


def main() -> int:
    failed = [name for name, is_connected in CHECKS.items() if not check(name, is_connected)]
    if failed:
        print(f"Not connected: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def check(name: str, is_connected: Callable[[Path], bool]) -> bool:
    with tempfile.TemporaryDirectory() as home:
        begun = time.monotonic()
        connected = is_connected(Path(home))
        took = time.monotonic() - begun
    print(f"{name}: {'connected' if connected else 'NOT connected'} ({took:.1f} s)", flush=True)
    return connected


def claude_is_connected(home: Path) -> bool:
    run(home, "claude", "mcp", "add", "miro", "--", str(SERVER), "--sandbox", str(home / "sandbox.db"))
    return re.search(r"^miro: .*Connected", run(home, "claude", "mcp", "list"), re.MULTILINE) is not None


def codex_is_connected(home: Path) -> bool:
    """Its list tells what is configured; its app server opens the connection and tells the tools."""
    run(home, "codex", "mcp", "add", "miro", "--", str(SERVER), "--sandbox", str(home / "sandbox.db"))
    if re.search(r"^miro .*enabled", run(home, "codex", "mcp", "list"), re.MULTILINE) is None:
        return False
    messages = [
        {"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "check", "version": "1"}}},
        {"method": "initialized"},
        {"id": 2, "method": "mcpServerStatus/list", "params": {}},
    ]
    with subprocess.Popen(  # noqa: S603
        [CLIENTS / "codex", "app-server"],
        cwd=home,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{json.dumps(message)}\n" for message in messages))
        process.stdin.flush()
        answers = (json.loads(line) for line in process.stdout)
        status = next((answer["result"]["data"] for answer in answers if answer.get("id") == 2), [])
        process.terminate()
    servers = {server["name"]: server for server in status}
    return "miro_board_overview" in servers.get("miro", {}).get("tools", {})


def gemini_is_connected(home: Path) -> bool:
    """Folders are not asked about in this home, since servers stay off in one that nobody trusts."""
    run(home, "gemini", "mcp", "add", "-s", "user", "miro", str(SERVER), "--", "--sandbox", str(home / "sandbox.db"))
    settings = home / ".gemini" / "settings.json"
    kept = json.loads(settings.read_text(encoding="utf-8"))
    settings.write_text(json.dumps(kept | {"security": {"folderTrust": {"enabled": False}}}), encoding="utf-8")
    return re.search(r"miro: .*Connected", run(home, "gemini", "mcp", "list")) is not None


CHECKS = {
    "Claude Code": claude_is_connected,
    "Codex": codex_is_connected,
    "Gemini CLI": gemini_is_connected,
}


def run(home: Path, client: str, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [CLIENTS / client, *arguments],
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIME_LIMIT,
    )
    return done.stdout


def environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "NO_COLOR": "1"}


if __name__ == "__main__":
    sys.exit(main())
