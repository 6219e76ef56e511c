"""Who gets the boards of a person that leaves: the oldest admin of the team, as Miro has it."""

from __future__ import annotations

from ..lookups import Lookup, entries, look_or_none, own_organization, part
from ..names import names_of, quoted
from ..subjects import Subject

_TEAMS = 10


async def heirs_of_account(person: Subject, look: Lookup) -> list[str]:
    """One sentence a team of the account, which is found over SCIM; a general one where no team is known."""
    teams = entries(person.found, "groups")
    if not teams:
        return ["this person's boards pass to the oldest admin of each team"]
    organization = await own_organization(look)
    told: list[str] = []
    for team in teams[:_TEAMS]:
        heir = await _heir(organization, str(part(team, "value")), person.id, look)
        told.append(f"boards in team {quoted(str(part(team, 'display') or part(team, 'value')))} pass to {heir}")
    return told + ([f"and likewise in {len(teams) - _TEAMS} more teams"] if len(teams) > _TEAMS else [])


async def heirs_of_member(organization: str, team: str, person: str, look: Lookup) -> list[str]:
    return [f"boards this person owns in the team pass to {await _heir(organization, team, person, look)}"]


async def _heir(organization: object, team: str, leaving: str, look: Lookup) -> str:
    where = {"org_id": str(organization), "team_id": team, "role": "admin"}
    admins = entries(await look_or_none(look, "enterprise-get-team-members", where), "data") if organization else []
    others = [admin for admin in admins if part(admin, "id") != leaving]
    if not others:
        return "the team's oldest admin"
    oldest = min(others, key=lambda admin: str(part(admin, "createdAt")))
    person = {"org_id": str(organization), "member_id": str(part(oldest, "id"))}
    found = await look_or_none(look, "enterprise-get-organization-member", person)
    return f"its oldest admin, {quoted(next(iter(names_of(found)), person['member_id']))}"
