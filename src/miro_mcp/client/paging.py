"""Walking the pages of a list: cursors, offsets and SCIM indexes behind one function."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, cast

from annotated_types import Ge, Le

from ..catalogue import Operation
from .http import Answer

Fetch = Callable[[Mapping[str, Any]], Awaitable[Answer]]
"""Fetches one page for the arguments it is given."""

_LISTS = ("data", "Resources")
_SIZE = {"cursor": "limit", "offset": "limit", "scim": "count"}
_DEFAULT_SIZE = {"cursor": 10, "offset": 20, "scim": 100}


async def walk(operation: Operation, given: Mapping[str, Any], max_items: int, fetch: Fetch) -> Answer:
    """Up to `max_items` entries of a list, as one answer shaped like the API's pages.

    The answer carries `data`, the API's `total` where it told one, and `more` when entries were left out; `cursor`
    (or `offset`, `startIndex`) is where to go on, where that is known. It ends when a page is empty or repeats.
    """
    kind = operation.paging
    if kind is None:
        return await fetch(given)
    arguments = dict(given)
    size = _SIZE[kind]
    entries: list[Any] = []
    seen: set[str] = set()
    total: Any = None
    while True:
        if size not in given:
            arguments[size] = _page_size(operation, size, max_items - len(entries))
        answer = await fetch(arguments)
        page = _entries(answer.body)
        if page is None:
            return answer
        body = cast("dict[str, Any]", answer.body)
        entries += page
        total = body.get("total", body.get("totalResults", total))
        onward = _onward(kind, arguments, body, len(page), total)
        if not page or onward is None or str(onward) in seen or len(entries) >= max_items:
            break
        seen.add(str(onward))
        arguments |= onward
    return Answer(answer.status, _result(entries, max_items, total, onward))


def _page_size(operation: Operation, name: str, wanted: int) -> int:
    metadata = operation.arguments.model_fields[name].metadata
    lower = next((bound.ge for bound in metadata if isinstance(bound, Ge)), 1)
    upper = next((bound.le for bound in metadata if isinstance(bound, Le)), 100)
    return max(cast("int", lower), min(cast("int", upper), wanted))


def _entries(body: Any) -> list[Any] | None:
    if not isinstance(body, dict):
        return None
    page = cast("dict[str, Any]", body)
    return next((cast("list[Any]", page[name]) for name in _LISTS if isinstance(page.get(name), list)), None)


def _onward(
    kind: Literal["cursor", "offset", "scim"],
    arguments: Mapping[str, Any],
    body: Mapping[str, Any],
    got: int,
    total: Any,
) -> dict[str, Any] | None:
    """The argument that asks for the next page, or None when this one was the last."""
    if kind == "cursor":
        cursor = body.get("cursor")
        return {"cursor": str(cursor)} if cursor else None
    name, first = ("offset", 0) if kind == "offset" else ("startIndex", 1)
    following = int(arguments.get(name, first)) + got
    if isinstance(total, int):
        return {name: following} if following - first < total else None
    return {name: following} if got >= int(arguments.get(_SIZE[kind], _DEFAULT_SIZE[kind])) else None


def _result(entries: list[Any], max_items: int, total: Any, onward: dict[str, Any] | None) -> dict[str, Any]:
    result: dict[str, Any] = {"data": entries[:max_items]}
    if total is not None:
        result["total"] = total
    if len(entries) > max_items:
        result["more"] = True
    elif onward is not None:
        result |= {"more": True, **onward}
    return result
