"""The policy as a table: what each risk needs; and the risk of one call."""

from __future__ import annotations

from collections.abc import Mapping
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
"""Which calls are of each risk, and its rule where the operator set no other; what deletes several items at a time, or
does something to others, is confirmed from 3 on."""

CONCERNS_OTHERS = {
    "frame": "what is inside loses its frame and stays on the board",
    "mindmap_node": "the nodes below it go along",
}
"""Kinds of items whose deletion does something to others, and what."""


@dataclass(frozen=True)
class Risk:
    """`level` from 0 to 5, `why`, and whether more than one item is concerned (`many`)."""

    level: int
    why: str
    many: bool = False


def assess(operation: Operation, given: Given, late: frozenset[str] = frozenset()) -> Risk:
    """The declared risk, raised to 4 where what the call carries, or in an argument not known yet may carry, does."""
    for factor in operation.risk_factors:
        *objects, name = factor.argument.split(".")
        holder = part(given, *objects)
        carries = isinstance(holder, Mapping) and name in holder and part(holder, name) != factor.harmless
        if carries or any(f"{factor.argument}.".startswith(f"{one}.") for one in late):
            return Risk(4, factor.why)
    return Risk(operation.risk, operation.why, many=operation.takes_many)
