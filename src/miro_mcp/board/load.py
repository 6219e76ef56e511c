"""Loading a board: all that is on it, its lists read side by side."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any, cast, get_args

from ..catalogue.shared import ItemType
from ..errors import ApiError, CallError
from ..session import Session
from ..system.parallel import gather, run_jobs
from .contents import Connector, Contents, Raw, Tag, as_object, connector_of, placed
from .pages import CursorList, Entries, read_by_offset

TAGS_AT_ONCE = 8
DOCS_AT_ONCE = 8

_UNFILTERABLE = (400, 404)
"""What the API answers about a kind that it can't filter by."""

_COMMON = ("sticky_note", "shape", "text", "card")
"""Kinds of which there tend to be most: their reading begins before it is known that one page doesn't do."""

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
) -> Contents:
    """Everything on a board; with `most_connectors`, connectors up to about as many, the first that were made.

    Board, items and connectors must be readable. A fault in any other part loses only that part, and
    `Contents.missing` says so.

    Raises:
        CallError: see errors.py.
    """
    wanted = {"tags": with_tags, "people": with_people, "comments": with_comments}
    loading = _Loading(session, board_id, {name for name, is_wanted in wanted.items() if is_wanted})
    await loading.run(most_connectors)
    return loading.contents()


class _Loading:
    def __init__(self, session: Session, board_id: str, wanted: Collection[str]) -> None:
        self._session = session
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
        self._connectors: Entries = {}
        self._unread = 0
        self._groups: Entries = {}
        self._tags: dict[str, Tag] = {}
        self._tags_of: dict[str, list[str]] = {}
        self._people: Entries = {}
        self._comments: Entries = {}
        self._missing: list[str] = []

    async def run(self, most_connectors: int | None) -> None:
        await gather(
            self._read_board(),
            self._read_items(),
            self._read_connectors(most_connectors),
            *(self._try(name, read) for name, read in self._parts.items()),
        )
        await self._fill()

    async def _fill(self) -> None:
        """What `/items` lists without saying what is in it comes from other routes."""
        shapes = [id for id, raw in self._listed.items() if raw.get("type") == "shape" and not raw.get("data")]
        docs = [id for id, raw in self._listed.items() if raw.get("type") == "doc_format" and not _content(raw)]
        if shapes:
            await self._try("flowchart shapes", self._read_flowchart_shapes)
        await run_jobs(
            [lambda id=id: self._try("docs", lambda: self._read_doc(id)) for id in docs],
            DOCS_AT_ONCE,
        )

    async def _read_flowchart_shapes(self) -> None:
        found: Entries = {}
        await self._list("get-items-experimental", found, type="shape").read()
        self._listed |= {id: raw for id, raw in found.items() if id in self._listed and raw.get("data")}

    async def _read_doc(self, id: str) -> None:
        doc = as_object(await self._session.read("get-doc-format-item", board_id=self._board_id, item_id=id))
        self._listed[id] = {**self._listed[id], "data": as_object(doc.get("data"))}

    def contents(self) -> Contents:
        own = {id: {**self._listed.get(id, {}), **raw} for id, raw in self._own.items()}
        items = self._listed | own
        return Contents(
            board=self._board,
            items=placed(items[id] for id in sorted(items, key=_age)),
            connectors=tuple(self._connector(id) for id in sorted(self._connectors, key=_age)),
            tags=self._tags,
            tags_of={id: tuple(tags) for id, tags in self._tags_of.items()},
            groups={id: _members(group) for id, group in self._groups.items()},
            people=tuple(self._people.values()),
            comments=tuple(self._comments.values()),
            missing=tuple(self._missing),
            connectors_unread=self._unread,
        )

    def _connector(self, id: str) -> Connector:
        return connector_of(self._connectors[id])

    def _list(self, operation_id: str, entries: Entries, **given: Any) -> CursorList:
        return CursorList(self._session, operation_id, entries, board_id=self._board_id, **given)

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
        """Kind by kind side by side where one page doesn't do; what no kind tells comes from the list of all."""
        everything = self._list("get-items", self._listed)
        kinds = {kind: self._list("get-items", self._listed, type=kind) for kind in get_args(ItemType)}
        await gather(everything.begin(), *(self._try_kind(kinds[kind].begin) for kind in _COMMON))
        if not everything.has_more:
            return
        rest = [one.finish if kind in _COMMON else one.read for kind, one in kinds.items()]
        await gather(*map(self._try_kind, rest))
        if everything.total is None or len(self._listed) < everything.total:
            await everything.finish()

    async def _read_connectors(self, most: int | None) -> None:
        connectors = self._list("get-connectors", self._connectors, most=most)
        await connectors.read()
        self._unread = connectors.unread

    async def _try_kind(self, read: Callable[[], Awaitable[object]]) -> None:
        try:
            await read()
        except ApiError as error:
            # The list of all items has them, and is walked when the kinds together fall short of its total.
            if error.status not in _UNFILTERABLE:
                raise

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


def _content(raw: Raw) -> Any:
    return as_object(raw.get("data")).get("content")


def _members(group: Raw) -> tuple[str, ...]:
    listed = as_object(group.get("data")).get("items")
    return tuple(str(id) for id in cast("list[Any]", listed)) if isinstance(listed, list) else ()


def _age(id: str) -> tuple[int, str]:
    """Orders ids as things were made: they are numbers that grow."""
    return len(id), id
