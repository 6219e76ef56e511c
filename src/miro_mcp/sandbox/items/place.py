"""Where an item is: on the canvas, or in a frame with its centre counted from the frame's top left corner."""

from collections.abc import Mapping
from typing import Any

from ..http.handlers import invalid
from ..store import Document, Store

_MOST = 1e9
"""Bound of a coordinate; it keeps every computed one finite."""


def place(store: Store, board_id: str, item: Document, given: Mapping[str, Any]) -> None:
    """Sets `position` and `parent` of a new or changed item from what a call gives.

    A coordinate that is not given stays where it is on the canvas when the parent changes. `parent` without an id
    takes the item out of its frame.

    Raises:
        ErrorReply: 400, the parent is no frame of this board, or the item's centre would be outside of it.
    """
    position: Mapping[str, Any] = given.get("position", {})
    _check(position)
    if "position" in item and "position" not in given and "parent" not in given:
        return
    before = item.get("parent")
    after = _wanted(given["parent"]) if "parent" in given else before
    if after and item["type"] == "frame":
        raise invalid({"parent.id": "a frame can't be inside another"})
    place_now: Document = item.get("position", {"x": 0, "y": 0})
    new = {"x": place_now["x"], "y": place_now["y"]}
    frame = _frame(store, board_id, after["id"]) if after else None
    if "position" in item and before != after:
        old_frame = _frame(store, board_id, before["id"]) if before else None
        new = _moved(_moved(new, old_frame, 1), frame, -1)
    new |= {axis: value for axis, value in position.items() if axis in new}
    if frame:
        _check_inside(frame, new)
    item["position"] = {**new, "origin": "center", "relativeTo": "parent_top_left" if frame else "canvas_center"}
    item.pop("parent", None)
    if after:
        item["parent"] = after


def _wanted(parent: Mapping[str, str]) -> Document | None:
    return {"id": parent["id"]} if "id" in parent else None


def _frame(store: Store, board_id: str, frame_id: str) -> Document:
    frame = store.get("item", board_id, frame_id)
    if frame is None or frame["type"] != "frame":
        raise invalid({"parent.id": f"there is no frame with id {frame_id} on this board"})
    return frame


def _moved(point: Document, frame: Document | None, sign: int) -> Document:
    """A point counted from the canvas centre (sign 1) or from the frame's corner (-1) instead."""
    if frame is None:
        return point
    left = frame["position"]["x"] - frame["geometry"]["width"] / 2
    top = frame["position"]["y"] - frame["geometry"]["height"] / 2
    return {"x": point["x"] + sign * left, "y": point["y"] + sign * top}


def _check(position: Mapping[str, Any]) -> None:
    for axis in ("x", "y"):
        if abs(position.get(axis, 0)) > _MOST:
            raise invalid({f"position.{axis}": f"must be at least {-_MOST:.0f} and at most {_MOST:.0f}"})


def _check_inside(frame: Document, point: Document) -> None:
    size = frame["geometry"]
    outside = [axis for axis, side in (("x", "width"), ("y", "height")) if not 0 <= point[axis] <= size[side]]
    if outside:
        raise invalid({f"position.{axis}": "new position is outside of parent boundaries" for axis in outside})
