"""Runs Graphviz on layout problems, in a process of its own that can be killed; imports nothing of ours.

Reads tasks as JSON from standard input and writes a line of JSON for each, as soon as it is solved; the process ends
where it has taken more CPU time than `seconds` (where the system can tell).
"""

from __future__ import annotations

import json
import signal
import sys
from typing import Any, cast

import pygraphviz  # pyright: ignore[reportMissingTypeStubs]

_Problem = dict[str, Any]
_Places = dict[str, list[float]]


def main() -> None:
    given = json.load(sys.stdin)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, given["seconds"])
    for task in given["tasks"]:
        places = solve(task["problem"], task["effort"], task["same"])
        print(json.dumps({"name": task["name"], "places": places}), flush=True)


def solve(problem: _Problem, effort: str, same: list[list[str]]) -> _Places:
    """Left, top, width and height by name, y downwards; islands are solved first and moved to where they go."""
    inner: dict[str, _Places] = {}
    nodes: list[list[Any]] = list(problem["nodes"])
    for name, title_width, title_height, padding, island in problem["islands"]:
        places = solve(island, effort, [])
        inner[name] = places
        width = max((left + wide for left, _, wide, _ in places.values()), default=0)
        height = max((top + high for _, top, _, high in places.values()), default=0)
        nodes = [
            [own, max(width, title_width) + 2 * padding, height + title_height + 2 * padding, group]
            if own == name
            else [own, given_width, given_height, group]
            for own, given_width, given_height, group in nodes
        ]
    found = solve_dot(problem | {"nodes": nodes}, effort, same)
    for name, title_width, title_height, padding, _ in problem["islands"]:
        left, top, width, _ = found[name]
        content = max((at + wide for at, _, wide, _ in inner[name].values()), default=title_width)
        for key, (own_left, own_top, own_width, own_height) in inner[name].items():
            shift = left + (width - content) / 2
            found[key] = [shift + own_left, top + padding + title_height + own_top, own_width, own_height]
    return found


def solve_dot(problem: _Problem, effort: str, same: list[list[str]]) -> _Places:
    graph = cast("Any", pygraphviz.AGraph(string=source(problem, effort, same)))
    graph.layout(prog="dot")
    places: _Places = {}
    for name, width, height, _ in problem["nodes"]:
        x, y = map(float, str(graph.get_node(name).attr["pos"]).split(","))
        places[name] = [x - width / 2, -y - height / 2, width, height]
    clusters = {str(cluster.name): cluster for cluster in subgraphs(graph)}
    for name, *_ in problem["groups"]:
        box = str(clusters[f"cluster_{name}"].graph_attr["bb"])
        left, bottom, right, top = map(float, box.split(","))
        places[name] = [left, -top, right - left, top - bottom]
    least_left = min((place[0] for place in places.values()), default=0)
    least_top = min((place[1] for place in places.values()), default=0)
    return {name: [left - least_left, top - least_top, *size] for name, (left, top, *size) in places.items()}


def subgraphs(graph: Any) -> list[Any]:
    """Those inside others too."""
    direct = graph.subgraphs()
    return direct + [inner for one in direct for inner in subgraphs(one)]


def source(problem: _Problem, effort: str, same: list[list[str]]) -> str:
    """The problem in Graphviz's own language; names are of letters and digits, sizes in points."""
    lines = [
        "digraph {",
        f"graph [{effort}splines=none compound=true rankdir={problem['direction']} "
        f"nodesep={problem['node_gap'] / 72:.3f} ranksep={problem['rank_gap'] / 72:.3f}]",
        'node [shape=box fixedsize=true label=""]',
    ]
    lines += _cluster(problem, None)
    for start, end, width, height, length, weight in problem["edges"]:
        label = f" label={_blank(width, height)}" if width else ""
        lines.append(f"{start} -> {end} [minlen={length} weight={weight}{label}]")
    lines += [f"{{rank=same; {one}; {other}}}" for one, other in same]
    return "\n".join([*lines, "}"])


def _cluster(problem: _Problem, owner: str | None) -> list[str]:
    lines = [
        f"{name} [width={width / 72:.4f} height={height / 72:.4f}]"
        for name, width, height, group in problem["nodes"]
        if group == owner
    ]
    for name, parent, title_width, title_height, padding in problem["groups"]:
        if parent == owner:
            title = f" label={_blank(title_width, title_height)}" if title_height else ""
            lines += [f"subgraph cluster_{name} {{", f"graph [margin={padding}{title}]"]
            lines += [*_cluster(problem, name), "}"]
    return lines


def _blank(width: float, height: float) -> str:
    """Room for a text, of exactly this size."""
    size = f'WIDTH="{round(width)}" HEIGHT="{round(height)}"'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" FIXEDSIZE="TRUE" {size}><TR><TD></TD></TR></TABLE>>'


if __name__ == "__main__":
    main()
