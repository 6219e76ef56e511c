"""People and teams as SCIM resources, and what a resource makes of a person's record."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..http.handlers import ApiCall
from ..http.replies import now
from ..http.routes import SCIM_ROOT
from ..identity import ORGANIZATION_ID
from ..organization.memberships import TEAM_MEMBER, teams_with
from ..people import ADMIN, MEMBER, PERSON, is_internal
from ..store import Document
from .errors import ScimError
from .schemas import ENTERPRISE_SCHEMA, GROUP_SCHEMA, USER_SCHEMA

LICENSES = {
    "free_restricted": "Free Restricted",
    "free": "Free",
    "occasional": "Occasional",
    "basic": "Basic",
    "standard": "Standard",
    "advanced": "Advanced",
    "full_trial": "Full (Trial)",
    "full": "Full",
}
"""The userType of each license, the smallest first."""

_ROLES = {ADMIN: "Admin", MEMBER: "Member"}
_PREBUILT = ("Content Admin", "User Admin", "Security Admin")
_USER_ROLE, _ADMIN_ROLE = "organization_user_role", "organization_admin_role"
_KEPT_AS = {"photos": "photos", "preferredLanguage": "preferredLanguage", ENTERPRISE_SCHEMA: "enterprise"}
_LONGEST_NAME = 60


def user_resource(call: ApiCall, person: Document) -> Document:
    extra = {name: person[kept] for name, kept in _KEPT_AS.items() if person.get(kept)}
    return {
        "schemas": [USER_SCHEMA, *([ENTERPRISE_SCHEMA] if ENTERPRISE_SCHEMA in extra else [])],
        "id": person["id"],
        "meta": _meta(call, "User", person["id"]),
        "userName": person["email"],
        "name": {
            "formatted": person["displayName"],
            "familyName": person["familyName"],
            "givenName": person["givenName"],
        },
        "displayName": person["displayName"],
        "userType": LICENSES.get(person["license"], person["license"]),
        "active": person["active"],
        "emails": [{"value": person["email"], "display": person["email"], "type": "work", "primary": True}],
        "groups": [{"value": team["id"], "display": team["name"]} for team in teams_with(call.store, person["id"])],
        "roles": [
            _role(_USER_ROLE, person["role"].upper(), _ROLES[person["role"]], primary=True),
            *(_role(_ADMIN_ROLE, role["name"], role["name"], primary=False) for role in person["adminRoles"]),
        ],
        **extra,
    }


def group_resource(call: ApiCall, team: Document) -> Document:
    """A team with those of its members who are the organization's own people."""
    ids = [member["id"] for member in call.store.all(TEAM_MEMBER, team["id"])]
    people = [person for id in ids if (person := call.store.get(PERSON, ORGANIZATION_ID, id)) and is_internal(person)]
    return {
        "schemas": [GROUP_SCHEMA],
        "id": team["id"],
        "displayName": team["name"],
        "members": [{"value": person["id"], "type": "User", "display": person["displayName"]} for person in people],
        "meta": _meta(call, "Group", team["id"]),
    }


def record_of(before: Mapping[str, Any], resource: Mapping[str, Any]) -> Document:
    """A person's record with what a resource says; what it doesn't speak of stays.

    Raises:
        ScimError: 400, a value is impossible.
    """
    after = dict(before)
    if "userName" in resource:
        after["email"] = _address(resource["userName"])
    if "active" in resource:
        after["active"] = resource["active"]
    if "userType" in resource:
        after["license"] = _license(resource["userType"])
        if after["license"] != before.get("license"):
            after["licenseAssignedAt"] = now()
    if "roles" in resource:
        after |= _roles(resource["roles"], before["role"])
    after |= {kept: resource[name] for name, kept in _KEPT_AS.items() if name in resource}
    return after | _names(after, resource)


def _role(kind: str, value: str, display: str, *, primary: bool) -> Document:
    return {"type": kind, "value": value, "display": display, "primary": primary}


def _meta(call: ApiCall, kind: str, id: str) -> Document:
    return {"resourceType": kind, "location": f"{call.base_url}{SCIM_ROOT}/{kind}s/{id}"}


def _address(user_name: str) -> str:
    before, at, domain = user_name.strip().rpartition("@")
    if not (before and at and "." in domain) or any(sign.isspace() for sign in user_name.strip()):
        raise ScimError(400, f"userName must be an e-mail address, not {user_name}", "invalidValue")
    return user_name.strip()


def _license(user_type: str) -> str:
    for license, name in LICENSES.items():
        if name.casefold() == user_type.casefold():
            return license
    raise ScimError(400, f"userType must be one of {', '.join(LICENSES.values())}", "invalidValue")


def _roles(roles: Sequence[Mapping[str, Any]], before: str) -> Document:
    """The role in the organization, which stays when none is primary, and the admin roles."""
    primary: list[str] = []
    admin: dict[str, Document] = {}
    for role in roles:
        value: str = role.get("value", "")
        if role.get("type") == _USER_ROLE or role.get("primary"):
            primary.append(value.lower())
        elif value:
            kind = "prebuilt" if value in _PREBUILT else "custom"
            admin[value.casefold()] = {"type": kind, "name": value}
    if len(primary) > 1:
        raise ScimError(400, "Only one role can be primary", "invalidValue")
    if primary and primary[0] not in _ROLES:
        allowed = " or ".join(role.upper() for role in _ROLES)
        raise ScimError(400, f"The primary role must be {allowed}", "invalidValue")
    return {"role": primary[0] if primary else before, "adminRoles": list(admin.values())}


def _names(person: Mapping[str, Any], resource: Mapping[str, Any]) -> Document:
    """The names after a change: the shown one follows from the parts, or the parts from the shown one."""
    name: Mapping[str, str] = resource.get("name", {})
    before = (person.get("givenName", ""), person.get("familyName", ""))
    parts = (name.get("givenName", before[0]), name.get("familyName", before[1]))
    shown_before = person.get("displayName", "")
    joined = " ".join(filter(None, parts)) if parts != before else ""
    told = (resource.get("displayName"), name.get("formatted"), joined)
    shown: str = next((text for text in told if text and text != shown_before), shown_before) or person["email"]
    if len(shown) > _LONGEST_NAME:
        raise ScimError(400, f"A name may have up to {_LONGEST_NAME} characters", "invalidValue")
    if parts == before and shown != shown_before:
        given, _, family = shown.partition(" ")
        parts = (given, family)
    return {"displayName": shown, "givenName": parts[0], "familyName": parts[1]}
