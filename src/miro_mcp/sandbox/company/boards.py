"""Fifty-eight boards with every kind of sharing, beside the two of the sample."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from ..access import GROUP_ACCESS, TEAM_MEMBER
from ..boards.membership import MEMBER as BOARD_MEMBER
from ..http.replies import ago
from ..identity import ORGANIZATION_ID
from ..organization.places import PROJECT
from ..people import everyone, is_internal
from ..store import Document, Store
from . import names

MADE = 58

_PUBLIC = {3: "view", 11: "view", 19: "comment", 27: "edit", 35: "view", 43: "edit"}
_WITH_PASSWORD = frozenset({11, 43})
_INVITING = {5: "viewer", 21: "editor", 35: "commenter"}
_ORGANIZATION = ("private", "private", "view", "private", "comment", "private", "private", "edit", "private")
_TEAM = ("edit", "private", "view", "private", "comment")
_ROLES = ("editor", "viewer", "commenter", "editor", "coowner", "viewer")


def add_boards(store: Store, team_ids: Sequence[str], groups: Sequence[str], chance: Random) -> None:
    people = everyone(store)
    projects = store.all(PROJECT, ORGANIZATION_ID)
    for number in range(MADE):
        team_id = team_ids[number % len(team_ids)]
        in_team = [project["id"] for project in projects if project["teamId"] == team_id]
        owner = chance.choice(_who_may_own(store, people, team_id))
        board = _board(number, team_id, owner, in_team[number // 4 % len(in_team)] if in_team and number % 3 else None)
        store.add("board", "", board["id"], board)
        for person, role in zip(chance.sample(people, number % 7), _ROLES, strict=False):
            if person["id"] != owner["id"]:
                role = role if is_internal(person) or role != "coowner" else "viewer"
                store.add(BOARD_MEMBER, board["id"], person["id"], {"id": person["id"], "role": role})
        if number % 20 == 7:
            for id, address in names.OUTSIDERS:
                member = {"id": id, "name": address.partition("@")[0], "email": address, "role": "viewer"}
                store.add(BOARD_MEMBER, board["id"], id, member)
        if number % 6 == 2:
            group_id = groups[number % len(groups)]
            role = ("VIEWER", "COMMENTER", "EDITOR")[number % 3]
            store.add(GROUP_ACCESS, board["id"], group_id, {"id": group_id, "role": role})


def _who_may_own(store: Store, people: Sequence[Document], team_id: str) -> list[Document]:
    """The organization's own people of a team, deactivated ones too."""
    members = {member["id"] for member in store.all(TEAM_MEMBER, team_id)}
    return [person for person in people if person["id"] in members and is_internal(person)]


def _board(number: int, team_id: str, owner: Document, project_id: str | None) -> Document:
    made, seen = ago(170 - 2.5 * number), ago(number % 30)
    by: dict[str, Any] = {"id": owner["id"], "type": "user"}
    topic, season = names.TOPICS[number % len(names.TOPICS)], names.SEASONS[number // len(names.TOPICS)]
    return {
        "id": f"uXjVOrg{number:04d}=",
        "type": "board",
        "name": f"{topic}, {season}",
        "description": "",
        "team": {"id": team_id},
        **({"project": {"id": project_id}} if project_id else {}),
        "policy": {
            "permissionsPolicy": {
                "collaborationToolsStartAccess": "all_editors",
                "copyAccess": "anyone" if number % 4 else "team_members",
                "sharingAccess": "owner_and_coowners" if number % 3 else "team_members_with_editing_rights",
            },
            "sharingPolicy": {
                "access": _PUBLIC.get(number, "private"),
                "accessPasswordRequired": number in _WITH_PASSWORD,
                "inviteToAccountAndBoardLinkAccess": _INVITING.get(number, "no_access"),
                "organizationAccess": _ORGANIZATION[number % len(_ORGANIZATION)],
                "teamAccess": _TEAM[number % len(_TEAM)],
            },
        },
        "owner": {"id": owner["id"]},
        "createdAt": made,
        "createdBy": by,
        "modifiedAt": seen,
        "modifiedBy": by,
        "lastOpenedAt": seen,
        "lastOpenedBy": by,
    }
