"""Laying out layer by layer, a group at a time: the simple way, for where Graphviz can't be used.

Every group is laid out by itself and is one box in the group around it, so that it holds its members and nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .problem import PADDING, BoxPlace, Cluster, Problem, ProblemEdge

Places = dict[str, list[float]]
"""Left, top, width and height by name."""

_SWEEPS = 8


def solve_layered(problem: Problem) -> Places:
    places = _Solver(problem).group(None)
    for cluster, island in problem.islands:
        left, top, width, _ = places[cluster.name]
        inner = solve_layered(island)
        across = max((place[0] + place[2] for place in inner.values()), default=0.0)
        for name, (x, y, *size) in inner.items():
            places[name] = [left + (width - across) / 2 + x, top + PADDING + cluster.title[1] + y, *size]
    return places


class _Solver:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._clusters = {cluster.name: cluster for cluster in problem.clusters}
        self._owner: dict[str, str | None] = {node.name: node.group for node in problem.nodes}
        self._owner |= {cluster.name: cluster.parent for cluster in problem.clusters}
        self._islands = {cluster.name: _outer(cluster, solve_layered(island)) for cluster, island in problem.islands}

    def group(self, owner: str | None) -> Places:
        """Everything below a group, its own top left corner at 0, 0, without its border."""
        inner = {name: self.group(name) for name, cluster in self._clusters.items() if cluster.parent == owner}
        boxes = {name: _outer(self._clusters[name], places) for name, places in inner.items()}
        boxes |= {node.name: self._size(node) for node in self._problem.nodes if node.group == owner}
        lines = [line for line in (self._lifted(line, owner) for line in self._problem.lines) if line]
        places = _layers(self._problem, boxes, lines)
        for name, below in inner.items():
            left, top, width, _ = places[name]
            across = max((place[0] + place[2] for place in below.values()), default=0.0)
            shift = left + (width - across) / 2, top + PADDING + self._clusters[name].title[1]
            places |= {key: [shift[0] + x, shift[1] + y, *size] for key, (x, y, *size) in below.items()}
        return places

    def _size(self, node: BoxPlace) -> tuple[float, float]:
        return self._islands.get(node.name, (node.width, node.height))

    def _lifted(self, line: ProblemEdge, owner: str | None) -> tuple[str, str, float] | None:
        """A line as it runs among the members of a group, with the room that its caption needs between layers."""
        start, end = self._member(line.start, owner), self._member(line.end, owner)
        if start is None or end is None or start == end:
            return None
        level = self._problem.direction in ("LR", "RL")
        return start, end, line.width if level else line.height

    def _member(self, name: str, owner: str | None) -> str | None:
        at: str | None = name
        while at is not None and self._owner[at] != owner:
            at = self._owner[at]
        return at


def _outer(cluster: Cluster, places: Places) -> tuple[float, float]:
    width = max((place[0] + place[2] for place in places.values()), default=0.0)
    height = max((place[1] + place[3] for place in places.values()), default=0.0)
    return max(width, cluster.title[0]) + 2 * PADDING, height + cluster.title[1] + 2 * PADDING


def _layers(problem: Problem, boxes: Mapping[str, tuple[float, float]], lines: list[tuple[str, str, float]]) -> Places:
    """Boxes on layers along the direction, ordered so that lines cross little, centred across it."""
    level = problem.direction in ("LR", "RL")
    ranks = _ranks(boxes, [(start, end) for start, end, _ in lines])
    layers: dict[int, list[str]] = defaultdict(list)
    for name in boxes:
        layers[ranks[name]].append(name)
    _order(layers, ranks, [(start, end) for start, end, _ in lines])
    room: dict[int, float] = defaultdict(float)
    for start, end, needed in lines:
        room[min(ranks[start], ranks[end])] = max(room[min(ranks[start], ranks[end])], needed)
    breadths = {rank: _breadth(layer, boxes, problem.node_gap, level) for rank, layer in layers.items()}
    widest = max(breadths.values(), default=0.0)
    places: Places = {}
    along = 0.0
    for rank in sorted(layers):
        depth = max(boxes[name][0 if level else 1] for name in layers[rank])
        across = (widest - breadths[rank]) / 2
        for name in layers[rank]:
            width, height = boxes[name]
            ahead = along + (depth - (width if level else height)) / 2
            places[name] = [ahead, across, width, height] if level else [across, ahead, width, height]
            across += (height if level else width) + problem.node_gap
        along += depth + problem.rank_gap + room[rank]
    end = along - problem.rank_gap - (room[max(layers)] if layers else 0)
    return {name: _mirrored(place, problem.direction, end) for name, place in places.items()}


def _mirrored(place: list[float], direction: str, end: float) -> list[float]:
    left, top, width, height = place
    if direction == "BT":
        return [left, end - top - height, width, height]
    return [end - left - width, top, width, height] if direction == "RL" else place


def _breadth(layer: list[str], boxes: Mapping[str, tuple[float, float]], gap: float, level: bool) -> float:
    return sum(boxes[name][1 if level else 0] for name in layer) + gap * (len(layer) - 1)


def _ranks(names: Iterable[str], lines: list[tuple[str, str]]) -> dict[str, int]:
    """Longest paths from where nothing arrives; lines that would close a circle are passed over."""
    after: dict[str, list[str]] = defaultdict(list)
    for start, end in lines:
        after[start].append(end)
    finished: list[str] = []
    state: dict[str, int] = {}
    kept: dict[str, list[str]] = defaultdict(list)
    for name in names:
        stack = [(name, iter(after[name]))] if name not in state else []
        state.setdefault(name, 1)
        while stack:
            at, ahead = stack[-1]
            following = next(ahead, None)
            if following is None:
                stack.pop()
                state[at] = 2
                finished.append(at)
            elif state.get(following) != 1:
                kept[at].append(following)
                if following not in state:
                    state[following] = 1
                    stack.append((following, iter(after[following])))
    ranks = dict.fromkeys(finished, 0)
    for name in reversed(finished):
        for following in kept[name]:
            ranks[following] = max(ranks[following], ranks[name] + 1)
    return ranks


def _order(layers: dict[int, list[str]], ranks: Mapping[str, int], lines: list[tuple[str, str]]) -> None:
    """Sorts each layer by the mean place of its neighbours in the layers before, then after, some times over."""
    beside: dict[str, list[str]] = defaultdict(list)
    for start, end in lines:
        beside[start].append(end)
        beside[end].append(start)
    places = {name: float(index) for layer in layers.values() for index, name in enumerate(layer)}
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for rank in sorted(layers, reverse=not down):
            means = {
                name: _mean([places[other] for other in beside[name] if (ranks[other] < rank) is down], places[name])
                for name in layers[rank]
            }
            layers[rank].sort(key=means.__getitem__)
            places |= {name: float(index) for index, name in enumerate(layers[rank])}


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
