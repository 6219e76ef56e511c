"""A diagram's two axes whatever way it runs: along its flow, in which ranks follow each other, and across it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...board.geometry import Box
from ..graph import Direction, Graph
from .places import Layout


class Span(NamedTuple):
    """A box on one axis: its middle and its size."""

    middle: float
    size: float

    @property
    def low(self) -> float:
        return self.middle - self.size / 2

    @property
    def high(self) -> float:
        return self.middle + self.size / 2


class Axes:
    """`level` is whether ranks follow each other to the side; `sign` is -1 where upwards or to the left."""

    def __init__(self, direction: Direction) -> None:
        self.level = direction in ("right", "left")
        self.sign = -1 if direction in ("up", "left") else 1

    def along(self, box: Box) -> Span:
        return Span(box.centre_x, box.width) if self.level else Span(box.centre_y, box.height)

    def across(self, box: Box) -> Span:
        return Span(box.centre_y, box.height) if self.level else Span(box.centre_x, box.width)

    def along_size(self, size: tuple[float, float]) -> float:
        return size[0] if self.level else size[1]

    def across_size(self, size: tuple[float, float]) -> float:
        return size[1] if self.level else size[0]

    def box(self, along: Span, across: Span) -> Box:
        if self.level:
            return Box.centred(along.middle, across.middle, along.size, across.size)
        return Box.centred(across.middle, along.middle, across.size, along.size)


def owners_of(graph: Graph) -> dict[str, str | None]:
    """The group that each node and group is in; None where that isn't in the graph."""
    groups = {group.key for group in graph.groups}
    owner = {node.key: node.group for node in graph.nodes} | {group.key: group.parent for group in graph.groups}
    return {key: one if one in groups else None for key, one in owner.items()}


def split(graph: Graph, boxes: Mapping[str, Box]) -> Layout:
    """A layout of boxes of both nodes and groups, the top left corner at 0, 0."""
    left, top = min(box.left for box in boxes.values()), min(box.top for box in boxes.values())
    moved = {key: box.moved(-left, -top) for key, box in boxes.items()}
    groups = {group.key for group in graph.groups}
    return Layout(
        {key: box for key, box in moved.items() if key not in groups},
        {key: box for key, box in moved.items() if key in groups},
    )
