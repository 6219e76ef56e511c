"""Tags, and what they are on."""

from ..boards.scope import on_board
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, invalid, not_found
from ..http.paging import by_offset
from ..http.replies import link
from ..store import Document
from .items import find_item, kept, render
from .kinds import TAGGED

_MOST_ON_AN_ITEM = 8
_MOST_ON_A_BOARD = 100


@handles("create-tag")
def create(call: ApiCall) -> Reply:
    board_id = on_board(call)
    _check_title(call, board_id)
    if call.store.count("tag", board_id) >= _MOST_ON_A_BOARD:
        raise invalid({"": f"a board has up to {_MOST_ON_A_BOARD} tags"})
    tag: Document = {
        "id": call.store.new_id(),
        "type": "tag",
        "title": call.arguments["title"],
        "fillColor": call.arguments.get("fillColor", "red"),
        "items": [],
    }
    call.store.add("tag", board_id, tag["id"], tag)
    return Reply(201, _with_link(call, board_id, tag))


@handles("get-tag")
def get(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return Reply(200, _with_link(call, board_id, _find(call, board_id)))


@handles("get-tags-from-board")
def list_all(call: ApiCall) -> Reply:
    return by_offset(call, call.store.all("tag", on_board(call)), _shown)


@handles("update-tag")
def update(call: ApiCall) -> Reply:
    board_id = on_board(call)
    tag = _find(call, board_id)
    _check_title(call, board_id)
    tag |= {name: call.arguments[name] for name in ("title", "fillColor") if name in call.arguments}
    call.store.replace("tag", board_id, tag["id"], tag)
    return Reply(200, _with_link(call, board_id, tag))


@handles("delete-tag")
def delete(call: ApiCall) -> Reply:
    board_id = on_board(call)
    call.store.remove("tag", board_id, _find(call, board_id)["id"])
    return Reply(204)


@handles("attach-tag-to-item")
def attach(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item = find_item(call, board_id)
    tag = _find(call, board_id)
    if item["type"] not in TAGGED:
        raise invalid({"item_id": f"a {item['type']} takes no tags: only cards and sticky notes do"})
    if item["id"] not in tag["items"]:
        if len(_on_item(call, board_id, item["id"])) >= _MOST_ON_AN_ITEM:
            raise invalid({"tag_id": f"an item has up to {_MOST_ON_AN_ITEM} tags"})
        call.store.replace("tag", board_id, tag["id"], tag | {"items": [*tag["items"], item["id"]]})
    return Reply(204)


@handles("remove-tag-from-item")
def detach(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item_id = find_item(call, board_id)["id"]
    tag = _find(call, board_id)
    if item_id not in tag["items"]:
        raise ErrorReply(404, "notFound", f"Tag {tag['id']} is not on item {item_id}")
    call.store.replace("tag", board_id, tag["id"], tag | {"items": [id for id in tag["items"] if id != item_id]})
    return Reply(204)


@handles("get-tags-from-item")
def list_on_item(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return Reply(200, {"tags": [_shown(tag) for tag in _on_item(call, board_id, find_item(call, board_id)["id"])]})


@handles("get-items-by-tag")
def list_items(call: ApiCall) -> Reply:
    board_id = on_board(call)
    items = kept(call.store, board_id, _find(call, board_id)["items"])
    return by_offset(call, items, lambda item: render(call, board_id, item))


def _find(call: ApiCall, board_id: str) -> Document:
    tag = call.store.get("tag", board_id, call.arguments["tag_id"])
    if tag is None:
        raise not_found("Tag", call.arguments["tag_id"])
    return tag


def _on_item(call: ApiCall, board_id: str, item_id: str) -> list[Document]:
    return [tag for tag in call.store.all("tag", board_id) if item_id in tag["items"]]


def _check_title(call: ApiCall, board_id: str) -> None:
    title = call.arguments.get("title")
    if title is None:
        return
    if not title.strip():
        raise invalid({"title": "must not be empty"})
    same = call.store.all("tag", board_id, {"title": title})
    if any(tag["id"] != call.arguments.get("tag_id") for tag in same):
        raise invalid({"title": "another tag of this board has this title"})


def _shown(tag: Document) -> Document:
    return {name: value for name, value in tag.items() if name != "items"}


def _with_link(call: ApiCall, board_id: str, tag: Document) -> Document:
    return _shown(tag) | {"links": {"self": link(call, "boards", board_id, "tags", tag["id"])}}
