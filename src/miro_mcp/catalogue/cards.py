"""Cards."""

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import Geometry, OnBoard, OnItem, Parent, Position
from .types import DateTime, HexColour, Id


class CardData(Body):
    assigneeId: Id = ABSENT
    description: str = ABSENT
    dueDate: DateTime = ABSENT
    title: str = ABSENT


class CardStyle(Body):
    cardTheme: HexColour = ABSENT


class CreateCard(OnBoard):
    data: CardData = ABSENT
    style: CardStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


class UpdateCard(OnItem):
    data: CardData = ABSENT
    style: CardStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="cards",
    title="Cards",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-card-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/cards",
            arguments=CreateCard,
            summary="Add a card with title, description, due date, assignee",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-card-item",
            name="get_card",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/cards/{item_id}",
            arguments=OnItem,
            summary="One card",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-card-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/cards/{item_id}",
            arguments=UpdateCard,
            summary="Change a card",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-card-item",
            name="delete_card",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/cards/{item_id}",
            arguments=OnItem,
            summary="Delete a card",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
