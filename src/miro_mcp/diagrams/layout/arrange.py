"""Laying a graph out: Graphviz in a process that is killed when it takes too long, else layer by layer."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio

from ...board.geometry import Box
from ..graph import Graph
from .layered import solve_layered
from .places import Layout
from .problem import Problem, Problems

if TYPE_CHECKING:
    from anyio.abc import ByteReceiveStream

logger = logging.getLogger(__name__)

MOST_LINES = 2_000
"""Edges that Graphviz is tried with."""

LONGEST_SECONDS = 20.0
"""Seconds of waiting for Graphviz, whatever else the machine does."""

_QUICK_FROM = 60
"""Edges from which a quick run goes ahead, in case the thorough one takes too long."""

_WORKER = Path(__file__).with_name("dot_worker.py")


async def arrange(graph: Graph) -> Layout:
    """Boxes for every node and group, the top left corner at 0, 0."""
    problems = Problems(graph)
    problem = problems.whole()
    if not problem.nodes:
        return Layout({})
    notes: tuple[str, ...] = ()
    places = await _by_graphviz(problem) if problem.size <= MOST_LINES and find_spec("pygraphviz") else None
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


async def _by_graphviz(problem: Problem) -> Mapping[str, Any] | None:
    """What the worker found; None when it found nothing in time."""

    # Drawing takes ten milliseconds a line: layout may take a share of that, in CPU time.
    seconds = 0.3 + 0.002 * problem.size
    given = problem.as_json() | {"quick": problem.size >= _QUICK_FROM, "seconds": seconds}
    found, errors = bytearray(), bytearray()
    command = [sys.executable, "-I", str(_WORKER)]
    async with await anyio.open_process(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with anyio.move_on_after(LONGEST_SECONDS):
            async with anyio.create_task_group() as group:
                group.start_soon(_gather, process.stdout, found)
                group.start_soon(_gather, process.stderr, errors)
                with suppress(anyio.BrokenResourceError):
                    await process.stdin.send(json.dumps(given).encode())
                await process.stdin.aclose()
            await process.wait()
    if not found and process.returncode == 1:
        logger.error("Graphviz could not lay a diagram out: %s", errors.decode(errors="replace")[-500:])
    lines = bytes(found).splitlines()
    whole = lines if found.endswith(b"\n") else lines[:-1]
    return json.loads(whole[-1]) if whole else None


async def _gather(stream: ByteReceiveStream, into: bytearray) -> None:
    async for part in stream:
        into.extend(part)


def _box(place: list[float]) -> Box:
    left, top, width, height = place
    return Box.centred(left + width / 2, top + height / 2, width, height)
