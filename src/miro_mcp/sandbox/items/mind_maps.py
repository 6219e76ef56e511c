"""Mind maps: nodes, each a root or the child of another node."""

from ..boards.scope import created, on_board
from ..http.handlers import ApiCall, Reply, handles, invalid, not_found
from ..http.paging import by_cursor
from ..http.replies import link
from ..store import Document
from .removal import remove_items

_VIEW_STYLE: Document = {"color": "#1a1a1a", "fillOpacity": "0.0", "fontSize": "14"}
_ROOT_SHAPE, _CHILD_SHAPE = "pill", "none"
_NODE_COLOUR = "#1a1a1a"
_HEIGHT = 40


@handles("create-mindmap-nodes-experimental")
def create(call: ApiCall) -> Reply:
    board_id = on_board(call)
    parent = _parent(call, board_id)
    position = {"x": 0, "y": 0} | call.arguments.get("position", {})
    text: Document = {"type": "text", "content": ""} | call.arguments["data"]["nodeView"].get("data", {})
    node: Document = {
        "id": call.store.new_id(),
        "type": "mindmap_node",
        "data": {
            "nodeView": {"type": "text", "data": text, "style": _VIEW_STYLE},
            "isRoot": parent is None,
            "direction": "start" if parent and position["x"] < parent["position"]["x"] else "end",
        },
        "style": {
            "nodeColor": _NODE_COLOUR,
            "shape": _CHILD_SHAPE if parent else _ROOT_SHAPE,
            "fontSize": _VIEW_STYLE["fontSize"],
        },
        "geometry": {"width": max(_HEIGHT, 9 * len(text["content"])), "height": _HEIGHT}
        | call.arguments.get("geometry", {}),
        "position": {**position, "origin": "center", "relativeTo": "canvas_center"},
        **({"parent": {"id": parent["id"]}} if parent else {}),
        **created(),
    }
    call.store.add("mindmap_node", board_id, node["id"], node)
    return Reply(201, _shown(call, board_id, node))


@handles("get-mindmap-node-experimental")
def get(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return Reply(200, _shown(call, board_id, _find(call, board_id)))


@handles("get-mindmap-nodes-experimental")
def list_all(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return by_cursor(call, "mindmap_node", board_id, lambda node: _shown(call, board_id, node))


@handles("delete-mindmap-node-experimental")
def delete(call: ApiCall) -> Reply:
    board_id = on_board(call)
    remove_items(call.store, board_id, [_find(call, board_id)["id"]])
    return Reply(204)


def _find(call: ApiCall, board_id: str) -> Document:
    node = call.store.get("mindmap_node", board_id, call.arguments["item_id"])
    if node is None:
        raise not_found("Mind-map node", call.arguments["item_id"])
    return node


def _parent(call: ApiCall, board_id: str) -> Document | None:
    id = call.arguments.get("parent", {}).get("id")
    if id is None:
        return None
    parent = call.store.get("mindmap_node", board_id, id)
    if parent is None:
        raise invalid({"parent.id": f"there is no mind-map node with id {id} on this board"})
    return parent


def _shown(call: ApiCall, board_id: str, node: Document) -> Document:
    shown = {**node, "links": {"self": _link(call, board_id, node["id"])}}
    if "parent" in node:
        parent_id = node["parent"]["id"]
        shown["parent"] = {"id": parent_id, "links": {"self": _link(call, board_id, parent_id)}}
    return shown


def _link(call: ApiCall, board_id: str, id: str) -> str:
    return link(call, "boards", board_id, "mindmap_nodes", id, version="v2-experimental")
