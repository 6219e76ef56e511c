"""What goes along when items are deleted: children, connectors, tags on them, and their places in groups."""

from collections.abc import Iterable

from ..store import Store

ATTACHED_KINDS = ("item", "code_widget", "mindmap_node")
"""Kinds of document that have a place on the board, may have a parent, and connectors may join."""


def remove_items(store: Store, board_id: str, ids: Iterable[str]) -> None:
    """Deletes items, code widgets or mind-map nodes with everything that cannot be without them."""
    gone = _with_children(store, board_id, ids)
    for id in gone:
        for kind in ATTACHED_KINDS:
            store.remove(kind, board_id, id)
        for end in ("startItem", "endItem"):
            for connector in store.all("connector", board_id, {f"{end}.id": id}):
                store.remove("connector", board_id, connector["id"])
    _take_out_of_tags(store, board_id, gone)
    _take_out_of_groups(store, board_id, gone)


def _with_children(store: Store, board_id: str, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += _children(store, board_id, id)
    return found


def _children(store: Store, board_id: str, id: str) -> list[str]:
    """The ids of what is in a frame, or of the nodes below a mind-map node."""
    item = store.get("item", board_id, id)
    kinds = ("mindmap_node",) if item is None else ("item", "code_widget") if item["type"] == "frame" else ()
    return [child["id"] for kind in kinds for child in store.all(kind, board_id, {"parent.id": id})]


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
