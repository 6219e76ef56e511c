"""Reviewing one person: what they are in is read team by team, since the API has no list of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from ...directory.holds import read_holds
from ...directory.load import (
    note_board,
    own_organization_of,
    person_of_member,
    read_board,
    read_group,
    read_group_names,
    read_project,
    read_project_names,
    read_team,
    read_team_names,
)
from ...directory.looks import Looks
from ...directory.people import Person
from ...directory.values import Organization
from ...errors import BadArguments
from ...guardrails.lookups import entries
from ...session import Session
from ...system.parallel import Work, run_jobs
from ..workflow import Outcome
from .plan import plan_leaving
from .reviewed import Reviewed
from .tell import tell_person
from .tool import DEFAULT_BUDGET, PersonReviewArguments


async def run(arguments: PersonReviewArguments, session: Session) -> Outcome:
    """Raises:
    CallError: the person can't be read; what else can't be read is told.
    """
    if bool(arguments.email) == bool(arguments.user_id):
        raise BadArguments(
            "miro_person_review: give email or user_id, one of them, for example "
            '"email": "ada@example.com". Nothing was sent.'
        )
    organization = await own_organization_of(session)
    person = await _find(arguments, session, organization)
    looks = Looks(session)
    reviewed = Reviewed(person, organization)
    await _read_places(looks, organization)
    await run_jobs([partial(_read_boards, looks, reviewed), partial(_read_holds, looks, reviewed)])
    await _read_people(looks, reviewed)
    if arguments.leaving:
        await run_jobs([partial(read_board, looks, organization, board) for board in reviewed.boards])
    _note_what_is_not_listed(looks, organization)
    organization.missing = looks.missing
    return tell_person(
        reviewed,
        plan_leaving(reviewed, session.tools.keys()) if arguments.leaving else None,
        start=arguments.start or 0,
        budget=arguments.budget or DEFAULT_BUDGET,
    )


async def _find(arguments: PersonReviewArguments, session: Session, organization: Organization) -> Person:
    """Raises:
    BadArguments: there is nobody like this in the organization.
    """
    where: dict[str, Any] = {"org_id": organization.id}
    if arguments.user_id:
        found = await session.read("enterprise-get-organization-member", **where, member_id=arguments.user_id)
    else:
        listed = await session.read("enterprise-get-organization-members", **where, emails=arguments.email)
        found = next(iter(entries({"data": listed}, "data") or entries(listed, "data")), None)
    if not found:
        raise BadArguments(
            f"miro_person_review: email: there is nobody with the address {arguments.email!r} in the organization. "
            "miro_organizations_read list_members lists everybody. Nothing was changed."
        )
    person = person_of_member(found)
    organization.people.add(person)
    return person


async def _read_places(looks: Looks, organization: Organization) -> None:
    """Every team, project and user group with its people."""
    await run_jobs([partial(read_team_names, looks, organization), partial(read_group_names, looks, organization)])
    teams = list(organization.teams.values())
    first: list[Work] = [
        *(partial(read_team, looks, organization, team, access=False) for team in teams),
        *(partial(read_project_names, looks, organization, team.id) for team in teams),
        *(partial(read_group, looks, organization, group) for group in organization.groups.values()),
    ]
    looks.steps = 2 * len(first)
    await run_jobs(first)
    projects = organization.projects.values()
    await run_jobs([partial(read_project, looks, organization, project, access=False) for project in projects])


async def _read_boards(looks: Looks, reviewed: Reviewed) -> None:
    """The boards that the person owns."""
    owned = await looks.every("boards that they own", "", "get-boards", owner=reviewed.person.id)
    for entry in owned or ():
        note_board(reviewed.organization, entry)


async def _read_holds(looks: Looks, reviewed: Reviewed) -> None:
    reviewed.holds = await read_holds(looks, reviewed.organization.id, reviewed.person.email)


async def _read_people(looks: Looks, reviewed: Reviewed) -> None:
    """The addresses of those who would inherit, and what the token's own person may see."""
    organization = reviewed.organization
    heirs = {heir for board in reviewed.boards if (heir := reviewed.heir_of(board)) is not None}

    async def read(id: str) -> None:
        found = await looks.one(
            "addresses", f"id {id}", "enterprise-get-organization-member", org_id=organization.id, member_id=id
        )
        if found is not None:
            organization.people.add(person_of_member(found))

    ids = sorted({*heirs, organization.own_id} - {reviewed.person.id})
    await run_jobs([partial(read, id) for id in ids])


def _note_what_is_not_listed(looks: Looks, organization: Organization) -> None:
    if not organization.sees_private_boards:
        looks.note(
            "boards that they own",
            "",
            f"private ones that are not shared with {organization.people.label(organization.own_id)}, whose token this "
            "is, are on no list: Miro tells them to company admins with Content Admin permissions only",
        )
