"""Items of every kind: create, get, list, change, move and delete."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..boards.scope import created, modified, on_board
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, invalid, no_item, not_found
from ..http.paging import by_cursor
from ..http.replies import link
from ..store import Document, Store
from .content import embedded, html_of_markdown
from .files import File, keep_file, keep_url, resource_link
from .kinds import FLOWCHART_SHAPES, FRAME, ITEM_KINDS, KEPT_TAGS, LONGEST_NOTE, NODE, ItemKind, escaped, new_style
from .place import place
from .removal import remove_items
from .sizes import changed_size, new_size

_CREATES = {
    "create-shape-item": "shape",
    "create-shape-item-flowchart": "shape",
    "create-sticky-note-item": "sticky_note",
    "create-text-item": "text",
    "create-card-item": "card",
    "create-app-card-item": "app_card",
    "create-image-item-using-url": "image",
    "create-image-item-using-local-file": "image",
    "create-document-item-using-url": "document",
    "create-document-item-using-file-from-device": "document",
    "create-embed-item": "embed",
    "create-doc-format-item": "doc_format",
    "create-frame-item": "frame",
    "create-code-widget-item": "code",
}
_GETS = {
    "get-shape-item": "shape",
    "get-shape-item-flowchart": "shape",
    "get-sticky-note-item": "sticky_note",
    "get-text-item": "text",
    "get-card-item": "card",
    "get-app-card-item": "app_card",
    "get-image-item": "image",
    "get-document-item": "document",
    "get-embed-item": "embed",
    "get-doc-format-item": "doc_format",
    "get-frame-item": "frame",
    "get-code-widget-item": "code",
}
_UPDATES = {
    "update-shape-item": "shape",
    "update-shape-item-flowchart": "shape",
    "update-sticky-note-item": "sticky_note",
    "update-text-item": "text",
    "update-card-item": "card",
    "update-app-card-item": "app_card",
    "update-image-item-using-url": "image",
    "update-image-item-using-file-from-device": "image",
    "update-document-item-using-url": "document",
    "update-document-item-using-file-from-device": "document",
    "update-embed-item": "embed",
    "update-frame-item": "frame",
    "update-code-widget-item": "code",
}
_DELETES = {
    "delete-shape-item": "shape",
    "delete-shape-item-flowchart": "shape",
    "delete-sticky-note-item": "sticky_note",
    "delete-text-item": "text",
    "delete-card-item": "card",
    "delete-app-card-item": "app_card",
    "delete-image-item": "image",
    "delete-document-item": "document",
    "delete-embed-item": "embed",
    "delete-doc-format-item": "doc_format",
    "delete-frame-item": "frame",
    "delete-code-widget-item": "code",
}


@handles(*_CREATES)
def create_one(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item = create(call, board_id, ITEM_KINDS[_CREATES[call.operation.id]], *_given(call))
    return Reply(201, render(call, board_id, item))


def create(
    call: ApiCall, board_id: str, kind: ItemKind, given: Mapping[str, Any], file: File | None = None
) -> Document:
    """Adds an item to a board and returns it as it is kept.

    Raises:
        ErrorReply: 400, its size or place is impossible, or it lacks what its kind needs.
    """
    data: Document = given.get("data", {})
    if kind.needs and kind.needs not in data and file is None:
        raise invalid({f"data.{kind.needs}": "is required"})
    item: Document = {"id": call.store.new_id(), "type": kind.type, "data": kind.data | _kept_text(kind, data)}
    style = new_style(kind, item["data"], given.get("style", {}))
    if style is not None:
        item["style"] = style
    _keep_source(call, board_id, kind, item, file)
    item["geometry"] = new_size(kind, item, given.get("geometry", {}), file[2] if file else None)
    place(call.store, board_id, item, given)
    item |= created()
    call.store.add(kind.kept_as, board_id, item["id"], item)
    return item


@handles(*_GETS)
def get_one(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item = render(call, board_id, find_item(call, board_id, ITEM_KINDS[_GETS[call.operation.id]]))
    if call.arguments.get("textContentType") == "html":
        item["data"] = item["data"] | {"contentType": "html", "content": html_of_markdown(item["data"]["content"])}
    return Reply(200, item)


@handles(*_UPDATES)
def update_one(call: ApiCall) -> Reply:
    board_id = on_board(call)
    kind = ITEM_KINDS[_UPDATES[call.operation.id]]
    return Reply(200, render(call, board_id, change(call, board_id, kind, *_given(call))))


def change(
    call: ApiCall, board_id: str, kind: ItemKind, given: Mapping[str, Any], file: File | None = None
) -> Document:
    """Changes what is given of the item a call names, and returns it as it is kept.

    Raises:
        ErrorReply: 404, there is none of this kind; 400, its size or place would be impossible.
    """
    item = find_item(call, board_id, kind)
    item["data"] |= _kept_text(kind, given.get("data", {}))
    if "style" in given:
        item["style"] |= given["style"]
    _keep_source(call, board_id, kind, item, file)
    item["geometry"] = changed_size(kind, item, given.get("geometry", {}))
    place(call.store, board_id, item, given)
    item |= modified()
    call.store.replace(kind.kept_as, board_id, item["id"], item)
    return item


@handles(*_DELETES)
def delete_one(call: ApiCall) -> Reply:
    board_id = on_board(call)
    remove_items(call.store, board_id, [find_item(call, board_id, ITEM_KINDS[_DELETES[call.operation.id]])["id"]])
    return Reply(204)


@handles("get-items", "get-items-experimental")
def list_all(call: ApiCall) -> Reply:
    return _list(call, on_board(call), {})


def _kept_text(kind: ItemKind, data: Document) -> Document:
    """The data as it is kept: without the HTML that texts of this kind don't have.

    Raises:
        ErrorReply: 400, the text is too long.
    """
    name, tags = KEPT_TAGS.get(kind.type, ("", None))
    if tags is None or name not in data:
        return data
    if kind.type == "sticky_note" and len(data[name]) > LONGEST_NOTE:
        raise invalid({f"data.{name}": f"has more than {LONGEST_NOTE} characters"})
    return data | {name: tags.sub("", data[name])}


@handles("get-items-within-frame")
def list_in_frame(call: ApiCall) -> Reply:
    board_id = on_board(call)
    frame_id: str = call.arguments["parent_item_id"]
    frame = call.store.get("item", board_id, frame_id)
    if frame is None or frame["type"] != FRAME.type:
        raise not_found("Frame", frame_id)
    return _list(call, board_id, {"parent.id": frame_id})


def _list(call: ApiCall, board_id: str, where: Mapping[str, str]) -> Reply:
    kind = {"type": call.arguments["type"]} if "type" in call.arguments else {}
    return by_cursor(call, _LISTED, board_id, lambda item: _listed(call, board_id, item), {**where, **kind})


_LISTED = ("item", "mindmap_node")
"""Kinds of document that `/items` lists."""


def _listed(call: ApiCall, board_id: str, item: Document) -> Document:
    """An item of a list: of a text the height is not told."""
    shown = _poorer(call, render(call, board_id, item))
    if item["type"] == "text":
        shown["geometry"] = {side: value for side, value in shown["geometry"].items() if side != "height"}
    return shown


def _poorer(call: ApiCall, item: Document) -> Document:
    """An item as `/items` has it: what other routes are for is left out."""
    if item["type"] in ("mindmap_node", "doc_format"):
        return {name: value for name, value in item.items() if name != "style"} | {"data": {}}
    if "experimental" not in call.operation.id and item["data"].get("shape") in FLOWCHART_SHAPES:
        return {name: value for name, value in item.items() if name not in ("data", "style")} | {"isSupported": False}
    return item


@handles("get-specific-item", "get-specific-item-experimental")
def get_any(call: ApiCall) -> Reply:
    board_id = on_board(call)
    node = call.store.get("mindmap_node", board_id, call.arguments["item_id"])
    return Reply(200, _poorer(call, render(call, board_id, node or find_item(call, board_id))))


@handles("update-item-position-or-parent")
def move_any(call: ApiCall) -> Reply:
    board_id = on_board(call)
    item = find_item(call, board_id)
    place(call.store, board_id, item, call.arguments)
    item |= modified()
    call.store.replace("item", board_id, item["id"], item)
    return Reply(200, render(call, board_id, item))


@handles("delete-item", "delete-item-experimental")
def delete_any(call: ApiCall) -> Reply:
    board_id = on_board(call)
    if call.store.get("mindmap_node", board_id, call.arguments["item_id"]):
        raise ErrorReply(400, "2.0703", "Invalid parameters")
    remove_items(call.store, board_id, [find_item(call, board_id)["id"]])
    return Reply(204)


def find_item(call: ApiCall, board_id: str, kind: ItemKind | None = None) -> Document:
    """The item a call names, of one kind or of any that `/items` lists.

    Raises:
        ErrorReply: 404, there is none.
    """
    item_id: str = call.arguments["item_id"]
    item = call.store.get(kind.kept_as if kind else "item", board_id, item_id)
    if item is None or (kind and item["type"] != kind.type):
        raise no_item(board_id)
    return item


def kept(store: Store, board_id: str, ids: Iterable[str]) -> list[Document]:
    """Those of the items that exist, in the order of the ids."""
    return [item for id in ids if (item := store.get("item", board_id, id))]


def render(call: ApiCall, board_id: str, item: Document) -> Document:
    """An item as the API shows it."""
    if item["type"] == NODE:
        return item | {"links": {"self": link(call, "boards", board_id, "items", item["id"])}}
    kind = ITEM_KINDS[item["type"]]
    shown = {name: value for name, value in item.items() if name != "resource"}
    shown["data"] = escaped(kind, item["data"] | resource_link(call, board_id, item.get("resource")))
    shown["links"] = {"self": link(call, "boards", board_id, kind.collection, item["id"], version=kind.version)}
    if kind is FRAME:
        shown["links"]["related"] = link(call, "boards", board_id, "items", parent_item_id=item["id"], limit=10)
    if "parent" in item:
        frame_id = item["parent"]["id"]
        shown["parent"] = {"id": frame_id, "links": {"self": link(call, "boards", board_id, "frames", frame_id)}}
    return shown


def _given(call: ApiCall) -> tuple[Document, File | None]:
    """What a call gives for an item; beside an upload, place and size travel inside `data`."""
    if not call.operation.files:
        return call.arguments, None
    return upload(call.arguments.get("data", {})), call.files["resource"][0]


def upload(given: Mapping[str, Any]) -> Document:
    """What is given beside an uploaded file, in the shape other items have."""
    around = {name: given[name] for name in ("position", "geometry", "parent") if name in given}
    return {**around, "data": {name: given[name] for name in ("title", "altText") if name in given}}


def _keep_source(call: ApiCall, board_id: str, kind: ItemKind, item: Document, file: File | None) -> None:
    """Turns a file or URL into the resource an item shows, and an embed's URL into what is told of its page."""
    data: Document = item["data"]
    if kind.type == "embed":
        data |= embedded(data["url"])
    elif file:
        item["resource"] = keep_file(call.store, board_id, kind.collection, file)
        data["title"] = data["title"] or file[0]
    elif kind.type in ("image", "document") and "url" in data:
        item["resource"] = keep_url(call.store, board_id, kind.collection, data.pop("url"))
