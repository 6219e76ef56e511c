"""What is opened to others: boards that are shared by link, copied or moved, and what a team allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ...text.quoting import listed, quoted
from ..lookups import Given, Lookup, look_or_none, own_organization, part
from ..names import named
from ..subjects import Subject

_LINK = {"view": "view", "comment": "comment on", "edit": "edit", "private": "no longer reach"}


async def opens_board(given: Given, subjects: Sequence[Subject], _: Lookup) -> list[str]:
    sharing = part(given, "policy", "sharingPolicy")
    now = part(subjects[-1].found, "policy", "sharingPolicy") if subjects else None
    told: list[str] = []
    for field, whoever in (
        ("access", "anyone who has the link"),
        ("organizationAccess", "everyone in the organization"),
        ("teamAccess", "everyone in the team"),
    ):
        if wanted := part(sharing, field):
            told.append(f"{whoever} may {_LINK[wanted]} the board{_instead_of(part(now, field))}")
    if wanted := part(sharing, "inviteToAccountAndBoardLinkAccess"):
        whoever = f"whoever follows the invitation link joins the team as {quoted(wanted)}"
        gone = "the invitation link lets nobody in"
        before = part(now, "inviteToAccountAndBoardLinkAccess")
        told.append((gone if wanted == "no_access" else whoever) + _instead_of(before))
    return told


def _instead_of(now: Any) -> str:
    return f" (now: {quoted(str(now))})" if now else ""


async def moves_board(given: Given, subjects: Sequence[Subject], look: Lookup) -> list[str]:
    if not {"teamId", "projectId"} & set(given):
        return []
    told: list[str] = []
    home = part(subjects[-1].found, "team", "id") if subjects else None
    organization = await own_organization(look)
    if "teamId" in given:
        where = {"org_id": str(organization), "team_id": given["teamId"]}
        found = await look_or_none(look, "enterprise-get-team", where) if organization else None
        now = part(subjects[-1].found, "team", "name") if subjects else None
        told.append(f"goes to team {named(found, given['teamId'])}{_instead_of(now)}")
    if "projectId" in given:
        where = {"org_id": str(organization), "team_id": str(home), "project_id": given["projectId"]}
        found = await look_or_none(look, "enterprise-get-project", where) if organization and home else None
        told.append(f"goes to project {named(found, given['projectId'])}, whose people gain access")
    return told


async def copies(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    board = await look_or_none(look, "get-specific-board", {"board_id": given["copy_from"]})
    owner = part(board, "owner", "name")
    return [f"copies board {named(board, given['copy_from'])}" + (f", owner {quoted(str(owner))}" if owner else "")]


async def changes_settings(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {"org_id": given["org_id"], "team_id": given["team_id"]}
    return _changes(await look_or_none(look, "enterprise-get-team-settings", where), given)


async def changes_project_settings(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {name: given[name] for name in ("org_id", "team_id", "project_id")}
    return _changes(await look_or_none(look, "enterprise-get-project-settings", where), given)


async def changes_policy(given: Given, subjects: Sequence[Subject], _: Lookup) -> list[str]:
    return _changes(part(subjects[-1].found, "policy"), part(given, "policy") or {})


async def changes_labelling(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {name: given[name] for name in ("org_id", "team_id")}
    now = await look_or_none(look, "enterprise-dataclassification-team-settings-get", where)
    fields = ("enabled", "defaultLabelId")
    return [f"{field}: {_plain(part(now, field))} becomes {_plain(given[field])}" for field in fields if field in given]


def _changes(now: Any, given: Given) -> list[str]:
    """Each field of each section that is given, as it is now and as it will be."""
    return [
        f"{field}: {_plain(part(now, section, field))} becomes {_plain(value)}"
        for section, fields in given.items()
        if isinstance(fields, Mapping)
        for field, value in cast("Given", fields).items()
    ]


def _plain(value: Any) -> str:
    if value is None:
        return "what it is now"
    return listed(map(str, cast("list[Any]", value))) or "none" if isinstance(value, list) else quoted(str(value))
