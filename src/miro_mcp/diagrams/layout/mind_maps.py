"""A mind map around its root: half of the branches on each side, curves that leave and arrive level."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from ...board.geometry import Box
from ..graph import Edge, Graph
from .axes import split
from .candidates.tidy import tidy_tree
from .places import Ends, Layout


def lay_out_mind_map(graph: Graph) -> Layout | None:
    """The layout of a tree with one root, None of another graph."""
    below: dict[str, list[str]] = defaultdict(list)
    for edge in graph.edges:
        below[edge.start].append(edge.end)
    arrived = [edge.end for edge in graph.edges]
    roots = [node.key for node in graph.nodes if node.key not in arrived]
    if len(roots) != 1 or len(set(arrived)) < len(arrived) or graph.groups:
        return None
    root = roots[0]
    branches = {child: _reached(child, below) for child in below[root]}
    half, weight = sum(len(keys) for keys in branches.values()) / 2, 0
    right: set[str] = set()
    for keys in branches.values():
        if weight + len(keys) / 2 <= half:
            right |= keys
        weight += len(keys)
    left = {key for keys in branches.values() for key in keys} - right
    boxes: dict[str, Box] = {}
    for keys, direction in ((right, "right"), (left, "left")):
        side = replace(
            graph,
            nodes=tuple(node for node in graph.nodes if node.key in keys or node.key == root),
            edges=tuple(edge for edge in graph.edges if edge.end in keys),
            direction=direction,
        )
        layout = tidy_tree(side)
        if layout is None:
            return None
        at = layout.nodes[root]
        boxes |= {key: box.moved(-at.centre_x, -at.centre_y) for key, box in layout.nodes.items()}
    ends = {edge.key: _ends(edge, on_right=edge.end in right) for edge in graph.edges}
    return replace(split(graph, boxes), ends=ends)


def _reached(key: str, below: dict[str, list[str]]) -> set[str]:
    found, ahead = {key}, [key]
    while ahead:
        new = [child for child in below[ahead.pop()] if child not in found]
        found |= set(new)
        ahead += new
    return found


def _ends(edge: Edge, *, on_right: bool) -> Ends:
    sides = ("right", "left") if on_right else ("left", "right")
    return Ends({"snapTo": sides[0]}, {"snapTo": sides[1]}, curve=edge.curve or "curved")
