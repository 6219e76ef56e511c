"""What happens to people: their sessions, accounts and teams, and who gets their boards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ...text.quoting import listed, quoted, quoted_json
from ..lookups import Given, Lookup, entries, look_or_none, own_organization, part
from ..names import names_of
from ..subjects import Subject
from . import LOOKED_UP


async def signs_out(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    organization = await own_organization(look)
    where = {"org_id": str(organization), "emails": given["email"]}
    found = await look_or_none(look, "enterprise-get-organization-members", where) if organization else None
    told = [f"signed out of every device: {quoted(given['email'])}"]
    for person in cast("list[Any]", found)[:1] if isinstance(found, list) else entries(found, "data")[:1]:
        role, id = str(part(person, "role")), str(part(person, "id"))
        told.append(f"who is {quoted(role)} in the organization (id {quoted(id)})")
    return told


async def removes_account(_: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    return await _heirs_of_account(subjects[-1], look)


async def removes_member(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    return await _heirs_of_member(given["org_id"], given["team_id"], given["member_id"], look)


async def _heirs_of_account(person: Subject, look: Lookup) -> list[str]:
    """Who gets the boards of a person who leaves, the oldest admin as Miro has it: a sentence for each known team."""
    teams = entries(person.found, "groups")
    if not teams:
        return ["this person's boards pass to the oldest admin of each team"]
    organization = await own_organization(look)
    told: list[str] = []
    for team in teams:
        heir = await _heir(organization, str(part(team, "value")), person.id, look)
        told.append(f"boards in team {quoted(str(part(team, 'display') or part(team, 'value')))} pass to {heir}")
    return told


async def _heirs_of_member(organization: str, team: str, person: str, look: Lookup) -> list[str]:
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


async def changes_account(given: Given, _: Sequence[Subject], __: Lookup) -> list[str]:
    changes = [("Replace", field, given[field]) for field in _WHOLE if field in given]
    changes += [
        (str(part(patch, "op")), attribute_of(str(part(patch, "path"))), part(patch, "value"))
        for patch in entries(given, "Operations")
    ]
    told = [_DEACTIVATED] if any(_deactivates(*change) for change in changes) else []
    others = [change for change in changes if change[1].lower() != "active"]
    return told + [_change(*change) for change in sorted(others, key=lambda one: not _is_grave(one[1]))]


def _is_grave(attribute: str) -> bool:
    """Whether what a person may do hangs on it: it is told before names and numbers."""
    return attribute.lower().startswith(("role", "user", "entitlement", "group"))


_WHOLE = ("active", "userName", "userType", "roles")
_DEACTIVATED = "the account is deactivated: the person can't sign in any more"
_DOES = {"Add": "gains", "Replace": "becomes", "Remove": "is taken away"}


def attribute_of(path: str) -> str:
    """The attribute that a path means, without the schema it may be qualified with."""
    return path.strip().rpartition("User:")[2] if path.lower().startswith("urn:") else path.strip()


def _deactivates(op: str, attribute: str, value: Any) -> bool:
    name = attribute.lower()
    if isinstance(value, Mapping):
        inside = {attribute_of(str(one)).lower(): member for one, member in cast("Given", value).items()}
        return str(inside.get("active")).lower() == "false"
    return name == "active" and (op == "Remove" or str(value).lower() != "true")


def _change(op: str, attribute: str, value: Any) -> str:
    """One operation in words, with everything that it carries."""
    if op == "Remove" and value is None:
        return f"{attribute} {_DOES[op]}"
    values = cast("list[Any]", value) if isinstance(value, list) else [value]
    told = [str(part(one, "value")) if part(one, "value") is not None else one for one in values]
    words = ", ".join(quoted(one) if isinstance(one, str) else quoted_json(one) for one in told)
    return f"{attribute} {_DOES.get(op, op)}: {words}" if op == "Remove" else f"{attribute} {_DOES.get(op, op)} {words}"


async def changes_scim_group(given: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    now = {str(part(one, "value")): str(part(one, "display")) for one in entries(subjects[-1].found, "members")}
    joining: list[str] = []
    leaving: list[str] = []
    for patch in entries(given, "Operations"):
        people = [str(part(one, "value")) for one in entries(patch, "value")]
        if part(patch, "path") == "displayName":
            continue
        match part(patch, "op"):
            case "Add":
                joining += people
            case "Remove":
                leaving += people or list(now)
            case _:
                joining += [person for person in people if person not in now]
                leaving += [person for person in now if person not in people]
    told = [f"joins the team: {await _people(joining, now, look)}"] if joining else []
    if leaving:
        told.append(f"leaves the team: {await _people(leaving, now, look)}; their boards pass to another of its people")
    return told


async def _people(ids: Sequence[str], known: Mapping[str, str], look: Lookup) -> str:
    named = [
        known.get(one) or next(iter(names_of(await look_or_none(look, "getUser", {"id": one}))), one)
        for one in ids[:LOOKED_UP]
    ]
    return listed([*named, *ids[LOOKED_UP:]])
