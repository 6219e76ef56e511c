"""Reads what a call is about to delete or overwrite, and keeps it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import anyio

from ..catalogue import DELETE, WRITE, Operation, check_ids
from ..errors import CallError
from ..guardrails.lookups import Given, Lookup, entries, look_or_none, part
from ..system.caller import client_name, request_state
from .file import Kept, KeptFile

logger = logging.getLogger(__name__)

_PAGE = 50
_PATIENCE = 5.0
"""Seconds that a call waits for what it takes to be read."""

_MOST_PAGES = 20
"""Of a board's lines, and of a frame's or tag's items, as many are looked through."""

_TAGGED = frozenset({"sticky_note", "card"})
_ALONE = {
    "update-tag": "get-tag",
    "delete-tag": "get-tag",
    "update-connector": "get-connector",
    "delete-connector": "get-connector",
    "updateGroup": "getGroupById",
    "unGroup": "getGroupById",
    "deleteGroup": "getGroupById",
}
"""What isn't an item, by the operation that changes it: the read that tells it."""

_DETACH, _ITEM = "remove-tag-from-item", "get-specific-item"
_INSIDE, _TAGGED_WITH = "get-items-within-frame", "get-items-by-tag"
check_ids([*_ALONE, *_ALONE.values(), _DETACH, _ITEM, _INSIDE, _TAGGED_WITH])


class Keeper:
    """Keeps what is on boards; `days` 0 keeps nothing. `base` is the API that the ids are of."""

    def __init__(self, file: KeptFile, base: str, days: int) -> None:
        self.file = file
        self.base = base
        self.is_on = days > 0

    async def keep(self, operation: Operation, given: Given, look: Lookup) -> str | None:
        """Keeps what the call is about to take; the entry's id, None where nothing is kept.

        What can't be read isn't kept, and holds up no call.
        """
        if not self.is_on or not _takes(operation) or str(given.get("item_id")) in _made():
            return None
        found = None
        with anyio.move_on_after(_PATIENCE):
            found = await _look_at(operation, given, look)
        if found is None:
            return None
        entry = secrets.token_hex(8)
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "entry": entry,
            "call": request_state().setdefault("call", secrets.token_hex(4)),
            "client": client_name(),
            "base": self.base,
            "board_id": given["board_id"],
            "operation": operation.id,
            "deletes": operation.effect is DELETE,
            "given": given,
            **found,
        }
        try:
            self.file.append(line)
        except OSError as error:
            logger.warning("What %s takes could not be kept in %s: %s", operation.id, self.file.path, error)
            return None
        return entry

    def note_made(self, body: Any) -> None:
        """What a request has made itself need not be kept when it changes it."""
        made = [part(body, "id"), *(part(one, "id") for one in entries(body, "data"))]
        _made().update(str(one) for one in made if one)

    def drop(self, entry: str | None) -> None:
        """Takes an entry back, whose call was not carried out."""
        if entry is None:
            return
        try:
            self.file.append({"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "dropped": entry})
        except OSError as error:
            logger.warning("An entry of %s could not be taken back: %s", self.file.path, error)

    def drop_entries(self, kept: Sequence[Kept]) -> None:
        """Takes entries out: what they hold was made again."""
        for entry in kept:
            self.drop(str(entry["entry"]))

    def calls(self) -> dict[str, list[Kept]]:
        """What is kept of each call at this API, the newest call last."""
        found: dict[str, list[Kept]] = {}
        for entry in self.file.entries():
            if entry.get("base") == self.base:
                found.setdefault(str(entry["call"]), []).append(entry)
        return found


def _made() -> set[str]:
    found: set[str] = request_state().setdefault("made", set[str]())
    return found


def _takes(operation: Operation) -> bool:
    """Whether a call takes something of a board: an item, line, tag or group."""
    last = operation.path.rpartition("/")[2]
    known = last in ("{item_id}", "{connector_id}", "{tag_id}", "{group_id}", "position")
    on_board = "/boards/{board_id}/" in operation.path and not operation.path.startswith("/v2/orgs/")
    overwrites = operation.effect is WRITE and operation.method in ("PATCH", "PUT")
    return known and on_board and (overwrites or operation.effect is DELETE)


async def _look_at(operation: Operation, given: Given, look: Lookup) -> dict[str, Any] | None:
    """What there is before the call; of what is deleted, also what goes along or hangs on it."""
    where = {"board_id": given["board_id"]}
    if operation.id == _DETACH:
        return {"kind": "tag on item", "before": {"id": given["item_id"], "tag_id": given["tag_id"]}}
    if operation.id in _ALONE:
        name = operation.path_arguments[-1]
        before = await look_or_none(look, _ALONE[operation.id], {**where, name: given[name]})
        if before is None:
            return None
        kind = name.removesuffix("_id")
        more: dict[str, Any] = {}
        if operation.id == "delete-tag":
            more["items"] = await _pages(look, _TAGGED_WITH, {**where, "tag_id": given["tag_id"]})
        elif kind == "group":
            items = [str(one) for one in entries(before, "data", "items") or entries(before, "items")]
            more["items"] = [await _item(where, one, look) for one in items]
        return {"kind": kind, "before": before, **more}
    before = await _item(where, str(given["item_id"]), look)
    if before is None:
        return None
    kind = str(part(before, "type") or "")
    if operation.effect is not DELETE:
        return {"kind": "item", "before": before}
    lines = await _lines_at(where, str(given["item_id"]), look)
    told: dict[str, Any] = {"kind": "item", "before": before, "lines": lines}
    if kind in _TAGGED:
        told["tags"] = entries(await look_or_none(look, "get-tags-from-item", {**where, **_id(given)}), "tags")
    if kind == "frame":
        told["inside"] = await _pages(
            look, "get-items-within-frame", {**where, "parent_item_id": str(given["item_id"])}
        )
    return told


def _id(given: Given) -> dict[str, str]:
    return {"item_id": str(given["item_id"])}


async def _item(where: Given, id: str, look: Lookup) -> Any:
    return await look_or_none(look, _ITEM, {**where, "item_id": id})


async def _lines_at(where: Given, id: str, look: Lookup) -> list[Any]:
    """The lines that end at an item; a board's are read once for all that one request deletes."""
    known: dict[str, asyncio.Task[list[Any]]] = request_state().setdefault("lines", {})
    board = str(where["board_id"])
    if board not in known:
        known[board] = asyncio.create_task(_pages(look, "get-connectors", where))
    return [line for line in await known[board] if id in (part(line, "startItem", "id"), part(line, "endItem", "id"))]


async def _pages(look: Lookup, operation_id: str, given: Given) -> list[Any]:
    found: list[Any] = []
    cursor: dict[str, Any] = {}
    for _ in range(_MOST_PAGES):
        try:
            page = await look(operation_id, {**given, "limit": _PAGE, **cursor})
        except CallError:
            break
        found += entries(page, "data")
        following = part(cast("Mapping[str, Any]", page), "cursor")
        if operation_id == _TAGGED_WITH:
            following = None if len(found) >= int(part(page, "total") or 0) else len(found)
        if not following:
            break
        cursor = {"offset" if operation_id == _TAGGED_WITH else "cursor": following}
    return found
