"""Miro's own diagrams, told without their nodes and texts. No description has these routes, which may vanish."""

from .operation import ABSENT, READ, Operation, OperationGroup
from .shared import OnBoard, OnItem
from .types import PageCursor, PageSize


class GetNativeDiagrams(OnBoard):
    limit: PageSize = ABSENT
    cursor: PageCursor = ABSENT


GROUP = OperationGroup(
    name="native_diagrams",
    title="Native diagrams",
    toolset="unlisted",
    operations=(
        Operation(
            id="get-native-diagrams",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/diagrams",
            arguments=GetNativeDiagrams,
            summary="Miro's own diagrams on a board: title and place, no nodes",
            scopes=("boards:read",),
        ),
        Operation(
            id="get-native-diagram",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/diagrams/{item_id}",
            arguments=OnItem,
            summary="One of Miro's own diagrams: title and place, no nodes",
            scopes=("boards:read",),
        ),
    ),
)
