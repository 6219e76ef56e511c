"""Walking the pages of a list: cursors, offsets and SCIM indexes behind one function."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from annotated_types import Ge, Le

from ..catalogue import Operation
from ..system import progress
from .course import Answer

Fetch = Callable[[Mapping[str, Any]], Awaitable[Answer]]
"""Fetches one page for the arguments it is given."""

LISTS = ("data", "Resources")
"""Where the entries of a page stand: in the REST API, and in SCIM."""

_SIZE = {"cursor": "limit", "offset": "limit", "scim": "count"}
_DEFAULT_SIZE = {"cursor": 10, "offset": 20, "scim": 100}

_MOST_BARREN = 5
"""Pages in a row without an entry that is new; a list that goes on like this never ends."""

_MOST_SHIFTS = 20
"""Times that a walk goes back because the list has moved under it."""


@dataclass
class _Walked:
    """What has been gathered: each entry once, in the order in which it came."""

    entries: list[Any] = field(default_factory=list[Any])
    keys: set[str] = field(default_factory=set[str])

    def take(self, page: list[Any]) -> int:
        """Adds what earlier pages did not have; returns how much that is. Entries without an id are all taken."""
        new = [entry for entry in page if _key(entry) not in self.keys]
        self.entries += new
        self.keys.update(key for entry in new if (key := _key(entry)) is not None)
        return len(new)


async def walk(operation: Operation, given: Mapping[str, Any], max_items: int, fetch: Fetch) -> Answer:
    """Up to `max_items` entries of a list, as one answer shaped like the API's pages.

    The answer carries `data`, the API's `total` where it told one, and `more` when entries were left out; `cursor`
    (or `offset`, `startIndex`) is where to go on, where that is known. What several pages hold is told once. It ends
    when a cursor repeats, or nothing new comes.

    A page by offset begins with the last entry of the page before: where that isn't so, entries have come or gone
    meanwhile, and the walk goes back by a page, so that it misses none of those that moved up.
    """
    kind = operation.paging
    if kind is None:
        return await fetch(given)
    arguments = dict(given)
    size = _SIZE[kind]
    walked = _Walked()
    asked: set[str] = set()
    anchor: str | None = None
    barren = shifts = 0
    total: Any = None
    while True:
        if size not in given:
            arguments[size] = _page_size(operation, size, max_items - len(walked.entries) + (anchor is not None))
        answer = await fetch(arguments)
        page = _entries(answer.body)
        if page is None:
            return answer
        body = cast("dict[str, Any]", answer.body)
        total = body.get("total", body.get("totalResults", total))
        if anchor is not None and page and anchor not in map(_key, page) and shifts < _MOST_SHIFTS:
            shifts += 1
            anchor = None
            arguments |= _moved(kind, arguments, -_size_of(kind, arguments))
            continue
        barren = 0 if walked.take(page) else barren + 1
        onward = _onward(kind, arguments, body, len(page), total)
        ends = onward is None or str(onward) in asked or barren >= _MOST_BARREN or (not page and kind != "cursor")
        if ends or len(walked.entries) >= max_items or "cut" in body:
            break
        await _tell(len(walked.entries), max_items, total)
        arguments |= cast("dict[str, Any]", onward)
        if kind == "cursor":
            asked.add(str(onward))
        else:
            # A page of one would hold nothing but the anchor.
            anchor = _key(page[-1]) if len(page) > 1 else None
            arguments |= _moved(kind, arguments, -1 if anchor is not None else 0)
    return Answer(answer.status, _result(walked.entries, max_items, body, total, onward))


async def _tell(done: int, max_items: int, total: Any) -> None:
    whole = min(total, max_items) if isinstance(total, int) else None
    await progress.note(f"{done} entries so far" + (f" of {whole}" if whole else ""))


def _key(entry: Any) -> str | None:
    """What tells an entry from others of its list: kind and id; None where it has no id."""
    if not isinstance(entry, dict):
        return None
    members = cast("dict[str, Any]", entry)
    id = members.get("id")
    return json.dumps([members.get("type"), id]) if isinstance(id, str | int) else None


def _moved(kind: str, arguments: Mapping[str, Any], by: int) -> dict[str, Any]:
    name, first = _START[kind]
    return {name: max(first, int(arguments.get(name, first)) + by)}


def _size_of(kind: str, arguments: Mapping[str, Any]) -> int:
    return int(arguments.get(_SIZE[kind], _DEFAULT_SIZE[kind]))


_START = {"offset": ("offset", 0), "scim": ("startIndex", 1)}


def _page_size(operation: Operation, name: str, wanted: int) -> int:
    metadata = operation.arguments.model_fields[name].metadata
    lower = next((bound.ge for bound in metadata if isinstance(bound, Ge)), 1)
    upper = next((bound.le for bound in metadata if isinstance(bound, Le)), 100)
    return max(cast("int", lower), min(cast("int", upper), wanted))


def _entries(body: Any) -> list[Any] | None:
    if not isinstance(body, dict):
        return None
    page = cast("dict[str, Any]", body)
    return next((cast("list[Any]", page[name]) for name in LISTS if isinstance(page.get(name), list)), None)


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
    name, first = _START[kind]
    following = int(arguments.get(name, first)) + got
    if isinstance(total, int):
        return {name: following} if following - first < total else None
    return {name: following} if got >= _size_of(kind, arguments) else None


def _result(
    entries: list[Any], max_items: int, body: Mapping[str, Any], total: Any, onward: dict[str, Any] | None
) -> dict[str, Any]:
    result: dict[str, Any] = {"data": entries[:max_items]}
    if total is not None:
        result["total"] = total
    if "cut" in body:
        result |= {"more": True, "cut": body["cut"]}
    elif len(entries) > max_items:
        result["more"] = True
    elif onward is not None:
        result |= {"more": True, **onward}
    return result
