"""Loading a board: all that is on it, its lists read side by side."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Any, cast

from anyio import to_thread

from ...errors import ApiError, CallError
from ...session import Session
from ...system.parallel import gather, run_jobs
from ...tools.results import LEFT_OUT, LINKS
from ..contents import Connector, Contents, Raw, Tag, as_object, connector_of, placed
from .filling import Filling
from .listed import COMMON, ListedItems
from .pages import CursorList, Entries, as_made, read_by_offset

TAGS_AT_ONCE = 8

_OWN_LISTS = {"mind maps": "get-mindmap-nodes-experimental", "code widgets": "get-code-widget-items"}
"""Items that `/items` may not list, or lists with less of them."""


async def load(
    session: Session,
    board_id: str,
    *,
    with_tags: bool = True,
    with_people: bool = False,
    with_comments: bool = False,
    most_connectors: int | None = None,
    meanwhile: Callable[[Contents], None] | None = None,
    with_times: bool = False,
) -> Contents:
    """Everything on a board, `with_times` also who made and changed it and when.

    With `most_connectors` it holds connectors up to about as many, the first that were made.

    `meanwhile` is called in a thread once all but the connectors is there, which tend to take longest.

    Board, items and connectors must be readable. A fault in any other part loses only that part, and
    `Contents.missing` says so.

    Raises:
        CallError: see errors.py.
    """
    wanted = {"tags": with_tags, "people": with_people, "comments": with_comments}
    without = LINKS if with_times else LEFT_OUT
    loading = _Loading(session, board_id, {name for name, is_wanted in wanted.items() if is_wanted}, without)
    return await loading.run(most_connectors, meanwhile)


class _Loading:
    def __init__(self, session: Session, board_id: str, wanted: Collection[str], without: Collection[str]) -> None:
        self._session = session
        self._without = without
        self._board_id = board_id
        self._parts: dict[str, Callable[[], Awaitable[None]]] = {
            **{name: lambda id=id: self._read_own_list(id) for name, id in _OWN_LISTS.items()},
            "groups": self._read_groups,
        }
        optional = {"tags": self._read_tags, "people": self._read_people, "comments": self._read_comments}
        self._parts |= {name: read for name, read in optional.items() if name in wanted}
        self._board: Raw = {}
        self._listed: Entries = {}
        self._own: Entries = {}
        self._groups: Entries = {}
        self._tags: dict[str, Tag] = {}
        self._tags_of: dict[str, list[str]] = {}
        self._people: Entries = {}
        self._comments: Entries = {}
        self._missing: list[str] = []

    async def run(self, most_connectors: int | None, meanwhile: Callable[[Contents], None] | None) -> Contents:
        # The list of connectors can't be read in parts: it goes first, since all else may be there before it.
        connectors, contents = await gather(self._read_connectors(most_connectors), self._read_all_else(meanwhile))
        made = await to_thread.run_sync(_connectors_of, connectors.entries)
        return replace(contents, connectors=made, connectors_unread=connectors.unread)

    async def _read_all_else(self, meanwhile: Callable[[Contents], None] | None) -> Contents:
        await gather(
            self._read_items(),
            self._read_board(),
            *(self._try(name, read) for name, read in self._parts.items()),
        )

        def put_together() -> Contents:
            contents = self._contents()
            if meanwhile:
                meanwhile(contents)
            return contents

        return await to_thread.run_sync(put_together)

    def _contents(self) -> Contents:
        listed = self._listed
        items = listed | {id: {**listed.get(id, {}), **raw} for id, raw in self._own.items()}
        return Contents(
            board=self._board,
            items=placed(as_made(items)),
            tags=self._tags,
            tags_of={id: tuple(tags) for id, tags in self._tags_of.items()},
            groups={id: _members(group) for id, group in self._groups.items()},
            people=tuple(self._people.values()),
            comments=tuple(self._comments.values()),
            missing=tuple(self._missing),
        )

    def _list(self, operation_id: str, entries: Entries, **given: Any) -> CursorList:
        return CursorList(self._session, operation_id, entries, without=self._without, board_id=self._board_id, **given)

    async def _try(self, name: str, read: Callable[[], Awaitable[None]]) -> None:
        try:
            await read()
        except CallError as error:
            self._miss(name, error)

    def _miss(self, name: str, error: CallError) -> None:
        cause = f"Miro answered {error.status}" if isinstance(error, ApiError) else str(error)
        told = f"Not read: {name} ({cause.rstrip('.')})."
        self._missing += [] if told in self._missing else [told]

    async def _read_board(self) -> None:
        self._board = as_object(await self._session.read("get-specific-board", board_id=self._board_id))

    async def _read_items(self) -> None:
        filling = Filling(self._session, self._board_id, self._listed, self._try)
        await ListedItems(
            self._session, self._board_id, self._listed, likely=COMMON, without=self._without, filling=filling
        ).read()

    async def _read_connectors(self, most: int | None) -> CursorList:
        connectors = self._list("get-connectors", {}, most=most)
        await connectors.read()
        return connectors

    async def _read_own_list(self, operation_id: str) -> None:
        await self._list(operation_id, self._own).read()

    async def _read_groups(self) -> None:
        await self._list("get-all-groups", self._groups).read()

    async def _read_people(self) -> None:
        self._people = await read_by_offset(self._session, "get-board-members", board_id=self._board_id)

    async def _read_comments(self) -> None:
        self._comments = await read_by_offset(self._session, "get-comments", board_id=self._board_id)

    async def _read_tags(self) -> None:
        found = await read_by_offset(self._session, "get-tags-from-board", board_id=self._board_id)
        self._tags = {
            id: Tag(id, str(raw.get("title") or ""), str(raw.get("fillColor") or "")) for id, raw in found.items()
        }
        await run_jobs([lambda tag=tag: self._read_tagged(tag) for tag in self._tags.values()], TAGS_AT_ONCE)

    async def _read_tagged(self, tag: Tag) -> None:
        tagged = await read_by_offset(self._session, "get-items-by-tag", board_id=self._board_id, tag_id=tag.id)
        for id in tagged:
            self._tags_of.setdefault(id, []).append(tag.id)


def _members(group: Raw) -> tuple[str, ...]:
    listed = as_object(group.get("data")).get("items")
    return tuple(str(id) for id in cast("list[Any]", listed)) if isinstance(listed, list) else ()


def _connectors_of(entries: Entries) -> tuple[Connector, ...]:
    return tuple(map(connector_of, as_made(entries)))
