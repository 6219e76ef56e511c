"""Members of a project."""

from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, not_found
from ..http.paging import list_page
from ..people import person_by_email, person_of
from ..store import Document
from .memberships import PROJECT_MEMBER
from .places import project_of


@handles("enterprise-get-project-members")
def list_all(call: ApiCall) -> Reply:
    rows = call.store.page(PROJECT_MEMBER, project_of(call)["id"], 0, -1)
    return list_page(call, rows, lambda member: _shown(call, member))


@handles("enterprise-get-project-member")
def get(call: ApiCall) -> Reply:
    return Reply(200, _shown(call, _member_of(call)))


@handles("enterprise-add-project-member")
@audited("project_member_added", "project")
def add(call: ApiCall) -> Reply:
    project_id = project_of(call)["id"]
    person = person_by_email(call.store, call.arguments["email"])
    if call.store.get(PROJECT_MEMBER, project_id, person["id"]):
        raise ErrorReply(409, "conflict", f"User {person['id']} is a member of the project already")
    member = {"id": person["id"], "role": call.arguments["role"]}
    call.store.add(PROJECT_MEMBER, project_id, member["id"], member)
    return Reply(201, _shown(call, member))


@handles("enterprise-update-project-member")
@audited("project_member_role_changed", "project")
def update(call: ApiCall) -> Reply:
    member = _member_of(call)
    member["role"] = call.arguments.get("role", member["role"])
    call.store.replace(PROJECT_MEMBER, project_of(call)["id"], member["id"], member)
    return Reply(200, _shown(call, member))


@handles("enterprise-delete-project-member")
@audited("project_member_removed", "project")
def remove(call: ApiCall) -> Reply:
    call.store.remove(PROJECT_MEMBER, project_of(call)["id"], _member_of(call)["id"])
    return Reply(204)


def _member_of(call: ApiCall) -> Document:
    member_id: str = call.arguments["member_id"]
    member = call.store.get(PROJECT_MEMBER, project_of(call)["id"], member_id)
    if member is None:
        raise not_found("Project member", member_id)
    return member


def _shown(call: ApiCall, member: Document) -> Document:
    return member | {"email": person_of(call.store, member["id"])["email"], "type": "project_member"}
