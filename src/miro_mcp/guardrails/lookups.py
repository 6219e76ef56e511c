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


def recalling(look: Lookup, then: Lookup, ids: frozenset[str]) -> Lookup:
    """The same look, but some items are told as they were `then`, before the plan's own calls changed them."""

    def recalled(operation_id: str, given: Given) -> Awaitable[Any]:
        was = operation_id == "get-specific-item" and given.get("item_id") in ids
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
