"""User groups; deleting one ends its access everywhere."""

from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles
from ..http.paging import list_page
from ..identity import ORGANIZATION_ID
from ..store import Document
from .group_access import end_all_access
from .places import USER_GROUP, organization_of, user_group_of


@handles("enterprise-get-groups")
def list_all(call: ApiCall) -> Reply:
    organization_of(call)
    return list_page(call, call.store.page(USER_GROUP, ORGANIZATION_ID, 0, -1), dict)


@handles("enterprise-get-group")
def get(call: ApiCall) -> Reply:
    return Reply(200, user_group_of(call))


@handles("enterprise-create-group")
@audited("user_group_created", "user_group")
def create(call: ApiCall) -> Reply:
    organization_of(call)
    group = _changed(call, {"id": call.store.new_id(), "type": "user-group"})
    call.store.add(USER_GROUP, ORGANIZATION_ID, group["id"], group)
    return Reply(201, group)


@handles("enterprise-update-group")
@audited("user_group_changed", "user_group")
def update(call: ApiCall) -> Reply:
    group = _changed(call, user_group_of(call))
    call.store.replace(USER_GROUP, ORGANIZATION_ID, group["id"], group)
    return Reply(200, group)


@handles("enterprise-delete-group")
@audited("user_group_deleted", "user_group")
def delete(call: ApiCall) -> Reply:
    group_id = user_group_of(call)["id"]
    end_all_access(call.store, group_id)
    call.store.remove(USER_GROUP, ORGANIZATION_ID, group_id)
    call.store.remove_scope(group_id)
    return Reply(204)


def _changed(call: ApiCall, group: Document) -> Document:
    given = {name: call.arguments[name] for name in ("name", "description") if name in call.arguments}
    namesakes = call.store.all(USER_GROUP, ORGANIZATION_ID, {"name": given["name"]}) if "name" in given else []
    if any(other["id"] != group["id"] for other in namesakes):
        raise ErrorReply(409, "conflict", f"There is a user group named {given['name']} already")
    return group | given
