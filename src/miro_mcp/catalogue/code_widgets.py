"""Code widgets."""

from typing import Annotated

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import Geometry, OnBoard, OnItem, Parent, Position
from .types import Number, PageCursor, PageSizeFrom10


class GetCodeWidgetItems(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    cursor: PageCursor = ABSENT


class CodeWidgetData(Body):
    code: Annotated[str, Field(max_length=6000)] = ABSENT
    language: str = ABSENT
    lineNumbersVisible: bool = ABSENT
    title: Annotated[str, Field(max_length=100)] = ABSENT


class CreateCodeWidget(OnBoard):
    data: CodeWidgetData = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


class UpdateCodeWidget(OnItem):
    data: CodeWidgetData = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


class MoveCodeWidget(OnItem):
    x: Number = ABSENT
    y: Number = ABSENT


GROUP = OperationGroup(
    name="code_widgets",
    title="Code widgets",
    toolset="experimental",
    operations=(
        Operation(
            id="get-code-widget-items",
            name="list",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/code_widgets",
            arguments=GetCodeWidgetItems,
            summary="Code widgets of a board",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-code-widget-item",
            name="get",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/code_widgets/{item_id}",
            arguments=OnItem,
            summary="One code widget",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-code-widget-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2-experimental/boards/{board_id}/code_widgets",
            arguments=CreateCodeWidget,
            summary="Add a code widget",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="update-code-widget-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2-experimental/boards/{board_id}/code_widgets/{item_id}",
            arguments=UpdateCodeWidget,
            summary="Change a code widget",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="move-code-widget-item",
            name="move",
            effect=WRITE,
            method="PATCH",
            path="/v2-experimental/boards/{board_id}/code_widgets/{item_id}/position",
            arguments=MoveCodeWidget,
            summary="Move a code widget",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-code-widget-item",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2-experimental/boards/{board_id}/code_widgets/{item_id}",
            arguments=OnItem,
            summary="Delete a code widget",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
