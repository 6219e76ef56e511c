"""Documents."""

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import FixedRatioGeometry, OnBoard, OnItem, Parent, Position, ReplaceFile, ReplaceUrl, UrlData
from .types import FilePath


class CreateDocumentUrl(OnBoard):
    data: UrlData
    position: Position = ABSENT
    parent: Parent = ABSENT


class NewDocumentData(Body):
    title: str = ABSENT
    position: Position = ABSENT
    geometry: FixedRatioGeometry = ABSENT
    parent: Parent = ABSENT


class CreateDocumentFile(OnBoard):
    data: NewDocumentData = ABSENT
    resource: FilePath


GROUP = OperationGroup(
    name="documents",
    title="Documents",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-document-item-using-url",
            name="create_from_url",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/documents",
            arguments=CreateDocumentUrl,
            summary="Add a document (PDF and the like) from a URL",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="create-document-item-using-file-from-device",
            name="create_from_file",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/documents",
            arguments=CreateDocumentFile,
            summary="Add a document from a local file of up to 6 MB",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
            files=("resource",),
        ),
        Operation(
            id="get-document-item",
            name="get_document",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/documents/{item_id}",
            arguments=OnItem,
            summary="One document",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="update-document-item-using-url",
            name="update_from_url",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/documents/{item_id}",
            arguments=ReplaceUrl,
            summary="Change a document or where it comes from",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="overwrites; the API keeps no earlier version",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="update-document-item-using-file-from-device",
            name="update_from_file",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/documents/{item_id}",
            arguments=ReplaceFile,
            summary="Replace a document's file",
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
            id="delete-document-item",
            name="delete_document",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/documents/{item_id}",
            arguments=OnItem,
            summary="Delete a document",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
