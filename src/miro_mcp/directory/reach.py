"""Who reaches a board and through what, and which of it is worth a second look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from .values import Organization, SharedBoard

Finding = Literal["public", "link", "organization", "external", "inactive"]
FINDINGS: tuple[Finding, ...] = get_args(Finding)

_OPEN: dict[Finding, str] = {
    "public": "access",
    "link": "inviteToAccountAndBoardLinkAccess",
    "organization": "organizationAccess",
}
"""The part of the sharing policy that each finding is about."""

Kind = Literal["direct", "project", "group", "team"]


@dataclass(frozen=True)
class AccessPath:
    """One way by which a person has access: `id` is that of the project, user group or team they are in.

    A user group may itself be in the team or project that has the access, which `within` names.
    """

    person_id: str
    kind: Kind
    role: str
    id: str = ""
    within: str = ""


def open_field(finding: Finding) -> str | None:
    """The field of the sharing policy that a finding is about; none for findings about people."""
    return _OPEN.get(finding)


def ways_to(board: SharedBoard, organization: Organization) -> Iterator[AccessPath]:
    """Every way by which a named person has access; what the organization and the public may do is in the policy."""
    for person_id, role in _direct(board).items():
        yield AccessPath(person_id, "direct", role)
    yield from _of_groups(board.groups or {}, organization, "")
    project = organization.projects.get(board.project_id or "")
    if project:
        for person_id, role in (project.members or {}).items():
            yield AccessPath(person_id, "project", role, project.id)
        yield from _of_groups(project.groups or {}, organization, project.id)
    role = team_role(board, organization)
    team = organization.teams.get(board.team_id)
    if role and team:
        for person_id in team.insiders:
            yield AccessPath(person_id, "team", role, team.id)
        yield from _of_groups(dict.fromkeys(team.groups or (), role), organization, team.id)


def team_role(board: SharedBoard, organization: Organization) -> str:
    """What the whole team may do, by the board's own policy or else as the project's."""
    project = organization.projects.get(board.project_id or "")
    through_project = "view" if project and project.team_access == "view" else ""
    return board.level("teamAccess") or through_project


def findings_of(board: SharedBoard, organization: Organization) -> list[Finding]:
    found: list[Finding] = [finding for finding, field in _OPEN.items() if board.level(field)]
    ids = {way.person_id for way in ways_to(board, organization)}
    people = organization.people
    if any(people.is_external(id) for id in ids):
        found.append("external")
    if any(people.is_inactive(id) for id in ids):
        found.append("inactive")
    return found


def _direct(board: SharedBoard) -> dict[str, str]:
    owner = {board.owner_id: "owner"} if board.owner_id else {}
    return {**owner, **(board.members or {})}


def _of_groups(groups: dict[str, str], organization: Organization, within: str) -> Iterator[AccessPath]:
    for id, role in groups.items():
        group = organization.groups.get(id)
        for person_id in (group.members if group else None) or ():
            yield AccessPath(person_id, "group", role.lower(), id, within)
