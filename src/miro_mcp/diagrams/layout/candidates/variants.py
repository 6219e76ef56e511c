"""Graphviz's problem put in other words, each of which leads it to another layout."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from ...graph import Graph
from ..room import drawn_edges

Problem = dict[str, Any]
"""As `Problem.as_json` gives it."""

_RANKS_LEVEL, _RANKS_UPRIGHT = (52.0, 60.0), (44.0, 20.0)
"""Between ranks, and what captions add to that at most: where ranks follow each other to the side, and downwards."""

_WIDE_GAP = 72.0
_MAIN_WEIGHT = 12
_MOST_BESIDE = 2


def without_captions(problem: Problem) -> Problem:
    """Captions are no nodes of their own, so that lines need not bend around them; ranks leave some room."""
    level = problem["direction"] in ("LR", "RL")
    between, most = _RANKS_LEVEL if level else _RANKS_UPRIGHT
    widest = max((width if level else height for _, _, width, height, _, _ in problem["edges"]), default=0.0)
    return {
        **problem,
        "edges": [[start, end, 0, 0, length, weight] for start, end, _, _, length, weight in problem["edges"]],
        "rank_gap": between + min(widest, most),
        "islands": [[*rest, without_captions(island)] for *rest, island in problem["islands"]],
    }


def along_main_path(problem: Problem) -> Problem:
    """The longest way through weighs most, so that it runs straight."""
    following: dict[str, list[str]] = defaultdict(list)
    for start, end, *_ in problem["edges"]:
        following[start].append(end)
    longest = _longest_way([name for name, *_ in problem["nodes"]], following)
    steps = set(pairwise(longest))
    return {
        **problem,
        "edges": [
            [start, end, *rest, _MAIN_WEIGHT if (start, end) in steps else weight]
            for start, end, *rest, weight in problem["edges"]
        ],
    }


def _longest_way(names: list[str], following: dict[str, list[str]]) -> list[str]:
    """By steps from each name in the order of a walk in depth, steps back left out."""
    order: list[str] = []
    onward: dict[str, list[str]] = {}
    open_names: set[str] = set()
    for root in names:
        ahead: list[tuple[str, bool]] = [(root, False)]
        while ahead:
            name, done = ahead.pop()
            if done:
                open_names.discard(name)
                order.append(name)
            elif name not in onward:
                open_names.add(name)
                onward[name] = [one for one in following[name] if one not in open_names]
                ahead.append((name, True))
                ahead += [(one, False) for one in reversed(onward[name]) if one not in onward]
    best: dict[str, list[str]] = {}
    for name in order:
        best[name] = [name, *max((best.get(one, list[str]()) for one in onward[name]), key=len, default=list[str]())]
    return max(best.values(), key=len, default=list[str]())


def with_wide_gaps(problem: Problem) -> Problem:
    return {**problem, "node_gap": max(problem["node_gap"], _WIDE_GAP)}


def dead_ends_beside(graph: Graph) -> list[tuple[str, str]]:
    """Decisions with children that lead no further, which may stand beside them."""
    over: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for edge in drawn_edges(graph):
        over[edge.end].append(edge.start)
        below[edge.start].append(edge.end)
    nodes = {node.key: node for node in graph.nodes}

    def ends_here(key: str, decision: str) -> bool:
        node, ways = nodes.get(key), below.get(key, [])
        return (
            node is not None
            and over[key] == [decision]
            and node.group == nodes[decision].group
            and len(ways) <= 1
            and all(one == decision or len(over[one]) > 1 for one in ways)
        )

    found: list[tuple[str, str]] = []
    for key, children in below.items():
        if key not in nodes or nodes[key].shape != "rhombus":
            continue
        aside = [child for child in children if ends_here(child, key)]
        if len(children) == len(aside) == 2:
            aside = [child for child in aside if not below.get(child)][:1]
        if len(aside) <= _MOST_BESIDE and len(children) > len(aside):
            found += [(key, child) for child in aside]
    return found


def same_ranks(graph: Graph) -> list[tuple[str, str]]:
    """Pairs of nodes that were asked to stand in one rank."""
    ranks: dict[int, list[str]] = defaultdict(list)
    for node in graph.nodes:
        if node.rank is not None:
            ranks[node.rank].append(node.key)
    return [pair for keys in ranks.values() for pair in pairwise(keys)]
