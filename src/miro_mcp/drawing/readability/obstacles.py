"""What is wrong with a line by itself: what it runs through, along and over, and where it turns back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .faults import DrawingFault
from .stretches import Edges, Way, overlap, passes

_TURNS_BACK = 25.0
"""Board units between two opposite stretches that look like a hairpin."""

_DEEP, _HUGS, _NEAR = 5.0, 9.0, 8.0
"""Board units: how far inside its end a line is seen to run through it, and how near it seems to belong to a node."""

_ON_BORDER = 5.0


@dataclass(frozen=True)
class Surroundings:
    """What lines have to keep clear of; `above` are the groups around a node or group, `titles` by their groups."""

    nodes: Mapping[str, Edges]
    groups: Mapping[str, Edges]
    titles: Mapping[str, Edges]
    above: Mapping[str, frozenset[str]]

    def within(self, area: Edges) -> Surroundings:
        """What of it lies in an area."""

        def some(boxes: Mapping[str, Edges]) -> dict[str, Edges]:
            return {key: edges for key, edges in boxes.items() if overlap(edges, area)}

        return Surroundings(some(self.nodes), some(self.groups), some(self.titles), self.above)


def obstacle_faults(way: Way, start: str, end: str, around: Surroundings) -> Iterator[DrawingFault]:
    """Faults of a line from one key to another; their ids are what is in its way."""
    nested = end in around.above.get(start, ()) or start in around.above.get(end, ())
    extent = way.extent
    for key, edges in around.nodes.items():
        if key in (start, end):
            yield from _own(way, key, edges, leaves=key == start, nested=nested)
        elif overlap(extent, edges, _NEAR):
            if way.meets(edges, -1):
                yield DrawingFault("through", (key,))
            elif way.meets(edges, _NEAR):
                yield DrawingFault("near", (key,))
    for key, edges in around.titles.items():
        if way.meets(edges):
            yield DrawingFault("title", (key,))
    own = around.above.get(start, frozenset()) | around.above.get(end, frozenset()) | {start, end}
    for key, edges in around.groups.items():
        if key in (start, end) or not overlap(extent, edges):
            continue
        if key not in own and way.meets(edges):
            yield DrawingFault("foreign", (key,))
        on = sum(_on_border(a, b, edges) for a, b in way.stretches)
        if on:
            yield DrawingFault("border", (key,), on)


def hairpins(way: Way) -> int:
    """How often a line turns back on itself."""
    found = 0
    for (a, b), (c, d) in zip(way.stretches, way.stretches[2:], strict=False):
        if (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1]) < -1 and math.dist(b, c) <= _TURNS_BACK:
            found += 1
    return found


def _own(way: Way, key: str, edges: Edges, *, leaves: bool, nested: bool) -> Iterator[DrawingFault]:
    """A line through its own end, or one that comes back along it."""
    if way.meets(edges, -_DEEP):
        yield DrawingFault("own", (key,))
    elif len(way.stretches) > 1 and not nested:
        rest = way.stretches[1:] if leaves else way.stretches[:-1]
        box = edges[0] - _HUGS, edges[1] - _HUGS, edges[2] + _HUGS, edges[3] + _HUGS
        if any(passes(a, b, *box) for a, b in rest):
            yield DrawingFault("near", (key,))


def _on_border(a: tuple[float, float], b: tuple[float, float], edges: Edges) -> bool:
    left, top, right, bottom = edges
    if a[0] == b[0] and min(abs(a[0] - left), abs(a[0] - right)) < _ON_BORDER:
        return min(max(a[1], b[1]), bottom) - max(min(a[1], b[1]), top) > _NEAR
    if a[1] == b[1] and min(abs(a[1] - top), abs(a[1] - bottom)) < _ON_BORDER:
        return min(max(a[0], b[0]), right) - max(min(a[0], b[0]), left) > _NEAR
    return False
