"""Finding what calls without an answer have made: items by kind, place and text, lines by what they join and say."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import anyio

from ..errors import CallError
from ..session import Session
from ..system.parallel import gather
from ..text.rich_text import text_of_html
from .contents import Connector, Item, Raw, as_object, connector_of, number, placed
from .reading.pages import CursorList

SLOW = 1.0
"""Seconds between two looks."""

_TRIES = 3
"""Of a creation, where looking shows each time that the one before made nothing."""

_NEAR = 1.0
"""Board units that a place may be off by."""


@dataclass(frozen=True)
class SoughtItem:
    """An item that was asked for: `x` and `y` are its centre in board coordinates, `text` what it says, unmarked."""

    kind: str
    x: float
    y: float
    text: str

    def fits(self, item: Item) -> bool:
        near = abs(item.x - self.x) < _NEAR and abs(item.y - self.y) < _NEAR
        return near and item.kind == self.kind and _said_by(item.raw) == self.text


@dataclass(frozen=True)
class SoughtLine:
    start_id: str
    end_id: str
    captions: tuple[str, ...]

    def fits(self, line: Connector) -> bool:
        joins = (line.start_id, line.end_id) == (self.start_id, self.end_id)
        return joins and tuple(map(text_of_html, line.captions)) == self.captions


def sought_item(body: Mapping[str, Any], corner: tuple[float, float] = (0.0, 0.0)) -> SoughtItem:
    """What a creation asks for; in a frame places count from its top left `corner`."""
    place = as_object(body.get("position"))
    x, y = number(place.get("x")) + corner[0], number(place.get("y")) + corner[1]
    return SoughtItem(str(body["type"]), x, y, _said_by(body))


def sought_line(body: Mapping[str, Any]) -> SoughtLine:
    start, end = (str(as_object(body.get(name)).get("id") or "") for name in ("startItem", "endItem"))
    captions = cast("list[Raw]", body.get("captions") or [])
    return SoughtLine(start, end, tuple(text_of_html(str(one.get("content") or "")) for one in captions))


_Thing = TypeVar("_Thing", Item, Connector)


async def ask_until_made(
    count: int,
    ask: Callable[[list[int]], Awaitable[Sequence[Raw]]],
    look: Callable[[list[int]], Awaitable[Sequence[Raw | None]]],
) -> list[Raw]:
    """Makes things that go by number: asks for those missing, looks where a call has no answer, and asks for the rest.

    Raises:
        CallError: a call failed, or still has no answer.
    """
    found: dict[int, Raw] = {}
    for tries_left in reversed(range(_TRIES)):
        missing = [number for number in range(count) if number not in found]
        if not missing:
            break
        try:
            made = await ask(missing)
        except CallError as error:
            if error.outcome != "unknown" or not tries_left:
                raise
            try:
                made = await look(missing)
            except CallError:
                raise error from None
        found |= {number: raw for number, raw in zip(missing, made, strict=True) if raw is not None}
    return [found[number] for number in range(count)]


class Unanswered:
    """Looks on one board for what was asked for. `before` are the ids of what was there before anything was."""

    def __init__(self, session: Session, board_id: str, before: Iterable[str]) -> None:
        self._session = session
        self._board_id = board_id
        self._before = frozenset(before)

    async def find_items(self, wanted: Sequence[SoughtItem], known: Set[str]) -> list[Raw | None]:
        """The API's JSON of each, None where it isn't there; `known` ids are others'."""
        found: list[Item | None] = []
        async for _ in looks():
            items = await self._items()
            taken = set(known)
            found = [_take(items, taken, one.fits) for one in wanted]
            if all(found):
                break
        return [None if item is None else item.raw for item in found]

    async def find_line(self, wanted: SoughtLine, known: Set[str]) -> Raw | None:
        async for _ in looks():
            lines = await self._lines()
            found = _take(lines, set(known), wanted.fits)
            if found is not None:
                return found.raw
        return None

    async def find_all(
        self, items: Iterable[SoughtItem], lines: Iterable[SoughtLine], known: Set[str]
    ) -> tuple[list[Item], list[Connector]]:
        """Everything new that fits any of those sought and isn't known: made by a call that nobody heard of."""
        wanted_items, wanted_lines = list(items), list(lines)
        there, joined = await gather(self._items(), self._lines())
        return (
            [one for one in there if one.id not in known and any(sought.fits(one) for sought in wanted_items)],
            [one for one in joined if one.id not in known and any(sought.fits(one) for sought in wanted_lines)],
        )

    async def _items(self) -> list[Item]:
        """The new items; places of those in a frame are told by the frame, so it is read with them."""
        raws = await CursorList(self._session, "get-items", {}, board_id=self._board_id).read()
        return [one for one in placed(raws.values()).values() if one.id not in self._before]

    async def _lines(self) -> list[Connector]:
        raws = await CursorList(self._session, "get-connectors", {}, board_id=self._board_id).read()
        return [one for one in map(connector_of, raws.values()) if one.id not in self._before]


async def looks() -> AsyncGenerator[None]:
    """At once, and again after a moment: a call without an answer may still be under way."""
    yield
    await anyio.sleep(SLOW)
    yield


def _said_by(raw: Mapping[str, Any]) -> str:
    data = as_object(raw.get("data"))
    return text_of_html(str(data.get("content") or data.get("title") or ""))


def _take(things: Iterable[_Thing], taken: set[str], fits: Callable[[_Thing], bool]) -> _Thing | None:
    found = next((one for one in things if one.id not in taken and fits(one)), None)
    if found is not None:
        taken.add(found.id)
    return found
