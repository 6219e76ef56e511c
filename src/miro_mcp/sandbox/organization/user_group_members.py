"""Members of a user group, one by one and many at once."""

from collections.abc import Callable

from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, not_found
from ..http.paging import list_page
from ..people import everyone, person_by_email, person_of
from ..store import Document
from .memberships import GROUP_MEMBER
from .places import user_group_of


@handles("enterprise-get-group-members")
def list_all(call: ApiCall) -> Reply:
    rows = call.store.page(GROUP_MEMBER, user_group_of(call)["id"], 0, -1)
    return list_page(call, rows, lambda member: _shown(person_of(call.store, member["id"])))


@handles("enterprise-get-group-member")
def get(call: ApiCall) -> Reply:
    return Reply(200, _shown(_member_of(call)))


@handles("enterprise-create-group-member")
@audited("user_group_member_added", "user_group")
def add(call: ApiCall) -> Reply:
    group_id = user_group_of(call)["id"]
    person = person_by_email(call.store, call.arguments["email"])
    if not _add(call, group_id, person):
        raise ErrorReply(409, "conflict", f"User {person['id']} is a member of the user group already")
    return Reply(201, _shown(person))


@handles("enterprise-delete-group-member")
@audited("user_group_member_removed", "user_group")
def remove(call: ApiCall) -> Reply:
    _remove(call, user_group_of(call)["id"], _member_of(call))
    return Reply(204)


@handles("enterprise-update-group-members")
@audited("user_group_members_changed", "user_group")
def change_many(call: ApiCall) -> Reply:
    group_id = user_group_of(call)["id"]
    body: list[Document] = []
    for name, operation, act in (("membersToAdd", "addMembers", _add), ("membersToRemove", "removeMembers", _remove)):
        body += _results(call, group_id, call.arguments.get(name, []), operation, act)
    return Reply(207, body)


def _results(
    call: ApiCall, group_id: str, wanted: list[str], operation: str, act: Callable[[ApiCall, str, Document], bool]
) -> list[Document]:
    """What became of one half of a change: those it worked for, and those it did not work for."""
    people = {person[name].casefold(): person for person in everyone(call.store) for name in ("id", "email")}
    done: list[Document] = []
    failed: list[str] = []
    for id_or_email in wanted:
        person = people.get(id_or_email.strip().casefold())
        if person and act(call, group_id, person):
            done.append(_shown(person))
        else:
            failed.append(id_or_email)
    results: list[Document] = []
    if done:
        results.append({"operation": operation, "status": 200, "affectedUsers": done})
    if failed:
        problem = "already members" if operation == "addMembers" else "not members"
        message = f"Not in the organization, or {problem} of the user group: {', '.join(failed)}"
        error = {"status": 400, "code": "invalidParameters", "message": message, "type": "error"}
        results.append({"operation": operation, "status": 400, "error": error})
    return results


def _add(call: ApiCall, group_id: str, person: Document) -> bool:
    if call.store.get(GROUP_MEMBER, group_id, person["id"]):
        return False
    call.store.add(GROUP_MEMBER, group_id, person["id"], {"id": person["id"]})
    return True


def _remove(call: ApiCall, group_id: str, person: Document) -> bool:
    return call.store.remove(GROUP_MEMBER, group_id, person["id"])


def _member_of(call: ApiCall) -> Document:
    member_id: str = call.arguments["member_id"]
    if call.store.get(GROUP_MEMBER, user_group_of(call)["id"], member_id) is None:
        raise not_found("User group member", member_id)
    return person_of(call.store, member_id)


def _shown(person: Document) -> Document:
    return {"id": person["id"], "email": person["email"], "type": "user-group-member"}
