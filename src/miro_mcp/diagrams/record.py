"""What a diagram leaves on its board so that it can be found again: a small text, its link carrying the keys.

The API has no metadata for such things, and ids alone would go stale when a board is copied. So each entry carries the
item's id, its place beside the text, and a print of its own text: where the ids are no longer there, the other two are.
A record is written before anything else is drawn, and completed at the end. Until then it names what is to be made
and what is to be deleted: by that the next call finishes what was cut off.

A record that takes several texts is written anew as a whole: the texts that follow the first are made first, then the
first one is turned to them, and the old ones go. So whenever that is cut off, one of the two is whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast
from urllib.parse import quote

from ..board.contents import Item
from ..text.rich_text import text_of_html
from .graph import Direction
from .rules import with_short_rules

MOST_LETTERS = 5_000
"""Of a link that is planned; Miro's texts hold 6,000 characters, so that a record may still grow a little."""

VERSION = 1
LABEL = "diagram"

_LINK = re.compile(r"#miro-mcp-diagram\.(\w+)\.(\d+)\.(\d+)\.([A-Za-z0-9_-]*)")

_MOST_PARTS = 1_000
"""Texts of one record. Of those written together the numbers begin with a multiple of it; version 0.1.0's with 0."""

REPLACED = "\x1f"
"""At the end of the key of a line that is drawn anew: the old one has it until it is gone."""

Numbered = dict[int, list[tuple[Item, str, int]]]
"""Texts of one diagram by their numbers: each with its piece, and the number after the last one's."""

RecordState = Literal["drawing", "drawn"]


@dataclass(frozen=True)
class RecordedItem:
    """A node or group: `x` and `y` are its centre beside the record's, `print` stands for its text."""

    key: str
    id: str
    x: int
    y: int
    print: str
    owner: str = ""
    """The key of the group it is in."""
    way: Direction | None = None
    """The direction of a group that has its own."""


@dataclass(frozen=True)
class RecordedLine:
    """An edge; one that isn't shown, or is yet to be drawn, has no id."""

    key: str
    id: str
    start: str
    end: str
    length: int = 1


@dataclass(frozen=True)
class Record:
    """`uid` is the diagram's own, `holder` the id of the text that carries its first part."""

    uid: str
    state: RecordState
    direction: Direction
    holder: str = ""
    frame: str = ""
    title: str = ""
    kind: str = ""
    nodes: tuple[RecordedItem, ...] = ()
    groups: tuple[RecordedItem, ...] = ()
    lines: tuple[RecordedLine, ...] = ()
    source: str = ""
    """Of a new diagram, until it is drawn: stands for what it is drawn of, so that the same call finds it again."""

    @property
    def entries(self) -> tuple[RecordedItem, ...]:
        return (*self.nodes, *self.groups)

    def with_ids(self, ids: Mapping[str, str], lines: Mapping[str, str], **own: str) -> Record:
        """The same, complete: ids by key, and those of the record's own text, frame and title."""
        own_ids = {name: own.get(name, "") for name in ("holder", "frame", "title")}
        return replace(
            self,
            state="drawn",
            source="",
            **own_ids,
            nodes=tuple(replace(one, id=ids.get(one.key, one.id)) for one in self.nodes),
            groups=tuple(replace(one, id=ids.get(one.key, one.id)) for one in self.groups),
            lines=tuple(replace(one, id=lines.get(one.key, one.id)) for one in self.lines),
        )


@dataclass(frozen=True)
class Found:
    """A record on a board, with the items that carry it; the first part's own comes first.

    `strays` are texts of the same diagram that carry no part of it any more, or none yet.
    """

    record: Record
    items: tuple[Item, ...]
    strays: tuple[Item, ...] = ()

    @property
    def id(self) -> str:
        return self.items[0].id

    @property
    def is_original(self) -> bool:
        """Whether its ids are of this board: a copy of the text has them too, but is not where they were written."""
        return not self.record.holder or self.record.holder == self.id


def text_print(content: str) -> str:
    """Three letters for a text as it reads, whatever markup it is kept in."""
    return digest(with_short_rules(text_of_html(content)))[:3]


def digest(text: str) -> str:
    """Letters that stand for a text: the more of them, the surer."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()).decode()


def parts(record: Record, board_id: str, count: int) -> list[str]:
    """The contents of so many texts that carry a record together."""
    packed = _pack(record)
    size = -(-len(packed) // count)
    pieces = [packed[number * size : (number + 1) * size] for number in range(count)]
    generation = zlib.crc32(packed.encode()) * _MOST_PARTS if count > 1 else 0
    numbers = [0, *(generation + number for number in range(1, count))]
    return [
        _content(board_id, record.uid, number, generation + count, piece)
        for number, piece in zip(numbers, pieces, strict=True)
    ]


def parts_needed(record: Record) -> int:
    """How many texts a record will need once it has all its ids."""
    missing = sum(not one.id for one in (*record.nodes, *record.groups, *record.lines))
    return -(-(len(_pack(record)) + 7 * missing + 100) // MOST_LETTERS)


def find_all(items: Iterable[Item]) -> list[Found]:
    """Every record among some items; one of which a part is missing or spoilt is passed over."""
    pieces: dict[tuple[str, str | None], Numbered] = {}
    for item in items:
        match = _LINK.search(str(item.data.get("content") or "")) if item.kind == "text" else None
        if match:
            uid, number, of, piece = match.groups()
            found = pieces.setdefault((uid, item.parent_id), {})
            found.setdefault(int(number), []).append((item, piece, int(of)))
    assembled = [one for (uid, _), numbered in pieces.items() for one in _assembled(uid, numbered)]
    used = {item.id for one in assembled for item in one.items}
    strays: dict[str, list[Item]] = {}
    for (uid, _), numbered in pieces.items():
        strays.setdefault(uid, []).extend(item for found in numbered.values() for item, _, _ in found)
    return [
        replace(one, strays=tuple(item for item in strays[one.record.uid] if item.id not in used))
        if one.is_original
        else one
        for one in assembled
    ]


def is_part(item: Item) -> bool:
    """Whether an item is there to carry a record."""
    return item.kind == "text" and bool(_LINK.search(str(item.data.get("content") or "")))


def _assembled(uid: str, numbered: Numbered) -> list[Found]:
    """One record for each first part: a copy on the same board brings its other parts along."""
    found: list[Found] = []
    for first, piece, of in numbered.get(0, []):
        chosen = [(first, piece)]
        generation, of = of - of % _MOST_PARTS, of % _MOST_PARTS
        for number in range(1, of):
            others = numbered.get(generation + number, [])
            if others:
                nearest = min(others, key=lambda one: abs(one[0].x - first.x) + abs(one[0].y - first.y))
                chosen.append((nearest[0], nearest[1]))
        record = _unpack(uid, "".join(piece for _, piece in chosen)) if len(chosen) == of else None
        if record is not None:
            found.append(Found(record, tuple(item for item, _ in chosen)))
    return found


def address_of(board_id: str) -> str:
    """Miro's page of a board."""
    return f"https://miro.com/app/board/{quote(board_id, safe='')}/"


def _content(board_id: str, uid: str, number: int, of: int, piece: str) -> str:
    href = f"{address_of(board_id)}#miro-mcp-diagram.{uid}.{number}.{of}.{piece}"
    return f'<p><a href="{href}">{LABEL if number == 0 else "·"}</a></p>'


def _pack(record: Record) -> str:
    ids = [
        record.holder,
        record.frame,
        record.title,
        *(one.id for one in (*record.nodes, *record.groups, *record.lines)),
    ]
    keys = [one.key for one in (*record.nodes, *record.groups)]
    place = {key: number for number, key in enumerate(keys)}
    told = [
        VERSION,
        int(record.state == "drawn"),
        record.direction,
        record.kind,
        len(record.nodes),
        keys,
        [one.x for one in (*record.nodes, *record.groups)],
        [one.y for one in (*record.nodes, *record.groups)],
        "".join(one.print for one in (*record.nodes, *record.groups)),
        [place.get(one.owner, -1) for one in (*record.nodes, *record.groups)],
        [one.way or 0 for one in record.groups],
        [place.get(one.start, one.start) for one in record.lines],
        [place.get(one.end, one.end) for one in record.lines],
        [0 if one.key == line_key(one, 0) else one.key for one in record.lines],
        [one.length for one in record.lines] if any(one.length != 1 for one in record.lines) else 0,
        _differences(ids),
        *([record.source] if record.source else []),
    ]
    text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
    packer = zlib.compressobj(9, wbits=-15)
    return base64.urlsafe_b64encode(packer.compress(text.encode()) + packer.flush()).rstrip(b"=").decode()


def _unpack(uid: str, packed: str) -> Record | None:
    try:
        raw = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        told = cast("list[Any]", json.loads(zlib.decompressobj(wbits=-15).decompress(raw, 4_000_000)))
        return _told(uid, told)
    except (ValueError, TypeError, LookupError, zlib.error):
        return None


def _told(uid: str, told: list[Any]) -> Record:
    (
        _,
        drawn,
        direction,
        kind,
        count,
        keys,
        xs,
        ys,
        prints,
        owners,
        ways,
        starts,
        ends,
        line_keys,
        lengths,
        differences,
        *source,
    ) = told
    ids = _summed(differences)
    holder, frame, title, *rest = ids

    def owner_of(place: int) -> str:
        return str(keys[place]) if place >= 0 else ""

    def way_of(at: int) -> Direction | None:
        return ways[at - count] or None if at >= count else None

    entries = [
        RecordedItem(
            str(key), rest[at], int(xs[at]), int(ys[at]), prints[3 * at : 3 * at + 3], owner_of(owners[at]), way_of(at)
        )
        for at, key in enumerate(keys)
    ]

    def key_of(place: Any) -> str:
        return str(keys[place]) if isinstance(place, int) else str(place)

    lines = [
        RecordedLine(
            str(key or 0), rest[len(keys) + at], key_of(starts[at]), key_of(ends[at]), lengths[at] if lengths else 1
        )
        for at, key in enumerate(line_keys)
    ]
    lines = [replace(one, key=line_key(one, 0)) if one.key == "0" else one for one in lines]
    state: RecordState = "drawn" if drawn else "drawing"
    return Record(
        uid,
        state,
        direction,
        holder,
        frame,
        title,
        str(kind),
        tuple(entries[:count]),
        tuple(entries[count:]),
        tuple(lines),
        str(source[0]) if source else "",
    )


def line_key(line: RecordedLine, number: int) -> str:
    """How an edge is called that nobody gave a key."""
    return f"L_{line.start}_{line.end}_{number}"


def _differences(ids: list[str]) -> list[Any]:
    """Ids as what each is more than the one before: those made one after the other are near each other."""
    told: list[Any] = []
    before = 0
    for identifier in ids:
        if identifier.isascii() and identifier.isdigit() and str(int(identifier)) == identifier:
            told.append(int(identifier) - before)
            before = int(identifier)
        else:
            told.append(identifier)
    return told


def _summed(told: list[Any]) -> list[str]:
    ids: list[str] = []
    before = 0
    for one in told:
        if isinstance(one, int):
            before += one
            ids.append(str(before))
        else:
            ids.append(str(one))
    return ids
