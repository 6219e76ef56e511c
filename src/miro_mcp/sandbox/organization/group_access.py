"""What user groups may reach: teams, boards and projects."""

from collections.abc import Callable
from dataclasses import dataclass

from ..access import GROUP_ACCESS as GROUP_ACCESS
from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, invalid, not_found
from ..http.paging import list_page
from ..identity import ORGANIZATION_ID
from ..store import Document, Store
from .places import PROJECT, TEAM, USER_GROUP, board_in, project_of, team_of, user_group_of


@dataclass(frozen=True)
class Target:
    """Something that user groups may be given access to, and the type that tells so."""

    named_by: Callable[[ApiCall], Document]
    type: str


_TEAM = Target(team_of, "team-user-group")
_BOARD = Target(board_in, "board-user-group")
_PROJECT = Target(project_of, "project-user-group")

_LISTS = {
    "enterprise-teams-get-groups": _TEAM,
    "enterprise-boards-get-groups": _BOARD,
    "enterprise-projects-get-groups": _PROJECT,
}
_SHARES = {"enterprise-boards-create-group": _BOARD, "enterprise-project-create-group": _PROJECT}
_ENDS = {
    "enterprise-teams-delete-group": _TEAM,
    "enterprise-boards-delete-groups": _BOARD,
    "enterprise-project-delete-groups": _PROJECT,
}


@handles(*_LISTS)
def list_groups(call: ApiCall) -> Reply:
    target = _LISTS[call.operation.id]
    rows = call.store.page(GROUP_ACCESS, target.named_by(call)["id"], 0, -1)
    return list_page(call, rows, lambda access: access | {"type": target.type})


@handles("enterprise-teams-get-group")
def get_group(call: ApiCall) -> Reply:
    return Reply(200, _access(call, _TEAM) | {"type": _TEAM.type})


@handles("enterprise-groups-get-teams")
def list_teams(call: ApiCall) -> Reply:
    group_id = user_group_of(call)["id"]
    teams = call.store.page(TEAM, ORGANIZATION_ID, 0, -1)
    rows = [row for row in teams if call.store.get(GROUP_ACCESS, row[1]["id"], group_id)]
    return list_page(call, rows, _team)


@handles("enterprise-groups-get-team")
def get_team(call: ApiCall) -> Reply:
    _access(call, _TEAM)
    return Reply(200, _team(team_of(call)))


@handles("enterprise-teams-create-group")
@audited("user_group_access_given", "user_group")
def add_to_team(call: ApiCall) -> Reply:
    team_id = team_of(call)["id"]
    group_id = _groups_given(call, [call.arguments["userGroupId"]])[0]
    if call.store.get(GROUP_ACCESS, team_id, group_id):
        raise ErrorReply(409, "conflict", f"User group {group_id} is in the team already")
    return Reply(201, _give(call, _TEAM, team_id, group_id))


@handles(*_SHARES)
@audited("user_group_access_given", "user_group")
def share(call: ApiCall) -> Reply:
    """Answers with the access of the group named last: the description has room for one."""
    target = _SHARES[call.operation.id]
    target_id = target.named_by(call)["id"]
    groups = _groups_given(call, call.arguments["userGroupIds"])
    return Reply(200, [_give(call, target, target_id, group_id) for group_id in groups][-1])


@handles(*_ENDS)
@audited("user_group_access_ended", "user_group")
def end(call: ApiCall) -> Reply:
    target = _ENDS[call.operation.id]
    call.store.remove(GROUP_ACCESS, target.named_by(call)["id"], _access(call, target)["id"])
    return Reply(204)


def end_all_access(store: Store, group_id: str) -> None:
    for kind, scope in ((TEAM, ORGANIZATION_ID), (PROJECT, ORGANIZATION_ID), ("board", "")):
        for target in store.all(kind, scope):
            store.remove(GROUP_ACCESS, target["id"], group_id)


def _access(call: ApiCall, target: Target) -> Document:
    group_id = user_group_of(call)["id"]
    access = call.store.get(GROUP_ACCESS, target.named_by(call)["id"], group_id)
    if access is None:
        raise not_found("Access of user group", group_id)
    return access


def _groups_given(call: ApiCall, ids: list[str]) -> list[str]:
    """The ids, each checked.

    Raises:
        ErrorReply: 400, there are none; 404, one is no user group's.
    """
    if not ids:
        raise invalid({"userGroupIds": "must name a user group"})
    for id in ids:
        if call.store.get(USER_GROUP, ORGANIZATION_ID, id) is None:
            raise not_found("User group", id)
    return ids


def _give(call: ApiCall, target: Target, target_id: str, group_id: str) -> Document:
    access: Document = {"id": group_id, "role": call.arguments["role"]}
    if call.store.get(GROUP_ACCESS, target_id, group_id):
        call.store.replace(GROUP_ACCESS, target_id, group_id, access)
    else:
        call.store.add(GROUP_ACCESS, target_id, group_id, access)
    return access | {"type": target.type}


def _team(team: Document) -> Document:
    return {"id": team["id"], "role": "member", "type": "user-group-team"}
