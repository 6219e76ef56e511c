"""Cases with legal holds, export jobs, and six months of logs in the order of time."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from uuid import UUID, uuid5

from ..audit import AUDIT_LOG
from ..compliance.board_exports import EXPORT_JOB
from ..compliance.legal_holds import CASE, HOLD, identified
from ..compliance.logs import AI_LOG, CONTENT_LOG
from ..http.replies import ago
from ..identity import ORGANIZATION_ID, USER_ID
from ..people import everyone, is_internal, person_of
from ..store import Document, Store

DAYS = 180
"""How far back the logs go."""

CASE_ID, HOLD_IDS = "3074457345618265602", ("3074457345618265702", "3074457345618265703")

_IDS = UUID("0d5d4a2e-9a70-4f0c-8a53-1f3f6b0b7c11")
_EXPORTS = ((150, 4, "PDF"), (96, 6, "SVG"), (41, 2, "HTML"), (24, 12, "PDF"), (9, 3, "SVG"))
"""Days ago, how many boards, format."""

_EVENTS: tuple[tuple[str, str, int], ...] = (
    ("sign_in_succeeded", "authentication", 5),
    ("board_opened", "board", 8),
    ("board_shared", "board", 2),
    ("board_created", "board", 1),
    ("sign_in_failed", "authentication", 1),
)
"""Event, category, and how often it comes beside the others."""

_A_DAY = 7
_CONTENT, _AI = 240, 60


def add_records(store: Store, chance: Random) -> None:
    people = [person for person in everyone(store) if is_internal(person) and person["active"]]
    boards = store.all("board", "")
    _holds(store, boards)
    exports = [_export(store, number, people, boards, chance) for number in range(len(_EXPORTS))]
    _in_order(store, AUDIT_LOG, "createdAt", [*_audit(people, boards, chance), *exports])
    _in_order(store, CONTENT_LOG, "actionTime", [_content(n, people, boards, chance) for n in range(_CONTENT)])
    _in_order(store, AI_LOG, "storedAt", [_question(n, people, boards, chance) for n in range(_AI)])


def _holds(store: Store, boards: Sequence[Document]) -> None:
    """Two holds of one case, on people who own boards; one person is in both."""
    owners = list(dict.fromkeys(board["owner"]["id"] for board in boards if board["owner"]["id"] != USER_ID))
    made_by = identified(person_of(store, USER_ID))
    at = ago(70)
    made: Document = {
        "organizationId": ORGANIZATION_ID,
        "createdBy": made_by,
        "lastModifiedBy": made_by,
        "createdAt": at,
        "lastModifiedAt": at,
    }
    case = {"id": CASE_ID, "name": "Contract audit", "description": "Who agreed to what with the printers"}
    store.add(CASE, ORGANIZATION_ID, CASE_ID, case | made)
    for id, name, held in zip(HOLD_IDS, ("Campaign boards", "Pricing boards"), (owners[:3], owners[2:4]), strict=True):
        users = [identified(person_of(store, person_id)) for person_id in held]
        hold = {"id": id, "caseId": CASE_ID, "name": name, "description": "", "scope": {"users": users}}
        store.add(HOLD, CASE_ID, id, hold | made)


def _export(
    store: Store, number: int, people: Sequence[Document], boards: Sequence[Document], chance: Random
) -> Document:
    """Adds an export job; returns what the audit log says of it."""
    days, count, board_format = _EXPORTS[number]
    by, at = chance.choice(people), ago(days)
    job_id = str(uuid5(_IDS, f"export {number}"))
    ids = [board["id"] for board in chance.sample(boards, count)]
    job: Document = {
        "id": job_id,
        "name": f"Export of {at}",
        "boardFormat": board_format,
        "createdAt": at,
        "modifiedAt": at,
        "creatorId": by["id"],
        "boardIds": ids,
        "sizes": {id: 20_000 + 1_500 * place for place, id in enumerate(ids)},
        "looks": 0,
        "cancelled": False,
    }
    store.add(EXPORT_JOB, ORGANIZATION_ID, job_id, job)
    entry = _event("board_export_requested", "ediscovery", days, by, {"id": job_id}, f"export {number}")
    return entry | {"details": {"boardFormat": board_format, "boardIds": ids}}


def _audit(people: Sequence[Document], boards: Sequence[Document], chance: Random) -> list[Document]:
    kinds = [(event, category) for event, category, often in _EVENTS for _ in range(often)]
    entries: list[Document] = []
    for number in range(DAYS * _A_DAY):
        (event, category), by = chance.choice(kinds), chance.choice(people)
        board = chance.choice(boards)
        about = board if category == "board" else {"id": by["id"], "name": by["displayName"]}
        days = DAYS - number / _A_DAY - 0.05
        entries.append(_event(event, category, days, by, {"id": about["id"], "name": about["name"]}, str(number)))
    return entries


def _event(event: str, category: str, days: float, by: Document, about: Document, key: str) -> Document:
    at = ago(days)
    return {
        "id": f"{at}#{uuid5(_IDS, f'audit {key}').int % 10**12}-DDB",
        "context": {"ip": "127.0.0.1", "organization": {"id": ORGANIZATION_ID, "name": "Northwind Studio"}},
        "event": event,
        "category": category,
        "object": about,
        "createdAt": at,
        "createdBy": {"type": "user", **_actor(by)},
        "details": {},
    }


def _content(number: int, people: Sequence[Document], boards: Sequence[Document], chance: Random) -> Document:
    item_id = str(3_458_764_590_000_000_000 + number)
    return {
        "id": str(uuid5(_IDS, f"content {number}")),
        "contentId": chance.choice(boards)["id"],
        "actionType": chance.choice(("create", "create", "update", "delete")),
        "actionTime": ago(DAYS * (1 - number / _CONTENT)),
        "actor": _actor(chance.choice(people)),
        "itemType": "widget",
        "itemId": item_id,
        "state": {"type": "sticky_note", "data": {"content": f"Note {number}"}},
        "relationships": [],
    }


def _question(number: int, people: Sequence[Document], boards: Sequence[Document], chance: Random) -> Document:
    at = ago(DAYS * (1 - number / _AI))
    return {
        "id": str(uuid5(_IDS, f"ai {number}")),
        "createdAt": at,
        "storedAt": at,
        "sessionId": str(uuid5(_IDS, f"session {number // 2}")),
        "messageId": str(uuid5(_IDS, f"message {number}")),
        "object": {"id": chance.choice(boards)["id"], "type": "board"},
        "aiFeatureName": "ai_chat",
        "actor": _actor(chance.choice(people)),
        "logType": "response" if number % 2 else "request",
        "details": {"text": f"Entry {number}"},
    }


def _actor(person: Document) -> Document:
    return {"id": person["id"], "email": person["email"], "name": person["displayName"]}


def _in_order(store: Store, kind: str, time: str, more: Sequence[Document]) -> None:
    """Puts entries among those that there are: a log is kept in the order of time."""
    before = store.all(kind, ORGANIZATION_ID)
    for entry in before:
        store.remove(kind, ORGANIZATION_ID, entry["id"])
    for entry in sorted([*before, *more], key=lambda entry: entry[time]):
        store.add(kind, ORGANIZATION_ID, entry["id"], entry)
