"""What a call can do at worst, given what it carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..catalogue import Operation

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Risk:
    """`level` from 0 to 5, `why`, and whether more than one item goes at a time (`many`)."""

    level: int
    why: str
    many: bool = False


_OPEN_LINK = "opens the board to the public or by link"

TAKES_MANY = frozenset({"delete-frame-item", "delete-mindmap-node-experimental", "delete-tag"})
"""Deletions of one thing that take others along."""

GENERIC_DELETES = frozenset({"delete-item", "delete-item-experimental"})
"""Deletions of an item of any kind; it has to be looked up whether the item is a frame."""


def assess(operation: Operation, given: Given) -> Risk:
    """The declared risk, raised to 4 where what the call carries makes it so."""
    for carries, why in RAISED.get(operation.id, ()):
        if carries(given):
            return Risk(4, why)
    return Risk(operation.risk, operation.why, many=operation.id in TAKES_MANY)


def _opens(given: Given) -> bool:
    sharing = cast("Given", cast("Given", given.get("policy") or {}).get("sharingPolicy") or {})
    public = sharing.get("access", "private") != "private"
    return public or sharing.get("inviteToAccountAndBoardLinkAccess", "no_access") != "no_access"


def _carries(name: str) -> Callable[[Given], bool]:
    return lambda given: name in given


RAISED: dict[str, tuple[tuple[Callable[[Given], bool], str], ...]] = {
    "create-board": ((_opens, _OPEN_LINK),),
    "copy-board": ((_opens, _OPEN_LINK), (_carries("teamId"), "copies the board into another team")),
    "update-board": (
        (_opens, _OPEN_LINK),
        (_carries("policy"), "changes who may see, edit, copy or share the board"),
        (_carries("teamId"), "moves the board to another team"),
    ),
}
"""What raises an operation's risk to 4, with the reason."""
