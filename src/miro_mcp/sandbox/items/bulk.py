"""Creating many items at once, all of them or none."""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ...catalogue.bulk import FileItem
from ..boards.scope import on_board
from ..http.handlers import ApiCall, ErrorReply, Files, Reply, handles, invalid
from ..http.requests import parse_json
from ..store import Document
from .files import File
from .items import create, render, upload
from .kinds import ITEM_KINDS

_FILE_ITEMS = TypeAdapter[list[FileItem]](Annotated[list[FileItem], Field(min_length=1, max_length=20)])


@handles("create-items")
def create_all(call: ApiCall) -> Reply:
    return _create(call, [(entry, None) for entry in call.arguments["items"]])


@handles("create-items-in-bulk-using-file-from-device")
def create_all_from_files(call: ApiCall) -> Reply:
    entries = _entries(call.files)
    files = call.files["resources"]
    if len(entries) != len(files):
        raise invalid({"data": f"describes {len(entries)} items, but {len(files)} files were sent"})
    described = [{"type": entry["type"], **upload(entry)} for entry in entries]
    return _create(call, list(zip(described, files, strict=True)))


def _create(call: ApiCall, entries: list[tuple[Document, File | None]]) -> Reply:
    board_id = on_board(call)
    items: list[Document] = []
    for number, (entry, file) in enumerate(entries):
        try:
            items.append(create(call, board_id, ITEM_KINDS[entry["type"]], entry, file))
        except ErrorReply as error:
            raise _at(number, error) from None
    return Reply(201, {"data": [render(call, board_id, item) for item in items], "type": "bulk-list"})


def _at(number: int, error: ErrorReply) -> ErrorReply:
    """The same refusal, its fields named by the item's place in the list."""
    if not error.faults:
        return error
    return invalid({f"{number}.{field}": fault for field, fault in error.faults.items()})


def _entries(files: Files) -> list[Document]:
    given = parse_json(files["data"][0][2])
    try:
        entries = _FILE_ITEMS.validate_python(given)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        raise invalid({".".join(map(str, detail["loc"])) or "data": detail["msg"]}) from None
    return [entry.model_dump(exclude_unset=True) for entry in entries]
