"""How much goes along with what a call names: the items of a frame, the boards of a team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...catalogue import OPERATIONS, Operation
from ...catalogue.operation import Count
from ...errors import CallError
from ...text.quoting import listed
from ..lookups import Given, Lookup, entries, look_or_none, part
from ..names import names_of

_PAGE = 50
"""Entries of a list that are looked at; beyond them only the total counts."""

_NAMED = 5
"""How many of them are named."""


@dataclass(frozen=True)
class Counted:
    """A sentence such as `items on it: 120 ("Plan", …)`, and the ids of what was seen for it."""

    told: str
    ids: frozenset[str] = frozenset()


async def count(operation: Operation, given: Given, look: Lookup, gone: frozenset[str]) -> list[Counted]:
    """What goes along, without those that are gone by then; what can't be counted says so."""
    return [await _count(one, given, look, gone) for one in operation.counts]


async def _count(one: Count, given: Given, look: Lookup, gone: frozenset[str]) -> Counted:
    try:
        sources = {name: name for name in OPERATIONS[one.read].path_arguments} | dict(one.take)
        wanted = {name: given[source] for name, source in sources.items()}
        if "limit" in OPERATIONS[one.read].arguments.model_fields:
            wanted["limit"] = _PAGE
        page = await look(one.read, wanted)
    except CallError:
        return Counted(f"{one.what}: could not be counted")
    every = entries(page, "data")
    found = [entry for entry in every if str(part(entry, "id")) not in gone]
    total = _total(page, len(every) - len(found))
    names = [name for entry in found for name in names_of(entry)[:1]]
    told = f"{one.what}: {total}"
    named = f"{told} ({listed(names[:_NAMED])}{', …' if len(found) > _NAMED else ''})" if names else told
    return Counted(named, frozenset(str(part(entry, "id")) for entry in found))


async def count_members(user_group: Given, look: Lookup) -> str | None:
    """How many people a user group has; None where that can't be seen."""
    page = await look_or_none(look, "enterprise-get-group-members", user_group)
    return None if page is None else _total(page)


def _total(page: Any, gone: int = 0) -> str:
    total, found = part(page, "total"), len(entries(page, "data")) - gone
    if isinstance(total, int):
        return str(total - gone)
    return f"{found} or more" if part(page, "cursor") else str(found)
