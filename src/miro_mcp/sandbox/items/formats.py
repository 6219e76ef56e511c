"""Miro's own diagrams and data tables: the API makes none, so that a sandbox has none."""

from ..boards.scope import on_board
from ..http.handlers import ApiCall, Reply, handles, no_item
from ..http.paging import by_cursor


@handles("get-native-diagrams", "get-data-tables")
def list_all(call: ApiCall) -> Reply:
    return by_cursor(call, call.operation.id, on_board(call), lambda found: found)


@handles("get-native-diagram", "get-data-table")
def get(call: ApiCall) -> Reply:
    raise no_item(on_board(call))
