"""The sandbox's organization as tests ask about it: the truth, read from its store by itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from miro_mcp.sandbox.company.make import add_organization
from miro_mcp.sandbox.http.app import open_store
from miro_mcp.sandbox.identity import ORGANIZATION_ID
from miro_mcp.sandbox.store import Store
from miro_mcp.settings import Settings

Access = set[tuple[str, str, str, str]]
"""Address or id of a person, by what they have access ("direct", "project", …), its id, and the role."""


def make_company(folder: Path) -> Path:
    """A sandbox's file with the organization in it."""
    file = folder / "company.db"
    store = open_store(file)
    add_organization(store)
    store.close()
    return file


def company_settings(file: Path, **environment: str) -> Settings:
    """The server on the organization; nobody is asked unless the environment says so."""
    given = {
        "MIRO_SANDBOX": str(file),
        "MIRO_TOOLSETS": "all",
        "MIRO_CONFIRM": "allow",
        "MIRO_KEEP_DAYS": "0",
        "MIRO_AUDIT_LOG": str(file.with_name("audit.jsonl")),
    }
    return Settings.from_environment(given | environment)


@contextmanager
def stored(file: Path) -> Iterator["Truth"]:
    store = Store(file)
    try:
        yield Truth(store)
    finally:
        store.close()


class Truth:
    """What is so in the organization, from its records alone."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = {one["id"]: one for one in store.all("person", ORGANIZATION_ID)}
        self.boards = {one["id"]: one for one in store.all("board", "")}
        self.teams = {one["id"]: one for one in store.all("team", ORGANIZATION_ID)}
        self.projects = {one["id"]: one for one in store.all("project", ORGANIZATION_ID)}
        self.groups = {one["id"]: one for one in store.all("user_group", ORGANIZATION_ID)}

    def roles(self, kind: str, scope: str) -> dict[str, str]:
        return {one["id"]: one.get("role", "") for one in self.store.all(kind, scope)}

    def who(self, id: str) -> str:
        return self.people[id]["email"] if id in self.people else id

    def is_external(self, id: str) -> bool:
        return id not in self.people or "internal" not in self.people[id]["role"]

    def is_inactive(self, id: str) -> bool:
        return id in self.people and not self.people[id]["active"]

    def access(self, board_id: str) -> Access:
        """Every way by which somebody named has access to a board."""
        board = self.boards[board_id]
        found = {(self.who(id), "direct", "", role) for id, role in self.roles("board_member", board_id).items()}
        owner = board["owner"]["id"]
        found = {one for one in found if one[0] != self.who(owner)} | {(self.who(owner), "direct", "", "owner")}
        found |= self._of_groups(board_id)
        team_id, project_id = board["team"]["id"], board.get("project", {}).get("id")
        team_role = board["policy"]["sharingPolicy"]["teamAccess"].replace("private", "")
        if project_id:
            for id, role in self.roles("project_member", project_id).items():
                found.add((self.who(id), "project", project_id, role))
            found |= self._of_groups(project_id)
            opened = self.projects[project_id]["settings"]["sharingPolicySettings"]["teamAccess"] == "view"
            team_role = team_role or ("view" if opened else "")
        if team_role:
            for id, role in self.roles("team_member", team_id).items():
                if role != "non_team":
                    found.add((self.who(id), "team", team_id, team_role))
            found |= {(who, kind, group, team_role) for who, kind, group, _ in self._of_groups(team_id)}
        return found

    def findings(self, board_id: str) -> set[str]:
        sharing = self.boards[board_id]["policy"]["sharingPolicy"]
        ids = {one["email"]: id for id, one in self.people.items()}
        people = {ids.get(who, who) for who, _, _, _ in self.access(board_id)}
        told = {
            "public": sharing["access"] != "private",
            "link": sharing["inviteToAccountAndBoardLinkAccess"] != "no_access",
            "organization": sharing["organizationAccess"] != "private",
            "external": any(map(self.is_external, people)),
            "inactive": any(map(self.is_inactive, people)),
        }
        return {name for name, so in told.items() if so}

    def owned(self, person_id: str) -> list[str]:
        return [id for id, board in self.boards.items() if board["owner"]["id"] == person_id]

    def heir(self, board_id: str, person_id: str) -> str | None:
        """The address of the admin of the board's team who came first, beside the person."""
        members = self.store.all("team_member", self.boards[board_id]["team"]["id"])
        admins = [one for one in members if one["role"] == "admin" and one["id"] != person_id]
        first = min(admins, key=lambda one: one["createdAt"], default=None)
        return self.who(first["id"]) if first else None

    def held(self, person_id: str) -> dict[str, set[str]]:
        """The ids of the holds that name somebody, each with the boards that would leave it with them."""
        found: dict[str, set[str]] = {}
        for case in self.store.all("case", ORGANIZATION_ID):
            for hold in self.store.all("legal_hold", case["id"]):
                named = {user["email"] for user in hold["scope"]["users"]}
                if self.who(person_id) in named:
                    heirs = {id: self.heir(id, person_id) for id in self.owned(person_id)}
                    found[hold["id"]] = {id for id, heir in heirs.items() if heir is not None and heir not in named}
        return found

    def _of_groups(self, place_id: str) -> Access:
        return {
            (self.who(id), "group", group, role.lower())
            for group, role in self.roles("group_access", place_id).items()
            for id in self.roles("user_group_member", group)
        }


def told_names(text: str) -> list[Any]:
    """The JSON strings of a line, in their order."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while (at := text.find('"', at)) >= 0:
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found
