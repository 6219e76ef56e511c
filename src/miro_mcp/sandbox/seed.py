"""Fills a new sandbox: an organization with people, teams, user groups, labels, a case, logs, and two boards."""

from collections.abc import Mapping
from itertools import count
from uuid import UUID, uuid5

from ..catalogue import OPERATIONS
from . import sample
from .audit import record
from .boards import boards
from .boards.membership import MEMBER
from .compliance.classification import BOARD_LABEL, LABEL, TEAM_LABELLING
from .compliance.legal_holds import CASE, HOLD, identified
from .compliance.logs import AI_LOG, CONTENT_LOG
from .http.handlers import ApiCall, Handler
from .http.replies import ago
from .identity import ORGANIZATION_ID, TEAM_ID
from .items import connectors, items
from .organization.group_access import GROUP_ACCESS
from .organization.memberships import GROUP_MEMBER, PROJECT_MEMBER, join_team
from .organization.places import PROJECT, TEAM, USER_GROUP
from .organization.projects import new_project
from .people import PERSON, person_of
from .store import Document, Store

_BASE_URL = "http://sandbox.invalid"
_LOGS = UUID("6b1f0f5e-3f0c-4e0e-9a57-6d3b3f1c2a10")
_MAKERS: Mapping[str, Handler] = {"create-connector": connectors.create}


def seed(store: Store) -> None:
    """Adds the sample; leaves a store that has an organization as it is."""
    if store.get("organization", "", ORGANIZATION_ID):
        return
    store.add("organization", "", ORGANIZATION_ID, sample.ORGANIZATION)
    _people(store)
    _teams(store)
    _projects(store)
    _boards(store)
    _user_groups(store)
    _labels(store)
    _case(store)
    _audit_log(store)
    _content_log(store)
    _ai_log(store)


def _people(store: Store) -> None:
    for id, given, family, role, license, admin_roles in sample.PEOPLE:
        person = {
            "id": id,
            "email": f"{given}.{family}@{sample.DOMAIN}".lower(),
            "active": id not in sample.INACTIVE,
            "role": role,
            "license": license,
            "licenseAssignedAt": ago(30),
            "lastActivityAt": ago(14 if id in sample.INACTIVE else 1),
            "adminRoles": [{"type": "prebuilt", "name": name} for name in admin_roles],
            "displayName": f"{given} {family}",
            "givenName": given,
            "familyName": family,
            "enterprise": sample.EMPLOYMENT.get(id, {}),
        }
        store.add(PERSON, ORGANIZATION_ID, id, person)


def _teams(store: Store) -> None:
    for id, name, members in sample.TEAMS:
        store.add(TEAM, ORGANIZATION_ID, id, {"id": id, "name": name})
        for person_id, role in members.items():
            join_team(store, id, person_id, role)


def _projects(store: Store) -> None:
    for id, name, team_id, members in sample.PROJECTS:
        store.add(PROJECT, ORGANIZATION_ID, id, new_project(id, name, team_id))
        for person_id, role in members.items():
            store.add(PROJECT_MEMBER, id, person_id, {"id": person_id, "role": role})


def _boards(store: Store) -> None:
    for id, name, description, team_id, owner_id, members in sample.BOARDS:
        project = {"projectId": sample.PROJECT_ID} if id == sample.LAUNCH_BOARD_ID else {}
        given = {"name": name, "description": description, "teamId": team_id, **project}
        made = boards.create(_call(store, "create-board", given)).body
        new_id: str = made["id"] if isinstance(made, dict) else ""
        board = store.get("board", "", new_id) or {}
        store.remove("board", "", new_id)
        store.add("board", "", id, board | {"id": id, "owner": {"id": owner_id}, "createdAt": ago(21)})
        for person_id, role in members.items():
            store.add(MEMBER, id, person_id, {"id": person_id, "role": role})
        _contents(store, id)


def _contents(store: Store, board_id: str) -> None:
    ids: dict[str, str] = {}
    for key, operation_id, arguments in sample.CONTENTS[board_id]:
        make = _MAKERS.get(operation_id, items.create_one)
        made = make(_call(store, operation_id, {"board_id": board_id, **_with_ids(arguments, ids)})).body
        ids[key] = made["id"] if isinstance(made, dict) else ""


def _with_ids(arguments: Document, ids: Mapping[str, str]) -> Document:
    """The arguments with the id of an item in place of its key."""
    named = (name for name in ("parent", "startItem", "endItem") if name in arguments)
    return arguments | {name: arguments[name] | {"id": ids[arguments[name]["id"]]} for name in named}


def _call(store: Store, operation_id: str, given: Document) -> ApiCall:
    operation = OPERATIONS[operation_id]
    arguments = operation.arguments.model_validate(given).model_dump(by_alias=True, exclude_unset=True)
    return ApiCall(operation, arguments, store, _BASE_URL)


def _user_groups(store: Store) -> None:
    for id, name, description, members, access in sample.USER_GROUPS:
        group = {"id": id, "name": name, "description": description, "type": "user-group"}
        store.add(USER_GROUP, ORGANIZATION_ID, id, group)
        for person_id in members:
            store.add(GROUP_MEMBER, id, person_id, {"id": person_id})
        for target_id, role in access.items():
            store.add(GROUP_ACCESS, target_id, id, {"id": id, "role": role})


def _labels(store: Store) -> None:
    for number, (id, name, color, description, recommendation) in enumerate(sample.LABELS, 1):
        label = {
            "id": id,
            "name": name,
            "color": color,
            "default": id == sample.DEFAULT_LABEL,
            "description": description,
            "orderNumber": number,
            "sharingRecommendation": recommendation,
            "guidelineUrl": f"https://{sample.DOMAIN}/labels/{name.lower()}",
        }
        store.add(LABEL, ORGANIZATION_ID, id, label)
    for team_id, _, _ in sample.TEAMS:
        store.add(TEAM_LABELLING, team_id, team_id, {"enabled": True, "since": ago(0)})
    store.add(BOARD_LABEL, sample.LAUNCH_BOARD_ID, sample.LAUNCH_BOARD_ID, {"labelId": sample.DEFAULT_LABEL})


def _case(store: Store) -> None:
    ada, ben = (identified(person_of(store, id)) for id in (sample.ADA, sample.BEN))
    made: Document = {
        "organizationId": ORGANIZATION_ID,
        "createdBy": ada,
        "lastModifiedBy": ada,
        "createdAt": ago(6),
        "lastModifiedAt": ago(6),
    }
    case = {"id": sample.CASE_ID, "name": "Supplier dispute", "description": "Late delivery of the harbour maps"}
    hold = {
        "id": sample.HOLD_ID,
        "caseId": sample.CASE_ID,
        "name": "Research boards",
        "description": "What the researchers wrote down",
        "scope": {"users": [ben]},
    }
    store.add(CASE, ORGANIZATION_ID, sample.CASE_ID, case | made)
    store.add(HOLD, sample.CASE_ID, sample.HOLD_ID, hold | made)


def _audit_log(store: Store) -> None:
    for days, event, category, person_id, (object_id, name), details in sample.AUDIT:
        entry = {
            "event": event,
            "category": category,
            "object": {"id": object_id, "name": name},
            "createdAt": ago(days),
            "createdBy": {"type": "user", **_actor(store, person_id)},
            "details": details,
        }
        record(store, entry, TEAM_ID)


def _content_log(store: Store) -> None:
    """Who made what is on the boards; an hour lies between one entry and the next."""
    hours = count(20 * 24, -1)
    for board_id, _, _, _, owner_id, _ in sample.BOARDS:
        for item in store.all("item", board_id):
            parent = item.get("parent")
            entry: Document = {
                "id": _log_id(CONTENT_LOG, item["id"]),
                "contentId": board_id,
                "actionType": "create",
                "actionTime": ago(next(hours) / 24),
                "actor": _actor(store, owner_id),
                "itemType": "widget",
                "itemId": item["id"],
                "state": {"type": item["type"], "data": item["data"]},
                "relationships": [{"type": "parent", "itemType": "widget", "itemId": parent["id"]}] if parent else [],
            }
            store.add(CONTENT_LOG, ORGANIZATION_ID, entry["id"], entry)


def _ai_log(store: Store) -> None:
    for number, (days, person_id, board_id, kind, text) in enumerate(sample.AI):
        entry: Document = {
            "id": _log_id(AI_LOG, str(number)),
            "createdAt": ago(days),
            "storedAt": ago(days),
            "sessionId": _log_id("session", f"{days}"),
            "messageId": _log_id("message", str(number)),
            "object": {"id": board_id, "type": "board"},
            "aiFeatureName": "ai_chat",
            "actor": _actor(store, person_id),
            "logType": kind,
            "details": {"text": text},
        }
        store.add(AI_LOG, ORGANIZATION_ID, entry["id"], entry)


def _actor(store: Store, person_id: str) -> Document:
    person = person_of(store, person_id)
    return {"id": person_id, "email": person["email"], "name": person["displayName"]}


def _log_id(kind: str, what: str) -> str:
    return str(uuid5(_LOGS, f"{kind} {what}"))
