"""Frames."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import ITEMS_INSIDE, OnBoard, OnItem, Position
from .types import HexColour, Number

FrameSide = Annotated[Number, Field(ge=100)]


class FrameData(Body):
    format: Literal["custom"] = ABSENT
    title: str = ABSENT
    type: Literal["freeform"] = ABSENT
    showContent: bool = ABSENT


class FrameStyle(Body):
    fillColor: HexColour = ABSENT


class FrameGeometry(Body):
    """Size in board units; a frame is at least 100 wide and high."""

    height: FrameSide = ABSENT
    width: FrameSide = ABSENT


class CreateFrame(OnBoard):
    data: FrameData
    style: FrameStyle = ABSENT
    position: Position = ABSENT
    geometry: FrameGeometry = ABSENT


class UpdateFrame(OnItem):
    data: FrameData = ABSENT
    style: FrameStyle = ABSENT
    position: Position = ABSENT
    geometry: FrameGeometry = ABSENT


GROUP = OperationGroup(
    name="frames",
    title="Frames",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-frame-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/frames",
            arguments=CreateFrame,
            summary="Add a frame, at least 100 x 100",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-frame-item",
            name="get_frame",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/frames/{item_id}",
            arguments=OnItem,
            summary="One frame",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-frame-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/frames/{item_id}",
            arguments=UpdateFrame,
            summary="Change, move or resize a frame",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-frame-item",
            name="delete_frame",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/frames/{item_id}",
            arguments=OnItem,
            summary="Delete a frame; what is inside stays on the board",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="what is inside loses its frame",
            takes_many=True,
            counts=(ITEMS_INSIDE,),
        ),
    ),
)
