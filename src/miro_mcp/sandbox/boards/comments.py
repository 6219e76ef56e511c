"""Comments: threads of messages, on an item or on the board."""

from ..boards.scope import on_board
from ..http.handlers import ApiCall, Reply, handles, no_item, not_found
from ..http.paging import by_offset
from ..http.replies import now
from ..people import acting_user
from ..store import Document

_COMMENT = "comment"


@handles("get-comments")
def list_threads(call: ApiCall) -> Reply:
    return by_offset(call, call.store.all(_COMMENT, on_board(call)), lambda thread: thread)


@handles("get-comment")
def get(call: ApiCall) -> Reply:
    return Reply(200, _find(call, on_board(call)))


@handles("create-comment")
def create(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item_id = call.arguments.get("itemId")
    if item_id is not None and call.store.get("item", board_id, item_id) is None:
        raise no_item(board_id)
    message = _message(call)
    thread: Document = {
        "id": call.store.new_id(),
        "resolved": False,
        "createdAt": message["createdAt"],
        "createdBy": message["createdBy"],
        "position": {"type": "item", "itemId": item_id} if item_id else {"type": "board"},
        "messages": [message],
    }
    call.store.add(_COMMENT, board_id, thread["id"], thread)
    return Reply(201, thread)


@handles("reply-to-comment")
def reply(call: ApiCall) -> Reply:
    board_id = on_board(call)
    thread = _find(call, board_id)
    return _keep(call, board_id, thread | {"messages": [*thread["messages"], _message(call)]}, 201)


@handles("resolve-comment")
def resolve(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return _keep(call, board_id, _find(call, board_id) | {"resolved": call.arguments["resolved"]}, 200)


def _keep(call: ApiCall, board_id: str, thread: Document, status: int) -> Reply:
    call.store.replace(_COMMENT, board_id, thread["id"], thread)
    return Reply(status, thread)


def _message(call: ApiCall) -> Document:
    who = acting_user(call.store)
    author = {"id": who["id"], "name": who["displayName"]}
    return {
        "id": call.store.new_id(),
        "content": call.arguments["content"],
        "createdAt": now(),
        "createdBy": author,
    }


def _find(call: ApiCall, board_id: str) -> Document:
    thread = call.store.get(_COMMENT, board_id, call.arguments["comment_id"])
    if thread is None:
        raise not_found("Comment", call.arguments["comment_id"])
    return thread
