"""Serves a made-up board as Miro's API would, with its latency and its credits, on a loopback port; for measuring.

Usage: python tools/made_api.py ITEMS FRAMES CONNECTORS [--latency SECONDS]
           [--mixed | --one-kind] [--no-links] [--credits]
"""

import argparse
import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from miro_mcp.catalogue.operation import CREDITS_PER_MINUTE

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from boards import BOARD_ID, MIX, MadeBoard, Raw, mixed_board, page_of, serve
from faulty import Allowance, FaultyApi, serving
from support import Recorded

LATENCY = 0.1
"""Seconds."""

EVENLY = tuple((kind, 25) for kind in ("sticky_note", "shape", "text", "card"))
ALIKE = (("sticky_note", 100),)
"""Kinds and how many of a hundred items are of each."""


@dataclass
class MadeApi(FaultyApi):
    """One board's lists, page by page; each page is made once."""

    board: MadeBoard = field(kw_only=True)
    links: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self._pages: dict[str, tuple[int, bytes]] = {}
        self._kinds: dict[str, list[Raw]] = defaultdict(list)
        for item in self.board.items:
            self._kinds[item["type"]].append(item)

    def _do(self, method: str, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        del body
        if method != "GET":
            return 403, {"status": 403, "code": "forbidden", "message": "This board is only read", "type": "error"}
        key = f"{path} {query}"
        if key not in self._pages:
            status, answer = self._answer_to(path, query)
            self._pages[key] = status, json.dumps(answer, separators=(",", ":")).encode()
        return self._pages[key]

    def _answer_to(self, path: str, query: dict[str, str]) -> tuple[int, Any]:
        if path.endswith("/items") and "type" in query:
            return 200, page_of(self._kinds[query["type"]], path, query, links=self.links)
        return serve(self.board, links=self.links)(Recorded("GET", path, list(query.items()), {}, b""))


@contextmanager
def made_api(*arguments: str | int | float) -> Iterator[str]:
    """The address of one in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    with Popen(command, stdout=PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def cost_of_path(_: str, path: str) -> int:
    """Credits: a board's own route is of level 1, its lists of level 2."""
    return 50 if path.endswith(BOARD_ID) else 100


async def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("items", "frames", "connectors"):
        parser.add_argument(name, type=int)
    parser.add_argument("--latency", type=float, default=LATENCY)
    for name in ("one-kind", "mixed", "no-links", "credits"):
        parser.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    mix = ALIKE if given.one_kind else MIX if given.mixed else EVENLY
    board = mixed_board(given.items, given.frames, given.connectors, mix=mix)
    allowance = Allowance(CREDITS_PER_MINUTE, 60.0, cost_of_path) if given.credits else None
    api = MadeApi(board=board, latency=given.latency, links=not given.no_links, allowance=allowance)
    async with serving(api):
        print(api.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
