"""What a person leaves behind: boards and who gets them, the access that stays, and legal holds that lose boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import ApiError, CallError
from ...text.quoting import listed, quoted
from ..lookups import Given, Lookup, entries, look_or_none, own_organization, part
from ..names import names_of
from ..subjects import Subject

_PAGE, _MOST_BOARDS = 50, 500
_NAMED = 10
"""Boards that are named; the others count."""

_MOST_PLACES, _MOST_CASES = 50, 5
"""Teams and user groups, and cases, that are looked through: each costs a call."""

_UNSEEN = "could not be seen"


async def removes_account(_: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    """Each team with the boards that pass on, and the holds that lose some of them."""
    person = subjects[-1]
    organization = await own_organization(look)
    boards = await _owned(person.id, look)
    teams = {str(part(team, "value")): str(part(team, "display") or "") for team in entries(person.found, "groups")}
    for board in boards or ():
        teams.setdefault(str(part(board, "team", "id")), str(part(board, "team", "name") or ""))
    if not teams:
        return ["this person's boards pass to the oldest admin of each team"]
    told: list[str] = []
    heirs: dict[str, str | None] = {}
    for id, name in teams.items():
        heirs[id] = await _heir(organization, id, person.id, look)
        amount = _counted(boards, id)
        told.append(f"boards in team {quoted(name or id)} pass to {_called(heirs[id])}{amount}")
    email = str(part(person.found, "userName") or "")
    return told + await _holds(organization, email, boards, heirs, look)


async def removes_member(given: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    """Of one team: the boards that pass on, what stays, and the holds that lose some of the boards."""
    organization, team, person = str(given["org_id"]), str(given["team_id"]), str(given["member_id"])
    boards = await _owned(person, look)
    heir = await _heir(organization, team, person, look)
    told = [f"boards this person owns in the team pass to {_called(heir)}{_counted(boards, team)}"]
    told.append(f"access that stays: {await _elsewhere(organization, person, team, look)}")
    email = str(part(subjects[-1].found, "email") or "")
    return told + await _holds(organization, email, boards, {team: heir}, look)


async def leaves_board(given: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    """What still gives somebody access to the board that they are taken out of."""
    board, person = subjects[0].found, str(given["board_member_id"])
    organization = await own_organization(look)
    sharing = part(board, "policy", "sharingPolicy")
    stays: list[str] = []
    where = {"org_id": str(organization), "member_id": person}
    team = {**where, "team_id": str(part(board, "team", "id"))}
    if (level := part(sharing, "access")) not in (None, "private"):
        stays.append(f"by the link, as anyone ({level})")
    if (level := part(sharing, "organizationAccess")) not in (None, "private"):
        stays.append(f"with everyone in the organization ({level}), if they are of it")
    if (level := part(sharing, "teamAccess")) not in (None, "private"):
        stays += _if_in(await _is_in(look, "enterprise-get-team-member", team), f"with the team ({level})")
    if project := part(board, "project", "id"):
        where = {**team, "project_id": str(project)}
        stays += _if_in(await _is_in(look, "enterprise-get-project-member", where), "through the board's project")
    return [f"access that stays: {'; '.join(stays) or 'none that could be seen'}"]


def _if_in(is_in: bool | None, told: str) -> list[str]:
    return [] if is_in is False else [told if is_in else f"{told}, if they are in it"]


async def leaves_project(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {name: given[name] for name in ("org_id", "team_id", "project_id")}
    settings = await look_or_none(look, "enterprise-get-project-settings", where)
    level = part(settings, "sharingPolicySettings", "teamAccess")
    if level == "view":
        return ["access that stays: they may view its boards with the whole team"]
    return ["access that stays: they are still in the team" + ("" if level else f"; the project's own {_UNSEEN}")]


async def leaves_group(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    organization, person = str(given["org_id"]), str(given["member_id"])
    return [f"access that stays: {await _elsewhere(organization, person, str(given['group_id']), look)}"]


async def _owned(person: str, look: Lookup) -> list[Any] | None:
    """The boards that somebody owns, as far as the token sees them; None where they can't be listed."""
    found: list[Any] = []
    while len(found) < _MOST_BOARDS:
        page = await look_or_none(look, "get-boards", {"owner": person, "limit": _PAGE, "offset": len(found)})
        if page is None:
            return found or None
        found += entries(page, "data")
        if len(entries(page, "data")) < _PAGE:
            break
    return found


def _counted(boards: list[Any] | None, team: str) -> str:
    """As in `: 3 ("Plan", …)`."""
    if boards is None:
        return f" (how many {_UNSEEN})"
    names = [next(iter(names_of(board)), str(part(board, "id"))) for board in _in(boards, team)]
    more = ", …" if len(names) > _NAMED else ""
    return f": {len(names)}" + (f" ({listed(names[:_NAMED])}{more})" if names else "")


def _in(boards: list[Any], team: str) -> list[Any]:
    return [board for board in boards if str(part(board, "team", "id")) == team]


async def _heir(organization: object, team: str, leaving: str, look: Lookup) -> str | None:
    """The address of the team's oldest other admin, who gets the boards as Miro has it; None where it can't be told."""
    where = {"org_id": str(organization), "team_id": team, "role": "admin"}
    admins = entries(await look_or_none(look, "enterprise-get-team-members", where), "data") if organization else []
    others = [admin for admin in admins if part(admin, "id") != leaving]
    if not others:
        return None
    oldest = min(others, key=lambda admin: str(part(admin, "createdAt")))
    person = {"org_id": str(organization), "member_id": str(part(oldest, "id"))}
    found = await look_or_none(look, "enterprise-get-organization-member", person)
    return next(iter(names_of(found)), person["member_id"])


def _called(heir: str | None) -> str:
    return "the team's oldest admin" if heir is None else f"its oldest admin, {quoted(heir)}"


async def _elsewhere(organization: str, person: str, left: str, look: Lookup) -> str:
    """The teams and user groups that somebody is in beside the one that they leave."""
    told: list[str] = []
    for what, listing, member, name in (
        ("team", "enterprise-get-teams", "enterprise-get-team-member", "team_id"),
        ("user group", "enterprise-get-groups", "enterprise-get-group-member", "group_id"),
    ):
        page = await look_or_none(look, listing, {"org_id": organization})
        places = [place for place in entries(page, "data") if str(part(place, "id")) != left]
        for place in places[:_MOST_PLACES]:
            where = {"org_id": organization, name: str(part(place, "id")), "member_id": person}
            if await _is_in(look, member, where):
                told.append(f"{what} {quoted(next(iter(names_of(place)), where[name]))}")
        if page is None or part(page, "cursor") or len(places) > _MOST_PLACES:
            told.append(f"{'other' if told else 'all'} {what}s {_UNSEEN}")
    return ", ".join(told) or "no other team or user group"


async def _is_in(look: Lookup, operation_id: str, where: Given) -> bool | None:
    """Whether somebody is a member; None where that can't be seen."""
    try:
        await look(operation_id, where)
    except ApiError as error:
        return False if error.status == 404 else None
    except CallError:
        return None
    return True


async def _holds(
    organization: object, email: str, boards: list[Any] | None, heirs: dict[str, str | None], look: Lookup
) -> list[str]:
    """The legal holds that name somebody, and what of the boards passing on they would lose."""
    cases = await look_or_none(look, "get-all-cases", {"org_id": str(organization)}) if organization else None
    found = entries(cases, "data")
    if cases is None or not email or len(found) > _MOST_CASES or part(cases, "cursor"):
        return [f"legal holds {_UNSEEN}: miro_person_review looks through them (toolset compliance)"]
    told: list[str] = []
    for case in found:
        where = {"org_id": str(organization), "case_id": str(part(case, "id"))}
        for hold in entries(await look_or_none(look, "get-all-legal-holds", where), "data"):
            named = {str(part(user, "email")).casefold() for user in entries(hold, "scope", "users")}
            if email.casefold() in named:
                lost = sum(
                    len(_in(boards or [], team))
                    for team, heir in heirs.items()
                    if heir is not None and heir.casefold() not in named
                )
                told.append(
                    f"legal hold {quoted(next(iter(names_of(hold)), str(part(hold, 'id'))))} names this person; {lost} "
                    "of these boards pass to people it does not name"
                )
    return told or ["no legal hold names this person"]
