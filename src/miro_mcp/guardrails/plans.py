"""Calls that are made together: none may change what a person was shown of another."""

from __future__ import annotations

import re

from ..catalogue import DELETE, READ, Operation
from ..text.values import texts_in
from .lookups import Given, part

_BESIDE = re.compile(r"/(tags|members|groups|comments)(/|$)|/items/\{item_id\}$")
"""Paths of what isn't counted on a board: it stands beside the items, or is an item that stays."""

_PLACES = ("board_id", "org_id", "team_id", "project_id")
"""What a call is made in. It is about one of them only where its path ends there."""


def named_in(operation: Operation, given: Given) -> frozenset[str]:
    """Every id that a call may change: all that it names beside the places that it is made in."""
    about = operation.path.rpartition("/")[2]
    named = {name: value for name, value in given.items() if name not in _PLACES or about == f"{{{name}}}"}
    return frozenset(texts_in(named))


def taken_away(operation: Operation, given: Given) -> frozenset[str]:
    """The items that a call takes out of their frame, by deleting or moving them."""
    leaves = operation.effect is DELETE or "parent" in given
    return frozenset([str(given["item_id"])]) if leaves and "item_id" in given else frozenset()


def disturbs(operation: Operation, given: Given, touched: frozenset[str], counted_in: str) -> bool:
    """Whether a call may change what another one touches, or what is in that whose content it was shown with.

    What only takes counted items away is none: the count leaves them out from the start.
    """
    if operation.effect is READ:
        return False
    places = frozenset(str(given[name]) for name in _PLACES if name in given)
    if counted_in in places and not _BESIDE.search(operation.path):
        return True
    if operation.effect is DELETE:
        return False
    moved = taken_away(operation, given) if part(given, "parent", "id") not in touched else frozenset[str]()
    return bool(touched & (named_in(operation, given) - moved))
