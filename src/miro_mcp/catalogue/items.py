"""Items."""

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import ITEMS_INSIDE, ItemType, OnBoard, OnItem, Parent, Position
from .types import Id, PageCursor, PageSizeFrom10


class GetItems(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    type: ItemType = ABSENT
    cursor: PageCursor = ABSENT


class GetItemsWithinFrame(OnBoard):
    parent_item_id: Id
    limit: PageSizeFrom10 = ABSENT
    type: ItemType = ABSENT
    cursor: PageCursor = ABSENT


class UpdatePositionOrParent(OnItem):
    parent: Parent = ABSENT
    position: Position = ABSENT


GROUP = OperationGroup(
    name="items",
    title="Items",
    toolset="default",
    operations=(
        Operation(
            id="get-items",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/items",
            arguments=GetItems,
            summary="Items on a board, of one type or all; connectors are not among them",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-items-within-frame",
            name="list_in_frame",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/items",
            arguments=GetItemsWithinFrame,
            summary="Items inside one frame",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-specific-item",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/items/{item_id}",
            arguments=OnItem,
            summary="One item of any type",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-item-position-or-parent",
            name="move",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/items/{item_id}",
            arguments=UpdatePositionOrParent,
            summary="Move an item of any type, or put it into a frame",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="moves what people placed",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-item",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/items/{item_id}",
            arguments=OnItem,
            summary="Delete an item of any type; what is in a frame stays",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
            any_kind=True,
            counts=(ITEMS_INSIDE,),
        ),
    ),
)
