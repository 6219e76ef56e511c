"""Which items a record may call a diagram's own.

A record is a text on the board, so whoever may edit the board can write one. What it names is the diagram's only where
the item is of the kind that diagrams are drawn of, is no older than the record (which is made first), and is what was
drawn: at its place, with its text, or joined by the diagram's own lines. Of what somebody made who never wrote the
record, all of it has to fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import IntEnum

from ..board.contents import Connector, Item, Raw, as_object
from .kind import kind_named
from .record import Found, RecordedItem, is_part, text_print

_NEAR = 2.0
"""Board units that a place may be off by."""

_TOGETHER = timedelta(seconds=60)
"""Between the first and the last item of what is made at once: a record and its title, or a copy of a board."""


class Age(IntEnum):
    """When something was made, beside the record that names it; times are told in whole seconds."""

    OLDER = 0
    SAME = 1
    YOUNGER = 2


def age_of(raw: Raw, record: Raw) -> Age:
    """What can't be seen by time is taken by id: later ones are larger."""
    made, written = made_at(raw), made_at(record)
    if made is not None and written is not None and made != written:
        return Age.YOUNGER if made > written else Age.OLDER
    later = _id_of(raw) > _id_of(record)
    return Age.YOUNGER if later else Age.SAME if made is not None and written is not None else Age.OLDER


def made_at(raw: Raw) -> datetime | None:
    try:
        return datetime.fromisoformat(str(raw.get("createdAt"))).replace(microsecond=0)
    except ValueError:
        return None


def distance_from(entry: RecordedItem, item: Item, holder: Item) -> float:
    """Board units between where an item is and where the record has it."""
    return max(abs(item.x - holder.x - entry.x), abs(item.y - holder.y - entry.y))


def content_of(item: Item) -> str:
    return str(item.data.get("content") or item.data.get("title") or "")


class Ownership:
    """Judges items by one record; `connectors` are those of its board."""

    def __init__(self, found: Found, items: Mapping[str, Item], connectors: Iterable[Connector]) -> None:
        self._found = found
        self.kinds = kind_named(found.record.kind).items
        self._holder = found.items[0]
        self._items = items
        self._connectors = {one.id: one for one in connectors}

    def has_place(self, entry: RecordedItem, item: Item) -> bool:
        return distance_from(entry, item, self._holder) <= _NEAR

    def has_text(self, entry: RecordedItem, item: Item) -> bool:
        return text_print(content_of(item)) == entry.print

    def is_unchanged(self, entry: RecordedItem, item: Item) -> bool:
        return self.has_place(entry, item) and self.has_text(entry, item)

    def owns(self, entry: RecordedItem, item: Item) -> bool:
        """Whether an item is the node or group of an entry, which only one of the kind's items is."""
        age = self._age(item.raw)
        if item.kind not in self.kinds or age is Age.OLDER:
            return False
        if age is Age.SAME or not self._is_of_a_writer(item.raw):
            return self.is_unchanged(entry, item)
        return self.has_place(entry, item) or self.has_text(entry, item) or self._is_joined(entry, item)

    def owns_title(self, item: Item) -> bool:
        """Whether it is the text over the diagram, which was made together with the record."""
        return item.kind == "text" and not is_part(item) and self.is_made_with_it(item)

    def is_made_with_it(self, item: Item) -> bool:
        made, written = made_at(item.raw), made_at(self._holder.raw)
        together = made is not None and written is not None and abs(made - written) <= _TOGETHER
        return together and self._is_of_a_writer(item.raw)

    def owns_line(self, connector: Connector, own: Iterable[str]) -> bool:
        """Whether a line is the diagram's: no older than the record, and joined to one of its `own` parts.

        Of somebody who never wrote the record it is where it joins two of them.
        """
        joined = len({connector.start_id, connector.end_id} & set(own))
        needed = 1 if self._is_of_a_writer(connector.raw) else 2
        return joined >= needed and self._age(connector.raw) is not Age.OLDER

    def _age(self, raw: Raw) -> Age:
        age = age_of(raw, self._holder.raw)
        if age is Age.OLDER and not self._found.is_original:
            made, written = made_at(raw), made_at(self._holder.raw)
            near = made is not None and written is not None and written - made <= _TOGETHER
            return Age.SAME if near else age
        return age

    def _is_of_a_writer(self, raw: Raw) -> bool:
        """Whether somebody made it who wrote the record first or last; where that isn't told, it is taken to be so."""
        by = _person(raw, "createdBy")
        writers = {_person(item.raw, name) for item in self._found.items for name in ("createdBy", "modifiedBy")}
        return not by or not any(writers) or by in writers

    def _is_joined(self, entry: RecordedItem, item: Item) -> bool:
        record = self._found.record
        entries = {one.key: one for one in record.entries}
        for line in record.lines:
            connector = self._connectors.get(line.id)
            if connector is None or entry.key not in (line.start, line.end):
                continue
            other = entries.get(line.end if line.start == entry.key else line.start)
            beside = self._items.get(other.id) if other else None
            if other is None or beside is None or {connector.start_id, connector.end_id} != {item.id, beside.id}:
                continue
            fits = self.has_text(other, beside) and self._age(beside.raw) is not Age.OLDER
            if fits and self.owns_line(connector, (item.id, beside.id)):
                return True
        return False


def _person(raw: Raw, name: str) -> str:
    return str(as_object(raw.get(name)).get("id") or "")


def _id_of(raw: Raw) -> int:
    identifier = str(raw.get("id") or "")
    return int(identifier) if identifier.isascii() and identifier.isdigit() else 0
