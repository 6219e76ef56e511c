"""Connectors: lines between two things on a board."""

from collections.abc import Mapping
from typing import Any

from ..boards.scope import created, modified, on_board
from ..http.handlers import ApiCall, Reply, handles, invalid, not_found
from ..http.paging import by_cursor
from ..http.replies import link
from ..store import Document
from .removal import ATTACHED_KINDS

_STYLE: Document = {
    "color": "#1a1a1a",
    "endStrokeCap": "stealth",
    "fontSize": "14",
    "startStrokeCap": "none",
    "strokeColor": "#000000",
    "strokeStyle": "normal",
    "strokeWidth": "1.0",
    "textOrientation": "aligned",
}
_CAPTION: Document = {"position": "50%", "textAlignVertical": "middle"}
_SIDES: dict[str, Document] = {
    "top": {"x": "50%", "y": "0%"},
    "right": {"x": "100%", "y": "50%"},
    "bottom": {"x": "50%", "y": "100%"},
    "left": {"x": "0%", "y": "50%"},
}
"""The middle of each side; `auto` has no place of its own."""

_ENDS = ("startItem", "endItem")


@handles("create-connector")
def create(call: ApiCall) -> Reply:
    board_id = on_board(call)
    connector: Document = {
        "id": call.store.new_id(),
        "type": "connector",
        "shape": call.arguments.get("shape", "curved"),
        "style": _STYLE | call.arguments.get("style", {}),
        "isSupported": True,
        **created(),
    }
    _set_captions(connector, call.arguments)
    for end in _ENDS:
        connector[end] = _attached(call, board_id, end, {})
    _check_ends_differ(connector)
    call.store.add("connector", board_id, connector["id"], connector)
    return Reply(200, render(call, board_id, connector))


@handles("get-connector")
def get(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return Reply(200, render(call, board_id, _find(call, board_id)))


@handles("get-connectors")
def list_all(call: ApiCall) -> Reply:
    board_id = on_board(call)
    return by_cursor(call, "connector", board_id, lambda connector: render(call, board_id, connector))


@handles("update-connector")
def update(call: ApiCall) -> Reply:
    board_id = on_board(call)
    connector = _find(call, board_id)
    connector["shape"] = call.arguments.get("shape", connector["shape"])
    connector["style"] |= call.arguments.get("style", {})
    _set_captions(connector, call.arguments)
    for end in _ENDS:
        if end in call.arguments:
            connector[end] = _attached(call, board_id, end, connector[end])
    _check_ends_differ(connector)
    connector |= modified()
    call.store.replace("connector", board_id, connector["id"], connector)
    return Reply(200, render(call, board_id, connector))


@handles("delete-connector")
def delete(call: ApiCall) -> Reply:
    board_id = on_board(call)
    call.store.remove("connector", board_id, _find(call, board_id)["id"])
    return Reply(204)


def render(call: ApiCall, board_id: str, connector: Document) -> Document:
    """A connector as the API shows it."""
    ends = {end: connector[end] | {"links": {"self": _item_link(call, board_id, connector[end])}} for end in _ENDS}
    own = link(call, "boards", board_id, "connectors", connector["id"])
    return {**connector, **ends, "links": {"self": own}}


def _item_link(call: ApiCall, board_id: str, end: Document) -> str:
    return link(call, "boards", board_id, "items", end["id"])


def _find(call: ApiCall, board_id: str) -> Document:
    connector = call.store.get("connector", board_id, call.arguments["connector_id"])
    if connector is None:
        raise not_found("Connector", call.arguments["connector_id"])
    return connector


def _attached(call: ApiCall, board_id: str, name: str, before: Document) -> Document:
    """One end as it is kept: on another item it starts over, on the same one only its point may change."""
    given: Document = call.arguments[name]
    id: str = given["id"] if "id" in given else before["id"]
    _check_attachable(call, board_id, name, id)
    end: Document = dict(before) if id == before.get("id") else {"id": id}
    if "snapTo" in given:
        end.pop("position", None)
        if given["snapTo"] in _SIDES:
            end["position"] = _SIDES[given["snapTo"]]
    if "position" in given:
        end["position"] = {"x": "50%", "y": "50%", **end.get("position", {}), **given["position"]}
    return end


def _check_attachable(call: ApiCall, board_id: str, name: str, id: str) -> None:
    things = (call.store.get(kind, board_id, id) for kind in ATTACHED_KINDS)
    thing = next((thing for thing in things if thing), None)
    if thing is None:
        raise invalid({f"{name}.id": f"there is no item with id {id} on this board"})
    if thing["type"] == "frame":
        raise invalid({f"{name}.id": "a connector can't be attached to a frame"})


def _check_ends_differ(connector: Document) -> None:
    if connector["startItem"]["id"] == connector["endItem"]["id"]:
        raise invalid({"endItem.id": "startItem and endItem must be different items"})


def _set_captions(connector: Document, given: Mapping[str, Any]) -> None:
    if "captions" in given:
        connector["captions"] = [_CAPTION | caption for caption in given["captions"]]
