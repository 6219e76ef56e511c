"""App cards."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import Geometry, OnBoard, OnItem, Parent, Position
from .types import HexColour


class CustomField(Body):
    fillColor: HexColour = ABSENT
    iconShape: Literal["round", "square"] = ABSENT
    iconUrl: str = ABSENT
    textColor: HexColour = ABSENT
    tooltip: str = ABSENT
    value: str = ABSENT


class AppCardData(Body):
    description: str = ABSENT
    fields: list[CustomField] = ABSENT
    status: Literal["disconnected", "connected", "disabled"] = ABSENT
    title: str = ABSENT


class AppCardStyle(Body):
    fillColor: HexColour = ABSENT


class CreateAppCard(OnBoard):
    data: AppCardData = ABSENT
    style: AppCardStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


class UpdateAppCard(OnItem):
    data: AppCardData = ABSENT
    style: AppCardStyle = ABSENT
    position: Position = ABSENT
    geometry: Geometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="app_cards",
    title="App cards",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-app-card-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/app_cards",
            arguments=CreateAppCard,
            summary="Add an app card: a card that stands for an object in another tool",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-app-card-item",
            name="get_app_card",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/app_cards/{item_id}",
            arguments=OnItem,
            summary="One app card",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-app-card-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/app_cards/{item_id}",
            arguments=UpdateAppCard,
            summary="Change an app card",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-app-card-item",
            name="delete_app_card",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/app_cards/{item_id}",
            arguments=OnItem,
            summary="Delete an app card",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
