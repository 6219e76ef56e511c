"""All that `/items` lists of a board: its kinds side by side, since a list's pages come one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any, get_args

from ...catalogue.shared import ItemType
from ...errors import ApiError
from ...session import Session
from ...system.parallel import gather
from .filling import TELLS_LITTLE, Filling
from .pages import PAGE, CursorList, Entries

COMMON = ("sticky_note", "shape", "text", "card")
"""Kinds of which there tend to be most."""

_UNFILTERABLE = (400, 404)
"""What the API answers about a kind that it can't filter by."""

_FEW = 4 * PAGE
"""Items of which the list of all is soon read: asking kind by kind would take more calls."""


class ListedItems:
    """Reads the items into `entries`, by id, leaving fields out.

    The kinds that are `likely` are begun before it is known that one page doesn't do. `filling` fills the entries in.
    """

    def __init__(
        self,
        session: Session,
        board_id: str,
        entries: Entries,
        *,
        likely: Collection[str] = (),
        without: Collection[str] = ("links",),
        filling: Filling | None = None,
    ) -> None:
        def listed(**given: Any) -> CursorList:
            return CursorList(session, "get-items", entries, without=without, board_id=board_id, **given)

        self._filling = filling
        self._everything = listed(among_others=True)
        kinds = {kind: listed(type=kind) for kind in get_args(ItemType)}
        self._likely = {kind: kinds[kind] for kind in likely}
        self._others = {kind: one for kind, one in kinds.items() if kind not in likely}

    async def read(self) -> None:
        """Raises:
        CallError: see errors.py.
        """
        everything = self._everything
        await gather(everything.begin(), *(_try_kind(one.begin) for one in self._likely.values()))
        if everything.has_more and everything.total is not None and everything.total <= _FEW:
            await gather(everything.finish(), self._fill())
        elif everything.has_more:
            likely = (self._finish(kind, one) for kind, one in self._likely.items())
            await gather(*likely, self._read_others())
            await everything.finish()  # What kinds have counted they need not have told.
        if self._filling:
            await self._filling.end()

    async def _read_others(self) -> None:
        """The other kinds where anything is left for them, and the list of all where they too leave something."""
        everything, likely, others = self._everything, self._likely.values(), self._others
        if not everything.has_more_than(likely):
            return
        await gather(*(_try_kind(one.begin) for one in others.values()))
        reads = [self._finish(kind, one) for kind, one in others.items()]
        if everything.has_more_than([*likely, *others.values()]):
            reads.append(everything.finish())
        await gather(*reads)

    async def _finish(self, kind: str, one: CursorList) -> None:
        if kind in TELLS_LITTLE:
            await gather(_try_kind(one.finish), self._fill())
            await self._fill()
        else:
            await _try_kind(one.finish)

    async def _fill(self) -> None:
        if self._filling:
            await self._filling.go_on()


async def _try_kind(read: Callable[[], Awaitable[object]]) -> None:
    try:
        await read()
    except ApiError as error:
        # The list of all items has them, and is walked where the kinds together fall short of its total.
        if error.status not in _UNFILTERABLE:
            raise
