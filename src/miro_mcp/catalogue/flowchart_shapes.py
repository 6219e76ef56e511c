"""Flowchart shapes."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shapes import CreateShape, UpdateShape
from .shared import ITEMS_INSIDE, OnBoard, OnItem
from .types import PageCursor, PageSizeFrom10


class GetFlowchartItems(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    type: Literal["shape"] = ABSENT
    cursor: PageCursor = ABSENT


GROUP = OperationGroup(
    name="flowchart_shapes",
    title="Flowchart shapes",
    toolset="experimental",
    operations=(
        Operation(
            id="get-items-experimental",
            name="list",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/items",
            arguments=GetFlowchartItems,
            summary="Items of a board by the experimental route",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-specific-item-experimental",
            name="get",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/items/{item_id}",
            arguments=OnItem,
            summary="One item by the experimental route",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="get-shape-item-flowchart",
            name="get_shape",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/shapes/{item_id}",
            arguments=OnItem,
            summary="One shape by the experimental route",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-shape-item-flowchart",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2-experimental/boards/{board_id}/shapes",
            arguments=CreateShape,
            summary="Add a shape by the experimental route",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="update-shape-item-flowchart",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2-experimental/boards/{board_id}/shapes/{item_id}",
            arguments=UpdateShape,
            summary="Change a shape by the experimental route",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-item-experimental",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2-experimental/boards/{board_id}/items/{item_id}",
            arguments=OnItem,
            summary="Delete an item by the experimental route",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
            any_kind=True,
            counts=(ITEMS_INSIDE,),
        ),
        Operation(
            id="delete-shape-item-flowchart",
            name="delete_shape",
            effect=DELETE,
            method="DELETE",
            path="/v2-experimental/boards/{board_id}/shapes/{item_id}",
            arguments=OnItem,
            summary="Delete a shape by the experimental route",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
