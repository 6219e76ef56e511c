"""Where the nodes, groups and lines of a diagram go, before anybody knows where on the board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...board.geometry import Box, around
from ..graph import Curve, VerticalAlign


@dataclass(frozen=True)
class Ends:
    """What the API takes for both ends of a connector, beside the ids, and how the line and its caption are drawn."""

    start: dict[str, Any]
    end: dict[str, Any]
    caption: str = "50%"
    """Where along the line its caption is."""
    align: VerticalAlign = "middle"
    """Whether the caption is on its line, above or below it."""
    curve: Curve = "elbowed"


@dataclass(frozen=True)
class Layout:
    """Boxes by key, and the ends of lines where they are found already. `notes` says what was done in a simpler way."""

    nodes: Mapping[str, Box]
    groups: Mapping[str, Box] = field(default_factory=dict[str, Box])
    notes: tuple[str, ...] = ()
    ends: Mapping[str, Ends] | None = None
    reach: Box | None = None
    """What lines and captions take, where they are found already."""

    @property
    def bounds(self) -> Box:
        return around([*self.nodes.values(), *self.groups.values(), *([self.reach] if self.reach else [])])

    def moved(self, x: float, y: float) -> Layout:
        nodes = {key: box.moved(x, y) for key, box in self.nodes.items()}
        groups = {key: box.moved(x, y) for key, box in self.groups.items()}
        return replace(self, nodes=nodes, groups=groups, reach=self.reach.moved(x, y) if self.reach else None)
