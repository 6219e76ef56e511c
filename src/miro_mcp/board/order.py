"""The order in which people read what lies on a board, and what lies together there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from .geometry import Box, around

_REACH = 0.4
"""How far apart neighbours may lie, as a share of the longer side of the smaller one."""

_MOST_NEIGHBOURS = 200
"""How many are looked at for each: where there are more, they lie on top of each other."""

_LEAST_TOLERANCE = 5.0
"""Board units by which the centres in a row may differ, however low the items are."""


class Boxed(Protocol):
    @property
    def box(self) -> Box: ...


Placed = TypeVar("Placed", bound=Boxed)


def in_reading_order(things: Sequence[Placed]) -> list[Placed]:
    """Rows from top to bottom, each from left to right.

    Boxes are in a row when their centres differ by less than half the height of the lower one.
    """
    return [things[index] for index in _order([thing.box for thing in things])]


def clusters(things: Sequence[Placed]) -> list[list[Placed]]:
    """What lies together, cluster by cluster in reading order, and so the boxes of each; a lone box is a cluster."""
    boxes = [thing.box for thing in things]
    root = list(range(len(boxes)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    sides = [(box.left, box.top, box.right, box.bottom, _REACH * _longer_side(box)) for box in boxes]
    by_left = sorted(range(len(boxes)), key=lambda index: sides[index][0])
    for place, index in enumerate(by_left):
        _, top, right, bottom, reach = sides[index]
        for other in by_left[place + 1 : place + 1 + _MOST_NEIGHBOURS]:
            other_left, other_top, _, other_bottom, other_reach = sides[other]
            if other_left - right > reach:
                break
            near = min(reach, other_reach)
            if other_left - right <= near and other_top - bottom <= near and top - other_bottom <= near:
                root[find(other)] = find(index)
    members: dict[int, list[Placed]] = {}
    for index, thing in enumerate(things):
        members.setdefault(find(index), []).append(thing)
    found = list(members.values())
    return [
        in_reading_order(found[index])
        for index in _order([around(thing.box for thing in cluster) for cluster in found])
    ]


def _order(boxes: Sequence[Box]) -> list[int]:
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda index: (boxes[index].centre_y, boxes[index].left)):
        if rows and _share_a_row(boxes[rows[-1][0]], boxes[index]):
            rows[-1].append(index)
        else:
            rows.append([index])
    return [index for row in rows for index in sorted(row, key=lambda index: (boxes[index].left, boxes[index].top))]


def _share_a_row(one: Box, other: Box) -> bool:
    tolerance = max(min(one.height, other.height) / 2, _LEAST_TOLERANCE)
    return abs(one.centre_y - other.centre_y) < tolerance


def _longer_side(box: Box) -> float:
    return max(box.width, box.height)
