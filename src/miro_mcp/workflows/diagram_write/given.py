"""The graph in the arguments of `miro_diagram_write`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ...diagrams.graph import Edge, Graph, Group, Look, Node
from ...diagrams.layout.sizes import node_size
from ...diagrams.record import RecordedLine, line_key
from ...errors import BadArguments
from .arguments import NEAREST, EdgeGiven, GroupGiven, NodeGiven, WriteDiagram, has


def graph_given(arguments: WriteDiagram) -> Graph:
    """The graph of nodes, edges and groups.

    Raises:
        BadArguments: keys that are there twice, or name nothing.
    """
    nodes = tuple(_node(one) for one in arguments.nodes or ())
    groups = tuple(_group(one) for one in arguments.groups or ())
    edges = tuple(_edges(arguments.edges or ()))
    if not nodes and not groups:
        raise _refusal('give mermaid, or nodes; for example "nodes": [{"key": "start", "text": "Start"}]')
    _check_unique("nodes and groups", [node.key for node in nodes] + [group.key for group in groups])
    _check_unique("edges", [edge.key for edge in edges])
    owners = {group.key for group in groups}
    _check_known("nodes", "group", [node.group for node in nodes], owners)
    _check_known("groups", "parent", [group.parent for group in groups], owners)
    keys = owners | {node.key for node in nodes}
    _check_known("edges", "start", [edge.start for edge in edges], keys)
    _check_known("edges", "end", [edge.end for edge in edges], keys)
    _check_no_circle({group.key: group.parent for group in groups})
    return Graph(
        nodes=_of_equal_size(nodes, arguments.nodes or ()),
        edges=edges,
        groups=groups,
        direction=arguments.direction or "down",
        title=arguments.title or "",
        notes=_notes(arguments.nodes or ()),
    )


def _notes(given: Iterable[NodeGiven]) -> tuple[str, ...]:
    drawn = {one.shape: NEAREST[one.shape] for one in given if one.shape in NEAREST}
    told = ", ".join(f"{shape} as {nearest}" for shape, nearest in drawn.items())
    return (f"Flowchart shapes are drawn as the nearest that go in bulk: {told}.",) if told else ()


def _of_equal_size(nodes: tuple[Node, ...], given: Iterable[NodeGiven]) -> tuple[Node, ...]:
    """Nodes whose `size` has the same name are as large as the largest of them."""
    names = {one.key: one.size for one in given if has(one, "size")}
    largest: dict[str, tuple[float, float]] = {}
    for node in nodes:
        if node.key in names:
            (width, height), (wide, high) = node_size(node), largest.get(names[node.key], (0.0, 0.0))
            largest[names[node.key]] = max(width, wide), max(height, high)
    sizes = {key: largest[name] for key, name in names.items()}
    return tuple(
        replace(node, width=sizes[node.key][0], height=sizes[node.key][1]) if node.key in sizes else node
        for node in nodes
    )


def _node(given: NodeGiven) -> Node:
    return Node(
        key=given.key,
        text=given.text if has(given, "text") else given.key,
        shape=NEAREST.get(given.shape, given.shape) or "round_rectangle",
        group=given.group,
        link=given.link,
        look=Look(fill=given.fill, border=given.border, colour=given.colour),
        rank=given.rank,
        column=given.column,
    )


def _group(given: GroupGiven) -> Group:
    return Group(
        key=given.key,
        title=given.title if has(given, "title") else given.key,
        parent=given.parent,
        direction=given.direction,
        look=Look(fill=given.fill, border=given.border),
    )


def _edges(given: Iterable[EdgeGiven]) -> Iterable[Edge]:
    taken = {one.key for one in given if has(one, "key")}
    for one in given:
        key = one.key if has(one, "key") else None
        number = 0
        while key is None:
            candidate = line_key(RecordedLine("", "", one.start, one.end), number)
            key = None if candidate in taken else candidate
            number += 1
        taken.add(key)
        names = ("text", "start_text", "end_text", "start_cap", "end_cap", "line", "width", "colour", "visible")
        told: dict[str, Any] = {name: getattr(one, name) for name in names if has(one, name)}
        sides = one.start_side, one.end_side
        yield Edge(key=key, start=one.start, end=one.end, sides=sides, caption_at=one.caption_at, **told)


def _check_unique(what: str, keys: list[str]) -> None:
    twice = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
    if twice is not None:
        raise _refusal(f'{what}: the key "{twice}" is there twice; every key has to be its own')


def _check_known(what: str, name: str, given: Iterable[str | None], known: set[str]) -> None:
    for number, key in enumerate(given):
        if key is not None and key not in known:
            shown = ", ".join(sorted(known)[:10]) or "none"
            raise _refusal(f'{what}[{number}].{name}: there is no "{key}"; there are {shown}')


def _check_no_circle(parents: dict[str, str | None]) -> None:
    for key in parents:
        above, seen = parents[key], {key}
        while above is not None:
            if above in seen:
                raise _refusal(f'groups: "{key}" is inside itself by way of its parents')
            seen.add(above)
            above = parents.get(above)


def _refusal(what: str) -> BadArguments:
    return BadArguments(f"miro_diagram_write: {what}. Nothing was sent.")
