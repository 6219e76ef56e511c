"""A board's items as its lists tell them: kind by kind side by side, filled in where `/items` says little."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, get_args

from ..catalogue.shared import ItemType
from ..errors import ApiError
from ..session import Session
from ..system.parallel import gather, run_jobs
from ..tools.results import LEFT_OUT
from .contents import Raw, as_object
from .pages import CursorList, Entries

DOCS_AT_ONCE = 8

_UNFILTERABLE = (400, 404)
"""What the API answers about a kind that it can't filter by."""

_COMMON = ("sticky_note", "shape", "text", "card")
"""Kinds of which there tend to be most: their reading begins before it is known that one page doesn't do."""

_TELLS_LITTLE = ("shape", "doc_format")
"""Kinds of which `/items` may tell nothing but the place; other routes do."""

Optional = Callable[[str, Callable[[], Awaitable[None]]], Coroutine[Any, Any, None]]
"""Reads a part by name; where that fails, the part is told as missing and the rest goes on."""


class ListedItems:
    """Reads all that `/items` lists into `entries`, by id; `optional` is how parts are read that need not succeed."""

    def __init__(self, session: Session, board_id: str, optional: Optional) -> None:
        self.entries: Entries = {}
        self._session = session
        self._board_id = board_id
        self._optional = optional
        self._flowchart_shapes: Entries | None = None
        self._docs: set[str] = set()

    async def read(self) -> None:
        """Kind by kind where one page doesn't do; what no kind tells comes from the list of all.

        Raises:
            CallError: see errors.py.
        """
        everything = self._list(among_others=True)
        kinds = {kind: self._list(type=kind) for kind in (*_COMMON, *get_args(ItemType))}
        common = [kinds[kind] for kind in _COMMON]
        await gather(everything.begin(), *(self._try_kind(one.begin) for one in common))
        if everything.has_more:
            others = {kind: one for kind, one in kinds.items() if one not in common}
            begun = (self._finish(kind, kinds[kind]) for kind in _COMMON)
            await gather(*begun, self._read_the_rest(everything, common, others))
            await everything.finish()  # What kinds have counted they need not have told.
        await self._fill()
        shapes = self._flowchart_shapes or {}
        self.entries |= {id: raw for id, raw in shapes.items() if id in self.entries and raw.get("data")}

    async def _read_the_rest(
        self, everything: CursorList, begun: Sequence[CursorList], others: Mapping[str, CursorList]
    ) -> None:
        """The other kinds where anything is left for them, and the list of all where they too leave something."""
        if everything.has_more_than(begun):
            await gather(*(self._try_kind(one.begin) for one in others.values()))
        reads = [self._finish(kind, one) for kind, one in others.items()]
        if everything.has_more_than([*begun, *others.values()]):
            reads.append(everything.finish())
        await gather(*reads)

    async def _finish(self, kind: str, one: CursorList) -> None:
        if kind in _TELLS_LITTLE:
            await gather(self._try_kind(one.finish), self._fill())
            await self._fill()
        else:
            await self._try_kind(one.finish)

    def _list(self, **given: Any) -> CursorList:
        return CursorList(self._session, "get-items", self.entries, without=LEFT_OUT, board_id=self._board_id, **given)

    async def _try_kind(self, read: Callable[[], Awaitable[object]]) -> None:
        try:
            await read()
        except ApiError as error:
            # The list of all items has them, and is walked where the kinds together fall short of its total.
            if error.status not in _UNFILTERABLE:
                raise

    async def _fill(self) -> None:
        """Reads what is in the items of which nothing was told so far, each once."""
        bare = [id for id, raw in self.entries.items() if raw.get("type") in _TELLS_LITTLE and _tells_nothing(raw)]
        docs = [id for id in bare if self.entries[id].get("type") == "doc_format" and id not in self._docs]
        reads: list[Coroutine[Any, Any, None]] = []
        if self._flowchart_shapes is None and any(self.entries[id].get("type") == "shape" for id in bare):
            self._flowchart_shapes = {}
            reads.append(self._optional("flowchart shapes", self._read_flowchart_shapes))
        self._docs.update(docs)
        jobs = [lambda id=id: self._optional("docs", lambda: self._read_doc(id)) for id in docs]
        await gather(*reads, run_jobs(jobs, DOCS_AT_ONCE))

    async def _read_flowchart_shapes(self) -> None:
        assert self._flowchart_shapes is not None
        await CursorList(
            self._session,
            "get-items-experimental",
            self._flowchart_shapes,
            without=LEFT_OUT,
            board_id=self._board_id,
            type="shape",
        ).read()

    async def _read_doc(self, id: str) -> None:
        doc = as_object(await self._session.read("get-doc-format-item", board_id=self._board_id, item_id=id))
        self.entries[id] = {**self.entries[id], "data": as_object(doc.get("data"))}


def _tells_nothing(raw: Raw) -> bool:
    data = as_object(raw.get("data"))
    return not data if raw.get("type") == "shape" else not data.get("content")
