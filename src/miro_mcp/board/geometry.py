"""Boxes, points and directions on a board, in board units; y grows downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from ..catalogue.numbers import FARTHEST

Point = tuple[float, float]


class Box(NamedTuple):
    """An upright rectangle; x and y are its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def centred(cls, x: float, y: float, width: float, height: float) -> Box:
        """The box of some size around a centre."""
        return cls(x - width / 2, y - height / 2, width, height)

    @classmethod
    def between(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """The box with these edges."""
        return cls(left, top, right - left, bottom - top)

    @property
    def left(self) -> float:
        return self.x

    @property
    def top(self) -> float:
        return self.y

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre_x(self) -> float:
        return self.x + self.width / 2

    @property
    def centre_y(self) -> float:
        return self.y + self.height / 2

    @property
    def centre(self) -> Point:
        return self.centre_x, self.centre_y

    @property
    def area(self) -> float:
        return self.width * self.height

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.width, self.height)

    def grown(self, by: float) -> Box:
        """Larger by so much at each side; smaller where that is negative."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def inset(self, dx: float, dy: float) -> Box:
        """Smaller by so much at each side, never smaller than nothing."""
        dx, dy = min(dx, self.width / 2), min(dy, self.height / 2)
        return Box(self.x + dx, self.y + dy, self.width - 2 * dx, self.height - 2 * dy)

    def overlaps(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Box, slack: float = 0.0) -> bool:
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


NO_BOX = Box(0, 0, 0, 0)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around others; `NO_BOX` around nothing."""
    found = list(boxes)
    if not found:
        return NO_BOX
    return Box.between(
        min(box.x for box in found),
        min(box.y for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


def around_points(points: Iterable[Point], least: float = 0.0) -> Box:
    """The smallest box around points, at least so wide and high."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(max(xs) - min(xs), least), max(max(ys) - min(ys), least))


def turned(box: Box, degrees: float) -> Box:
    """The upright box around a box that is turned about its centre."""
    if not degrees % 180:
        return box
    angle = math.radians(degrees)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    return Box.centred(*box.centre, box.width * cos + box.height * sin, box.width * sin + box.height * cos)


def turned_point(point: Point, centre: Point, degrees: float) -> Point:
    """Where a point is once everything is turned about a centre."""
    angle = math.radians(degrees)
    cos, sin, dx, dy = math.cos(angle), math.sin(angle), point[0] - centre[0], point[1] - centre[1]
    return centre[0] + dx * cos - dy * sin, centre[1] + dx * sin + dy * cos


def along(point: Point, direction: Point, length: float) -> Point:
    """The point so far from another in a direction."""
    return point[0] + direction[0] * length, point[1] + direction[1] * length


def between(one: Point, other: Point, share: float) -> Point:
    """The point at a share of the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def unit(one: Point, other: Point) -> Point:
    """The direction from one point to another, of length 1; to the right where they are the same."""
    length = math.dist(one, other)
    return ((other[0] - one[0]) / length, (other[1] - one[1]) / length) if 0 < length < FARTHEST * 10 else (1.0, 0.0)


Turned = tuple[Box, float]
"""A box before rotation, and the degrees it is turned by about its centre."""


def meet(first: Turned, second: Turned) -> bool:
    """Whether two boxes, whose upright outlines meet, do so as they are turned: no line can be laid between them."""
    turns = [first[1], second[1]]
    if not any(turn % 90 for turn in turns):
        return True
    corners = [_corners(*first), _corners(*second)]
    for turn in turns:
        angle = math.radians(turn)
        for axis in ((math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))):
            (low, high), (other_low, other_high) = (_span(one, axis) for one in corners)
            if high <= other_low or other_high <= low:
                return False
    return True


def cuts(one: Point, other: Point, box: Box) -> bool:
    """Whether a stretch of line has a part inside a box."""
    begin, end = 0.0, 1.0
    for axis, low, high in ((0, box.x, box.right), (1, box.y, box.bottom)):
        step = other[axis] - one[axis]
        if abs(step) < 1e-9:
            if not low < one[axis] < high:
                return False
            continue
        first, last = sorted(((low - one[axis]) / step, (high - one[axis]) / step))
        begin, end = max(begin, first), min(end, last)
        if begin >= end:
            return False
    return True


def _span(corners: Iterable[Point], axis: Point) -> tuple[float, float]:
    """From where to where something reaches along an axis."""
    reached = [x * axis[0] + y * axis[1] for x, y in corners]
    return min(reached), max(reached)


def _corners(box: Box, degrees: float) -> list[Point]:
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return [turned_point(corner, box.centre, degrees) for corner in corners]
