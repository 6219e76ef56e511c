"""What is wrong with two lines together: crossings, and stretches in which nobody can tell one from the other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from ...board.geometry import Point
from .faults import DrawingFault
from .stretches import Way, lie

_LEAST_SHARED, _LEAST_CLOSE = 6.0, 16.0
_LONGEST_MIXED = 60.0
"""Board units that two captioned lines may run as one, before nobody can tell whose caption is whose."""

_TOUCHING = 9.0
"""Board units between ends that look like one."""


class Strand(NamedTuple):
    """What of a line matters beside another; `look` is anything that is equal where two lines look alike."""

    key: str
    start: str
    end: str
    look: object
    captioned: bool = False
    crow: bool = False
    """With a crow's foot: what it stands at can't be shared."""
    decides: bool = False
    """Out of a decision."""


def pair_faults(one: Strand, way: Way, other: Strand, other_way: Way) -> Iterator[DrawingFault]:
    """Faults of two lines."""
    ids = (one.key, other.key)
    crossings, on, near = lie(way, other_way)
    if crossings:
        yield DrawingFault("crossing", ids, crossings)
    if near:
        bundled = _may_run_together(one, other)
        if on >= _LEAST_SHARED and not bundled:
            yield DrawingFault("shared", ids, 1, on)
        mixed = bundled and one.captioned and other.captioned and on > _LONGEST_MIXED
        if near - on > _LEAST_CLOSE or mixed:
            yield DrawingFault("close", ids)
    points, others = way.points, other_way.points
    touching = _touch(points[0], others[-1]) + _touch(points[-1], others[0])
    if touching:
        yield DrawingFault("meeting", ids, touching)
    if {one.start, one.end} == {other.start, other.end}:
        if _touch(points[0], others[0 if one.start == other.start else -1]):
            yield DrawingFault("meeting", ids)
    elif _parts(one, other) and _touch(points[0], others[0]):
        yield DrawingFault("exit", ids)


def _may_run_together(one: Strand, other: Strand) -> bool:
    """Lines of one look that leave one item, or enter one, as the branches of a tree."""
    if one.look != other.look or one.crow or other.crow:
        return False
    from_one, to_one = one.start == other.start, one.end == other.end
    return from_one != to_one and not _parts(one, other)


def _parts(one: Strand, other: Strand) -> bool:
    """Whether both are captioned ways out of one decision."""
    return one.decides and one.captioned and other.captioned and one.start == other.start


def _touch(one: Point, other: Point) -> bool:
    return math.dist(one, other) < _TOUCHING
