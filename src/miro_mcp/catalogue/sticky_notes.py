"""Sticky notes."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import FixedRatioNoRotationGeometry, OnBoard, OnItem, Parent, Position, TextAlign, TextAlignVertical

StickyNoteColour = Literal[
    "gray",
    "light_yellow",
    "yellow",
    "orange",
    "light_green",
    "green",
    "dark_green",
    "cyan",
    "light_pink",
    "pink",
    "violet",
    "red",
    "light_blue",
    "blue",
    "dark_blue",
    "black",
]


class StickyNoteData(Body):
    content: Annotated[str, Field(max_length=6000)] = ABSENT
    shape: Literal["square", "rectangle"] = ABSENT


class StickyNoteStyle(Body):
    fillColor: StickyNoteColour = ABSENT
    textAlign: TextAlign = ABSENT
    textAlignVertical: TextAlignVertical = ABSENT


class CreateStickyNote(OnBoard):
    data: StickyNoteData = ABSENT
    style: StickyNoteStyle = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioNoRotationGeometry = ABSENT
    parent: Parent = ABSENT


class UpdateStickyNote(OnItem):
    data: StickyNoteData = ABSENT
    style: StickyNoteStyle = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioNoRotationGeometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="sticky_notes",
    title="Sticky notes",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-sticky-note-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/sticky_notes",
            arguments=CreateStickyNote,
            summary="Add a sticky note",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-sticky-note-item",
            name="get_sticky_note",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/sticky_notes/{item_id}",
            arguments=OnItem,
            summary="One sticky note",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-sticky-note-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/sticky_notes/{item_id}",
            arguments=UpdateStickyNote,
            summary="Change a sticky note",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-sticky-note-item",
            name="delete_sticky_note",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/sticky_notes/{item_id}",
            arguments=OnItem,
            summary="Delete a sticky note",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
