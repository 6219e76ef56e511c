"""The organization and its members."""

from collections.abc import Callable

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..http.paging import list_page
from ..http.replies import now
from ..identity import ORGANIZATION_ID
from ..people import PERSON, check_is_admin, person_by_email, person_of
from ..store import Document
from .places import organization_of

_SHOWN = ("id", "active", "email", "lastActivityAt", "license", "licenseAssignedAt", "role", "adminRoles")

_FILTERS: dict[str, Callable[[Document, object], bool]] = {
    "emails": lambda person, wanted: person["email"].casefold() in _addresses(str(wanted)),
    "role": lambda person, wanted: person["role"] == wanted,
    "license": lambda person, wanted: person["license"] == wanted,
    "active": lambda person, wanted: person["active"] is wanted,
}


@handles("enterprise-get-organization")
def get(call: ApiCall) -> Reply:
    return Reply(200, organization_of(call))


@handles("enterprise-get-organization-members")
def list_members(call: ApiCall) -> Reply:
    organization_of(call)
    asked = [(_FILTERS[name], value) for name, value in call.arguments.items() if name in _FILTERS]
    rows = [
        (position, person)
        for position, person in call.store.page(PERSON, ORGANIZATION_ID, 0, -1)
        if all(fits(person, wanted) for fits, wanted in asked)
    ]
    if "emails" in call.arguments:
        return Reply(200, [_member(person) for _, person in rows])
    return list_page(call, rows, _member)


@handles("enterprise-get-organization-member")
def get_member(call: ApiCall) -> Reply:
    organization_of(call)
    return Reply(200, _member(person_of(call.store, call.arguments["member_id"])))


@handles("enterprise-post-user-sessions-reset")
@audited("user_sessions_reset", "authentication")
def reset_sessions(call: ApiCall) -> Reply:
    check_is_admin(call.store)
    person = person_by_email(call.store, call.arguments["email"])
    call.store.replace(PERSON, ORGANIZATION_ID, person["id"], person | {"sessionsResetAt": now()})
    return Reply(200)


def _member(person: Document) -> Document:
    return {name: person[name] for name in _SHOWN if name in person} | {"type": "organization-member"}


def _addresses(text: str) -> set[str]:
    return {address.strip().casefold() for address in text.split(",")}
