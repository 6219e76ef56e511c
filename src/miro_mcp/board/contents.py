"""What is on a board, as plain values: items at absolute places, connectors between them, tags, groups."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ..text.letters import rough_width
from ..text.rich_text import parse_html
from .geometry import Box

Raw = Mapping[str, Any]

_USUAL_SIZES = {
    "sticky_note": (199.0, 228.0),
    "card": (320.0, 94.0),
    "app_card": (320.0, 94.0),
    "image": (400.0, 300.0),
    "document": (600.0, 848.0),
    "embed": (800.0, 450.0),
    "preview": (320.0, 180.0),
    "doc_format": (700.0, 900.0),
    "data_table_format": (600.0, 300.0),
    "table": (600.0, 300.0),
    "table_text": (120.0, 40.0),
    "code": (500.0, 300.0),
    "mindmap_node": (160.0, 40.0),
    "text": (200.0, 20.0),
}
"""Of items whose size the API doesn't tell: width and height in board units."""

_NEVER_TOLD = ("table", "table_text", "data_table_format", "preview")

_LINE_HEIGHT = 1.4
"""Of the font's size: near enough for a text whose height the API doesn't tell."""


@dataclass(frozen=True)
class Item:
    """One item. `x` and `y` are its centre in board coordinates, even inside a frame; `rotation` is in degrees.

    A size the API doesn't tell is 0. `raw` is the API's own JSON.
    """

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    rotation: float
    parent_id: str | None
    raw: Raw = field(repr=False)

    @property
    def data(self) -> Raw:
        return as_object(self.raw.get("data"))

    @property
    def style(self) -> Raw:
        return as_object(self.raw.get("style"))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height; a side that isn't told is the usual one of its kind, and a text is as high as its lines."""
        width, height = _USUAL_SIZES.get(self.kind, (100.0, 100.0))
        if self.kind == "text" and self.width and not self.height:
            return self.width, _text_height(self, self.width)
        return self.width or width, self.height or height

    @property
    def is_untold(self) -> bool:
        """Whether the API has it on its list without saying what is in it."""
        return not self.data and (self.raw.get("isSupported") is False or self.kind in _NEVER_TOLD)

    @property
    def box(self) -> Box:
        """Its box before rotation."""
        return Box.centred(self.x, self.y, self.width, self.height)


@dataclass(frozen=True)
class Connector:
    """A line; lines drawn by hand may lack an end."""

    id: str
    start_id: str | None
    end_id: str | None
    raw: Raw = field(repr=False)

    @property
    def captions(self) -> list[str]:
        """The captions' texts, as the API has them (HTML)."""
        found = self.raw.get("captions")
        entries = cast("list[Any]", found) if isinstance(found, list) else []
        return [str(as_object(entry).get("content") or "") for entry in entries if isinstance(entry, Mapping)]

    @property
    def style(self) -> Raw:
        return as_object(self.raw.get("style"))


@dataclass(frozen=True)
class Tag:
    id: str
    title: str
    colour: str


@dataclass(frozen=True)
class Contents:
    """A board, or the part of one that was asked for. Items and connectors are in the order they were made."""

    board: Raw
    items: Mapping[str, Item] = field(default_factory=dict[str, Item])
    connectors: tuple[Connector, ...] = ()
    tags: Mapping[str, Tag] = field(default_factory=dict[str, Tag])
    tags_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Tag ids by item id."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Item ids by group id."""
    people: tuple[Raw, ...] = ()
    """The board's members."""
    comments: tuple[Raw, ...] = ()
    """Threads, as the API tells them."""
    missing: tuple[str, ...] = ()
    """What could not be read and why, a sentence each."""
    connectors_unread: int = 0
    """How many connectors there are beyond these, where not all were wanted."""

    @property
    def ids(self) -> set[str]:
        """Of items and connectors."""
        return {*self.items, *(one.id for one in self.connectors)}

    @property
    def amount(self) -> int:
        """How many items and connectors it holds."""
        return len(self.items) + len(self.connectors)

    @property
    def frames(self) -> list[Item]:
        return [item for item in self.items.values() if item.kind == "frame"]

    def children(self, parent_id: str | None) -> Iterator[Item]:
        return (item for item in self.items.values() if item.parent_id == parent_id)


def placed(raws: Iterable[Raw]) -> dict[str, Item]:
    """Items by id, with absolute places: a child's own count from its frame's top left corner.

    An entry without an id is left out, and a number that isn't finite counts as 0: answers are never rejected for
    their shape.
    """
    by_id = {str(raw["id"]): raw for raw in raws if raw.get("id") is not None}
    items: dict[str, Item] = {}
    for identifier in by_id:
        for one in _owners_first(identifier, by_id, items):
            items[one] = _item(one, by_id[one], items)
    return {identifier: items[identifier] for identifier in by_id}


def connector_of(raw: Raw) -> Connector:
    return Connector(str(raw.get("id")), _end(raw, "startItem"), _end(raw, "endItem"), raw)


def as_object(value: Any) -> Raw:
    """An object of JSON; of anything else an empty one."""
    return cast("Raw", value) if isinstance(value, Mapping) else {}


def number(value: Any) -> float:
    """A finite number, from one or from its text; anything else is 0."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return found if abs(found) < float("inf") else 0.0


def _text_height(item: Item, width: float) -> float:
    size = number(item.style.get("fontSize")) or 14.0
    lines = parse_html(str(item.data.get("content") or ""))
    rows = sum(max(math.ceil(rough_width(line) * size / width - 0.001), 1) for line in lines)
    return max(rows, 1) * size * _LINE_HEIGHT


def _owners_first(identifier: str, by_id: Mapping[str, Raw], items: Mapping[str, Item]) -> list[str]:
    """An item that has no place yet, after those of its owners that have none either; a circle is cut."""
    chain: dict[str, None] = {}
    ahead: str | None = identifier
    while ahead is not None and ahead in by_id and ahead not in items and ahead not in chain:
        chain[ahead] = None
        ahead = _owner_of(by_id[ahead])
    return list(reversed(chain))


def _owner_of(raw: Raw) -> str | None:
    """The id of what an item's place counts from, if that isn't the canvas."""
    relative = as_object(raw.get("position")).get("relativeTo", "parent_top_left") == "parent_top_left"
    parent = as_object(raw.get("parent")).get("id")
    return str(parent) if relative and parent is not None else None


def _item(identifier: str, raw: Raw, items: Mapping[str, Item]) -> Item:
    position, geometry = as_object(raw.get("position")), as_object(raw.get("geometry"))
    x, y = number(position.get("x")), number(position.get("y"))
    owner = items.get(_owner_of(raw) or "")
    if owner is not None:
        x, y = owner.box.left + x, owner.box.top + y
    parent = as_object(raw.get("parent")).get("id")
    return Item(
        id=identifier,
        kind=str(raw.get("type") or "unknown"),
        x=x,
        y=y,
        width=max(number(geometry.get("width")), 0.0),
        height=max(number(geometry.get("height")), 0.0),
        rotation=number(geometry.get("rotation")),
        parent_id=None if parent is None else str(parent),
        raw=raw,
    )


def _end(raw: Raw, name: str) -> str | None:
    identifier = as_object(raw.get(name)).get("id")
    return None if identifier is None else str(identifier)
