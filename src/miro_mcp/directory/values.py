"""Boards, teams, projects and user groups as a review reads them; a list that could not be read is None."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .people import People

Roles = dict[str, str]
"""What each has the role of, by id."""


@dataclass
class Team:
    """A team; `members` are its people's roles, `since` when each came, `groups` the user groups that are in it."""

    id: str
    name: str
    members: Roles | None = None
    since: dict[str, str] = field(default_factory=dict[str, str])
    groups: Roles | None = None

    @property
    def insiders(self) -> list[str]:
        """Those whom the team's access is for: people from outside with a board of it are on its list too."""
        return [id for id, role in (self.members or {}).items() if role != "non_team"]

    def heir_of(self, person_id: str) -> str | None:
        """Who gets the boards of somebody that leaves: of the other admins the one who came first, by the API's rule.

        https://developers.miro.com/reference/deleteuser
        """
        admins = [id for id, role in (self.members or {}).items() if role == "admin" and id != person_id]
        return min(admins, key=lambda id: self.since.get(id, ""), default=None)


@dataclass
class Project:
    """A project; with `team_access` "view" the whole team may see its boards."""

    id: str
    team_id: str
    name: str = ""
    members: Roles | None = None
    groups: Roles | None = None
    team_access: str | None = None


@dataclass
class PeopleGroup:
    id: str
    name: str = ""
    members: list[str] | None = None


@dataclass
class SharedBoard:
    """A board; `sharing` is its sharing policy as the API has it, `members` those it names, the owner among them."""

    id: str
    name: str
    team_id: str
    owner_id: str
    sharing: Mapping[str, object]
    project_id: str | None = None
    members: Roles | None = None
    groups: Roles | None = None

    def level(self, name: str) -> str:
        """What a part of the sharing policy gives: "view", "comment", "edit" and such; nothing where it is closed."""
        value = self.sharing.get(name)
        return value if isinstance(value, str) and value not in ("private", "no_access") else ""


@dataclass
class Organization:
    """What was read of an organization; `missing` says what was not."""

    id: str
    own_id: str
    people: People = field(default_factory=People)
    teams: dict[str, Team] = field(default_factory=dict[str, Team])
    projects: dict[str, Project] = field(default_factory=dict[str, Project])
    groups: dict[str, PeopleGroup] = field(default_factory=dict[str, PeopleGroup])
    boards: list[SharedBoard] = field(default_factory=list[SharedBoard])
    missing: list[str] = field(default_factory=list[str])

    @property
    def sees_private_boards(self) -> bool:
        """Whether Miro lists to the token's person the private boards of others too."""
        own = self.people.get(self.own_id)
        return own.is_admin and "Content Admin" in own.admin_roles
