"""Texts."""

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import Font, OnBoard, OnItem, Parent, Position, TextAlign
from .types import AnyFontSize, HexColour, Number, Opacity


class TextData(Body):
    content: str


class TextStyle(Body):
    color: HexColour = ABSENT
    fillColor: HexColour = ABSENT
    fillOpacity: Opacity = ABSENT
    fontFamily: Font = ABSENT
    fontSize: AnyFontSize = ABSENT
    textAlign: TextAlign = ABSENT


class TextGeometry(Body):
    rotation: Number = ABSENT
    width: Number = ABSENT


class CreateText(OnBoard):
    data: TextData
    style: TextStyle = ABSENT
    position: Position = ABSENT
    geometry: TextGeometry = ABSENT
    parent: Parent = ABSENT


class UpdateText(OnItem):
    data: TextData = ABSENT
    style: TextStyle = ABSENT
    position: Position = ABSENT
    geometry: TextGeometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="texts",
    title="Texts",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-text-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/texts",
            arguments=CreateText,
            summary="Add a text",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-text-item",
            name="get_text",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/texts/{item_id}",
            arguments=OnItem,
            summary="One text",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-text-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/texts/{item_id}",
            arguments=UpdateText,
            summary="Change a text",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-text-item",
            name="delete_text",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/texts/{item_id}",
            arguments=OnItem,
            summary="Delete a text",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
