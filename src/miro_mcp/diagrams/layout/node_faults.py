"""What is wrong with where nodes and groups stand: too near, off their axis, in no line, in too much air."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from ...board.geometry import Box
from ...drawing.readability.faults import DrawingFault, faults_cost
from ...drawing.readability.stretches import box_edges, gap
from ..graph import Graph
from .places import Layout
from .room import drawn_edges

LEAST_GAP, MOST_OFF_AXIS = 16.0, 6.0
"""Board units that two nodes are apart at least, and that a parent may be off the middle of its children."""

_AIR, _FLAT = 1.2, 6.0
"""What it costs, for each node, that the whole is twice as large as it might be; and to be flatter than 3 to 1."""

_ROOMY, _FLATTEST = 4.0, 3.0
_IN_LINE, _SAME_RANK = 3.0, 4.0


def nodes_cost(graph: Graph, layout: Layout) -> float:
    """What a layout costs whatever its lines do."""
    if not layout.nodes:
        return 0.0
    bounds = layout.bounds
    needed = sum(box.area for box in layout.nodes.values()) or 1.0
    air = _AIR * len(layout.nodes) * max(0.0, math.log2(bounds.area / needed / _ROOMY))
    aspect = max(bounds.width / bounds.height, bounds.height / bounds.width)
    return faults_cost(node_faults(graph, layout)) + air + _FLAT * max(0.0, aspect - _FLATTEST)


def node_faults(graph: Graph, layout: Layout) -> Iterator[DrawingFault]:
    yield from (DrawingFault("tight", pair) for pair in _too_near(layout.nodes, {}))
    parents = {group.key: group.parent for group in graph.groups}
    yield from (DrawingFault("tight groups", pair) for pair in _too_near(layout.groups, parents))
    tops = [(key, box) for key, box in layout.groups.items() if not parents.get(key)]
    for key, box in tops if len(tops) > 2 else ():
        if not any(other != key and _in_line(box, one) for other, one in tops):
            yield DrawingFault("unaligned", (key,))
    yield from _off_axis(graph, layout)


def _too_near(boxes: Mapping[str, Box], parents: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Pairs of boxes; a group may be in another by way of its parents."""
    edges = {key: box_edges(box) for key, box in boxes.items()}
    for one, other in combinations(boxes, 2):
        if gap(edges[one], edges[other]) < LEAST_GAP and not (
            _is_in(one, other, parents) or _is_in(other, one, parents)
        ):
            yield one, other


def _is_in(key: str, group: str, parents: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    at = parents.get(key)
    while at is not None and at not in seen:
        if at == group:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def _in_line(one: Box, other: Box) -> bool:
    pairs = (
        (one.left, other.left),
        (one.top, other.top),
        (one.bottom, other.bottom),
        (one.centre_x, other.centre_x),
        (one.centre_y, other.centre_y),
    )
    return any(abs(first - second) < _IN_LINE for first, second in pairs)


def _off_axis(graph: Graph, layout: Layout) -> Iterator[DrawingFault]:
    """Parents whose children are theirs alone and stand in one rank, but not below, or beside, their middle."""
    below: dict[str, list[str]] = defaultdict(list)
    over: dict[str, list[str]] = defaultdict(list)
    for edge in drawn_edges(graph):
        if edge.start in layout.nodes and edge.end in layout.nodes:
            below[edge.start].append(edge.end)
            over[edge.end].append(edge.start)
    for parent, children in below.items():
        own = [child for child in children if over[child] == [parent] and parent not in below.get(child, ())]
        if len(own) < 2 or len(own) != len(children):
            continue
        middles = [layout.nodes[child].centre for child in own]
        at = layout.nodes[parent].centre
        for axis in (0, 1):
            ranks, places = [one[1 - axis] for one in middles], [one[axis] for one in middles]
            off = abs(at[axis] - (min(places) + max(places)) / 2)
            if max(abs(one - ranks[0]) for one in ranks) < _SAME_RANK and off > MOST_OFF_AXIS:
                yield DrawingFault("off axis", (parent,))
