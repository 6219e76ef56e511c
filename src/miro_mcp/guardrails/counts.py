"""How much goes along with what a call names: the items of a frame, the boards of a team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..catalogue import Operation
from ..errors import CallError
from .lookups import Given, Lookup, entries, look_or_none, part
from .names import listed, names_of

_NAMED = 5
"""How many of them are named."""


@dataclass(frozen=True)
class Count:
    """How many of something go along; `take` names the arguments of the read, and where in the call they stand."""

    what: str
    operation: str
    take: Mapping[str, str]


_ON_BOARD = {"board_id": "board_id"}
_IN_FRAME = {"board_id": "board_id", "parent_item_id": "item_id"}
_IN_TEAM = {"org_id": "org_id", "team_id": "team_id"}
_IN_GROUP = {"org_id": "org_id", "group_id": "group_id"}
_IN_PROJECT = {**_IN_TEAM, "project_id": "project_id"}
_IN_CASE = {"org_id": "org_id", "case_id": "case_id"}

_ITEMS = Count("items on it", "get-items", _ON_BOARD)
_INSIDE = Count("items inside it", "get-items-within-frame", _IN_FRAME)
_TEAM_BOARDS = Count("boards", "get-boards", {"team_id": "team_id"})
_TEAM_MEMBERS = Count("members", "enterprise-get-team-members", _IN_TEAM)
_PROJECT_BOARDS = Count("boards in it", "get-boards", {"project_id": "project_id"})
_GROUP_MEMBERS = Count("members of the user group", "enterprise-get-group-members", _IN_GROUP)

COUNTS: dict[str, tuple[Count, ...]] = {
    "delete-board": (_ITEMS,),
    "copy-board": (Count("items that are copied", "get-items", {"board_id": "copy_from"}),),
    "delete-frame-item": (_INSIDE,),
    "delete-item": (_INSIDE,),
    "delete-item-experimental": (_INSIDE,),
    "delete-tag": (Count("items that carry it", "get-items-by-tag", {"board_id": "board_id", "tag_id": "tag_id"}),),
    "deleteGroup": (
        Count("items in it", "getItemsByGroupId", {"board_id": "board_id", "group_item_id": "group_id"}),
    ),
    "enterprise-delete-team": (_TEAM_MEMBERS, _TEAM_BOARDS),
    "enterprise-update-team-settings": (_TEAM_MEMBERS, _TEAM_BOARDS),
    "enterprise-dataclassification-team-boards-bulk": (_TEAM_BOARDS,),
    "enterprise-dataclassification-team-settings-set": (_TEAM_BOARDS,),
    "enterprise-delete-project": (Count("members", "enterprise-get-project-members", _IN_PROJECT), _PROJECT_BOARDS),
    "enterprise-update-project-settings": (_PROJECT_BOARDS,),
    "enterprise-project-create-group": (_PROJECT_BOARDS,),
    "enterprise-project-delete-groups": (_PROJECT_BOARDS, _GROUP_MEMBERS),
    "enterprise-boards-delete-groups": (_GROUP_MEMBERS,),
    "enterprise-teams-delete-group": (_GROUP_MEMBERS,),
    "enterprise-delete-group": (_GROUP_MEMBERS, Count("teams it is in", "enterprise-groups-get-teams", _IN_GROUP)),
    "enterprise-update-group-members": (_GROUP_MEMBERS,),
    "delete-case": (Count("legal holds in it", "get-all-legal-holds", _IN_CASE),),
    "delete-legal-hold": (
        Count("boards it preserves", "get-legal-hold-content-items", {**_IN_CASE, "legal_hold_id": "legal_hold_id"}),
    ),
}  # fmt: skip
"""What to count for the operations that take more along than the object they name."""


async def count(operation: Operation, given: Given, look: Lookup) -> list[str]:
    """Sentences such as `items on it: 120 ("Plan", …)`; what can't be counted says so."""
    return [await _count(one, given, look) for one in COUNTS.get(operation.id, ())]


async def _count(one: Count, given: Given, look: Lookup) -> str:
    try:
        page = await look(one.operation, {name: given[source] for name, source in one.take.items()})
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
