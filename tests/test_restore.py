"""Undo: what a call deleted or overwrote is kept before it goes, and made again when asked."""

import asyncio
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, connected, over_stdio, text_of, value_of

from miro_mcp.keeping import file as keeping
from miro_mcp.keeping.file import KeptFile
from miro_mcp.settings import Settings

LAUNCH, RETRO = "uXjVHarbour=", "uXjVRetro14="

Value = dict[str, Any]


class Desk:
    def __init__(self, client: Client) -> None:
        self.client = client

    async def call(self, tool: str, **given: Any) -> Value:
        result = await self.client.call_tool(tool, given)
        assert not result.is_error, result.content
        return value_of(result)

    async def items(self, board_id: str) -> list[Value]:
        given = {"operation": "list", "board_id": board_id, "max_items": 200}
        return (await self.call("miro_items_read", **given))["data"]

    async def lines(self, board_id: str) -> list[Value]:
        return (await self.call("miro_connectors_read", operation="list", board_id=board_id, max_items=200))["data"]

    async def delete(self, board_id: str, *ids: str) -> Value:
        given = {"operation": "delete", "board_id": board_id}
        steps = [{"tool": "miro_items_delete", "arguments": {**given, "item_id": one}} for one in ids]
        return await self.call("miro_batch", steps=steps)


def environment(folder: Path) -> dict[str, str]:
    return {
        "MIRO_SANDBOX": str(folder / "box.db"),
        "MIRO_AUDIT_LOG": str(folder / "audit.jsonl"),
        "MIRO_CONFIRM": "allow",
    }


def at_desk(folder: Path, work: Callable[[Desk], Awaitable[Any]], era: str = "auto", **more: str) -> Any:
    async def run() -> Any:
        async with connected(Settings.from_environment(environment(folder) | more), era) as client:
            return await work(Desk(client))

    return asyncio.run(run())


def essence(items: list[Value], lines: list[Value]) -> list[str]:
    """A board without its ids: each item with its frame, each line with what it joins."""
    names = {one["id"]: json.dumps(one.get("data"), sort_keys=True) for one in items}
    told = []
    for one in (*items, *lines):
        shown = {name: value for name, value in one.items() if name not in ("id", "parent", "startItem", "endItem")}
        shown |= {name: names.get(one[name]["id"], "?") for name in ("parent", "startItem", "endItem") if one.get(name)}
        told.append(re.sub(r"(\d)\.0\b", r"\1", json.dumps(shown, sort_keys=True)))
    return sorted(told)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("board_id", [LAUNCH, RETRO])
def test_a_board_that_was_emptied_is_as_it_was(tmp_path: Path, board_id: str, era: str) -> None:
    async def work(desk: Desk) -> None:
        before = essence(await desk.items(board_id), await desk.lines(board_id))
        items = await desk.items(board_id)
        await desk.delete(board_id, *(one["id"] for one in items))
        assert await desk.items(board_id) == []
        restored = await desk.call("miro_restore")
        (board,) = restored["boards"]
        assert board["not_restored"] == []
        assert {one["old"] for one in board["restored"]} == {one["id"] for one in items}
        now = await desk.items(board_id)
        assert {one["new"] for one in board["restored"]} == {one["id"] for one in now}
        assert essence(now, await desk.lines(board_id)) == before
        again = await desk.client.call_tool("miro_restore", {})
        assert again.is_error
        assert "nothing to undo" in text_of(again)

    at_desk(tmp_path, work, era)


def test_what_was_in_a_deleted_frame_is_in_it_again(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        before = essence(await desk.items(RETRO), [])
        frame = next(one for one in await desk.items(RETRO) if one["type"] == "frame")
        await desk.call("miro_items_delete", operation="delete_frame", board_id=RETRO, item_id=frame["id"])
        assert essence(await desk.items(RETRO), []) != before
        (board,) = (await desk.call("miro_restore"))["boards"]
        assert board["also"] == {"back in their frames": 2}
        assert essence(await desk.items(RETRO), []) == before

    at_desk(tmp_path, work)


@pytest.mark.parametrize("era", ERAS)
def test_what_was_overwritten_is_put_back_and_nothing_else(tmp_path: Path, era: str) -> None:
    async def work(desk: Desk) -> None:
        shape = next(one for one in await desk.items(LAUNCH) if one["type"] == "shape")
        line = (await desk.lines(LAUNCH))[0]
        first, second = {"content": "one"}, {"content": "two"}
        here = {"board_id": LAUNCH, "item_id": shape["id"]}
        style, position = {"fillColor": "#ff0000"}, {"x": 9, "y": 9}
        update = {"operation": "update", **here}
        steps = [
            {"tool": "miro_shapes_write", "arguments": {**update, "data": first, "style": style}},
            {"tool": "miro_shapes_write", "arguments": {**update, "data": second, "position": position}},
            {
                "tool": "miro_connectors_write",
                "arguments": {
                    "operation": "update",
                    "board_id": LAUNCH,
                    "connector_id": line["id"],
                    "captions": [{"content": "x"}],
                    "style": {"strokeColor": "#00ff00"},
                },
            },
        ]
        await desk.call("miro_batch", steps=steps)
        await desk.call("miro_shapes_write", **update, geometry={"width": 321})
        calls = (await desk.call("miro_restore", dry_run=True))["calls"]
        assert [one["change"] for one in calls] == [1, 3]
        (board,) = (await desk.call("miro_restore", call=calls[1]["call"]))["boards"]
        assert set(board["changed_back"]) == {shape["id"], line["id"]}
        now = next(one for one in await desk.items(LAUNCH) if one["id"] == shape["id"])
        assert now == shape | {"geometry": shape["geometry"] | {"width": 321}}
        assert (await desk.lines(LAUNCH))[0]["style"]["strokeColor"] == line["style"]["strokeColor"]

    at_desk(tmp_path, work, era)


def test_tags_and_groups_come_back_where_they_were(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        notes = [one["id"] for one in await desk.items(RETRO) if one["type"] == "sticky_note"][:2]
        tag = await desk.call("miro_tags_write", operation="create", board_id=RETRO, title="urgent", fillColor="red")
        for one in notes:
            at = {"board_id": RETRO, "item_id": one, "tag_id": tag["id"]}
            await desk.call("miro_tags_write", operation="attach", **at)
        await desk.delete(RETRO, *notes)
        (board,) = (await desk.call("miro_restore"))["boards"]
        new = [one["new"] for one in board["restored"]]
        for one in new:
            told = await desk.call("miro_tags_read", operation="list_on_item", board_id=RETRO, item_id=one)
            assert [each["title"] for each in told["tags"]] == ["urgent"]
        await desk.call("miro_tags_delete", operation="delete", board_id=RETRO, tag_id=tag["id"])
        await desk.call("miro_restore")
        told = await desk.call("miro_tags_read", operation="list_on_item", board_id=RETRO, item_id=new[0])
        assert [each["title"] for each in told["tags"]] == ["urgent"]

    at_desk(tmp_path, work)


def test_what_a_diagram_and_an_svg_delete_comes_back(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        given = {"board_id": RETRO, "position": {"x": 9000, "y": 0}}
        drawn = await desk.call("miro_diagram_write", **given, mermaid="flowchart LR\n a -->|x| b --> c")
        before = essence(await desk.items(RETRO), await desk.lines(RETRO))
        fewer = {"board_id": RETRO, "mermaid": "flowchart LR\n a", "diagram_id": drawn["diagram_id"]}
        await desk.call("miro_diagram_write", **fewer)
        (board,) = (await desk.call("miro_restore"))["boards"]
        assert len(board["restored"]) == 2
        assert len(board["connectors"]) == 2
        texts = [one for one in essence(await desk.items(RETRO), await desk.lines(RETRO)) if "diagram" not in one]
        assert texts == [one for one in before if "diagram" not in one]
        marked = f'<g data-miro-id="{board["restored"][0]["new"]}" data-miro-delete="true"/>'
        await desk.call("miro_svg_write", board_id=RETRO, svg=f'<svg xmlns="http://www.w3.org/2000/svg">{marked}</svg>')
        assert len((await desk.call("miro_restore"))["boards"][0]["restored"]) == 1

    at_desk(tmp_path, work)


def test_the_file_is_the_users_own_and_holds_seven_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "audit-kept.jsonl"

    def entry(days: float, text: str = "") -> Value:
        return {"time": (datetime.now(UTC) - timedelta(days=days)).isoformat(), "entry": f"{days}{text}", "call": "a"}

    file = KeptFile(path, 7)
    for days in (8.0, 6.0, 0.0):
        file.append(entry(days))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one["entry"] for one in file.entries()] == ["6.0", "0.0"]
    KeptFile(path, 7).append(entry(0.0, "new"))
    assert "8.0" not in path.read_text(encoding="utf-8")
    monkeypatch.setattr(keeping, "MOST_BYTES", 2_000)
    for number in range(100):
        KeptFile(path, 7).append(entry(0.0, f"x{number}"))
        assert path.stat().st_size <= 2_000
    assert file.entries()[-1]["entry"] == "0.0x99"


def test_nothing_is_kept_where_it_is_switched_off(tmp_path: Path) -> None:
    async def work(desk: Desk) -> str:
        await desk.delete(LAUNCH, (await desk.items(LAUNCH))[0]["id"])
        return text_of(await desk.client.call_tool("miro_restore", {}))

    assert "MIRO_KEEP_DAYS=0" in at_desk(tmp_path, work, MIRO_KEEP_DAYS="0")
    assert not (tmp_path / "audit-kept.jsonl").exists()


def test_what_was_not_carried_out_is_not_kept(tmp_path: Path) -> None:
    async def work(desk: Desk) -> None:
        shape = next(one for one in await desk.items(LAUNCH) if one["type"] == "shape")
        wrong = {"operation": "update", "board_id": LAUNCH, "item_id": shape["id"], "parent": {"id": "1"}}
        assert (await desk.client.call_tool("miro_shapes_write", wrong)).is_error
        assert (await desk.client.call_tool("miro_restore", {"dry_run": True})).is_error

    at_desk(tmp_path, work)


@pytest.mark.parametrize("era", ERAS)
def test_after_a_yes_what_was_confirmed_is_kept_too(tmp_path: Path, era: str) -> None:
    async def accept(_: Any, params: Any) -> ElicitResult:
        return ElicitResult(action="accept", content=dict.fromkeys(params.requested_schema["properties"], True))

    async def run() -> None:
        from miro_mcp.server import build_server

        settings = Settings.from_environment(environment(tmp_path) | {"MIRO_CONFIRM": "ask"})
        async with Client(build_server(settings), mode=era, elicitation_callback=accept) as client:
            desk = Desk(client)
            ids = [one["id"] for one in await desk.items(LAUNCH)][:3]
            await desk.delete(LAUNCH, *ids)
            (board,) = (await desk.call("miro_restore"))["boards"]
            assert [one["old"] for one in board["restored"]] == ids

    asyncio.run(run())


@pytest.mark.slow
def test_the_command_undoes_what_a_server_did(tmp_path: Path) -> None:
    async def run() -> list[str]:
        async with over_stdio(os.environ | environment(tmp_path)) as client:
            desk = Desk(client)
            ids = [one["id"] for one in await desk.items(LAUNCH)][:2]
            await desk.delete(LAUNCH, *ids)
            return ids

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "miro_mcp", "restore", *arguments],
            env=os.environ | environment(tmp_path), capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    ids = asyncio.run(run())
    listed = command("--list")
    assert f"board_id {LAUNCH}" in listed.stdout, listed.stderr
    refused = command()
    assert refused.returncode == 1
    assert "Add --yes" in refused.stderr
    done = command("--yes")
    assert done.returncode == 0, done.stderr
    assert all(f"{one} is now " in done.stdout for one in ids)
    gone = command("--yes")
    assert gone.returncode == 1
    assert "nothing to undo" in gone.stderr
