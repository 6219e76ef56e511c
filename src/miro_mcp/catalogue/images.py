"""Images."""

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import FixedRatioGeometry, OnBoard, OnItem, Parent, Position, ReplaceFile, ReplaceUrl, Upload, UrlData


class CreateImageUrl(OnBoard):
    data: UrlData
    position: Position = ABSENT
    geometry: FixedRatioGeometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="images",
    title="Images",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-image-item-using-url",
            name="create_from_url",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/images",
            arguments=CreateImageUrl,
            summary="Add an image from a URL",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="create-image-item-using-local-file",
            name="create_from_file",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/images",
            arguments=Upload,
            summary="Add an image from a local file of up to 6 MB",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
            files=("resource",),
        ),
        Operation(
            id="get-image-item",
            name="get_image",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/images/{item_id}",
            arguments=OnItem,
            summary="One image",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-image-item-using-url",
            name="update_from_url",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/images/{item_id}",
            arguments=ReplaceUrl,
            summary="Change an image or where it comes from",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="update-image-item-using-file-from-device",
            name="update_from_file",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/images/{item_id}",
            arguments=ReplaceFile,
            summary="Replace an image's file",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
            files=("resource",),
        ),
        Operation(
            id="delete-image-item",
            name="delete_image",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/images/{item_id}",
            arguments=OnItem,
            summary="Delete an image",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
