"""A graph as a layout problem: sizes measured, edges between boxes, groups that are laid out by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..graph import Direction, Graph, Group
from .sizes import edge_room, node_size, title_size

PADDING = 24
"""Board units between a group's border and what is in it."""

_RANKS: dict[Direction, str] = {"down": "TB", "up": "BT", "right": "LR", "left": "RL"}
_NODE_GAP = {"TB": 44.0, "BT": 44.0, "LR": 32.0, "RL": 32.0}
_RANK_GAP = {"TB": 56.0, "BT": 56.0, "LR": 76.0, "RL": 76.0}


@dataclass(frozen=True)
class BoxPlace:
    """A node of the problem; `names` in the worker's words are of letters and digits alone."""

    name: str
    width: float
    height: float
    group: str | None


@dataclass(frozen=True)
class ProblemEdge:
    """An edge from one node to another, with room for its captions."""

    start: str
    end: str
    width: float
    height: float
    length: int
    weight: int


@dataclass(frozen=True)
class Cluster:
    name: str
    parent: str | None
    title: tuple[float, float]


@dataclass
class Problem:
    """`direction` is Graphviz's rank direction; `islands` are problems of their own that stand for a node each."""

    direction: str
    nodes: list[BoxPlace] = field(default_factory=list[BoxPlace])
    clusters: list[Cluster] = field(default_factory=list[Cluster])
    lines: list[ProblemEdge] = field(default_factory=list[ProblemEdge])
    islands: list[tuple[Cluster, Problem]] = field(default_factory=list["tuple[Cluster, Problem]"])

    @property
    def node_gap(self) -> float:
        return _NODE_GAP[self.direction]

    @property
    def rank_gap(self) -> float:
        return _RANK_GAP[self.direction]

    @property
    def size(self) -> int:
        return len(self.lines) + sum(island.size for _, island in self.islands)

    def as_json(self) -> dict[str, Any]:
        return {
            "direction": self.direction,
            "node_gap": self.node_gap,
            "rank_gap": self.rank_gap,
            "nodes": [[one.name, one.width, one.height, one.group] for one in self.nodes],
            "groups": [[one.name, one.parent, *one.title, PADDING] for one in self.clusters],
            "edges": [[one.start, one.end, one.width, one.height, one.length, one.weight] for one in self.lines],
            "islands": [[one.name, *one.title, PADDING, island.as_json()] for one, island in self.islands],
        }


class Problems:
    """Makes the problem of a graph; `names` are the problem's names of the graph's keys.

    With `apart` every group is laid out by itself, and is then as large as a node.
    """

    def __init__(self, graph: Graph, *, apart: bool = False) -> None:
        self._apart = apart
        self._graph = graph
        self._groups = {group.key: group for group in graph.groups}
        keys = [*(node.key for node in graph.nodes), *self._groups]
        self.names = {key: f"n{index}" for index, key in enumerate(keys)}
        self._owner: dict[str, str | None] = {node.key: node.group for node in graph.nodes}
        self._owner |= {group.key: group.parent for group in graph.groups}
        self._members: dict[str | None, list[str]] = {}
        for key, owner in self._owner.items():
            self._members.setdefault(owner if owner in self._groups else None, []).append(key)
        self._sizes = {node.key: node_size(node) for node in graph.nodes}
        self._islands = self._find_islands()

    def whole(self) -> Problem:
        return self._problem(None, self._graph.direction)

    def _problem(self, owner: str | None, direction: Direction) -> Problem:
        problem = Problem(_RANKS[direction])
        inside: dict[str, str] = {}
        self._fill(problem, owner, None, direction, inside)
        for edge in self._graph.edges:
            start, end = self._anchor(edge.start, inside, owner), self._anchor(edge.end, inside, owner)
            if start is None or end is None or start == end or self._encloses(edge.start, edge.end):
                continue
            width, height = edge_room(edge) if edge.visible else (0.0, 0.0)
            problem.lines.append(
                ProblemEdge(
                    self.names[start], self.names[end], width, height, max(edge.length, 1), 2 if edge.visible else 1
                )
            )
        return problem

    def _fill(
        self, problem: Problem, owner: str | None, cluster: str | None, direction: Direction, inside: dict[str, str]
    ) -> None:
        """Adds the members of a group; `inside` tells for every key below which node stands for it."""
        for key in self._members.get(owner, []):
            name = self.names[key]
            group = self._groups.get(key)
            if group is None:
                problem.nodes.append(BoxPlace(name, *self._sizes[key], cluster))
                inside[key] = key
            elif self._is_island(key, group.direction or direction, direction):
                island = self._problem(key, group.direction or direction)
                problem.islands.append((Cluster(name, cluster, title_size(group)), island))
                problem.nodes.append(BoxPlace(name, 0, 0, cluster))
                inside |= dict.fromkeys([key, *self._below(key)], key)
            elif not self._members.get(key):
                title = title_size(group)
                problem.nodes.append(BoxPlace(name, max(title[0], 120), max(title[1] + 40, 80), cluster))
                inside[key] = key
            else:
                problem.clusters.append(Cluster(name, cluster, title_size(group)))
                self._fill(problem, key, name, direction, inside)
                inside[key] = next(inside[member] for member in self._below(key) if member in inside)

    def _is_island(self, key: str, own: Direction, around: Direction) -> bool:
        if self._apart:
            return bool(self._members.get(key))
        return key in self._islands and own != around

    def _anchor(self, key: str, inside: Mapping[str, str], owner: str | None) -> str | None:
        return inside.get(key) if key != owner else None

    def _below(self, key: str) -> list[str]:
        found: list[str] = []
        for member in self._members.get(key, []):
            found += [member, *self._below(member)]
        return found

    def _encloses(self, one: str, other: str) -> bool:
        """Whether one of two is a group around the other."""
        return one in self._above(other) or other in self._above(one)

    def _above(self, key: str) -> set[str]:
        found: set[str] = set()
        owner = self._owner.get(key)
        while owner in self._groups and owner not in found:
            found.add(owner)
            owner = self._owner.get(owner)
        return found

    def _find_islands(self) -> set[str]:
        """Groups with a direction of their own whose members have no line to the outside."""
        wanted = {group.key for group in self._graph.groups if group.direction and self._members.get(group.key)}
        for edge in self._graph.edges:
            start, end = self._above(edge.start), self._above(edge.end)
            wanted -= start ^ end
        return wanted


def groups_in_order(groups: Mapping[str, Group]) -> list[Group]:
    """Outer groups before those in them."""
    ordered: dict[str, Group] = {}

    def add(group: Group, above: frozenset[str]) -> None:
        parent = groups.get(group.parent or "")
        if parent is not None and parent.key not in above:
            add(parent, above | {group.key})
        ordered.setdefault(group.key, group)

    for group in groups.values():
        add(group, frozenset())
    return list(ordered.values())
