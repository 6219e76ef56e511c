"""Making things on a board, many at once, so that they can all be taken away again."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import anyio

from ..catalogue import DELETE
from ..errors import ApiError, CallError
from ..guardrails.guard import Permit
from ..session import Session
from ..system.parallel import run_jobs
from ..system.progress import report
from .contents import Raw, as_object, connector_of, number, placed
from .geometry import Box
from .pages import CursorList

BULK = 20
"""Items that one call creates at most."""

SLOW = 1.0
"""Seconds after which a look is taken again for what an unanswered call may have made meanwhile."""

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
    """What one use of a tool makes on a board. `before` are the ids of what was there."""

    def __init__(self, session: Session, board_id: str, before: Iterable[str], total: int) -> None:
        self._session = session
        self._board_id = board_id
        self._before = frozenset(before)
        self._items: dict[str, str] = {}
        self._lines: set[str] = set()
        self._planned: list[tuple[str, Box]] = []
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
        self._planned += [(str(piece.body["type"]), piece.box) for piece in pieces]
        found = await seen_through(self._create(bodies))
        if len(found) != len(pieces):
            self._is_unsure = True
            raise CallError(f"Miro made {len(found)} items of the {len(pieces)} that were asked for.")
        await self._tell(len(pieces))
        return in_order(bodies, found)

    @property
    def records(self) -> list[str]:
        """The texts that were made first: they tell what the rest is."""
        return [identifier for identifier, kind in self._items.items() if kind == "text"]

    async def connect(self, body: Payload) -> str:
        identifier = await seen_through(self._connect(body))
        await self._tell(1)
        return identifier

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

    async def _create(self, bodies: list[Payload]) -> list[Raw]:
        found = created_entries(await self._send("create-items", items=bodies))
        self._items |= {str(raw["id"]): str(raw.get("type") or "shape") for raw in found}
        self.raws |= {str(raw["id"]): raw for raw in found}
        return found

    async def _connect(self, body: Payload) -> str:
        made = as_object(await self._send("create-connector", **body))
        identifier = str(made["id"])
        self._lines.add(identifier)
        self.raws[identifier] = made
        return identifier

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

    async def _send(self, operation_id: str, **given: Any) -> Any:
        try:
            return await self._session.call(operation_id, board_id=self._board_id, **given)
        except CallError as error:
            self._is_unsure = self._is_unsure or error.outcome == "unknown"
            raise

    async def _tell(self, done: int) -> None:
        self._done += done
        await report(self._done, self._total, f"drawing: {self._done} of {self._total}")

    async def _look_for_more(self) -> None:
        """Finds what calls without an answer made: new things where something was planned, and lines to them."""
        for wait in (0.0, SLOW):
            await anyio.sleep(wait)
            try:
                items = placed(
                    (await CursorList(self._session, "get-items", {}, board_id=self._board_id).read()).values()
                )
            except CallError:
                continue
            for item in items.values():
                if item.id not in self._before and any(
                    kind == item.kind and abs(box.centre_x - item.x) < 1 and abs(box.centre_y - item.y) < 1
                    for kind, box in self._planned
                ):
                    self._items.setdefault(item.id, item.kind)

    async def _lines_left(self) -> list[str]:
        """Lines that did not go with their ends; all of them where that can't be seen."""
        if not self._lines and not self._is_unsure:
            return []
        try:
            listed = await CursorList(self._session, "get-connectors", {}, board_id=self._board_id).read()
        except CallError:
            return sorted(self._lines)
        joined = {
            one.id
            for one in map(connector_of, listed.values())
            if one.id not in self._before and {one.start_id, one.end_id} & self._items.keys()
        }
        return sorted((self._lines | joined) & listed.keys())

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


def in_order(bodies: Sequence[Payload], found: Sequence[Raw]) -> list[str]:
    """The ids in the order that was asked for: as answered, unless the places say otherwise."""

    def place(raw: Mapping[str, Any]) -> tuple[str, float, float]:
        position = as_object(raw.get("position"))
        return str(raw.get("type")), round(number(position.get("x"))), round(number(position.get("y")))

    if all(place(body) == place(raw) for body, raw in zip(bodies, found, strict=True)):
        return [str(raw["id"]) for raw in found]
    at = {place(raw): str(raw["id"]) for raw in found}
    if len(at) == len(found) and all(place(body) in at for body in bodies):
        return [at[place(body)] for body in bodies]
    return [str(raw["id"]) for raw in found]
