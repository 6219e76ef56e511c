"""What every call on a board starts with: the board itself, marked as modified when the call writes."""

from ...catalogue import READ
from ..access import is_reachable
from ..http.handlers import ApiCall, ErrorReply, not_found
from ..http.replies import now
from ..people import acting_id
from ..store import Document, Store


def board_of(store: Store, board_id: str) -> Document:
    """The board as it is kept.

    Raises:
        ErrorReply: 404, there is none; 403, the person whose token it is has no access.
    """
    board = store.get("board", "", board_id)
    if board is None:
        raise not_found("Board", board_id)
    if not is_reachable(store, board):
        raise ErrorReply(403, "insufficientPermissions", f"No access to board {board_id}")
    return board


def on_board(call: ApiCall) -> str:
    """The id of the board a call is about.

    Raises:
        ErrorReply: 404, there is none.
    """
    board_id: str = call.arguments["board_id"]
    board = board_of(call.store, board_id)
    if call.operation.effect is not READ:
        call.store.replace("board", "", board_id, board | modified())
    return board_id


def modified() -> Document:
    """Who changes something now, and when."""
    return {"modifiedAt": now(), "modifiedBy": {"id": acting_id(), "type": "user"}}


def created() -> Document:
    """Who makes something now, and when."""
    change = modified()
    return {"createdAt": change["modifiedAt"], "createdBy": change["modifiedBy"], **change}
