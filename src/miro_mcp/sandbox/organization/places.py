"""What the path of a call names: the organization, a team, a project, a user group, a board; 404 for any that isn't."""

from ..boards import scope as board_scope
from ..http.handlers import ApiCall, not_found
from ..identity import ORGANIZATION_ID
from ..people import check_is_admin
from ..store import Document

TEAM, PROJECT, USER_GROUP = "team", "project", "user_group"
"""Kinds of document; their scope is the organization."""


def organization_of(call: ApiCall) -> Document:
    """The organization.

    Raises:
        ErrorReply: 404, the call is about another; 403, the token is not that of a company admin.
    """
    org_id: str = call.arguments["org_id"]
    organization = call.store.get("organization", "", org_id)
    if organization is None:
        raise not_found("Organization", org_id)
    check_is_admin(call.store)
    return organization


def team_of(call: ApiCall) -> Document:
    """The team of the organization.

    Raises:
        ErrorReply: 404, there is none.
    """
    return _named(call, TEAM, "team_id", "Team")


def project_of(call: ApiCall) -> Document:
    """The project, of the team if the call names one.

    Raises:
        ErrorReply: 404, there is none.
    """
    project = _named(call, PROJECT, "project_id", "Project")
    if "team_id" in call.arguments and team_of(call)["id"] != project["teamId"]:
        raise not_found("Project", project["id"])
    return project


def user_group_of(call: ApiCall) -> Document:
    """The user group.

    Raises:
        ErrorReply: 404, there is none.
    """
    return _named(call, USER_GROUP, "group_id", "User group")


def board_in(call: ApiCall) -> Document:
    """The board, of the team if the call names one.

    Raises:
        ErrorReply: 404, there is none.
    """
    organization_of(call)
    board = board_scope.board_of(call.store, call.arguments["board_id"])
    if "team_id" in call.arguments and team_of(call)["id"] != board["team"]["id"]:
        raise not_found("Board", board["id"])
    return board


def _named(call: ApiCall, kind: str, argument: str, what: str) -> Document:
    organization_of(call)
    id: str = call.arguments[argument]
    found = call.store.get(kind, ORGANIZATION_ID, id)
    if found is None:
        raise not_found(what, id)
    return found
