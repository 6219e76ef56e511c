"""Code widgets: what they have beyond other items, a list and a move of their own."""

from ..boards.scope import modified, on_board
from ..http.handlers import ApiCall, Reply, handles
from ..http.paging import by_cursor
from .items import find_item, render
from .kinds import CODE
from .place import place


@handles("get-code-widget-items")
def list_all(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return by_cursor(call, CODE.kept_as, board_id, lambda widget: render(call, board_id, widget))


@handles("move-code-widget-item")
def move(call: ApiCall) -> Reply:
    board_id = on_board(call)
    widget = find_item(call, board_id, CODE)
    position = {axis: call.arguments[axis] for axis in ("x", "y") if axis in call.arguments}
    place(call.store, board_id, widget, {"position": position})
    widget |= modified()
    call.store.replace(CODE.kept_as, board_id, widget["id"], widget)
    return Reply(200, render(call, board_id, widget))
