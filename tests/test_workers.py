"""Workers end with their server, however that ends, and say nothing of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import environment_for, recording
from wire import LEGACY, serving, until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")]

BUSY = """
import subprocess, sys, threading, time
from miro_mcp.workers.pool import _Worker
worker = _Worker()
threading.Thread(target=worker.ask, args=[(subprocess.run, (["sleep", "60"],))], daemon=True).start()
print(worker._process.pid, flush=True)
time.sleep(60)
"""
"""A server whose worker waits for a process that it has started, as for one that lays a diagram out."""


def children(pid: int) -> list[int]:
    """Whichever thread of it has started them."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for listed in lists for child in listed.split()]


def is_there(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "Ctrl+C", "leaving"])
def test_an_idle_worker_ends_with_its_server(how: str) -> None:
    with recording() as recorder, serving("stdio", LEGACY, environment_for(recorder)) as wire:
        wire.call(1, "miro_diagram_write", {"board_id": "b=", "mermaid": "flowchart TD\n A --> B", "dry_run": True})
        wire.answer()
        (worker,) = children(wire.process.pid)
        if how == "Ctrl+C":
            os.killpg(wire.process.pid, signal.SIGINT)  # A terminal sends it to all of the group.
        elif how == "leaving":
            wire.leave()
        else:
            wire.end(signal.Signals[how])
        wire.status()
        until(lambda: not is_there(worker), "the worker's end")
        assert wire.process.stderr is not None
        assert wire.process.stderr.read() == b""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_busy_worker_and_what_it_has_started_end_with_their_server(how: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        worker = int(process.stdout.readline())
        until(lambda: children(worker), "what the worker started")
        (started,) = children(worker)
        for told in (signal.SIGINT, signal.SIGTERM):
            os.kill(worker, told)  # As somebody does who ends everything that belongs to a service.
        assert is_there(worker)
        process.send_signal(how)
        process.wait()
        until(lambda: not is_there(worker) and not is_there(started), "the end of both")
        assert process.stderr.read() == ""
