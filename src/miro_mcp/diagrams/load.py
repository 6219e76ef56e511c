"""A board as the diagram tools read it: items, and connectors where they matter."""

from __future__ import annotations

from dataclasses import replace

from anyio import to_thread

from ..board.contents import Contents, Item, connector_of, placed
from ..board.reading.listed import ListedItems
from ..board.reading.pages import CursorList, Entries, as_made
from ..errors import CallError
from ..session import Session
from ..system.parallel import gather
from .own import Ownership
from .record import Found, address_of, find_all

_running: set[str] = set()
"""The uids of the diagrams that this process is drawing right now."""


def start(uid: str) -> None:
    """From here on a record that isn't complete is work, not something left."""
    _running.add(uid)


def stop(uid: str) -> None:
    _running.discard(uid)


async def read_items(session: Session, board_id: str) -> Contents:
    """A board's items; its connectors too where an earlier drawing was left half done.

    Raises:
        CallError: they can't be read.
    """
    items = await _items(session, board_id)
    contents = await to_thread.run_sync(_contents, board_id, items, Entries())
    if not await to_thread.run_sync(unfinished, contents):
        return contents
    return await to_thread.run_sync(_contents, board_id, items, await _lines(session, board_id))


async def read_all(session: Session, board_id: str) -> Contents:
    """A board's items and connectors."""
    lines, items = await _lists(session, board_id)
    return await to_thread.run_sync(_contents, board_id, items, lines)


async def read_with_mind_maps(session: Session, board_id: str) -> Contents:
    """Items, connectors and the nodes of mind maps; without the last ones where they can't be read."""
    (lines, items), nodes = await gather(_lists(session, board_id), _mind_maps(session, board_id))
    if isinstance(nodes, str):
        return replace(await to_thread.run_sync(_contents, board_id, items, lines), missing=(nodes,))
    return await to_thread.run_sync(_contents, board_id, items | nodes, lines)


def _contents(board_id: str, items: Entries, lines: Entries) -> Contents:
    connectors = tuple(map(connector_of, as_made(lines)))
    return Contents(board={"id": board_id}, items=placed(as_made(items)), connectors=connectors)


async def _lists(session: Session, board_id: str) -> tuple[Entries, Entries]:
    """Its connectors and items."""
    return await gather(_lines(session, board_id), _items(session, board_id))


async def _items(session: Session, board_id: str) -> Entries:
    entries: Entries = {}
    await ListedItems(session, board_id, entries).read()
    return entries


async def _lines(session: Session, board_id: str) -> Entries:
    return await CursorList(session, "get-connectors", {}, board_id=board_id).read()


async def _mind_maps(session: Session, board_id: str) -> Entries | str:
    try:
        return await CursorList(session, "get-mindmap-nodes-experimental", {}, board_id=board_id).read()
    except CallError as error:
        return f"Mind maps were not read: {error}"


def unfinished(contents: Contents) -> list[Found]:
    """Diagrams whose drawing or change broke off."""
    return [
        found
        for found in find_all(contents.items.values())
        if found.record.state == "drawing" and found.record.uid not in _running
    ]


def leftovers(contents: Contents) -> list[str]:
    """What drawings that broke off have left on a board, a sentence each with the ids."""
    notes: list[str] = []
    for found in unfinished(contents):
        ownership = Ownership(found, contents.items, contents.connectors)
        items = _left_by(found, contents, ownership)
        ids = {item.id for item in items}
        lines = [one.id for one in contents.connectors if ownership.owns_line(one, ids)]
        told = ", ".join([*(item.id for item in items), *lines, *(item.id for item in found.items)])
        notes.append(
            f"An earlier drawing on this board broke off and left these items: {told}. Finish it by drawing it again "
            f"with diagram_id {found.id}, or delete them."
        )
    return notes


def _left_by(found: Found, contents: Contents, ownership: Ownership) -> list[Item]:
    """What the broken drawing made: what stands where it was planned, says what it was to say, and is no older."""
    holder = found.items[0]
    planned = [one for one in found.record.entries if not one.id]
    left = [
        item
        for item in contents.items.values()
        if any(ownership.is_unchanged(one, item) and ownership.owns(one, item) for one in planned)
    ]
    parents = {item.parent_id for item in left if item.parent_id and item.parent_id != holder.parent_id}
    frames = [contents.items[one] for one in parents if one in contents.items]
    return left + [frame for frame in frames if ownership.is_made_with_it(frame)]


def item_url(board_id: str, item_id: str) -> str:
    """Miro's address that shows an item of a board."""
    return f"{address_of(board_id)}?moveToWidget={item_id}"
