"""`miro-mcp demo`: the main job on a fresh sandbox, done by a real MCP client over stdio, each call shown."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import anyio
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from . import __version__
from .system.terminal import BOLD, DIM, GREEN, RED, paint

DEMO_TIME_LIMIT = 120.0
"""Seconds for the whole demonstration; it takes about two."""

TITLE = "From order to delivery"
NOTES = ("Who is told when stock runs out?", "Two hours on a good day", "Carrier picks up at 16:00")

_LONG_ID = re.compile(r"\b\d{15}(?=\d{4}\b)")


class Unexpected(Exception):
    """Something did not turn out as it should have; the message says what."""


class Demo:
    """Calls tools, and shows each call."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.calls = 0

    async def call(self, tool: str, operation: str, **arguments: Any) -> dict[str, Any]:
        """Calls a tool that has to succeed.

        Raises:
            Unexpected: the result is an error.
        """
        result = await self._send(tool, operation, arguments)
        if result.is_error:
            raise Unexpected(f"{tool} {operation} failed: {_text(result)}")
        return cast("dict[str, Any]", json.loads(_text(result)))

    async def refused(self, tool: str, operation: str, **arguments: Any) -> str:
        """Calls a tool where an error is the right outcome, and returns its message."""
        result = await self._send(tool, operation, arguments)
        if not result.is_error:
            raise Unexpected(f"{tool} {operation} succeeded where it had to fail")
        return _text(result)

    async def _send(self, tool: str, operation: str, arguments: dict[str, Any]) -> CallToolResult:
        _show(f"{tool} {operation}", json.dumps(arguments, separators=(", ", ":")))
        self.calls += 1
        return await self._client.call_tool(tool, {"operation": operation, **arguments})


@dataclass(frozen=True)
class DemoDiagram:
    """What is on the board: `lines` has the caption of each connector by the ids of its two ends."""

    board_id: str
    frame_id: str
    note_id: str
    lines: dict[tuple[str, str], str]

    @property
    def in_frame(self) -> dict[str, Any]:
        return {"board_id": self.board_id, "parent_item_id": self.frame_id, "max_items": 100}


async def run_demo() -> int:
    """Runs the demonstration; the exit status is 0 when everything turned out as expected."""
    print(f"miro-mcp {__version__} as a subprocess on a fresh sandbox, and a client over stdio")
    with tempfile.TemporaryDirectory(prefix="miro-mcp-demo-", ignore_cleanup_errors=True) as folder:
        sandbox, audit_log = str(Path(folder) / "sandbox.db"), str(Path(folder) / "audit.jsonl")
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "miro_mcp", "serve", "--sandbox", sandbox],
            env={"MIRO_AUDIT_LOG": audit_log},
        )
        try:
            with anyio.fail_after(DEMO_TIME_LIMIT):
                async with Client(server) as client:
                    calls = await _main_job(client)
        except Exception as error:
            print(paint(f"Failed: {_reason(error)}", RED))
            return 1
    print(paint(f"Done: {calls} calls, each with the outcome expected of it.", GREEN))
    return 0


async def _main_job(client: Client) -> int:
    _show("tools/list")
    tools = (await client.list_tools()).tools
    _outcome(f"{len(tools)} tools, {tools[0].name} to {tools[-1].name}")
    demo = Demo(client)
    drawn = await _draw(demo)
    item_ids = await _read_back(demo, drawn)
    await _delete_a_note(demo, drawn, item_ids)
    return demo.calls


async def _draw(demo: Demo) -> DemoDiagram:
    board_id = (await demo.call("miro_boards_write", "create", name=TITLE))["id"]
    _outcome(f"board {board_id}")

    async def create(kind: str, **arguments: Any) -> str:
        created = await demo.call(f"miro_{kind}_write", "create", board_id=board_id, **arguments)
        _outcome(f"{created['type'].replace('_', ' ')} {created['id']}")
        return created["id"]

    size = {"width": 1400, "height": 800}
    frame_id = await create("frames", data={"title": TITLE}, position={"x": 0, "y": 0}, geometry=size)
    parent = {"id": frame_id}
    received = await create("shapes", **_shape("Order received", 200, 250), parent=parent)
    decision = await create("shapes", **_shape("In stock?", 620, 250, "rhombus"), parent=parent)
    note_id = await create("sticky_notes", **_note(NOTES[0], 200), parent=parent)

    items = [
        {"type": "shape", **_shape("Ship it", 1100, 250), "parent": parent},
        {"type": "shape", **_shape("Reorder", 620, 500), "parent": parent},
        {"type": "sticky_note", **_note(NOTES[1], 500), "parent": parent},
        {"type": "sticky_note", **_note(NOTES[2], 800), "parent": parent},
    ]
    bulk = (await demo.call("miro_bulk_write", "create", board_id=board_id, items=items))["data"]
    ship, reorder = bulk[0]["id"], bulk[1]["id"]
    _outcome(f"{len(bulk)} items at once")

    lines = {
        (received, decision): "each order",
        (decision, ship): "yes",
        (decision, reorder): "no",
        (reorder, ship): "once it is there",
    }
    for (start, end), caption in lines.items():
        ends = {"startItem": {"id": start}, "endItem": {"id": end}}
        await create("connectors", **ends, captions=[{"content": caption}])
    return DemoDiagram(board_id, frame_id, note_id, lines)


async def _read_back(demo: Demo, drawn: DemoDiagram) -> list[str]:
    """Compares the board with what was drawn, and returns the ids of the items in the frame."""
    items = (await demo.call("miro_items_read", "list_in_frame", **drawn.in_frame))["data"]
    kinds = Counter(item["type"] for item in items)
    _expect("items in the frame", dict(sorted(kinds.items())), {"shape": 4, "sticky_note": 3})
    notes = sorted(_plain(item["data"]["content"]) for item in items if item["type"] == "sticky_note")
    _expect("text of the sticky notes", notes, sorted(NOTES))

    connectors = (await demo.call("miro_connectors_read", "list", board_id=drawn.board_id, max_items=100))["data"]
    lines = {
        (line["startItem"]["id"], line["endItem"]["id"]): _plain(line["captions"][0]["content"]) for line in connectors
    }
    _expect("captions of the connectors", sorted(lines.values()), sorted(drawn.lines.values()))
    if lines != drawn.lines:
        raise Unexpected(f"the connectors join other items than they were made for: {lines}, not {drawn.lines}")
    return [item["id"] for item in items]


async def _delete_a_note(demo: Demo, drawn: DemoDiagram, item_ids: list[str]) -> None:
    note = {"board_id": drawn.board_id, "item_id": drawn.note_id}
    request = (await demo.call("miro_items_delete", "delete", **note, dry_run=True))["request"]
    _outcome(f"would send {request['method']} {request['url']}; nothing was sent")
    await demo.call("miro_items_read", "get", **note)
    _outcome("still there")
    await demo.call("miro_items_delete", "delete", **note)
    _outcome("deleted")
    _outcome(f"refused: {await demo.refused('miro_items_read', 'get', **note)}")
    left = (await demo.call("miro_items_read", "list_in_frame", **drawn.in_frame, fields=["id"]))["data"]
    if {item["id"] for item in left} != set(item_ids) - {drawn.note_id}:
        raise Unexpected(f"the frame should have lost item {drawn.note_id} alone; it has {left}")
    _outcome(f"{len(left)} items left in the frame")


def _shape(content: str, x: int, y: int, form: str = "round_rectangle") -> dict[str, Any]:
    return {
        "data": {"content": content, "shape": form},
        "style": {"fillColor": "#ffffff", "borderOpacity": "1.0", "fontFamily": "open_sans"},
        "position": {"x": x, "y": y},
        "geometry": {"width": 240, "height": 120},
    }


def _note(content: str, x: int) -> dict[str, Any]:
    return {"data": {"content": content}, "style": {"fillColor": "light_yellow"}, "position": {"x": x, "y": 680}}


def _plain(content: str) -> str:
    """Text without the paragraph that Miro may put around it."""
    return content.removeprefix("<p>").removesuffix("</p>")


def _expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise Unexpected(f"{what}: {found} instead of {expected}")
    _outcome(f"{what}: {found}")


def _text(result: CallToolResult) -> str:
    return "".join(block.text for block in result.content if isinstance(block, TextContent))


def _reason(error: Exception) -> str:
    """What went wrong first: task groups wrap what is raised inside them."""
    while isinstance(error, ExceptionGroup):
        error = cast("ExceptionGroup[Exception]", error).exceptions[0]
    if isinstance(error, TimeoutError):
        return f"not done within {DEMO_TIME_LIMIT:.0f} seconds"
    return str(error) if isinstance(error, Unexpected) else f"{type(error).__name__}: {error}"


def _show(call: str, arguments: str = "") -> None:
    """Prints a call on at most two lines of the terminal, of long ids only the end."""
    room = 2 * shutil.get_terminal_size((80, 24)).columns - len(call) - 1
    short = _LONG_ID.sub("..", arguments)
    cut = short if len(short) <= room else f"{short[: room - 3]}..."
    print(f"{paint(call, BOLD)} {paint(cut, DIM)}".rstrip(), flush=True)


def _outcome(text: str) -> None:
    print(f"  -> {text}", flush=True)
