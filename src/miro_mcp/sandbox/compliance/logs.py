"""The logs: what happened in the organization, on boards item by item, and between people and Miro AI."""

from datetime import UTC, datetime

from ..audit import AUDIT_LOG
from ..http.handlers import ApiCall, Reply, handles, invalid
from ..http.paging import list_page
from ..identity import ORGANIZATION_ID
from ..organization.places import organization_of
from ..people import check_is_admin
from ..store import Document

CONTENT_LOG, AI_LOG = "content_log", "ai_log"
"""Kinds of document; their scope is the organization, and they are kept in the order of time."""

_CONTENT_LIMIT = 1000


@handles("enterprise-get-audit-logs")
def list_audit(call: ApiCall) -> Reply:
    check_is_admin(call.store)
    return _listed(call, AUDIT_LOG, "createdAt", ("createdAfter", "createdBefore"))


@handles("enterprise-board-content-item-logs-fetch")
def list_content(call: ApiCall) -> Reply:
    organization_of(call)
    return _listed(call, CONTENT_LOG, "actionTime", ("from", "to"), default=_CONTENT_LIMIT)


@handles("enterprise-get-ai-interaction-logs")
def list_ai(call: ApiCall) -> Reply:
    organization_of(call)
    return _listed(call, AI_LOG, "storedAt", ("from", "to"))


def _listed(call: ApiCall, kind: str, time: str, bounds: tuple[str, str], default: int = 100) -> Reply:
    start, end = (_moment(call.arguments[name]) for name in bounds)
    if start > end:
        raise invalid({bounds[1]: f"must not be before {bounds[0]}"})
    rows = [
        (position, entry)
        for position, entry in call.store.page(kind, ORGANIZATION_ID, 0, -1)
        if start <= _moment(entry[time]) <= end and _asked_for(call, entry)
    ]
    newest_first = call.arguments.get("sorting", "").casefold() == "desc"
    return list_page(call, rows, dict, default=default, newest_first=newest_first)


def _asked_for(call: ApiCall, entry: Document) -> bool:
    """Whether an entry is about one of the boards or objects, and of one of the people, that a call names."""
    about = {entry.get("contentId"), entry.get("object", {}).get("id")}
    wanted = {*call.arguments.get("board_ids", ()), *call.arguments.get("object_ids", ())}
    people = {email.casefold() for email in call.arguments.get("emails", ())}
    return (not wanted or bool(about & wanted)) and (not people or entry["actor"]["email"].casefold() in people)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
