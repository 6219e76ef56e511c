"""SCIM users: the organization's own people; guests are not in the directory."""

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..http.replies import now
from ..identity import ORGANIZATION_ID, TEAM_ID, USER_ID
from ..organization.memberships import join_team, leave_organization
from ..organization.places import TEAM
from ..people import ADMIN, MEMBER, PERSON, everyone, find_by_email, is_internal, other_admins
from ..store import Document
from .errors import ScimError, no_resource
from .lists import chosen, page_of
from .patches import patch
from .resources import LICENSES, record_of, user_resource
from .schemas import ENTERPRISE_SCHEMA

_EMPTY: Document = {"photos": [], "preferredLanguage": "", ENTERPRISE_SCHEMA: {}}
"""What a replacement takes away when it does not give it."""


@handles("listUsers")
def list_all(call: ApiCall) -> Reply:
    return page_of(call, [user_resource(call, person) for person in everyone(call.store) if is_internal(person)])


@handles("getUser")
def get(call: ApiCall) -> Reply:
    return Reply(200, chosen(call, user_resource(call, _person_of(call))))


@handles("createUser")
@audited("user_provisioned", "directory")
def create(call: ApiCall) -> Reply:
    store = call.store
    blank: Document = {
        "id": store.new_id(),
        "active": True,
        "role": MEMBER,
        "license": "full",
        "licenseAssignedAt": now(),
        "adminRoles": [],
    }
    person = record_of(blank, call.arguments)
    _check_unique(call, person)
    store.add(PERSON, ORGANIZATION_ID, person["id"], person)
    if store.get(TEAM, ORGANIZATION_ID, TEAM_ID):
        join_team(store, TEAM_ID, person["id"], "member")
    return Reply(201, user_resource(call, person))


@handles("replaceUser")
@audited("user_changed", "directory")
def replace(call: ApiCall) -> Reply:
    before = _person_of(call)
    cleared = {name: value for name, value in _EMPTY.items() if name not in call.arguments}
    return Reply(200, _changed(call, before, record_of(before, cleared | call.arguments)))


@handles("patchUser")
@audited("user_changed", "directory")
def change(call: ApiCall) -> Reply:
    before = _person_of(call)
    resource = user_resource(call, before)
    for operation in call.arguments["Operations"]:
        patch(resource, operation["op"], operation["path"], operation.get("value"))
    after = record_of(before, {**_EMPTY, "roles": [], **resource})
    ranks = list(LICENSES)
    if ranks.index(after["license"]) < ranks.index(before["license"]):
        raise ScimError(400, "userType can't be downgraded by a patch", "mutability")
    return Reply(200, _changed(call, before, after))


@handles("deleteUser")
@audited("user_deleted", "directory")
def delete(call: ApiCall) -> Reply:
    person = _person_of(call)
    if person["id"] == USER_ID:
        raise ScimError(409, "The token belongs to this person: the sandbox needs them")
    leave_organization(call.store, person["id"])
    return Reply(204)


def _changed(call: ApiCall, before: Document, after: Document) -> Document:
    """Keeps a changed person and returns the resource.

    Raises:
        ScimError: 409, the address is taken or no company admin would be left; 400, the person is deactivated.
    """
    fixed = [name for name in ("email", "license", "role", "adminRoles") if before[name] != after[name]]
    if fixed and not before["active"] and not after["active"]:
        raise ScimError(400, "A deactivated person's userName, userType and roles can't be changed", "mutability")
    _check_unique(call, after)
    is_admin, was_admin = (each["role"] == ADMIN and each["active"] for each in (after, before))
    if was_admin and not is_admin and not any(other_admins(call.store, before["id"])):
        raise ScimError(409, "The last admin of the organization must stay one")
    call.store.replace(PERSON, ORGANIZATION_ID, after["id"], after)
    return user_resource(call, after)


def _check_unique(call: ApiCall, person: Document) -> None:
    namesake = find_by_email(call.store, person["email"])
    if namesake and namesake["id"] != person["id"]:
        raise ScimError(409, f"userName {person['email']} is taken", "uniqueness")


def _person_of(call: ApiCall) -> Document:
    id: str = call.arguments["id"]
    person = call.store.get(PERSON, ORGANIZATION_ID, id)
    if person is None or not is_internal(person):
        raise no_resource("User", id)
    return person
