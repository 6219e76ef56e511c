"""Embeds."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import FixedRatioNoRotationGeometry, OnBoard, OnItem, Parent, Position


class EmbedUrlData(Body):
    mode: Literal["inline", "modal"] = ABSENT
    previewUrl: str = ABSENT
    url: str


class CreateEmbed(OnBoard):
    data: EmbedUrlData
    position: Position = ABSENT
    geometry: FixedRatioNoRotationGeometry = ABSENT
    parent: Parent = ABSENT


class EmbedUrlDataChanges(Body):
    mode: Literal["inline", "modal"] = ABSENT
    previewUrl: str = ABSENT
    url: str = ABSENT


class UpdateEmbed(OnItem):
    data: EmbedUrlDataChanges = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioNoRotationGeometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="embeds",
    title="Embeds",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-embed-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/embeds",
            arguments=CreateEmbed,
            summary="Embed a web page or video by its URL",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="get-embed-item",
            name="get_embed",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/embeds/{item_id}",
            arguments=OnItem,
            summary="One embed",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-embed-item",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/embeds/{item_id}",
            arguments=UpdateEmbed,
            summary="Change an embed",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="delete-embed-item",
            name="delete_embed",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/embeds/{item_id}",
            arguments=OnItem,
            summary="Delete an embed",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
