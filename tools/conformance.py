"""Runs the official conformance suite of each protocol era, and the Inspector, against the real server.

The suites, the Inspector and Node.js are those pinned in tools/node. Usage: python tools/conformance.py
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "tools" / "node" / "node_modules"
NODE = MODULES / ".bin" / "node"
EXPECTED = ROOT / "tests" / "conformance"

SUITES = {
    "2025-11-25": ("conformance-2025", ["--suite", "active"], EXPECTED / "expected-2025.yml"),
    "2026-07-28": ("conformance-2026", ["--requirements", "2026-07-28"], EXPECTED / "expected-2026.yml"),
}
TIME_LIMIT = 300
"""Seconds for a suite, which takes a few."""


def main() -> int:
    failed = [f"conformance {version}" for version in SUITES if not conforms(version)]
    failed += [
        name for name, passes in (("Inspector, tools", lists_tools), ("Inspector, a call", calls)) if not passes()
    ]
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def conforms(version: str) -> bool:
    package, options, expected = SUITES[version]
    print(f"== Conformance suite for {version}", flush=True)
    with fixture_server() as url, tempfile.TemporaryDirectory() as results:
        command = [NODE, MODULES / package / "dist" / "index.js", "server", "--url", url, *options]
        done = run(*command, "--expected-failures", str(expected), "--output-dir", results)
    print(done.stdout[done.stdout.rfind("=== SUMMARY ===") :] + done.stderr)
    return done.returncode == 0


def lists_tools() -> bool:
    """Every tool is listed, and the Inspector finds no schema that some client could not take."""
    print("== Inspector: tools/list --strict", flush=True)
    done = inspect("--toolsets", "all", "--method", "tools/list", "--strict")
    findings = done.stderr.strip() or "no findings"
    print(findings.splitlines()[-1] if done.returncode == 0 else done.stdout + done.stderr)
    return done.returncode == 0 and len(json.loads(done.stdout)["tools"]) > 1


def calls() -> bool:
    print("== Inspector: tools/call", flush=True)
    done = inspect("--method", "tools/call", "--tool-name", "miro_boards_read", "--tool-arg", "operation=list")
    print(done.stdout[:200] if done.returncode == 0 else done.stdout + done.stderr)
    return done.returncode == 0 and not json.loads(done.stdout).get("isError", False)


def inspect(*arguments: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        server = [sys.executable, "-m", "miro_mcp", "--sandbox", str(Path(folder) / "sandbox.db")]
        return run(NODE, MODULES / ".bin" / "mcp-inspector", "--cli", *server, *arguments)


@contextmanager
def fixture_server() -> Iterator[str]:
    """The server on a free loopback port, with the suite's fixtures; its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        options = ["--sandbox", str(Path(folder) / "sandbox.db"), "--audit-log", str(Path(folder) / "audit.jsonl")]
        command = [sys.executable, EXPECTED / "server.py", *options, "--http", f"127.0.0.1:{port}"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            server.terminate()
            server.communicate(timeout=30)


def wait_for(port: int, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    server.kill()
    raise SystemExit(f"The server did not start:\n{server.communicate()[1]}")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    path = f"{MODULES / '.bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
