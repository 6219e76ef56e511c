"""Groups of items."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Count, Operation, OperationGroup
from .shared import OnBoard
from .types import Id, PageCursor, PageSizeFrom10


class GetAllGroups(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    cursor: PageCursor = ABSENT


class GetItemsByGroupId(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    cursor: PageCursor = ABSENT
    group_item_id: Id


class GetGroupById(OnBoard):
    group_id: Id


class GroupItems(Body):
    items: Annotated[list[Id], Field(min_length=1)]


class CreateGroup(OnBoard):
    data: GroupItems


class UpdateGroup(OnBoard):
    group_id: Id
    data: GroupItems


class UnGroup(OnBoard):
    """Ungrouping keeps the items; with `delete_items` true the same path would delete them."""

    group_id: Id
    delete_items: Literal[False] = ABSENT


class DeleteGroup(OnBoard):
    """Deleting takes the items along; with `delete_items` false the same path would only ungroup them."""

    group_id: Id
    delete_items: Literal[True]


GROUP = OperationGroup(
    name="groups",
    title="Groups of items",
    toolset="default",
    operations=(
        Operation(
            id="get-all-groups",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/groups",
            arguments=GetAllGroups,
            summary="Groups on a board with the ids of their items",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="getItemsByGroupId",
            name="list_items",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/groups/items",
            arguments=GetItemsByGroupId,
            summary="The items of a group in full",
            scopes=("boards:read",),
            level=2,
            answers="object",
        ),
        Operation(
            id="getGroupById",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/groups/{group_id}",
            arguments=GetGroupById,
            summary="One group",
            scopes=("boards:read",),
            level=2,
            per_item=True,
        ),
        Operation(
            id="createGroup",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/groups",
            arguments=CreateGroup,
            summary="Group items so that they move together",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="updateGroup",
            name="replace",
            effect=WRITE,
            method="PUT",
            path="/v2/boards/{board_id}/groups/{group_id}",
            arguments=UpdateGroup,
            summary="Put other items into a group; the group gets a new id",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="the group is replaced and gets a new id",
            overwrites=True,
            has_body=True,
        ),
        Operation(
            id="unGroup",
            name="ungroup",
            effect=WRITE,
            method="DELETE",
            path="/v2/boards/{board_id}/groups/{group_id}",
            arguments=UnGroup,
            summary="Dissolve a group; its items stay",
            scopes=("boards:write",),
            level=3,
            risk=2,
            why="shares its path with deleting the group together with its items",
            idempotent=True,
        ),
        Operation(
            id="deleteGroup",
            name="delete_with_items",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/groups/{group_id}",
            arguments=DeleteGroup,
            summary="Delete a group AND all its items, locked ones too",
            scopes=("boards:write",),
            level=3,
            risk=4,
            why="deletes the items too, locked ones included",
            counts=(Count("items in it", "getItemsByGroupId", {"group_item_id": "group_id"}),),
        ),
    ),
)
