"""Making things on a board, many at once, so that they can all be taken away again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Coroutine, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import anyio

from ..catalogue import DELETE
from ..errors import ApiError, CallError, OutcomeUnknown
from ..guardrails.guard import Permit
from ..session import Session
from ..system.parallel import run_jobs
from ..system.progress import report
from .contents import Connector, Item, Raw, as_object, number
from .geometry import Box
from .reading.pages import CursorList
from .unanswered import SoughtItem, SoughtLine, Unanswered, ask_until_made, looks, sought_item, sought_line

BULK = 20
"""Items that one call creates at most."""

_DELETES = {
    "shape": "delete-shape-item",
    "card": "delete-card-item",
    "text": "delete-text-item",
    "frame": "delete-frame-item",
}


Thing = TypeVar("Thing")

Payload = dict[str, Any]
"""A JSON object that a call sends."""


@dataclass(frozen=True)
class NewItem:
    """One item to be made: `body` is what bulk creation takes, without place and parent."""

    key: str
    box: Box
    body: Payload

    def placed(self, frame: tuple[str, Box] | None) -> Payload:
        """The whole body; in a frame, places count from its top left corner."""
        left, top = (frame[1].left, frame[1].top) if frame else (0.0, 0.0)
        position = {"x": round(self.box.centre_x - left, 2), "y": round(self.box.centre_y - top, 2)}
        parent = {"parent": {"id": frame[0]}} if frame else {}
        return {**self.body, "position": position, **parent}


class Transaction:
    """What one use of a tool makes on a board. `before` are the ids of what was there.

    A call that was not answered is looked for: what it made is taken as made, and what it didn't is asked for again.
    """

    def __init__(self, session: Session, board_id: str, before: Iterable[str], total: int) -> None:
        self._session = session
        self._board_id = board_id
        self._unanswered = Unanswered(session, board_id, before)
        self._items: dict[str, str] = {}
        self._lines: set[str] = set()
        self._planned_items: list[SoughtItem] = []
        self._planned_lines: list[SoughtLine] = []
        self._alike: defaultdict[SoughtLine, anyio.Lock] = defaultdict(anyio.Lock)
        self._is_unsure = False
        self._total = total
        self._done = 0
        self.raws: dict[str, Raw] = {}
        """The API's answers by id, items and connectors alike."""

    async def create(self, pieces: Sequence[NewItem], frame: tuple[str, Box] | None = None) -> list[str]:
        """Makes up to twenty items at once, and tells their ids in the pieces' order.

        A call that has been sent is seen through even when everything is cancelled, so that its ids are known.
        """
        bodies = [piece.placed(frame) for piece in pieces]
        sought = [_sought(piece) for piece in pieces]
        self._planned_items += sought

        async def ask(missing: list[int]) -> list[Raw]:
            with self._noting_doubt():
                made = await seen_through(self._create([bodies[number] for number in missing]))
                if len(made) != len(missing):
                    raise OutcomeUnknown(f"Miro made {len(made)} items of the {len(missing)} asked for.", changes=True)
            return made

        async def look(missing: list[int]) -> list[Raw | None]:
            wanted = [sought[number] for number in missing]
            found = await self._unanswered.find_items(wanted, self._items.keys())
            self._keep_items(raw for raw in found if raw is not None)
            return found

        found = await ask_until_made(len(pieces), ask, look)
        await self._tell(len(pieces))
        return [str(raw["id"]) for raw in found]

    @property
    def records(self) -> list[str]:
        """The texts that were made first: they tell what the rest is."""
        return [identifier for identifier, kind in self._items.items() if kind == "text"]

    async def connect(self, body: Payload) -> str:
        sought = sought_line(body)
        self._planned_lines.append(sought)

        async def ask(_: list[int]) -> list[Raw]:
            with self._noting_doubt():
                return [await seen_through(self._connect(body))]

        async def look(_: list[int]) -> list[Raw | None]:
            found = await self._unanswered.find_line(sought, self._lines)
            return [found and self._keep_line(found)]

        async with self._alike[sought]:  # Which of two that are alike a call has made can't be seen.
            (made,) = await ask_until_made(1, ask, look)
        await self._tell(1)
        return str(made["id"])

    @contextmanager
    def _noting_doubt(self) -> Generator[None]:
        try:
            yield
        except CallError as error:
            self._is_unsure = self._is_unsure or error.outcome == "unknown"
            raise

    async def change(self, operation_id: str, **given: Any) -> None:
        """An update; it is not undone."""
        self._keep(await seen_through(self._session.call(operation_id, board_id=self._board_id, **given)))
        await self._tell(1)

    async def carry_out(self, permit: Permit) -> None:
        """An update or deletion that was permitted; it is not undone."""
        try:
            self._keep((await seen_through(self._session.carry_out(permit))).body)
        except ApiError as error:
            # What was to be deleted went along with something else.
            if error.status != 404 or permit.call.operation.effect is not DELETE:
                raise
        await self._tell(1)

    async def settle(self) -> list[str]:
        """Takes away what calls made that were not heard of and then made again; tells the ids that are left."""
        if not self._is_unsure:
            return []
        items, lines = await self._made_unheard()
        self._items |= {item.id: item.kind for item in items}
        left = await self._delete_all([line.id for line in lines], line=True)
        return left + await self._delete_all([item.id for item in items])

    def keep(self, ids: Iterable[str]) -> None:
        """Leaves what was made out of what is taken back."""
        for identifier in ids:
            self._items.pop(identifier, None)

    async def delete(self, ids: Iterable[str]) -> list[str]:
        """Deletes texts that carried a record; tells the ids that are left."""
        gone = list(ids)
        self._items |= dict.fromkeys(gone, "text")
        return await seen_through(self._delete_all(gone))

    async def _create(self, bodies: list[Payload]) -> list[Raw]:
        answer = await self._session.call("create-items", board_id=self._board_id, items=bodies)
        found = in_order(bodies, created_entries(answer))
        self._keep_items(found)
        return found

    def _keep_items(self, found: Iterable[Raw]) -> None:
        for raw in found:
            self._items[str(raw["id"])] = str(raw.get("type") or "shape")
            self.raws[str(raw["id"])] = raw

    async def _connect(self, body: Payload) -> Raw:
        return self._keep_line(as_object(await self._session.call("create-connector", board_id=self._board_id, **body)))

    def _keep_line(self, made: Raw) -> Raw:
        self._lines.add(str(made["id"]))
        self.raws[str(made["id"])] = made
        return made

    def _keep(self, body: Any) -> None:
        raw = as_object(body)
        if raw.get("id") is not None:
            self.raws[str(raw["id"])] = raw

    async def take_back(self, *, last: Sequence[str] = ()) -> list[str]:
        """Deletes everything that was made, cancelled or not; tells the ids that are left.

        Those in `last` go at the very end, and only when nothing else is left: they tell the next call.
        """
        return await seen_through(self._take_back(last))

    async def _take_back(self, last: Sequence[str]) -> list[str]:
        if self._is_unsure:
            await self._look_for_more()
        frames = [identifier for identifier, kind in self._items.items() if kind == "frame"]
        others = [one for one in self._items if one not in frames and one not in last]
        left = await self._delete_all(others)
        left += await self._delete_all(await self._lines_left(), line=True)
        left += await self._delete_all(frames) if not left else frames
        own = [one for one in last if one in self._items]
        return left + own if left else await self._delete_all(own)

    async def _tell(self, done: int) -> None:
        self._done += done
        await report(self._done, self._total, f"drawing: {self._done} of {self._total}")

    async def _look_for_more(self) -> None:
        """Takes what calls without an answer made for made, so that it is taken back too."""
        async for _ in looks():
            try:
                items, lines = await self._made_unheard()
            except CallError:
                continue
            self._items |= {item.id: item.kind for item in items}
            self._lines |= {line.id for line in lines}

    async def _made_unheard(self) -> tuple[list[Item], list[Connector]]:
        known = self._items.keys() | self._lines
        return await self._unanswered.find_all(self._planned_items, self._planned_lines, known)

    async def _lines_left(self) -> list[str]:
        """Lines that did not go with their ends; all of them where that can't be seen."""
        if not self._lines:
            return []
        try:
            listed = await CursorList(self._session, "get-connectors", {}, board_id=self._board_id).read()
        except CallError:
            return sorted(self._lines)
        return sorted(self._lines & listed.keys())

    async def _delete_all(self, ids: Sequence[str], *, line: bool = False) -> list[str]:
        left: list[str] = []

        async def delete(identifier: str) -> None:
            operation_id = "delete-connector" if line else _DELETES.get(self._items[identifier], "delete-item")
            name = "connector_id" if line else "item_id"
            for _ in range(2):
                try:
                    await self._session.take_back(operation_id, board_id=self._board_id, **{name: identifier})
                except ApiError as error:
                    if error.status == 404:
                        return
                except CallError:
                    pass
                else:
                    return
            left.append(identifier)

        await run_jobs([lambda one=one: delete(one) for one in ids])
        return left


def _sought(piece: NewItem) -> SoughtItem:
    """The piece as it will be found: at its place in board coordinates."""
    return sought_item(piece.placed(None))


async def seen_through(work: Coroutine[Any, Any, Thing]) -> Thing:
    """The result of work that goes on to its end though everything around it is cancelled."""
    with anyio.CancelScope(shield=True):
        return await work
    raise AssertionError("nothing cancels a scope of its own")


def bulks(things: Sequence[Thing]) -> list[Sequence[Thing]]:
    """Things in the parts that bulk creation takes at once."""
    return [things[at : at + BULK] for at in range(0, len(things), BULK)]


def created_entries(body: Any) -> list[Raw]:
    data = as_object(body).get("data")
    entries = map(as_object, cast("list[Any]", data) if isinstance(data, list) else [])
    return [entry for entry in entries if entry.get("id") is not None]


def in_order(bodies: Sequence[Payload], found: Sequence[Raw]) -> list[Raw]:
    """Answers in the order that was asked for: as they came, unless the places say otherwise."""

    def place(raw: Mapping[str, Any]) -> tuple[str, float, float]:
        position = as_object(raw.get("position"))
        return str(raw.get("type")), round(number(position.get("x"))), round(number(position.get("y")))

    if len(bodies) != len(found) or all(place(body) == place(raw) for body, raw in zip(bodies, found, strict=True)):
        return list(found)
    at = {place(raw): raw for raw in found}
    if len(at) == len(found) and all(place(body) in at for body in bodies):
        return [at[place(body)] for body in bodies]
    return list(found)
