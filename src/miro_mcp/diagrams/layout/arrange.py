"""Laying a graph out: Graphviz in a process that is killed when it takes too long, else layer by layer."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ...board.geometry import Box
from ..graph import Graph
from .layered import solve_layered
from .places import Layout
from .problem import Problem, Problems

logger = logging.getLogger(__name__)

MOST_LINES = 2_000
"""Edges that Graphviz is tried with."""

LONGEST_SECONDS = 20.0
"""Seconds of waiting for Graphviz, whatever else the machine does."""

_QUICK_FROM = 60
"""Edges from which a quick run goes ahead, in case the thorough one takes too long."""

_WORKER = Path(__file__).with_name("dot_worker.py")


def arrange(graph: Graph) -> Layout:
    """Boxes for every node and group, the top left corner at 0, 0; it blocks for seconds where the graph is large."""
    problems = Problems(graph)
    problem = problems.whole()
    if not problem.nodes:
        return Layout({})
    notes: tuple[str, ...] = ()
    places = _by_graphviz(problem) if problem.size <= MOST_LINES and find_spec("pygraphviz") else None
    if places is None:
        places = solve_layered(problem)
        why = "Graphviz isn't installed" if find_spec("pygraphviz") is None else "Graphviz did not get it done in time"
        notes = (f"Laid out in a simpler way, since {why}: lines may cross more than they need to.",)
    keys = {name: key for key, name in problems.names.items()}
    boxes = {keys[name]: _box(place) for name, place in places.items()}
    groups = {group.key for group in graph.groups}
    return Layout(
        {key: box for key, box in boxes.items() if key not in groups},
        {key: box for key, box in boxes.items() if key in groups},
        notes,
    )


def _by_graphviz(problem: Problem) -> Mapping[str, Any] | None:
    """What Graphviz found; None when it found nothing in time."""

    # Drawing takes ten milliseconds a line: layout may take a share of that, in CPU time.
    seconds = 0.3 + 0.002 * problem.size
    given = problem.as_json() | {
        "quick": problem.size >= _QUICK_FROM,
        "seconds": seconds,
        "longest": LONGEST_SECONDS,
    }
    command = [sys.executable, "-I", str(_WORKER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        try:
            found, errors = process.communicate(json.dumps(given).encode(), timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            found, errors = process.communicate()
    if not found and process.returncode == 1:
        logger.error("Graphviz could not lay a diagram out: %s", errors.decode(errors="replace")[-500:])
    lines = found.splitlines()
    whole = lines if found.endswith(b"\n") else lines[:-1]
    return json.loads(whole[-1]) if whole else None


def _box(place: list[float]) -> Box:
    left, top, width, height = place
    return Box.centred(left + width / 2, top + height / 2, width, height)
