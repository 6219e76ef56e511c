"""Mind maps."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Body, Operation, OperationGroup
from .shared import OnBoard, OnItem, Parent, Position
from .types import Number, PageCursor, PageSizeFrom10


class GetMindmapNodes(OnBoard):
    limit: PageSizeFrom10 = ABSENT
    cursor: PageCursor = ABSENT


class NodeText(Body):
    type: Literal["text"]
    content: str = ABSENT


class NodeView(Body):
    data: NodeText = ABSENT


class NodeData(Body):
    nodeView: NodeView


class NodeGeometry(Body):
    width: Number = ABSENT


class CreateMindmapNodes(OnBoard):
    data: NodeData
    position: Position = ABSENT
    geometry: NodeGeometry = ABSENT
    parent: Parent = ABSENT


GROUP = OperationGroup(
    name="mindmap_nodes",
    title="Mind maps",
    toolset="experimental",
    operations=(
        Operation(
            id="get-mindmap-nodes-experimental",
            name="list",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/mindmap_nodes",
            arguments=GetMindmapNodes,
            summary="Mind-map nodes of a board",
            scopes=("boards:read",),
            level=2,
        ),
        Operation(
            id="get-mindmap-node-experimental",
            name="get",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/mindmap_nodes/{item_id}",
            arguments=OnItem,
            summary="One node",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-mindmap-nodes-experimental",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2-experimental/boards/{board_id}/mindmap_nodes",
            arguments=CreateMindmapNodes,
            summary="Add a node: a root, or a child of a parent node",
            scopes=("boards:write",),
            level=2,
            risk=1,
            why="adds to the board",
            has_body=True,
        ),
        Operation(
            id="delete-mindmap-node-experimental",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2-experimental/boards/{board_id}/mindmap_nodes/{item_id}",
            arguments=OnItem,
            summary="Delete a node and all its children",
            scopes=("boards:write",),
            level=3,
            risk=3,
            why="its children go with it",
            takes_many=True,
        ),
    ),
)
