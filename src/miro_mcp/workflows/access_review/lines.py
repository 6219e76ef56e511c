"""The lines of an access review: one a board, and one for each team, project and user group that boards refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ...directory.reach import team_role
from ...directory.values import Organization, Roles, SharedBoard
from ...text.quoting import quoted

SetKey = tuple[str, str]
"""What people are together in: "team", "project" or "group", and its id."""

_RANKS = ("owner", "coowner", "admin", "editor", "member", "commenter", "commentator", "viewer")


class AccessWords:
    """Words for one organization; with `most` lists of people are cut to so many, and the others counted."""

    def __init__(self, organization: Organization) -> None:
        self._organization = organization
        self._people = organization.people
        places = (organization.teams, organization.projects, organization.groups)
        self._names = Counter(one.name for place in places for one in place.values())

    def board(self, board: SharedBoard, most: int | None = None) -> str:
        """As in `uXjV… "Roadmap", team "Product": organization view; owner ada; editor ben, hana(external)`."""
        home = f"team {self._called('team', board.team_id)}" if board.team_id else "no team"
        if board.project_id:
            home += f", project {self._called('project', board.project_id)}"
        direct = {**({board.owner_id: "owner"} if board.owner_id else {}), **(board.members or {})}
        unseen = [
            f"{what} not seen" for what, seen in (("members", board.members), ("groups", board.groups)) if seen is None
        ]
        told = [*self._open(board), *self._places(board), *self._by_role(direct, most), *unseen]
        return f"{board.id} {quoted(board.name)}, {home}: {'; '.join(told)}"

    def sets_of(self, board: SharedBoard) -> list[SetKey]:
        """What a board's line refers to, and what that refers to."""
        organization = self._organization
        found: list[SetKey] = []
        groups: list[str] = list(board.groups or ())
        if project := organization.projects.get(board.project_id or ""):
            found.append(("project", project.id))
            groups += project.groups or ()
        team = organization.teams.get(board.team_id)
        if team and team_role(board, organization):
            found.append(("team", team.id))
            groups += team.groups or ()
        return [*found, *(("group", id) for id in dict.fromkeys(groups))]

    def people_of(self, board: SharedBoard) -> list[str]:
        """Whom a board's own line names."""
        return list(dict.fromkeys([*([board.owner_id] if board.owner_id else []), *(board.members or ())]))

    def people_in(self, key: SetKey) -> list[str]:
        kind, id = key
        organization = self._organization
        if kind == "group":
            group = organization.groups.get(id)
            return list((group.members if group else None) or ())
        place = organization.teams[id] if kind == "team" else organization.projects[id]
        return list(place.members or ())

    def set_line(self, key: SetKey, most: int | None = None) -> str:
        """As in `Project "Launch" (id …): owner ada; viewer ben; group "Leads" viewer; whole team view`."""
        kind, id = key
        organization = self._organization
        if kind == "group":
            group = organization.groups.get(id)
            members = None if group is None else group.members
            told = [self._listed(members, most)] if members is not None else ["people not seen"]
            return self._set("Group", group.name if group else "", id, told)
        if kind == "team":
            team = organization.teams[id]
            told = self._roles(team.members, most)
            told += [f"group {self._called('group', one)}" for one in team.groups or ()]
            told += ["groups not seen"] if team.groups is None else []
            return self._set("Team", team.name, id, told)
        project = organization.projects[id]
        told = self._roles(project.members, most)
        told += [f"group {self._called('group', one)} {role.lower()}" for one, role in (project.groups or {}).items()]
        told += ["groups not seen"] if project.groups is None else []
        told += {"view": ["whole team view"], None: ["team access not seen"]}.get(project.team_access, [])
        return self._set("Project", project.name, id, told)

    def _set(self, kind: str, name: str, id: str, told: Sequence[str]) -> str:
        return f"{kind} {quoted(name)} (id {id}): {'; '.join(told)}"

    def _open(self, board: SharedBoard) -> list[str]:
        """What the policy opens, beside the team."""
        told: list[str] = []
        if level := board.level("access"):
            password = " with a password" if board.sharing.get("accessPasswordRequired") else ""
            told.append(f"public {level}{password}")
        if level := board.level("inviteToAccountAndBoardLinkAccess"):
            told.append(f"link {level}")
        if level := board.level("organizationAccess"):
            told.append(f"organization {level}")
        return told

    def _places(self, board: SharedBoard) -> list[str]:
        told = [f"team {level}"] if (level := board.level("teamAccess")) else []
        if board.project_id:
            told.append("project")
        return told + [f"group {self._called('group', id)} {role.lower()}" for id, role in (board.groups or {}).items()]

    def _called(self, kind: str, id: str) -> str:
        organization = self._organization
        places = {"team": organization.teams, "project": organization.projects, "group": organization.groups}
        found = places[kind].get(id)
        name = found.name if found else ""
        return quoted(name) if name and self._names[name] == 1 else f"{quoted(name)} (id {id})" if name else f"id {id}"

    def _roles(self, members: Roles | None, most: int | None) -> list[str]:
        return ["people not seen"] if members is None else self._by_role(members, most) or ["nobody"]

    def _by_role(self, members: Roles, most: int | None) -> list[str]:
        roles = sorted(set(members.values()), key=lambda role: _RANKS.index(role) if role in _RANKS else len(_RANKS))
        return [f"{role} {self._listed([id for id, has in members.items() if has == role], most)}" for role in roles]

    def _listed(self, ids: Iterable[str], most: int | None) -> str:
        every = list(ids)
        told = [self._people.marked(id) for id in every[:most]]
        left = len(every) - len(told)
        return ", ".join([*told, *([f"{left} more"] if left else [])]) or "nobody"
