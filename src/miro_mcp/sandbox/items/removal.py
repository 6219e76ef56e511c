"""What goes along when items are deleted: connectors, nodes below, tags on them, and their places in groups."""

from collections.abc import Iterable

from ..store import Store
from .place import place

ATTACHED_KINDS = ("item", "code_widget", "mindmap_node")
"""Kinds of document that have a place on the board, may have a parent, and connectors may join."""


def remove_items(store: Store, board_id: str, ids: Iterable[str]) -> None:
    """Deletes items, code widgets or mind-map nodes with everything that cannot be without them."""
    gone = _with_nodes_below(store, board_id, ids)
    for id in gone:
        _free_children(store, board_id, id)
        for kind in ATTACHED_KINDS:
            store.remove(kind, board_id, id)
        for end in ("startItem", "endItem"):
            for connector in store.all("connector", board_id, {f"{end}.id": id}):
                store.remove("connector", board_id, connector["id"])
    _take_out_of_tags(store, board_id, gone)
    _take_out_of_groups(store, board_id, gone)


def _free_children(store: Store, board_id: str, frame_id: str) -> None:
    """What is in a frame that goes stays where it is, on the canvas."""
    for kind in ("item", "code_widget"):
        for child in store.all(kind, board_id, {"parent.id": frame_id}):
            place(store, board_id, child, {"parent": {}})
            store.replace(kind, board_id, child["id"], child)


def _with_nodes_below(store: Store, board_id: str, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += [node["id"] for node in store.all("mindmap_node", board_id, {"parent.id": id})]
    return found


def _take_out_of_tags(store: Store, board_id: str, gone: set[str]) -> None:
    for tag in store.all("tag", board_id):
        left = [id for id in tag["items"] if id not in gone]
        if len(left) < len(tag["items"]):
            store.replace("tag", board_id, tag["id"], tag | {"items": left})


def _take_out_of_groups(store: Store, board_id: str, gone: set[str]) -> None:
    """A group of fewer than two items is none."""
    for group in store.all("group", board_id):
        left = [id for id in group["items"] if id not in gone]
        if len(left) < 2:
            store.remove("group", board_id, group["id"])
        elif len(left) < len(group["items"]):
            store.replace("group", board_id, group["id"], group | {"items": left})
