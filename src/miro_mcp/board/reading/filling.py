"""What `/items` lists without saying what is in it, read from the routes that do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from ...session import Session
from ...system.parallel import gather, run_jobs
from ...tools.results import LEFT_OUT
from ..contents import Raw, as_object
from .pages import CursorList, Entries

DOCS_AT_ONCE = 8

TELLS_LITTLE = ("shape", "doc_format")
"""Kinds of which `/items` may tell no more than where they are: flowchart shapes and docs."""

Optional = Callable[[str, Callable[[], Awaitable[None]]], Coroutine[Any, Any, None]]
"""Reads a part by its name; where that fails, the part is told as missing and the rest goes on."""


class Filling:
    """Fills in `entries` while they are read; `optional` is how that is done, since it need not succeed."""

    def __init__(self, session: Session, board_id: str, entries: Entries, optional: Optional) -> None:
        self._session = session
        self._board_id = board_id
        self._entries = entries
        self._optional = optional
        self._shapes: Entries | None = None
        self._docs: set[str] = set()

    async def go_on(self) -> None:
        """Reads what is in those of which nothing was told so far, each once."""
        bare = [id for id, raw in self._entries.items() if _tells_nothing(raw)]
        docs = [id for id in bare if self._entries[id].get("type") == "doc_format" and id not in self._docs]
        self._docs.update(docs)
        reads: list[Coroutine[Any, Any, None]] = [run_jobs([self._job_for(id) for id in docs], DOCS_AT_ONCE)]
        if self._shapes is None and any(self._entries[id].get("type") == "shape" for id in bare):
            self._shapes = {}
            reads.append(self._optional("flowchart shapes", lambda shapes=self._shapes: self._read_shapes(shapes)))
        await gather(*reads)

    async def end(self) -> None:
        """The same once all entries are there."""
        await self.go_on()
        told = {id: raw for id, raw in (self._shapes or {}).items() if raw.get("data")}
        self._entries.update({id: raw for id, raw in told.items() if id in self._entries})

    def _job_for(self, id: str) -> Callable[[], Awaitable[None]]:
        return lambda: self._optional("docs", lambda: self._read_doc(id))

    async def _read_shapes(self, shapes: Entries) -> None:
        lists = CursorList(
            self._session,
            "get-items-experimental",
            shapes,
            without=LEFT_OUT,
            board_id=self._board_id,
            type="shape",
        )
        await lists.read()

    async def _read_doc(self, id: str) -> None:
        doc = as_object(await self._session.read("get-doc-format-item", board_id=self._board_id, item_id=id))
        self._entries[id] = {**self._entries[id], "data": as_object(doc.get("data"))}


def _tells_nothing(raw: Raw) -> bool:
    if raw.get("type") not in TELLS_LITTLE:
        return False
    data = as_object(raw.get("data"))
    return not data if raw.get("type") == "shape" else not data.get("content")
