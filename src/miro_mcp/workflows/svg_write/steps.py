"""What is to be done for an edited SVG: things to make, to change and to delete, as calls yet to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...board.write import Payload


@dataclass(frozen=True)
class ChangeStep:
    """One call about something on the board. `what` are the words for what it changes."""

    id: str
    kind: str
    operation_id: str
    given: Payload
    what: tuple[str, ...] = ()

    @property
    def labels(self) -> frozenset[str]:
        """The new elements it refers to."""
        return labels_in(self.given)


@dataclass(frozen=True)
class Creation:
    """Something new: `given` as bulk creation, or a connector's creation, takes it, labels of new elements in it."""

    label: str
    kind: str
    given: Payload
    is_single: bool = False
    """Whether bulk creation doesn't know its form."""
    x: float = 0.0
    y: float = 0.0
    """Its centre in board coordinates, of an item."""

    @property
    def labels(self) -> frozenset[str]:
        return labels_in(self.given)


@dataclass
class SvgPlan:
    """What is to be done, in the order it is done in; updates of frames come before those of what is in them."""

    frames: list[Creation] = field(default_factory=list[Creation])
    items: list[Creation] = field(default_factory=list[Creation])
    lines: list[Creation] = field(default_factory=list[Creation])
    frame_updates: list[ChangeStep] = field(default_factory=list[ChangeStep])
    updates: list[ChangeStep] = field(default_factory=list[ChangeStep])
    deletions: list[ChangeStep] = field(default_factory=list[ChangeStep])
    conflicts: list[Payload] = field(default_factory=list[Payload])
    notes: list[str] = field(default_factory=list[str])

    @property
    def size(self) -> int:
        made = len(self.frames) + len(self.items) + len(self.lines)
        return made + len(self.frame_updates) + len(self.updates) + len(self.deletions)


def labels_in(given: Mapping[str, Any]) -> frozenset[str]:
    ids = (given.get(name, {}).get("id") for name in ("parent", "startItem", "endItem"))
    return frozenset(one for one in ids if isinstance(one, str) and one.startswith("#"))
