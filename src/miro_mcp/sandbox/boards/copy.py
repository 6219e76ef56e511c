"""Copying a board with everything on it, under new ids."""

from typing import Any

from ..http.handlers import ApiCall, Reply, handles
from ..http.replies import merged
from ..store import Document, Store
from .boards import add, render
from .scope import board_of

_KINDS = ("resource", "item", "code_widget", "mindmap_node", "connector", "tag", "group")
"""What is on a board. Who may see it is not copied."""

_MOST_LETTERS = 60


@handles("copy-board")
def copy(call: ApiCall) -> Reply:
    source = board_of(call.store, call.arguments["copy_from"])
    inherited = {
        "name": f"Copy of {source['name']}"[:_MOST_LETTERS],
        "description": source["description"],
        "teamId": source["team"]["id"],
    }
    policy = merged(source["policy"], call.arguments.get("policy", {}))
    board = add(call, policy, inherited | call.arguments)
    _copy_contents(call.store, source["id"], board["id"])
    return Reply(201, render(call, board))


def _copy_contents(store: Store, source_id: str, target_id: str) -> None:
    kept = [(kind, document) for kind in _KINDS for document in store.all(kind, source_id)]
    new_ids = {document["id"]: store.new_id() for _, document in kept}
    for kind, document in kept:
        copied = _repointed(document, new_ids)
        store.add(kind, target_id, copied["id"], copied)


def _repointed(document: Document, new_ids: dict[str, str]) -> Document:
    """A copy in which every id of something on the board is the new one; what people wrote stays."""

    def new(id: Any) -> Any:
        return new_ids.get(id, id)

    copied = document | {"id": new(document["id"])}
    for name in ("parent", "startItem", "endItem", "resource"):
        if name in document:
            copied[name] = document[name] | {"id": new(document[name]["id"])}
    if "items" in document:
        copied["items"] = [new(id) for id in document["items"]]
    return copied
