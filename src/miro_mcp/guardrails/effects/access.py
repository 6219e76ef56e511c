"""Who gains access, and whose role changes."""

from __future__ import annotations

from collections.abc import Sequence

from ...text.quoting import listed, quoted
from ..lookups import Given, Lookup, entries, look_or_none, part
from ..names import named
from ..subjects import Subject
from . import EffectSentences
from .counts import count_members


def gains(argument: str) -> EffectSentences:
    async def tell(given: Given, _: Sequence[Subject], __: Lookup) -> list[str]:
        people = [str(one) for one in entries(given, argument) or [given.get(argument)] if one is not None]
        return [f"gains access: {listed(people)}{_as_role(given)}"] if people else []

    return tell


def _as_role(given: Given) -> str:
    return f", as {quoted(str(given['role']))}" if "role" in given else ""


async def changes_role(given: Given, subjects: Sequence[Subject], _: Lookup) -> list[str]:
    before = part(subjects[-1].found, "role")
    return [f"role: {quoted(str(before or 'unknown'))} becomes {quoted(str(given['role']))}"] if "role" in given else []


async def groups_gain(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    told: list[str] = []
    ids = entries(given, "userGroupIds") or [given.get("userGroupId")]
    for group in ids:
        where = {"org_id": given["org_id"], "group_id": str(group)}
        found = await look_or_none(look, "enterprise-get-group", where)
        members = await count_members(where, look)
        people = f", {members} people" if members else ""
        told.append(f"gains access: user group {named(found, str(group))}{people}{_as_role(given)}")
    return told


async def joins_and_leaves_group(given: Given, _: Sequence[Subject], __: Lookup) -> list[str]:
    told = [("gains what the group may reach", "membersToAdd"), ("loses what the group may reach", "membersToRemove")]
    return [f"{what}: {listed(map(str, entries(given, name)))}" for what, name in told if entries(given, name)]
