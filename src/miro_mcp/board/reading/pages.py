"""Whole lists of the API, their pages read side by side as far as the API tells where pages begin."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from ...session import Session
from ...system.parallel import gather
from ..contents import Raw, as_object

PAGE = 50
"""Entries a page: the most that lists of a board give."""

_REFERENCES = frozenset({"parent", "startItem", "endItem"})
"""Members that name another entry, with its links again."""

Entries = dict[str, Raw]
"""A list's entries by id."""


class CursorList:
    """A list with cursors, read from both ends where its pages tell the last page and the page before.

    Only cursors that the API handed out are used. The list is held to be whole when all of its `total` is there;
    otherwise the walk from its start goes on to its end.
    """

    def __init__(
        self,
        session: Session,
        operation_id: str,
        entries: Entries,
        *,
        most: int | None = None,
        among_others: bool = False,
        without: Collection[str] = ("links",),
        **given: Any,
    ) -> None:
        """`entries` takes up what is found, leaving fields out; reading ends when there are `most` of this list.

        `among_others` says that the entries are this list's, which others that tell parts of it take up too.
        """
        self.entries = entries
        self._most = most
        self._without = frozenset(without)
        self.total: int | None = None
        self._session = session
        self._operation_id = operation_id
        self._given = given
        self._seen: set[str] = set()
        self._found: Collection[str] = entries.keys() if among_others else self._seen
        self._asked: set[str] = set()
        self._front: Raw = {}

    @property
    def is_whole(self) -> bool:
        """Whether every entry that the list counts was found."""
        return self.total is not None and len(self._found) >= self.total

    @property
    def has_more(self) -> bool:
        return not self.is_whole and _next(self._front) is not None

    @property
    def unread(self) -> int:
        """How many the list counts beyond those that were found."""
        return max(0, (self.total or 0) - len(self._found))

    def has_more_than(self, parts: Collection[CursorList]) -> bool:
        """Whether it counts more than lists of parts of it count together, or that isn't known."""
        counted = [part.total for part in parts if part.total is not None]
        return self.total is None or len(counted) < len(parts) or sum(counted) < self.total

    @property
    def _is_enough(self) -> bool:
        return self.is_whole or (self._most is not None and len(self._seen) >= self._most)

    async def begin(self) -> None:
        """Reads the first page."""
        self._front, _ = await self._read(None)

    async def finish(self) -> None:
        """Reads the others."""
        whole = self._most is None or (self.total is not None and self.total <= self._most)
        last = _linked(self._front, "last") if whole and self.total is not None else None
        if last is not None:
            await gather(self._walk_on(), self._walk_back(last))
        await self._walk_on(again=True)

    async def read(self) -> Entries:
        await self.begin()
        await self.finish()
        return self.entries

    async def _walk_on(self, *, again: bool = False) -> None:
        """From the front; `again` also over what was asked for from the back."""
        walked: set[str] = set()
        while not self._is_enough and (cursor := _next(self._front)):
            if cursor in walked or (cursor in self._asked and not again):
                return
            walked.add(cursor)
            self._front, _ = await self._read(cursor)

    async def _walk_back(self, last: str) -> None:
        cursor: str | None = last
        while cursor and not self.is_whole and cursor not in self._asked:
            page, is_new = await self._read(cursor)
            cursor = _linked(page, "prev") if is_new else None

    async def _read(self, cursor: str | None) -> tuple[Raw, bool]:
        """A page, and whether it told something new."""
        place: dict[str, Any] = {} if cursor is None else {"cursor": cursor}
        self._asked |= set(place.values())
        page = as_object(await self._session.read(self._operation_id, limit=PAGE, **self._given, **place))
        total = page.get("total")
        if isinstance(total, int):
            self.total = total
        found = entries_of(page)
        is_new = not found.keys() <= self._seen
        self._seen.update(found)
        for identifier, entry in found.items():
            if identifier not in self.entries:
                self.entries[identifier] = self._lean(entry)
        return page, is_new

    def _lean(self, entry: Raw) -> Raw:
        """An entry without what nobody asks for: half of what it weighs."""
        kept = {name: value for name, value in entry.items() if name not in self._without}
        for name in _REFERENCES & kept.keys():
            if isinstance(kept[name], dict):
                kept[name] = {part: value for part, value in kept[name].items() if part not in self._without}
        return kept


async def read_by_offset(session: Session, operation_id: str, **given: Any) -> Entries:
    """A list with offsets: once its first page tells the total, all others at once."""
    first = as_object(await session.read(operation_id, limit=PAGE, offset=0, **given))
    entries = entries_of(first)
    total = first.get("total")
    if isinstance(total, int) and len(entries) >= PAGE:
        reads = (session.read(operation_id, limit=PAGE, offset=at, **given) for at in range(PAGE, total, PAGE))
        for page in await gather(*reads):
            entries |= entries_of(as_object(page))
        return entries
    page, offset = first, 0
    while total is None and len(entries_of(page)) >= PAGE:
        offset += PAGE
        page = as_object(await session.read(operation_id, limit=PAGE, offset=offset, **given))
        entries |= entries_of(page)
    return entries


def entries_of(page: Raw) -> Entries:
    """The entries of a page by id; one without an id is left out."""
    listed = page.get("data")
    entries = cast("list[Any]", listed) if isinstance(listed, list) else []
    objects = (as_object(entry) for entry in entries)
    return {str(entry["id"]): entry for entry in objects if entry.get("id") is not None}


def as_made(entries: Entries) -> list[Raw]:
    """Entries as things were made: their ids are numbers that grow."""
    return [entries[id] for id in sorted(entries, key=lambda id: (len(id), id))]


def _next(page: Raw) -> str | None:
    cursor = page.get("cursor")
    return str(cursor) if cursor else None


def _linked(page: Raw, name: str) -> str | None:
    """The cursor in one of the links to other pages."""
    link = as_object(page.get("links")).get(name)
    return next(iter(parse_qs(urlsplit(link).query).get("cursor", ())), None) if isinstance(link, str) else None
