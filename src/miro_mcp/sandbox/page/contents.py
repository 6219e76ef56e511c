"""A board of the sandbox as plain values, straight from its store."""

from __future__ import annotations

from ...board.contents import Contents, Tag, connector_of, placed
from ..items.kinds import ITEM_KINDS
from ..store import Document, Store

_KEPT_AS = ("item", "code_widget", "mindmap_node")
_COLLECTIONS = {"mindmap_node": ("v2-experimental", "mindmap_nodes"), "connector": ("v2", "connectors")}


def board_contents(store: Store, board_id: str) -> Contents:
    """Everything on a board, each item with its link as the API has it."""
    items = [document for kind in _KEPT_AS for document in store.all(kind, board_id)]
    tags = store.all("tag", board_id)
    tags_of: dict[str, tuple[str, ...]] = {}
    for tag in tags:
        for item_id in tag["items"]:
            tags_of[item_id] = (*tags_of.get(item_id, ()), tag["id"])
    return Contents(
        board=store.get("board", "", board_id) or {},
        items=placed(_linked(board_id, item) for item in items),
        connectors=tuple(connector_of(_linked(board_id, one)) for one in store.all("connector", board_id)),
        tags={tag["id"]: Tag(tag["id"], tag["title"], tag["fillColor"]) for tag in tags},
        tags_of=tags_of,
    )


def _linked(board_id: str, item: Document) -> Document:
    kind = ITEM_KINDS.get(item["type"])
    version, collection = (kind.version, kind.collection) if kind else _COLLECTIONS[item["type"]]
    return {**item, "links": {"self": f"/{version}/boards/{board_id}/{collection}/{item['id']}"}}
