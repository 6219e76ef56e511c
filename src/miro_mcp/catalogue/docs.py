"""Docs."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import OnBoard, OnItem, Parent, Position
from .types import Number


class Markdown(Body):
    contentType: Literal["markdown"]
    content: str
    contentVersion: Number = ABSENT


class CreateDocFormat(OnBoard):
    data: Markdown
    position: Position = ABSENT
    parent: Parent = ABSENT


class GetDocFormat(OnItem):
    textContentType: Literal["html", "markdown"] = ABSENT


GROUP = OperationGroup(
    name="docs",
    title="Docs",
    toolset="default",
    pooled_in="items",
    operations=(
        Operation(
            id="create-doc-format-item",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/docs",
            arguments=CreateDocFormat,
            summary="Add a doc written in Markdown; it can't be changed later",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
            tells=("id", "type", "position", "geometry", "parent.id"),
        ),
        Operation(
            id="get-doc-format-item",
            name="get_doc",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/docs/{item_id}",
            arguments=GetDocFormat,
            summary="One doc, its text as HTML or Markdown",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="delete-doc-format-item",
            name="delete_doc",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/docs/{item_id}",
            arguments=OnItem,
            summary="Delete a doc",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="the API has no restore",
        ),
    ),
)
