"""Looks at Miro that the guardrails take for themselves, before a call is decided about."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from ..errors import CallError

Given = Mapping[str, Any]
Lookup = Callable[[str, Given], Awaitable[Any]]
"""Carries out a read by its operation id and answers with the body."""


def remembering(look: Lookup) -> Lookup:
    """The same look, which asks once for what it is asked several times, by calls that are looked at together."""
    asked: dict[str, asyncio.Future[Any]] = {}

    def remembered(operation_id: str, given: Given) -> Awaitable[Any]:
        key = json.dumps([operation_id, given], sort_keys=True)
        if key not in asked:
            asked[key] = asyncio.ensure_future(look(operation_id, given))
        return asked[key]

    return remembered


_OF_PEOPLE = frozenset(
    {"get-boards", "enterprise-get-team-member", "enterprise-get-group-member", "enterprise-get-project-member"}
    | {"get-all-legal-holds"}
)
"""Reads that tell what somebody has beside the place that they are taken out of."""


_BY_ID = {"get-specific-item": "item_id", "get-specific-board": "board_id"}


def recalling(look: Lookup, then: Lookup, ids: frozenset[str], own: Given | None) -> Lookup:
    """The same look, but what a plan's own calls may have changed is told as it was `then`, before them.

    That is items and boards by their ids, and beside a call of the arguments `own` what people have elsewhere.
    """

    def recalled(operation_id: str, given: Given) -> Awaitable[Any]:
        was = operation_id in _BY_ID and given.get(_BY_ID[operation_id]) in ids
        was = was or (operation_id in _OF_PEOPLE and own is not None and not given.items() <= own.items())
        return (then if was else look)(operation_id, given)

    return recalled


async def look_or_none(look: Lookup, operation_id: str, given: Given) -> Any:
    """The body, or None where the read failed."""
    try:
        return await look(operation_id, given)
    except CallError:
        return None


def part(value: Any, *names: str) -> Any:
    """What stands under these names, one inside the other; None where there is nothing."""
    for name in names:
        value = cast("Given", value).get(name) if isinstance(value, Mapping) else None
    return value


def entries(value: Any, *names: str) -> list[Any]:
    """The list under these names; none where there is no list."""
    found = part(value, *names)
    return cast("list[Any]", found) if isinstance(found, list) else []


async def own_organization(look: Lookup) -> str | None:
    """The id of the organization that the server's token belongs to."""
    return await OwnToken().organization(look)


class OwnToken:
    """Whose token the server uses; asked once it is needed, and kept once it is known."""

    def __init__(self) -> None:
        self._info: Any = None

    async def organization(self, look: Lookup) -> str | None:
        return await self._id("organization", look)

    async def person(self, look: Lookup) -> str | None:
        return await self._id("user", look)

    async def _id(self, of: str, look: Lookup) -> str | None:
        if self._info is None:
            self._info = await look_or_none(look, "token-info", {})
        found = part(self._info, of, "id")
        return str(found) if found else None
