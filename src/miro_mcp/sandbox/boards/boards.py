"""Boards: create, get, list, change, delete, and how the API shows them."""

from collections.abc import Callable
from typing import Any

from ..access import is_listed
from ..http.handlers import ApiCall, Reply, handles, invalid
from ..http.paging import by_offset
from ..http.replies import link, merged
from ..identity import ORGANIZATION_ID, TEAM_ID
from ..people import acting_id
from ..store import Document, Store
from .membership import membership, name_of
from .scope import board_of, created, on_board

_POLICY: Document = {
    "permissionsPolicy": {
        "collaborationToolsStartAccess": "all_editors",
        "copyAccess": "anyone",
        "sharingAccess": "team_members_with_editing_rights",
    },
    "sharingPolicy": {
        "access": "private",
        "accessPasswordRequired": False,
        "inviteToAccountAndBoardLinkAccess": "no_access",
        "organizationAccess": "private",
        "teamAccess": "private",
    },
}
_BY_TIME = {"last_modified": "modifiedAt", "last_opened": "lastOpenedAt", "last_created": "createdAt"}


@handles("create-board")
def create(call: ApiCall) -> Reply:
    board = add(call, merged(_POLICY, call.arguments.get("policy", {})), call.arguments)
    return Reply(201, render(call, board))


def add(call: ApiCall, policy: Document, given: Document) -> Document:
    """Adds a board that the caller owns, and returns it as it is kept.

    Raises:
        ErrorReply: 400, there is no such team or project.
    """
    when = created()
    board: Document = {
        "id": call.store.new_board_id(),
        "type": "board",
        "name": given.get("name", "Untitled"),
        "description": given.get("description", ""),
        **_home(call.store, given, {"id": TEAM_ID}),
        "policy": policy,
        "owner": {"id": acting_id()},
        **when,
        "lastOpenedAt": when["createdAt"],
        "lastOpenedBy": when["createdBy"],
    }
    call.store.add("board", "", board["id"], board)
    return board


@handles("get-specific-board")
def get(call: ApiCall) -> Reply:
    return Reply(200, render(call, board_of(call.store, call.arguments["board_id"])))


@handles("get-boards")
def list_all(call: ApiCall) -> Reply:
    found = call.store.all("board", "")
    boards = [board for board in found if _wanted(call.arguments, board) and is_listed(call.store, board)]
    at_home = "team_id" in call.arguments or "project_id" in call.arguments
    order: str = call.arguments.get("sort", "default")
    if order == "alphabetically":
        boards.sort(key=lambda board: board["name"].casefold())
    else:
        time = _BY_TIME.get(order, "createdAt" if at_home else "lastOpenedAt")
        boards.reverse()
        boards.sort(key=lambda board: board[time], reverse=True)
    return by_offset(call, boards, _renderer(call))


@handles("update-board")
def update(call: ApiCall) -> Reply:
    board = board_of(call.store, on_board(call))
    given = call.arguments
    board |= {name: given[name] for name in ("name", "description") if name in given}
    board["policy"] = merged(board["policy"], given.get("policy", {}))
    if "teamId" in given or "projectId" in given:
        team = board["team"]
        board.pop("project", None)
        board |= _home(call.store, given, team)
    call.store.replace("board", "", board["id"], board)
    return Reply(200, render(call, board))


@handles("delete-board")
def delete(call: ApiCall) -> Reply:
    board_id = on_board(call)
    call.store.remove("board", "", board_id)
    call.store.remove_scope(board_id)
    return Reply(204)


def render(call: ApiCall, board: Document) -> Document:
    """A board as the API shows it."""
    return _renderer(call)(board)


def _renderer(call: ApiCall) -> Callable[[Document], Document]:
    """Shows boards, looking up each name once."""
    store = call.store
    names: dict[str, str] = {}

    def person(reference: Document) -> Document:
        id = reference["id"]
        names[id] = names[id] if id in names else name_of(store, id)
        return {"id": id, "name": names[id], "type": "user"}

    def show(board: Document) -> Document:
        people = ("owner", "createdBy", "modifiedBy", "lastOpenedBy")
        mine = membership(store, board, acting_id())
        return {
            **board,
            **{role: person(board[role]) for role in people},
            **board["policy"],
            "team": _team(store, board["team"]["id"]),
            **({"currentUserMembership": mine} if mine else {}),
            "viewLink": f"https://miro.com/app/board/{board['id']}",
            "links": {
                "self": link(call, "boards", board["id"]),
                "related": link(call, "boards", board["id"], "members", limit=20, offset=0),
            },
        }

    return show


def _team(store: Store, team_id: str) -> Document:
    team = store.get("team", ORGANIZATION_ID, team_id)
    return {"id": team_id, "name": team["name"] if team else "", "type": "team"}


def _home(store: Store, given: Document, team: Document) -> Document:
    """The team and project a board is in; a project alone brings its team along."""
    project_id: str | None = given.get("projectId")
    project = store.get("project", ORGANIZATION_ID, project_id) if project_id else None
    if project_id and project is None:
        raise invalid({"projectId": f"there is no project with id {project_id}"})
    team_id: str = given.get("teamId", project["teamId"] if project else team["id"])
    if "teamId" in given and store.get("team", ORGANIZATION_ID, team_id) is None:
        raise invalid({"teamId": f"there is no team with id {team_id}"})
    if project and project["teamId"] != team_id:
        raise invalid({"projectId": f"project {project_id} is not in team {team_id}"})
    return {"team": {"id": team_id}, **({"project": {"id": project_id}} if project else {})}


def _wanted(given: Document, board: Document) -> bool:
    """Whether a list shows a board; by team or project, what else is asked for does not count."""
    team_id, project_id = given.get("team_id"), given.get("project_id")
    if team_id or project_id:
        return _in(board, "team", team_id) and _in(board, "project", project_id)
    text: str = given.get("query", "").casefold()
    named = text in board["name"].casefold() or text in board["description"].casefold()
    return named and _in(board, "owner", given.get("owner"))


def _in(board: Document, what: str, id: Any) -> bool:
    return id is None or board.get(what, {}).get("id") == id
