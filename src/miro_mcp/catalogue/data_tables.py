"""Data tables, told without their rows and columns. No description has these routes, which may vanish."""

from .operation import ABSENT, READ, Operation, OperationGroup
from .shared import OnBoard, OnItem
from .types import PageCursor, PageSize


class GetDataTables(OnBoard):
    limit: PageSize = ABSENT
    cursor: PageCursor = ABSENT


GROUP = OperationGroup(
    name="data_tables",
    title="Data tables",
    toolset="unlisted",
    operations=(
        Operation(
            id="get-data-tables",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/data_table_formats",
            arguments=GetDataTables,
            summary="Data tables of a board: place alone, no rows or columns",
            scopes=("boards:read",),
        ),
        Operation(
            id="get-data-table",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/data_table_formats/{item_id}",
            arguments=OnItem,
            summary="One data table: place alone, no rows or columns",
            scopes=("boards:read",),
        ),
    ),
)
