"""What a call would touch, looked up before a person is asked: the objects by name, and how much goes with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..catalogue import OPERATIONS, Operation
from ..client.errors import ApiError, CallError, Refused
from ..marking import visible, visible_value
from .looking import Given, Look

_PLACEHOLDER_AT_END = re.compile(r"\{(\w+)\}$")
_GETTERS = {
    operation.path: operation
    for operation in OPERATIONS.values()
    if operation.method == "GET" and _PLACEHOLDER_AT_END.search(operation.path)
}
"""The read that answers with one object, by the path of that object."""

_NAMES = ("name", "title", "displayName", "userName", "email", "id")
_SHOWN_VALUES = 10


@dataclass(frozen=True)
class Subject:
    """One object that a call touches: what it is, its id, and what was found when it was looked up."""

    kind: str
    id: str
    found: Mapping[str, Any] | None

    @property
    def name(self) -> str | None:
        names = (self.found or {}).get
        return next((str(value) for field in _NAMES if (value := names(field))), None)

    def tell(self) -> str:
        if self.found is None:
            return f"{self.kind} with id {quoted(self.id)} (its name could not be looked up)"
        told = f"{self.kind} {quoted(self.name or self.id)} (id {quoted(self.id)}"
        owner = self.found.get("owner")
        if isinstance(owner, Mapping) and (name := cast("Given", owner).get("name")):
            told += f", owner {quoted(str(name))}"
        for field in ("role", "email", "state", "type"):
            value = self.found.get(field)
            if isinstance(value, str) and value and value != self.name:
                told += f", {field} {quoted(value)}"
        return told + ")"


@dataclass(frozen=True)
class Count:
    """How many of something go along; `take` names the arguments handed on, `give` those set anew."""

    what: str
    operation: str
    take: Mapping[str, str]


_ON_BOARD = {"board_id": "board_id"}
_IN_TEAM = {"org_id": "org_id", "team_id": "team_id"}
_IN_GROUP = {"org_id": "org_id", "group_id": "group_id"}

COUNTS: dict[str, tuple[Count, ...]] = {
    "delete-board": (Count("items on it", "get-items", _ON_BOARD),),
    "delete-frame-item": (
        Count("items inside it", "get-items-within-frame", {"board_id": "board_id", "parent_item_id": "item_id"}),
    ),
    "delete-item": (
        Count("items inside it", "get-items-within-frame", {"board_id": "board_id", "parent_item_id": "item_id"}),
    ),
    "delete-item-experimental": (
        Count("items inside it", "get-items-within-frame", {"board_id": "board_id", "parent_item_id": "item_id"}),
    ),
    "delete-tag": (Count("items that carry it", "get-items-by-tag", {"board_id": "board_id", "tag_id": "tag_id"}),),
    "deleteGroup": (
        Count("items in it", "getItemsByGroupId", {"board_id": "board_id", "group_item_id": "group_id"}),
    ),
    "enterprise-delete-team": (
        Count("members", "enterprise-get-team-members", _IN_TEAM),
        Count("boards", "get-boards", {"team_id": "team_id"}),
    ),
    "enterprise-update-team-settings": (Count("members", "enterprise-get-team-members", _IN_TEAM),),
    "enterprise-dataclassification-team-boards-bulk": (Count("boards", "get-boards", {"team_id": "team_id"}),),
    "enterprise-dataclassification-team-settings-set": (Count("boards", "get-boards", {"team_id": "team_id"}),),
    "enterprise-delete-project": (
        Count("members", "enterprise-get-project-members", {**_IN_TEAM, "project_id": "project_id"}),
        Count("boards", "get-boards", {"project_id": "project_id"}),
    ),
    "enterprise-delete-group": (
        Count("members", "enterprise-get-group-members", _IN_GROUP),
        Count("teams it is in", "enterprise-groups-get-teams", _IN_GROUP),
    ),
    "enterprise-update-group-members": (Count("members now", "enterprise-get-group-members", _IN_GROUP),),
    "delete-case": (
        Count("legal holds in it", "get-all-legal-holds", {"org_id": "org_id", "case_id": "case_id"}),
    ),
    "delete-legal-hold": (
        Count(
            "boards it preserves",
            "get-legal-hold-content-items",
            {"org_id": "org_id", "case_id": "case_id", "legal_hold_id": "legal_hold_id"},
        ),
    ),
}  # fmt: skip
"""What to count for the operations that take more along than the object they name."""


async def look_up(operation: Operation, given: Given, look: Look) -> list[Subject]:
    """Every object that the call's path names, from the outside in, as it stands now.

    The organization is left out unless nothing else is named.

    Raises:
        Refused: one of them does not exist, so there is nothing to ask about.
    """
    paths = [operation.path[: match.end()] for match in re.finditer(r"\{\w+\}", operation.path)]
    getters = [_GETTERS.get(path) for path in paths]
    named = [
        (match[1], getter)
        for path, getter in zip(paths, getters, strict=True)
        if (match := _PLACEHOLDER_AT_END.search(path))
    ]
    if len(named) > 1:
        named = [(name, getter) for name, getter in named if name != "org_id"]
    return [await _subject(name, getter, given, look) for name, getter in named]


async def _subject(name: str, getter: Operation | None, given: Given, look: Look) -> Subject:
    kind = _KINDS.get(name, name.removesuffix("_id").replace("_", " "))
    if getter is None:
        return Subject(kind, str(given[name]), None)
    try:
        body = await look(getter.id, {argument: given[argument] for argument in getter.path_arguments})
    except ApiError as error:
        if error.status == 404:
            raise Refused(f"There is no {kind} with id {given[name]}. Nothing was changed.") from error
        body = None
    except CallError:
        body = None
    return Subject(kind, str(given[name]), cast("Given", body) if isinstance(body, Mapping) else None)


_KINDS = {"id": "person or team", "org_id": "organization", "group_id": "group", "board_member_id": "board member"}


async def count(operation: Operation, given: Given, look: Look) -> list[str]:
    """Sentences such as "items on it: 120"; what can't be counted says so."""
    return [await _count(one, given, look) for one in COUNTS.get(operation.id, ())]


async def _count(one: Count, given: Given, look: Look) -> str:
    try:
        body = await look(one.operation, {name: given[source] for name, source in one.take.items()})
    except CallError:
        return f"{one.what}: could not be counted"
    if not isinstance(body, Mapping):
        return f"{one.what}: could not be counted"
    page = cast("Given", body)
    listed = page.get("data")
    on_page = len(cast("list[Any]", listed)) if isinstance(listed, list) else 0
    total = page.get("total")
    if isinstance(total, int):
        return f"{one.what}: {total}"
    return f"{one.what}: {on_page}" + (" or more" if page.get("cursor") else "")


def tell_arguments(operation: Operation, given: Given) -> str:
    """What else the call carries, as JSON; long lists are counted, secrets never shown."""
    rest = {name: value for name, value in given.items() if name not in operation.path_arguments}
    return quoted_json({name: _shorten(value) for name, value in mask(rest).items()}) if rest else ""


SECRETS = frozenset({"access_token", "accessToken", "clientSecret"})


def mask(given: Given) -> dict[str, Any]:
    """The arguments with secrets replaced."""
    return {name: "(hidden)" if name in SECRETS else value for name, value in given.items()}


def _shorten(value: Any) -> Any:
    if isinstance(value, list):
        values = cast("list[Any]", value)
        more = [f"… {len(values)} in all"] if len(values) > _SHOWN_VALUES else []
        return [_shorten(part) for part in values[:_SHOWN_VALUES]] + more
    if isinstance(value, dict):
        return {name: _shorten(part) for name, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, str) and len(value) > 200:
        return value[:200] + "…"
    return value


def quoted(text: str) -> str:
    """Other people's text inside a question: in quotation marks, on one line, every odd character escaped."""
    return json.dumps(visible(text[:120]) + ("…" if len(text) > 120 else ""), ensure_ascii=False)


def quoted_json(value: Any) -> str:
    return json.dumps(visible_value(value), ensure_ascii=False)
