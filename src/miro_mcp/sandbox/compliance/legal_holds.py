"""Cases and legal holds: what the people named in a hold own is held."""

from collections.abc import Mapping
from typing import Any

from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, invalid, not_found
from ..http.paging import list_page
from ..http.replies import now, seconds_since
from ..identity import ORGANIZATION_ID
from ..organization.places import organization_of
from ..people import acting_user, find_by_email
from ..store import Document, Store
from .board_exports import EXPORT_JOB

CASE, HOLD = "case", "legal_hold"
"""Kinds of document; a case's scope is the organization, a hold's is its case."""

_PROCESSING_SECONDS = 1
"""How long a new hold is being processed; Miro takes up to a day."""


@handles("get-all-cases")
def list_cases(call: ApiCall) -> Reply:
    organization_of(call)
    return list_page(call, call.store.page(CASE, ORGANIZATION_ID, 0, -1), dict, with_total=True)


@handles("get-case")
def get_case(call: ApiCall) -> Reply:
    return Reply(200, _case_of(call))


@handles("create-case")
@audited("case_created", "ediscovery")
def create_case(call: ApiCall) -> Reply:
    organization_of(call)
    case = _described(call) | {"id": call.store.new_id()} | _made(call.store)
    call.store.add(CASE, ORGANIZATION_ID, case["id"], case)
    return Reply(200, case)


@handles("edit-case")
@audited("case_changed", "ediscovery")
def edit_case(call: ApiCall) -> Reply:
    case = _replaced(call, _case_of(call), {})
    call.store.replace(CASE, ORGANIZATION_ID, case["id"], case)
    return Reply(200, case)


@handles("delete-case")
@audited("case_closed", "ediscovery")
def close_case(call: ApiCall) -> Reply:
    case_id = _case_of(call)["id"]
    if call.store.count(HOLD, case_id):
        raise ErrorReply(400, "invalidParameters", f"Case {case_id} has open legal holds: close them first")
    call.store.remove(CASE, ORGANIZATION_ID, case_id)
    return Reply(204)


@handles("get-all-legal-holds")
def list_holds(call: ApiCall) -> Reply:
    return list_page(call, call.store.page(HOLD, _case_of(call)["id"], 0, -1), _shown, with_total=True)


@handles("get-legal-hold")
def get_hold(call: ApiCall) -> Reply:
    return Reply(200, _shown(_hold_of(call)))


@handles("create-legal-hold")
@audited("legal_hold_created", "ediscovery")
def create_hold(call: ApiCall) -> Reply:
    case_id = _case_of(call)["id"]
    hold: Document = _described(call) | {
        "id": call.store.new_id(),
        "caseId": case_id,
        "scope": _scope(call),
        **_made(call.store),
    }
    call.store.add(HOLD, case_id, hold["id"], hold)
    return Reply(200, _shown(hold))


@handles("edit-legal-hold")
@audited("legal_hold_changed", "ediscovery")
def edit_hold(call: ApiCall) -> Reply:
    hold = _replaced(call, _hold_of(call), {"scope": _scope(call)})
    call.store.replace(HOLD, hold["caseId"], hold["id"], hold)
    return Reply(200, _shown(hold))


@handles("delete-legal-hold")
@audited("legal_hold_closed", "ediscovery")
def close_hold(call: ApiCall) -> Reply:
    hold = _hold_of(call)
    call.store.remove(HOLD, hold["caseId"], hold["id"])
    return Reply(204)


@handles("get-legal-hold-content-items")
def list_content(call: ApiCall) -> Reply:
    held = _boards_held(call.store, _hold_of(call))
    rows = [(position, board) for position, board in call.store.page("board", "", 0, -1) if board["id"] in held]
    return list_page(call, rows, lambda board: {"contentId": board["id"], "type": "board"}, with_total=True)


@handles("get-legal-hold-export-jobs")
def list_export_jobs(call: ApiCall) -> Reply:
    """An export job belongs to a case when it takes only boards that the case holds."""
    holds = call.store.all(HOLD, _case_of(call)["id"])
    held = {board_id for hold in holds for board_id in _boards_held(call.store, hold)}
    rows = [row for row in call.store.page(EXPORT_JOB, ORGANIZATION_ID, 0, -1) if held.issuperset(row[1]["boardIds"])]
    return list_page(call, rows, lambda job: {"id": job["id"]})


def _case_of(call: ApiCall) -> Document:
    organization_of(call)
    case_id: str = call.arguments["case_id"]
    case = call.store.get(CASE, ORGANIZATION_ID, case_id)
    if case is None:
        raise not_found("Case", case_id)
    return case


def _hold_of(call: ApiCall) -> Document:
    hold_id: str = call.arguments["legal_hold_id"]
    hold = call.store.get(HOLD, _case_of(call)["id"], hold_id)
    if hold is None:
        raise not_found("Legal hold", hold_id)
    return hold


def _boards_held(store: Store, hold: Mapping[str, Any]) -> set[str]:
    owners = [user["id"] for user in hold["scope"]["users"]]
    return {board["id"] for owner in owners for board in store.all("board", "", {"owner.id": owner})}


def _scope(call: ApiCall) -> Document:
    """The custodians a call names.

    Raises:
        ErrorReply: 400, somebody is not of the organization.
    """
    users: dict[str, Document] = {}
    for number, user in enumerate(call.arguments["scope"]["users"]):
        person = find_by_email(call.store, user["email"])
        if person is None:
            raise invalid({f"scope.users.{number}.email": "is not the address of a person of the organization"})
        users[person["id"]] = identified(person)
    return {"users": list(users.values())}


def identified(person: Document) -> Document:
    """A person as cases and holds name them."""
    return {
        "id": person["id"],
        "email": person["email"],
        "firstName": person["givenName"],
        "lastName": person["familyName"],
    }


def _described(call: ApiCall) -> Document:
    return {name: call.arguments[name] for name in ("name", "description") if name in call.arguments}


def _made(store: Store) -> Document:
    who, at = identified(acting_user(store)), now()
    return {
        "organizationId": ORGANIZATION_ID,
        "createdBy": who,
        "lastModifiedBy": who,
        "createdAt": at,
        "lastModifiedAt": at,
    }


def _replaced(call: ApiCall, before: Document, more: Document) -> Document:
    """A case or hold after a PUT: a description that isn't given is gone."""
    made = _made(call.store)
    kept = {name: value for name, value in before.items() if name != "description"}
    changed = {name: made[name] for name in ("lastModifiedBy", "lastModifiedAt")}
    return kept | _described(call) | more | changed


def _shown(hold: Document) -> Document:
    processed = seconds_since(hold["lastModifiedAt"]) >= _PROCESSING_SECONDS
    return hold | {"state": "ACTIVE" if processed else "PROCESSING"}
