"""What an assistant reads of an answer: compact JSON without what it rarely needs, or the fields it asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from ..client.course import Answer
from ..client.paging import LISTS

_AUDIT = ("created", "modified", "lastModified", "lastOpened")
LEFT_OUT = frozenset({"links", *(f"{done}{detail}" for done in _AUDIT for detail in ("At", "By"))})
"""Links and audit fields: half of a typical answer, and seldom what was asked for."""

LINKS = frozenset({"links"})

_REPEATING = frozenset({"policy"})
"""A board's policies stand in it and again beside it."""


def shape_answer(
    answer: Answer, *, fields: Iterable[str] = (), verbose: bool = False, tells_when: bool = False
) -> dict[str, Any]:
    """The value of a result: an object, whatever the API answers with.

    An empty answer tells its status; a bare list stands under `data`. `fields` (dotted paths) picks from each entry
    of a list, or from the object itself; without it, unless `verbose`, links, audit fields and empty values go;
    audit fields stay where they are what is told (`tells_when`).
    """
    body = answer.body
    if body is None or body == "":
        return {"ok": True, "status": answer.status}
    if isinstance(body, list):
        body = {"data": cast("list[Any]", body)}
    if not isinstance(body, dict):
        return {"text": body}
    value = cast("dict[str, Any]", body)
    paths = [path.split(".") for path in fields]
    if paths:
        return _pick_from(value, paths)
    return value if verbose else _compact(value, LINKS if tells_when else LEFT_OUT, keep=LISTS)


def to_text(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pick_from(value: dict[str, Any], paths: list[list[str]]) -> dict[str, Any]:
    listed = next((name for name in LISTS if isinstance(value.get(name), list)), None)
    if listed is None:
        return cast("dict[str, Any]", _pick(value, paths))
    entries = [_pick(entry, paths) for entry in value[listed]]
    kept = {name: part for name, part in value.items() if name != listed and not isinstance(part, dict | list)}
    return {**kept, listed: entries}


def _pick(value: Any, paths: list[list[str]]) -> Any:
    if isinstance(value, list):
        return [_pick(entry, paths) for entry in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    members = cast("dict[str, Any]", value)
    picked: dict[str, Any] = {}
    for name in dict.fromkeys(path[0] for path in paths):
        if name in members:
            deeper = [path[1:] for path in paths if path[0] == name]
            picked[name] = members[name] if [] in deeper else _pick(members[name], deeper)
    return picked


def _compact(value: Any, left_out: frozenset[str], keep: tuple[str, ...] = ()) -> Any:
    """Without what is left out, said twice or empty; lists to `keep` stay, so that an empty one is seen to be one."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        kept = (
            (name, _compact(part, left_out))
            for name, part in members.items()
            if name not in left_out and not (name in _REPEATING and _is_said_beside(part, members))
        )
        return {name: part for name, part in kept if not _is_empty(part) or (name in keep and part == [])}
    if isinstance(value, list):
        return [_compact(part, left_out) for part in cast("list[Any]", value)]
    return value


def _is_said_beside(part: Any, members: dict[str, Any]) -> bool:
    """Whether all that a part holds stands beside it too."""
    if not isinstance(part, dict):
        return False
    inside = cast("dict[str, Any]", part)
    return all(name in members and members[name] == value for name, value in inside.items())


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
