"""What is to be done on a board: things to make, to change and to delete, as calls yet to be checked."""

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
    layer: int = 0
    """Those of a layer lie over nothing of the same one; layers are made one after the other, the lowest first."""

    @property
    def labels(self) -> frozenset[str]:
        return labels_in(self.given)


@dataclass
class WritePlan:
    """What is to be done, in the order it is done in; updates of frames come before those of what is in them.

    `tags` are new ones, `tagging` puts them on items or takes them off.
    """

    tags: list[Creation] = field(default_factory=list[Creation])
    frames: list[Creation] = field(default_factory=list[Creation])
    items: list[Creation] = field(default_factory=list[Creation])
    lines: list[Creation] = field(default_factory=list[Creation])
    frame_updates: list[ChangeStep] = field(default_factory=list[ChangeStep])
    updates: list[ChangeStep] = field(default_factory=list[ChangeStep])
    tagging: list[ChangeStep] = field(default_factory=list[ChangeStep])
    deletions: list[ChangeStep] = field(default_factory=list[ChangeStep])
    conflicts: list[Payload] = field(default_factory=list[Payload])
    notes: list[str] = field(default_factory=list[str])

    @property
    def size(self) -> int:
        made = len(self.tags) + len(self.frames) + len(self.items) + len(self.lines)
        changed = len(self.frame_updates) + len(self.updates) + len(self.tagging)
        return made + changed + len(self.deletions)


def labels_in(given: Mapping[str, Any]) -> frozenset[str]:
    ends = (given.get(name, {}).get("id") for name in ("parent", "startItem", "endItem"))
    ids = (*ends, given.get("item_id"), given.get("tag_id"))
    return frozenset(one for one in ids if isinstance(one, str) and one.startswith("#"))
