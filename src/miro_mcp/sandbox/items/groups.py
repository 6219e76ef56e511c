"""Groups: items that move together."""

from ..boards.scope import on_board
from ..http.handlers import ApiCall, Reply, handles, invalid, no_item, not_found
from ..http.paging import by_cursor, by_id
from ..http.replies import link
from ..store import Document
from .items import kept, render
from .removal import remove_items

_LEAST_ITEMS = 2


@handles("createGroup")
def create(call: ApiCall) -> Reply:
    board_id = on_board(call)
    group = _add(call, board_id, _members(call, board_id))
    return Reply(201, _shown(call, board_id, group))


@handles("getGroupById")
def get(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return Reply(200, _shown(call, board_id, _find(call, board_id, call.arguments["group_id"])))


@handles("get-all-groups")
def list_all(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return by_cursor(call, "group", board_id, lambda group: _shown(call, board_id, group))


@handles("getItemsByGroupId")
def list_items(call: ApiCall) -> Reply:
    board_id = on_board(call)
    items = kept(call.store, board_id, _find(call, board_id, call.arguments["group_item_id"])["items"])
    return by_id(call, items, lambda item: render(call, board_id, item))


@handles("updateGroup")
def replace(call: ApiCall) -> Reply:
    """Miro gives the group a new id."""
    board_id = on_board(call)
    call.store.remove("group", board_id, _find(call, board_id, call.arguments["group_id"])["id"])
    group = _add(call, board_id, _members(call, board_id))
    return Reply(200, _shown(call, board_id, group))


@handles("unGroup")
def ungroup(call: ApiCall) -> Reply:
    board_id = on_board(call)
    call.store.remove("group", board_id, _find(call, board_id, call.arguments["group_id"])["id"])
    return Reply(204)


@handles("deleteGroup")
def delete_with_items(call: ApiCall) -> Reply:
    board_id = on_board(call)
    remove_items(call.store, board_id, _find(call, board_id, call.arguments["group_id"])["items"])
    return Reply(204)


def _members(call: ApiCall, board_id: str) -> list[str]:
    """The ids of the items that a group is to hold, none of them in another group."""
    ids = list(dict.fromkeys(call.arguments["data"]["items"]))
    found = {item["id"] for item in kept(call.store, board_id, ids)}
    grouped = {id for group in call.store.all("group", board_id) for id in group["items"]}
    if any(id not in found or id in grouped for id in ids):
        raise no_item(board_id)
    if len(ids) < _LEAST_ITEMS:
        raise invalid({"data.items": f"a group needs at least {_LEAST_ITEMS} items"})
    return ids


def _add(call: ApiCall, board_id: str, items: list[str]) -> Document:
    group: Document = {"id": call.store.new_id(), "items": items}
    call.store.add("group", board_id, group["id"], group)
    return group


def _find(call: ApiCall, board_id: str, group_id: str) -> Document:
    group = call.store.get("group", board_id, group_id)
    if group is None:
        raise not_found("Group", group_id)
    return group


def _shown(call: ApiCall, board_id: str, group: Document) -> Document:
    return {
        "id": group["id"],
        "type": "group",
        "data": {"items": group["items"]},
        "links": {"self": link(call, "boards", board_id, "groups", group["id"])},
    }
