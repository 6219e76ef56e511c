"""Boxes and layouts: where the nodes and groups of a diagram go, before anybody knows where on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    """A rectangle by its centre, in board units; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.width, self.height)

    def grown(self, by: float) -> Box:
        return Box(self.x, self.y, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Layout:
    """Boxes by key. `notes` says what had to be done in a simpler way."""

    nodes: Mapping[str, Box]
    groups: Mapping[str, Box] = field(default_factory=dict[str, Box])
    notes: tuple[str, ...] = ()

    @property
    def bounds(self) -> Box:
        return around([*self.nodes.values(), *self.groups.values()])

    def moved(self, x: float, y: float) -> Layout:
        return Layout(
            {key: box.moved(x, y) for key, box in self.nodes.items()},
            {key: box.moved(x, y) for key, box in self.groups.items()},
            self.notes,
        )


def from_edges(left: float, top: float, right: float, bottom: float) -> Box:
    return Box((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around some; one of no size where there are none."""
    listed = list(boxes)
    if not listed:
        return Box(0, 0, 0, 0)
    return from_edges(
        min(box.left for box in listed),
        min(box.top for box in listed),
        max(box.right for box in listed),
        max(box.bottom for box in listed),
    )
