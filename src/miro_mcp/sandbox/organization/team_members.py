"""Members of a team."""

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles, not_found
from ..http.paging import list_page
from ..http.replies import now
from ..people import acting_user, person_by_email
from ..store import Document
from .memberships import TEAM_MEMBER, another_admin, join_team, leave_team
from .places import team_of


@handles("enterprise-get-team-members")
def list_all(call: ApiCall) -> Reply:
    team_id = team_of(call)["id"]
    where = {"role": call.arguments["role"]} if "role" in call.arguments else None
    return list_page(call, call.store.page(TEAM_MEMBER, team_id, 0, -1, where), dict)


@handles("enterprise-get-team-member")
def get(call: ApiCall) -> Reply:
    return Reply(200, _member_of(call))


@handles("enterprise-invite-team-member")
@audited("team_member_added", "team")
def invite(call: ApiCall) -> Reply:
    team_id = team_of(call)["id"]
    person = person_by_email(call.store, call.arguments["email"])
    return Reply(201, join_team(call.store, team_id, person["id"], call.arguments.get("role", "member")))


@handles("enterprise-update-team-member")
@audited("team_member_role_changed", "team")
def update(call: ApiCall) -> Reply:
    member = _member_of(call)
    role = call.arguments.get("role", member["role"])
    if member["role"] == "admin" != role:
        another_admin(call.store, member["teamId"], member["id"])
    member |= {"role": role, "modifiedAt": now(), "modifiedBy": acting_user(call.store)["id"]}
    call.store.replace(TEAM_MEMBER, member["teamId"], member["id"], member)
    return Reply(200, member)


@handles("enterprise-delete-team-member")
@audited("team_member_removed", "team")
def remove(call: ApiCall) -> Reply:
    leave_team(call.store, team_of(call)["id"], _member_of(call)["id"])
    return Reply(204)


def _member_of(call: ApiCall) -> Document:
    member_id: str = call.arguments["member_id"]
    member = call.store.get(TEAM_MEMBER, team_of(call)["id"], member_id)
    if member is None:
        raise not_found("Team member", member_id)
    return member
