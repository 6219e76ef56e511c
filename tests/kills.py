"""Kills the server at a change of its own choosing, and looks at what the next call makes of that."""

import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from diagrams import FAULTS, Board, Seen
from mcp import Client
from support import connected, value_of

from miro_mcp.text.rich_text import text_of_html

Shown = Counter[tuple[Any, ...]]
"""What is on a board: items by kind and text, lines by the texts that they join and their captions."""


@dataclass
class Ground:
    """A sandbox behind a port, with the log and journal of the servers that work on it, all in one folder."""

    board: Board
    folder: Path
    killed: int = 0
    environment: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.environment = {**self.board.environment(self.folder), "MIRO_CONFIRM": "allow", "MIRO_KEEP_DAYS": "0"}

    def client(self) -> Any:
        return connected(self.board.settings(self.folder, MIRO_CONFIRM="allow", MIRO_KEEP_DAYS="0"))

    async def kill_in(self, tool: str, arguments: dict[str, Any], change: int, *, carried_out: bool) -> None:
        """Has a server of its own make a call, and kills it at its change of that number, carried out yet or not."""
        server = subprocess.Popen(
            [sys.executable, "-m", "miro_mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **self.environment},
        )
        assert server.stdin
        self.board.seen.clear()

        def fault(seen: Seen) -> str | None:
            if seen.method == "GET" or seen.change != change:
                return "refuse" if server.poll() is not None else None
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            self.killed += 1
            return None if carried_out else "refuse"

        self.board.fault = fault
        for message in (_INITIALIZE, _INITIALIZED, _call(tool, arguments)):
            server.stdin.write(json.dumps(message).encode() + b"\n")
        server.stdin.flush()
        await asyncio.to_thread(_answer_of, server)
        server.kill()
        await asyncio.to_thread(server.communicate)
        while self.board.in_flight:
            await asyncio.sleep(0.01)
        self.board.fault = lambda _: None

    def check(self) -> None:
        """The log can be read line by line, and the database is sound."""
        log = self.folder / "audit.jsonl"
        for line in log.read_text("utf-8").splitlines() if log.exists() else ():
            json.loads(line)
        with closing(sqlite3.connect(self.folder / "sandbox.db")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


_INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "kills", "version": "1"},
    },
}
_INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def _call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


def _answer_of(server: subprocess.Popen[bytes]) -> None:
    """Reads until the call is answered, or the server is no more."""
    assert server.stdout
    for line in server.stdout:
        if json.loads(line).get("id") == 2:
            return


async def new_board(client: Client) -> str:
    made = await client.call_tool("miro_boards_write", {"operation": "create", "name": "Kills"})
    return str(value_of(made)["id"])


_FIELDS = {
    "miro_items_read": ["id", "type", "data.content", "data.title", "parent.id"],
    "miro_connectors_read": ["id", "startItem.id", "endItem.id", "captions.content"],
}


async def listed(client: Client, tool: str, board_id: str) -> list[dict[str, Any]]:
    """All of a board's items or lines, with what is looked at here: more would be cut from a long answer."""
    given = {"operation": "list", "board_id": board_id, "max_items": 1000, "fields": _FIELDS[tool]}
    listed = value_of(await client.call_tool(tool, given))
    assert len(listed.get("data", [])) == listed.get("total", 0), "not all is listed"
    return listed.get("data", [])


async def shown_on(client: Client, board_id: str) -> Shown:
    items = await listed(client, "miro_items_read", board_id)
    lines = await listed(client, "miro_connectors_read", board_id)
    said = {one["id"]: _said_by(one) for one in items}
    framed = {one["id"]: one.get("parent", {}).get("id") in said for one in items}
    shown: Shown = Counter((one["type"], said[one["id"]], framed[one["id"]]) for one in items)
    for line in lines:
        captions = tuple(text_of_html(one["content"]) for one in line.get("captions", ()))
        shown[("line", said[line["startItem"]["id"]], said[line["endItem"]["id"]], captions)] += 1
    return shown


def _said_by(item: dict[str, Any]) -> str:
    data = item.get("data", {})
    return text_of_html(data.get("content") or data.get("title") or "")


@dataclass(frozen=True)
class Scene:
    """A call to be killed in: what has to be there first, and the call itself, once that is there."""

    name: str
    tool: str
    prepare: Callable[[Client, str], Awaitable[dict[str, Any]]]


BEFORE = """flowchart TD
  subgraph S [Shop]
    a[Order] -->|paid| b{In stock?}
    z[Old step] --> b
  end
  b -->|yes| c[Ship]
  b -->|no| d[Back order]
  c --> e((Done))
  d -.-> c
  y[Old end] --> e
  x[Older end] --> y
"""
AFTER = """flowchart TD
  subgraph S [Shop]
    a[Order placed] -->|paid| b{In stock?}
    f[Check] -->|fine| b
  end
  subgraph T [Thanks]
    g[Thank] --> h[Ask for a review]
  end
  b -->|yes| c[Ship]
  b -->|no| d[Back order]
  c --> e((Done))
  a --> c
  e --> g
"""


async def _new_diagram(_: Client, __: str) -> dict[str, Any]:
    return {"mermaid": BEFORE, "title": "Orders"}


async def _new_framed_diagram(_: Client, __: str) -> dict[str, Any]:
    return {"mermaid": AFTER, "title": "Orders", "framed": True}


async def _update(client: Client, board_id: str) -> dict[str, Any]:
    drawn = await client.call_tool("miro_diagram_write", {"board_id": board_id, "mermaid": BEFORE, "framed": True})
    return {"mermaid": AFTER, "diagram_id": value_of(drawn)["diagram_id"]}


async def _sequence(client: Client, board_id: str) -> dict[str, Any]:
    lines = ["A->>B: one", "B->>C: two", "Note over B: wait", "C-->>A: three"]
    drawn = await client.call_tool(
        "miro_diagram_write", {"board_id": board_id, "mermaid": "\n".join(["sequenceDiagram", *lines])}
    )
    after = "\n".join(["sequenceDiagram", "A->>C: first", *lines[:2], "B->>A: more", lines[3]])
    return {"mermaid": after, "diagram_id": value_of(drawn)["diagram_id"]}


_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg">
<g data-miro-kind="frame" id="f"><rect x="2000" y="0" width="900" height="600" fill="#ffffff"/><text>Plan</text></g>
<g id="a" data-miro-parent="#f"><rect x="2050" y="100" width="160" height="80" fill="#ffeeaa"/><text>Alpha</text></g>
<g id="b" data-miro-parent="#f"><rect x="2350" y="100" width="160" height="80" fill="#ffeeaa"/><text>Beta</text></g>
<g id="n" data-miro-kind="sticky_note"><rect x="3000" y="100" width="199" height="228" fill="#fff9b1"/>
<text>Note</text></g>
<g id="c"><ellipse cx="3400" cy="200" rx="80" ry="50" fill="#aaddff"/><text>Gamma</text></g>
<line data-miro-start="#a" data-miro-end="#b" stroke="#333333"/>
<line data-miro-start="#b" data-miro-end="#c" stroke="#333333"/>
</svg>"""


async def _new_svg(_: Client, __: str) -> dict[str, Any]:
    return {"svg": _DRAWING}


async def _edited_svg(client: Client, board_id: str) -> dict[str, Any]:
    """Edits everything that the drawing made: a frame is moved, texts are changed, one is deleted, more are drawn."""
    await client.call_tool("miro_svg_write", {"board_id": board_id, "svg": _DRAWING})
    view = await client.call_tool("miro_board_view", {"board_id": board_id, "format": "svg"})
    svg = next(block.text for block in view.content if block.type == "text" and block.text.startswith("<svg"))
    svg = svg.replace("Alpha", "Alphabet").replace("Beta", "Better").replace(">Note<", ">Noted<")
    frame = next(one["id"] for one in await listed(client, "miro_items_read", board_id) if one["type"] == "frame")
    gamma = next(one["id"] for one in await listed(client, "miro_items_read", board_id) if "Gamma" in _said_by(one))
    svg = re.sub(rf'(<g [^>]*data-miro-id="{gamma}")', r'\1 data-miro-delete="true"', svg)
    assert frame in svg
    more = '<g id="m"><rect x="3000" y="900" width="160" height="80" fill="#ccffcc"/><text>More</text></g>'
    end = '<g id="o"><rect x="3300" y="900" width="160" height="80" fill="#ccffcc"/><text>Over</text></g>'
    line = '<line data-miro-start="#m" data-miro-end="#o" stroke="#333333"/>'
    return {"svg": svg.replace("</svg>", f"{more}{end}{line}</svg>")}


_LAYOUT = """<frame title="Retro" style="display:flex; gap:24px">
<div style="flex-direction:column"><h3>Well</h3><note tags="team">Pairing</note><note>Demo</note></div>
<div style="flex-direction:column"><h3>Badly</h3><note>Builds</note><card id="fix">Fix the builds</card></div>
<div style="flex-direction:column">
<shape kind="rectangle" id="b1">Ask</shape><shape kind="rectangle" id="b2">Act</shape></div>
</frame>
<line from="#b1" to="#b2">then</line>"""


async def _new_layout(_: Client, __: str) -> dict[str, Any]:
    return {"html": _LAYOUT}


SCENES = (
    Scene("new diagram", "miro_diagram_write", _new_diagram),
    Scene("new framed diagram", "miro_diagram_write", _new_framed_diagram),
    Scene("update of a diagram", "miro_diagram_write", _update),
    Scene("update of a sequence diagram", "miro_diagram_write", _sequence),
    Scene("new layout", "miro_layout_write", _new_layout),
    Scene("new SVG", "miro_svg_write", _new_svg),
    Scene("edited SVG", "miro_svg_write", _edited_svg),
)


async def whole(ground: Ground, scene: Scene) -> tuple[Shown, int]:
    """What a call of a scene comes to that nothing cuts off, and how many changes it takes."""
    async with ground.client() as client:
        board_id = await new_board(client)
        given = await scene.prepare(client, board_id)
        ground.board.seen.clear()
        result = await client.call_tool(scene.tool, {"board_id": board_id, **given})
        assert not result.is_error, result
        changes = len(ground.board.changes)
        return await shown_on(client, board_id), changes


async def kill_and_call_again(ground: Ground, scene: Scene, wanted: Shown, changes: int, rng: random.Random) -> None:
    """One kill, and the same call again."""
    async with ground.client() as client:
        board_id = await new_board(client)
        given = {"board_id": board_id, **await scene.prepare(client, board_id)}
        change, carried_out = rng.randrange(changes), rng.random() < 0.5
        await ground.kill_in(scene.tool, given, change, carried_out=carried_out)
        ground.check()
        told = f"{scene.name}, killed at change {change} of {changes}, {'' if carried_out else 'not '}carried out"
        again = await client.call_tool(scene.tool, given)
        assert not again.is_error, (told, again)
        shown = await shown_on(client, board_id)
        assert shown == wanted, (told, "missing", wanted - shown, "left over", shown - wanted)
        read = await client.call_tool("miro_diagram_read", {"board_id": board_id})
        if scene.tool == "miro_diagram_write":
            notes = str(value_of(read)["notes"])
            assert "broke off" not in notes, (told, notes)
            assert "not what was drawn" not in notes, (told, notes)


STEPS = [
    {
        "id": f"step{number}",
        "tool": "miro_tags_write",
        "arguments": {"operation": "create", "title": f"Tag {number}"},
    }
    for number in range(12)
]


async def kill_a_batch(ground: Ground, rng: random.Random) -> None:
    """The log of a batch that was cut off says of each step whether it was done, may have been, or wasn't begun."""
    async with ground.client() as client:
        board_id = await new_board(client)
        steps = [{**step, "arguments": {**step["arguments"], "board_id": board_id}} for step in STEPS]
        carried_out = rng.random() < 0.5
        await ground.kill_in("miro_batch", {"steps": steps}, rng.randrange(len(steps)), carried_out=carried_out)
        ground.check()
        tags = await client.call_tool("miro_tags_read", {"operation": "list", "board_id": board_id, "max_items": 100})
        made = {one["title"] for one in value_of(tags).get("data", [])}
        lines = (json.loads(line) for line in (ground.folder / "audit.jsonl").read_text("utf-8").splitlines())
        outcomes = {line["step"]: line["outcome"] for line in lines if line.get("ids", {}).get("board_id") == board_id}
        for number, step in enumerate(steps):
            outcome, is_made = outcomes.get(step["id"]), f"Tag {number}" in made
            assert outcome in ({"done", "pending"} if is_made else {"pending", None}), (step["id"], outcome, is_made)


def chart_of(nodes: int, *, from_number: int = 0, word: str = "Step") -> str:
    """A flowchart of so many nodes in rows of five, each joined to the one before and to one above."""
    keys = range(from_number, from_number + nodes)
    lines = [f"n{number}[{word} {number}]" for number in keys]
    lines += [f"n{number - 1} --> n{number}" for number in keys if number > from_number]
    lines += [f"n{number - 5} -->|up| n{number}" for number in keys if number >= from_number + 5]
    return "\n".join(["flowchart LR", *lines])


def bad_day(rng: random.Random, share: float) -> Callable[[Seen], str | None]:
    """So large a share of requests meets each fault."""

    def fault(_: Seen) -> str | None:
        drawn = rng.random()
        return FAULTS[int(drawn / share)] if drawn < share * len(FAULTS) else None

    return fault


async def draw_on_a_bad_day(ground: Ground, nodes: int, rng: random.Random, share: float) -> tuple[int, int]:
    """Draws a diagram and changes it while requests fail; how many calls each took.

    What is on the board is always named: by the record of a diagram that is done, or by the error.
    """
    async with ground.client() as client:
        board_id = await new_board(client)
        drawing = {"board_id": board_id, "mermaid": chart_of(nodes), "framed": True}
        drawn, draws = await _until_done(ground, client, drawing, rng, share)
        await _check_shown(ground, client, board_id, str(drawing["mermaid"]))
        after = chart_of(nodes, from_number=nodes // 10)
        changing = {"board_id": board_id, "mermaid": after, "diagram_id": value_of(drawn)["diagram_id"]}
        _, changes = await _until_done(ground, client, changing, rng, share)
        await _check_shown(ground, client, board_id, after)
        return draws, changes


async def _check_shown(ground: Ground, client: Client, board_id: str, chart: str) -> None:
    shown, wanted = await shown_on(client, board_id), await _undisturbed(ground, chart)
    records = {key: count for key, count in (shown - wanted).items() if key[1] == "·"}
    assert shown - wanted == records, ("left over", shown - wanted)
    assert not wanted - shown, ("missing", wanted - shown)


async def _undisturbed(ground: Ground, chart: str) -> Shown:
    async with ground.client() as client:
        board_id = await new_board(client)
        given = {"board_id": board_id, "mermaid": chart, "framed": True}
        assert not (await client.call_tool("miro_diagram_write", given)).is_error
        return await shown_on(client, board_id)


async def _until_done(
    ground: Ground, client: Client, given: dict[str, Any], rng: random.Random, share: float
) -> tuple[Any, int]:
    for calls in range(1, 4):
        ground.board.fault = bad_day(rng, share)
        result = await client.call_tool("miro_diagram_write", given)
        ground.board.fault = lambda _: None
        if not result.is_error:
            return result, calls
        told = result.content[0].text
        if "diagram_id" not in given:
            there = await listed(client, "miro_items_read", given["board_id"])
            assert {one["id"] for one in there} <= set(re.findall(r"\d{19}", told)), told
        assert not ("before trying again" in told and "taken away again" in told), told
    raise AssertionError(told)
