"""Where the nodes and groups of a diagram go, before anybody knows where on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...board.geometry import Box, around


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
