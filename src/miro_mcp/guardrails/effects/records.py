"""What legal holds stop preserving, what exports take out, what labels are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...text.quoting import listed, quoted
from ..lookups import Given, Lookup, entries, look_or_none, part
from ..names import named
from ..subjects import Subject
from . import LOOKED_UP


async def preserves(given: Given, subjects: Sequence[Subject], _: Lookup) -> list[str]:
    before = _custodians(subjects[-1].found) if subjects[-1].kind == "legal hold" else []
    after = _custodians(given)
    dropped = [email for email in before if email not in after]
    added = [email for email in after if email not in before]
    told = [f"newly preserved: {listed(added)}"] if added else []
    if subjects[-1].kind == "legal hold":
        seen = subjects[-1].found is not None
        told.append(f"no longer preserved: {listed(dropped) or ('nobody' if seen else 'it could not be seen who')}")
    return told


async def releases(_: Given, subjects: Sequence[Subject], __: Lookup) -> list[str]:
    return [f"no longer preserved: {listed(_custodians(subjects[-1].found)) or 'it could not be seen who'}"]


async def closes(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {"org_id": given["org_id"], "case_id": given["case_id"]}
    holds = entries(await look_or_none(look, "get-all-legal-holds", where), "data")
    return [
        f"ends legal hold {named(hold, str(part(hold, 'id')))}; no longer preserved: "
        f"{listed(_custodians(hold)) or 'it could not be seen who'}"
        for hold in holds
    ]


def _custodians(holder: Any) -> list[str]:
    return [str(part(entry, "email")) for entry in entries(holder, "scope", "users")]


async def exports(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    if "boardIds" not in given:
        return ["boards to export: none are named, so Miro decides which"]
    boards = entries(given, "boardIds")
    looks = [look_or_none(look, "get-specific-board", {"board_id": board}) for board in boards[:LOOKED_UP]]
    told = [named(await one, str(board)) for one, board in zip(looks, boards, strict=False)]
    told += [quoted(str(board)) for board in boards[LOOKED_UP:]]
    return [f"boards to export: {len(boards)} ({', '.join(told)})"]


async def makes_link(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    where = {"org_id": given["org_id"], "job_id": given["job_id"]}
    tasks = entries(await look_or_none(look, "enterprise-board-export-job-tasks", where), "data")
    boards = [part(task, "boardId") or part(task, "board", "id") for task in tasks if _is(task, given["task_id"])]
    return [f"whoever has the link can download {'board ' + quoted(str(boards[0])) if boards else 'the board'}"]


def _is(task: Any, task_id: str) -> bool:
    return task_id in (part(task, "id"), part(task, "taskId"))


async def labels(given: Given, _: Sequence[Subject], look: Lookup) -> list[str]:
    label = given.get("labelId", given.get("defaultLabelId"))
    where = {"org_id": given["org_id"]}
    found = await look_or_none(look, "enterprise-dataclassification-organization-settings-get", where)
    names = [str(part(one, "name")) for one in entries(found, "labels") if str(part(one, "id")) == str(label)]
    told = [f"label: {quoted(names[0] if names else str(label))}"] if label is not None else []
    if "notClassifiedOnly" in given:
        told.append(
            "boards that have a label keep it" if given["notClassifiedOnly"] else "every board loses the label it has"
        )
    return told


async def locks_out(_: Given, __: Sequence[Subject], ___: Lookup) -> list[str]:
    return ["if this is the token the server itself uses, the server is locked out by it"]
