"""Tags."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Count, Operation, OperationGroup
from .shared import OnBoard, OnItem
from .types import Id, Offset, PageSize

TagColour = Literal[
    "red",
    "light_green",
    "cyan",
    "yellow",
    "magenta",
    "green",
    "blue",
    "gray",
    "violet",
    "dark_green",
    "dark_blue",
    "black",
]


class GetTagsFromBoard(OnBoard):
    limit: PageSize = ABSENT
    offset: Offset = ABSENT


class GetTag(OnBoard):
    tag_id: Id


class GetItemsByTag(OnBoard):
    limit: PageSize = ABSENT
    offset: Offset = ABSENT
    tag_id: Id


class CreateTag(OnBoard):
    fillColor: TagColour = ABSENT
    title: Annotated[str, Field(max_length=120)]


class UpdateTag(OnBoard):
    tag_id: Id
    fillColor: TagColour = ABSENT
    title: Annotated[str, Field(max_length=120)] = ABSENT


class TagOnItem(OnItem):
    tag_id: Id


GROUP = OperationGroup(
    name="tags",
    title="Tags",
    toolset="default",
    operations=(
        Operation(
            id="get-tags-from-board",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/tags",
            arguments=GetTagsFromBoard,
            summary="Tags of a board",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="get-tags-from-item",
            name="list_on_item",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/items/{item_id}/tags",
            arguments=OnItem,
            summary="Tags on one item",
            scopes=("boards:read",),
            level=1,
            answers="tags",
        ),
        Operation(
            id="get-tag",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/tags/{tag_id}",
            arguments=GetTag,
            summary="One tag",
            scopes=("boards:write",),
            level=1,
        ),
        Operation(
            id="get-items-by-tag",
            name="list_items",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/items",
            arguments=GetItemsByTag,
            summary="Items that carry a tag",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-tag",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/tags",
            arguments=CreateTag,
            summary="Make a tag",
            scopes=("boards:write",),
            level=1,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="update-tag",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/tags/{tag_id}",
            arguments=UpdateTag,
            summary="Rename or recolour a tag",
            scopes=("boards:write",),
            level=1,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="attach-tag-to-item",
            name="attach",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/items/{item_id}",
            arguments=TagOnItem,
            summary="Put a tag on a card or sticky note, 8 an item at most",
            scopes=("boards:write",),
            level=1,
            risk=1,
            why="adds to the board",
            idempotent=True,
            answers="nothing",
        ),
        Operation(
            id="remove-tag-from-item",
            name="detach",
            effect=WRITE,
            method="DELETE",
            path="/v2/boards/{board_id}/items/{item_id}",
            arguments=TagOnItem,
            summary="Take a tag off an item; item and tag stay",
            scopes=("boards:write",),
            level=1,
            risk=2,
            why="shares its path with deleting the item",
            idempotent=True,
        ),
        Operation(
            id="delete-tag",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/tags/{tag_id}",
            arguments=GetTag,
            summary="Delete a tag; it goes from every item",
            scopes=("boards:write",),
            level=1,
            risk=3,
            why="goes from every item on the board",
            takes_many=True,
            counts=(Count("items that carry it", "get-items-by-tag", {"tag_id": "tag_id"}),),
        ),
    ),
)
