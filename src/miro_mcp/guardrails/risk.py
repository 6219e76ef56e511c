"""The policy as a table: what each risk needs, what raises a call's risk, and what takes more than one item along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..catalogue import Operation
from .lookups import Given, part


class Rule(StrEnum):
    """What a call of some risk needs."""

    ALLOW = "allow"
    CONFIRM = "confirm"
    DENY = "deny"


RISKS: dict[int, tuple[str, Rule]] = {
    0: ("reads", Rule.ALLOW),
    1: ("adds something", Rule.ALLOW),
    2: ("changes something", Rule.ALLOW),
    3: ("deletes items, tags, connectors", Rule.ALLOW),
    4: ("boards, access, exports, sessions, tokens, structure of the organization", Rule.CONFIRM),
    5: ("irreversible, or across the organization; the person types the object's name or id", Rule.CONFIRM),
}
"""Which calls are of each risk, and its rule where the operator set no other; what deletes more than one item at a time
is confirmed from 3 on."""

TAKES_MANY = frozenset({"delete-frame-item", "delete-mindmap-node-experimental", "delete-tag"})
"""Deletions of one thing that take others along."""

GENERIC_DELETES = frozenset({"delete-item", "delete-item-experimental"})
"""Deletions of an item of any kind; it has to be looked up whether the item is one of these."""

TAKES_OTHERS = {"frame": "what is inside", "mindmap_node": "its children"}
"""Kinds of items that are to be taken as deleted with others."""


@dataclass(frozen=True)
class Risk:
    """`level` from 0 to 5, `why`, and whether more than one item goes at a time (`many`)."""

    level: int
    why: str
    many: bool = False


def assess(operation: Operation, given: Given) -> Risk:
    """The declared risk, raised to 4 where what the call carries makes it so."""
    for carries, why in RAISED.get(operation.id, ()):
        if carries(given):
            return Risk(4, why)
    return Risk(operation.risk, operation.why, many=operation.id in TAKES_MANY)


def _opens(given: Given) -> bool:
    public = part(given, "policy", "sharingPolicy", "access") or "private"
    by_link = part(given, "policy", "sharingPolicy", "inviteToAccountAndBoardLinkAccess") or "no_access"
    return public != "private" or by_link != "no_access"


def _carries(name: str) -> Callable[[Given], bool]:
    return lambda given: name in given


_OPEN_LINK = "opens the board to the public or by link"

RAISED: dict[str, tuple[tuple[Callable[[Given], bool], str], ...]] = {
    "create-board": ((_opens, _OPEN_LINK),),
    "copy-board": ((_opens, _OPEN_LINK), (_carries("teamId"), "copies the board into another team")),
    "update-board": (
        (_opens, _OPEN_LINK),
        (_carries("policy"), "changes who may see, edit, copy or share the board"),
        (_carries("teamId"), "moves the board to another team"),
        (_carries("projectId"), "moves the board into another project, whose people gain access"),
    ),
}
"""What raises an operation's risk to 4, with the reason."""
