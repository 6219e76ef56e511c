"""Graphviz on several layout problems, in a process that is killed when it takes too long."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

MOST_LINES = 2_000
"""Edges that Graphviz is tried with."""

LONGEST_SECONDS = 20.0
"""Seconds of waiting for Graphviz, whatever else the machine does."""

_WORKER = Path(__file__).parent.parent / "dot_worker.py"

DotPlaces = dict[str, list[float]]
"""Left, top, width and height by name."""


@dataclass(frozen=True)
class DotTask:
    """One problem as JSON; `effort` are attributes for Graphviz's graph, `same` pairs of nodes in one rank."""

    name: str
    problem: dict[str, Any]
    effort: str = ""
    same: tuple[tuple[str, str], ...] = ()


def has_graphviz() -> bool:
    return find_spec("pygraphviz") is not None


def solve_by_dot(tasks: Sequence[DotTask], seconds: float) -> dict[str, DotPlaces]:
    """What Graphviz found in so many seconds of CPU time, by the tasks' names, in their order."""
    given = {"seconds": seconds, "longest": LONGEST_SECONDS, "tasks": [asdict(task) for task in tasks]}
    command = [sys.executable, "-I", str(_WORKER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            found, errors = process.communicate(json.dumps(given).encode(), timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            found, errors = process.communicate()
    if process.returncode == 1:
        logger.error("Graphviz could not lay a diagram out: %s", errors.decode(errors="replace")[-500:])
    lines = found.splitlines()
    whole = lines if found.endswith(b"\n") else lines[:-1]
    return {one["name"]: one["places"] for one in map(json.loads, whole)}
