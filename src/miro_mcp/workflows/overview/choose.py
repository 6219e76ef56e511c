"""Which part of a board was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...board.contents import Connector, Contents, Item
from ...board.region import Region
from ...board.words import text_of
from ...errors import BadArguments
from ...text.render import one_line

CONNECTOR = "connector"
"""The kind that stands for connectors, which are no items."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """All of it must hold; None leaves it open."""

    frame_id: str | None = None
    region: Region | None = None
    kinds: frozenset[str] | None = None
    tag: str | None = None
    search: str | None = None

    @property
    def everything(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True)
class Choice:
    """The items, in the board's order, and the connectors on them."""

    items: Mapping[str, Item]
    connectors: tuple[Connector, ...]


def choose(contents: Contents, wanted: Wanted) -> Choice:
    """The items that fit, and the connectors with an end on one of them.

    With `kinds`, connectors come only when they are one of the kinds: then those on anything that fits otherwise.
    With `search` those whose caption has the text come too.

    Raises:
        BadArguments: there is no such frame or tag on the board.
    """
    if wanted.everything:
        return Choice(contents.items, contents.connectors)
    tests = _tests(contents, wanted)
    fitting = {id: item for id, item in contents.items.items() if all(test(item) for test in tests)}
    connectors = tuple(one for one in contents.connectors if _is_wanted(one, fitting, wanted))
    if wanted.kinds is None:
        return Choice(fitting, connectors)
    items = {id: item for id, item in fitting.items() if item.kind in wanted.kinds}
    return Choice(items, connectors if CONNECTOR in wanted.kinds else ())


def frame_of(item: Item, contents: Contents) -> str | None:
    """The frame an item is in, through whatever it is part of."""
    seen: set[str] = set()
    parent_id = item.parent_id
    while parent_id is not None and parent_id not in seen:
        seen.add(parent_id)
        parent = contents.items.get(parent_id)
        if parent is None:
            return None
        if parent.kind == "frame":
            return parent.id
        parent_id = parent.parent_id
    return None


def overlaps(item: Item, region: Region) -> bool:
    """Whether any of an item's area is inside; of one without an area, its place."""
    if item.width <= 0 or item.height <= 0:
        return region.x <= item.x <= region.x + region.width and region.y <= item.y <= region.y + region.height
    return item.box.overlaps(region.box)


def _tests(contents: Contents, wanted: Wanted) -> list[Callable[[Item], bool]]:
    tests: list[Callable[[Item], bool]] = []
    if (frame_id := wanted.frame_id) is not None:
        _check_frame(contents, frame_id)
        tests.append(lambda item: item.id == frame_id or frame_of(item, contents) == frame_id)
    if (region := wanted.region) is not None:
        tests.append(lambda item: overlaps(item, region))
    if (tag := wanted.tag) is not None:
        tag_ids = _tag_ids(contents, tag)
        tests.append(lambda item: not tag_ids.isdisjoint(contents.tags_of.get(item.id, ())))
    if (search := wanted.search) is not None:
        tests.append(lambda item: _has(text_of(item), search))
    return tests


def _is_wanted(connector: Connector, items: Mapping[str, Item], wanted: Wanted) -> bool:
    if connector.start_id in items or connector.end_id in items:
        return True
    by_text_alone = wanted == Wanted(search=wanted.search, kinds=wanted.kinds) and wanted.search is not None
    return by_text_alone and any(_has(one_line(caption), wanted.search or "") for caption in connector.captions)


def _has(text: str, search: str) -> bool:
    """Whether a text has another in it; neither case nor line breaks matter."""
    return _comparable(search) in _comparable(text)


def _comparable(text: str) -> str:
    return " ".join(text.replace("\\n", " ").split()).casefold()


def _check_frame(contents: Contents, frame_id: str) -> None:
    found = contents.items.get(frame_id)
    if found is None or found.kind != "frame":
        frames = contents.frames
        known = f"for example {frames[0].id}" if frames else "there are none on this board"
        raise BadArguments(f"frame_id: there is no frame {frame_id!r} on this board. Frames: {known}.")


def _tag_ids(contents: Contents, wanted: str) -> frozenset[str]:
    titles = {tag.title for tag in contents.tags.values()}
    found = frozenset(
        tag.id for tag in contents.tags.values() if tag.id == wanted or tag.title.casefold() == wanted.casefold()
    )
    if not found:
        known = ", ".join(repr(title) for title in sorted(titles)[:20]) or "there are none on this board"
        raise BadArguments(f"tag: there is no tag with title or id {wanted!r}. Tags: {known}.")
    return found
