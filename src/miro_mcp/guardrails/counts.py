"""How much goes along with what a call names: the items of a frame, the boards of a team."""

from __future__ import annotations

from typing import Any

from ..catalogue import OPERATIONS, Operation
from ..catalogue.operation import Count
from ..errors import CallError
from ..text.quoting import listed
from .lookups import Given, Lookup, entries, look_or_none, part
from .names import names_of

_NAMED = 5
"""How many of them are named."""


async def count(operation: Operation, given: Given, look: Lookup) -> list[str]:
    """Sentences such as `items on it: 120 ("Plan", …)`; what can't be counted says so."""
    return [await _count(one, given, look) for one in operation.counts]


async def _count(one: Count, given: Given, look: Lookup) -> str:
    try:
        sources = {name: name for name in OPERATIONS[one.read].path_arguments} | dict(one.take)
        page = await look(one.read, {name: given[source] for name, source in sources.items()})
    except CallError:
        return f"{one.what}: could not be counted"
    found, total = entries(page, "data"), _total(page)
    names = [name for entry in found for name in names_of(entry)[:1]]
    told = f"{one.what}: {total}"
    return f"{told} ({listed(names[:_NAMED])}{', …' if len(found) > _NAMED else ''})" if names else told


async def count_members(user_group: Given, look: Lookup) -> str | None:
    """How many people a user group has; None where that can't be seen."""
    page = await look_or_none(look, "enterprise-get-group-members", user_group)
    return None if page is None else _total(page)


def _total(page: Any) -> str:
    total, found = part(page, "total"), len(entries(page, "data"))
    if isinstance(total, int):
        return str(total)
    return f"{found} or more" if part(page, "cursor") else str(found)
