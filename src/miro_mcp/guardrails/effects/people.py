"""What happens to people: their sessions, accounts and teams."""

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
