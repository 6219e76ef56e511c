"""The objects a call names in its path, looked up before a person is asked about them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..catalogue import OPERATIONS, Operation
from ..errors import ApiError, CallError, Refused
from ..text.quoting import quoted
from .lookups import Given, Lookup, entries, look_or_none, part
from .names import names_of, without_markup

_PLACEHOLDER_AT_END = re.compile(r"\{(\w+)\}$")
_GETTERS = {
    operation.path: operation
    for operation in OPERATIONS.values()
    if operation.method == "GET" and _PLACEHOLDER_AT_END.search(operation.path)
}
"""The read that answers with one object, by the path of that object."""

_BESIDE = {
    "board_id": OPERATIONS["get-specific-board"],
    "project_id": OPERATIONS["enterprise-get-project"],
    "group_id": OPERATIONS["enterprise-get-group"],
    "member_id": OPERATIONS["enterprise-get-organization-member"],
}
"""The read that tells an object's name where the one of its path can't; its arguments have the same names."""

_PLAIN_WORD = re.compile(r"[a-z_]{2,30}")
_ALSO_TOLD = ("role", "email", "userName", "state", "active")


@dataclass(frozen=True)
class Subject:
    """One object that a call touches: what it is, its id, and what was found when it was looked up."""

    kind: str
    id: str
    found: Mapping[str, Any] | None
    joins: str = ""
    """Of a line, what it joins, in words."""

    @property
    def short(self) -> str:
        """What it is and what it is called, or its id."""
        return f"{self.kind} {self.joins or quoted(next(iter(names_of(self.found)), self.id))}"

    @property
    def words(self) -> tuple[str, ...]:
        """The words that show a person means this very object: its names, and its id."""
        return tuple(dict.fromkeys([*names_of(self.found), self.id]))

    @property
    def identity(self) -> str:
        """Differs for another object in the same place: what is told, and what stays as long as an object lives."""
        lasting = (part(self.found, "createdAt"), part(self.found, "owner", "id"), part(self.found, "type"))
        return f"{self.describe()} {lasting}"

    def describe(self) -> str:
        if self.found is None:
            return f"{self.kind} with id {quoted(self.id)} (its name could not be looked up)"
        if self.joins:
            return f"{self.short} (id {quoted(self.id)})"
        name, *others = self.words
        details = [f"id {quoted(self.id)}"] if others else []
        if owner := part(self.found, "owner", "name"):
            details.append(f"owner {quoted(str(owner))}")
        for field in _ALSO_TOLD:
            value = self.found.get(field)
            if isinstance(value, bool):
                details.append(f"{field}: {'yes' if value else 'no'}")
            elif isinstance(value, str) and value and value != name:
                details.append(f"{field} {quoted(value)}")
        return f"{self.kind} {quoted(name)}" + (f" ({', '.join(details)})" if details else "")


async def look_up(operation: Operation, given: Given, look: Lookup) -> list[Subject]:
    """Every object that the call's path names, from the outside in, as it stands now.

    The organization is left out unless nothing else is named.

    Raises:
        Refused: one of them does not exist, so there is nothing to ask about.
    """
    paths = [operation.path[: match.end()] for match in re.finditer(r"\{\w+\}", operation.path)]
    named = [(match[1], _GETTERS.get(path)) for path in paths if (match := _PLACEHOLDER_AT_END.search(path))]
    if len(named) > 1:
        named = [(name, getter) for name, getter in named if name != "org_id"]
    return [await _subject(operation, name, getter, given, look) for name, getter in named]


async def _subject(operation: Operation, name: str, getter: Operation | None, given: Given, look: Lookup) -> Subject:
    kind = _kind(operation, name, getter)
    found: Any = None
    if getter is not None:
        try:
            found = await look(getter.id, {argument: given[argument] for argument in getter.path_arguments})
        except ApiError as error:
            if error.status == 404:
                raise Refused(f"There is no {kind} with id {given[name]}. Nothing was changed.") from error
        except CallError:
            pass
    if not names_of(found) and name in _BESIDE:
        found = await _beside(name, found, given, look)
    if name == "item_id" and isinstance(of := part(found, "type"), str) and _PLAIN_WORD.fullmatch(of):
        kind = of.replace("_", " ")
    joins = await _joined(found, given, look) if name == "connector_id" else ""
    return Subject(kind, str(given[name]), cast("Given", found) if isinstance(found, Mapping) else None, joins)


async def _joined(line: Any, given: Given, look: Lookup) -> str:
    """As in `"Pay" → "Paid?"`, with its caption where it has one."""
    ends = [part(line, end, "id") for end in ("startItem", "endItem")]
    if not any(ends):
        return ""
    where = {"board_id": given["board_id"]}
    start, end = [await _end(where, id, look) for id in ends]
    captions = [text for caption in entries(line, "captions") if (text := without_markup(part(caption, "content")))]
    return f"{start} → {end}" + (f" ({quoted(captions[0])})" if captions else "")


async def _end(where: Given, id: Any, look: Lookup) -> str:
    if not id:
        return "nothing"
    item = await look_or_none(look, "get-specific-item", {**where, "item_id": str(id)})
    return quoted(next(iter(names_of(item)), f"id {id}"))


async def _beside(name: str, found: Any, given: Given, look: Lookup) -> Any:
    read = _BESIDE[name]
    if name == "project_id" and "team_id" not in given:
        boards = await look_or_none(look, "get-boards", {"project_id": given["project_id"]})
        teams = [part(board, "team", "id") for board in entries(boards, "data")]
        given = {**given, "team_id": str(teams[0])} if teams else given
    if not set(read.path_arguments) <= set(given):
        return found
    more = await look_or_none(look, read.id, {argument: given[argument] for argument in read.path_arguments})
    if not isinstance(more, Mapping):
        return found
    return {**cast("Given", more), **(cast("Given", found) if isinstance(found, Mapping) else {})}


def _kind(operation: Operation, name: str, getter: Operation | None) -> str:
    if getter is not None and getter.object_name:
        return getter.object_name
    if name == "org_id":
        return "organization"
    if name == "group_id" and operation.path.startswith("/v2/orgs/"):
        return "user group"
    return name.removesuffix("_id").replace("_", " ")
