"""Reading an organization's parts into values, each by the reads it needs and no more."""

from __future__ import annotations

from functools import partial

from ..errors import Refused
from ..guardrails.lookups import entries, part
from ..session import Session
from ..system.parallel import Work, run_jobs
from ..text.quoting import quoted
from .looks import Looks, Raw
from .people import Person
from .values import Organization, PeopleGroup, Project, SharedBoard, Team


async def own_organization_of(session: Session) -> Organization:
    """The organization of whoever the server's token belongs to, with nothing read of it yet.

    Raises:
        CallError: it can't be told, or there is none.
    """
    token = await session.own_token()
    organization, own = part(token, "organization", "id"), part(token, "user", "id")
    if not organization:
        raise Refused("The token belongs to no organization, so there is none to review. Nothing was changed.")
    return Organization(str(organization), str(own))


async def read_people(looks: Looks, organization: Organization) -> None:
    found = await looks.every(
        "people of the organization", "", "enterprise-get-organization-members", org_id=organization.id
    )
    for entry in found or ():
        organization.people.add(person_of_member(entry))
    organization.people.listed = found is not None


def person_of_member(entry: Raw) -> Person:
    """A person as the organization's list tells them."""
    return Person(
        id=str(entry.get("id")),
        email=str(entry.get("email", "")),
        role=str(entry.get("role", "")),
        active=entry.get("active") is not False,
        license=str(entry.get("license", "")),
        admin_roles=tuple(str(part(role, "name")) for role in entries(entry, "adminRoles")),
    )


async def read_team_names(looks: Looks, organization: Organization) -> None:
    found = await looks.every("teams", "", "enterprise-get-teams", org_id=organization.id)
    for entry in found or ():
        organization.teams.setdefault(str(entry.get("id")), Team(str(entry.get("id")), str(entry.get("name", ""))))


async def read_team(looks: Looks, organization: Organization, team: Team, *, access: bool = True) -> None:
    """Its people and when each came, and with `access` the user groups in it."""
    where = {"org_id": organization.id, "team_id": team.id}
    found = await looks.every("people", f"team {quoted(team.name or team.id)}", "enterprise-get-team-members", **where)
    if found is not None:
        team.members = {str(entry.get("id")): str(entry.get("role", "")) for entry in found}
        team.since = {str(entry.get("id")): str(entry.get("createdAt", "")) for entry in found}
    if not access:
        return
    team.groups = await looks.roles(
        "user groups", f"team {quoted(team.name or team.id)}", "enterprise-teams-get-groups", **where
    )


async def read_project_names(looks: Looks, organization: Organization, team_id: str) -> None:
    """The names of a team's projects; those that are known by their id alone are made up for."""
    where = {"org_id": organization.id, "team_id": team_id}
    for entry in await looks.every("projects", f"team {team_id}", "enterprise-get-projects", **where) or ():
        id = str(entry.get("id"))
        organization.projects.setdefault(id, Project(id, team_id)).name = str(entry.get("name", ""))


async def read_project(looks: Looks, organization: Organization, project: Project, *, access: bool = True) -> None:
    """Its people, and with `access` who else may see its boards: its user groups, or the whole team."""
    where = {"org_id": organization.id, "team_id": project.team_id, "project_id": project.id}
    called = f"project {project.id}"
    found = await looks.every("people", called, "enterprise-get-project-members", **where)
    if found is not None:
        project.members = {str(entry.get("id")): str(entry.get("role", "")) for entry in found}
        for entry in found:
            organization.people.note(str(entry.get("id")), email=str(entry.get("email", "")))
    if not access:
        return
    settings = await looks.one("settings", called, "enterprise-get-project-settings", **where)
    project.team_access = None if settings is None else str(part(settings, "sharingPolicySettings", "teamAccess"))
    project.groups = await looks.roles(
        "user groups", called, "enterprise-projects-get-groups", org_id=organization.id, project_id=project.id
    )


async def read_group_names(looks: Looks, organization: Organization) -> None:
    for entry in await looks.every("user groups", "", "enterprise-get-groups", org_id=organization.id) or ():
        id = str(entry.get("id"))
        organization.groups.setdefault(id, PeopleGroup(id)).name = str(entry.get("name", ""))


async def read_group(looks: Looks, organization: Organization, group: PeopleGroup) -> None:
    found = await looks.every(
        "people",
        f"user group {quoted(group.name or group.id)}",
        "enterprise-get-group-members",
        org_id=organization.id,
        group_id=group.id,
    )
    group.members = None if found is None else [str(entry.get("id")) for entry in found]
    for entry in found or ():
        organization.people.note(str(entry.get("id")), email=str(entry.get("email", "")))


def board_of_answer(entry: Raw) -> SharedBoard:
    sharing: Raw = part(entry, "policy", "sharingPolicy") or part(entry, "sharingPolicy") or {}
    project_id = part(entry, "project", "id")
    return SharedBoard(
        id=str(entry.get("id")),
        name=str(entry.get("name", "")),
        team_id=str(part(entry, "team", "id") or ""),
        owner_id=str(part(entry, "owner", "id") or ""),
        sharing=sharing,
        project_id=str(project_id) if project_id else None,
    )


def note_board(organization: Organization, entry: Raw) -> SharedBoard:
    """Takes up a board, its team and its owner."""
    board = board_of_answer(entry)
    organization.boards.append(board)
    team_name = str(part(entry, "team", "name") or "")
    if board.team_id:
        organization.teams.setdefault(board.team_id, Team(board.team_id, team_name))
    if board.owner_id:
        organization.people.note(board.owner_id, name=str(part(entry, "owner", "name") or ""))
    return board


async def read_board(looks: Looks, organization: Organization, board: SharedBoard) -> None:
    """Who the board names, and the user groups that it is shared with."""
    members = await looks.every("members", f"board {board.id}", "get-board-members", board_id=board.id)
    if members is not None:
        board.members = {str(entry.get("id")): str(entry.get("role", "")) for entry in members}
        for entry in members:
            organization.people.note(str(entry.get("id")), name=str(entry.get("name", "")))
    board.groups = await looks.roles(
        "user groups",
        f"board {board.id}",
        "enterprise-boards-get-groups",
        org_id=organization.id,
        board_id=board.id,
    )


async def read_reach(looks: Looks, organization: Organization) -> None:
    """Everything that gives somebody access to the organization's boards, side by side."""
    of_projects = {board.project_id: board.team_id for board in organization.boards if board.project_id}
    organization.projects |= {id: Project(id, team_id) for id, team_id in of_projects.items()}
    first: list[Work] = [
        partial(read_people, looks, organization),
        partial(read_group_names, looks, organization),
        *(partial(read_project_names, looks, organization, team_id) for team_id in sorted(set(of_projects.values()))),
        *(partial(read_project, looks, organization, organization.projects[id]) for id in of_projects),
        *(partial(read_board, looks, organization, board) for board in organization.boards),
    ]
    looks.steps = len(first) + sum(1 for _ in organization.boards)
    await run_jobs(first)
    for_teams = {board.team_id for board in organization.boards if board.level("teamAccess")}
    for_teams |= {one.team_id for one in organization.projects.values() if one.team_access == "view"}
    teams = [organization.teams[id] for id in sorted(for_teams) if id in organization.teams]
    await run_jobs([partial(read_team, looks, organization, team) for team in teams])
    given = [*organization.boards, *teams, *(organization.projects[id] for id in of_projects)]
    groups = sorted({id for place in given for id in place.groups or ()})
    await run_jobs(
        [partial(read_group, looks, organization, organization.groups.setdefault(id, PeopleGroup(id))) for id in groups]
    )
