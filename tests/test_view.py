"""`miro_board_view` through MCP: pictures, SVG, refusals, and drawing that neither blocks nor outlives its limit."""

import asyncio
import base64
import os
import signal
import struct
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from boards import mixed_board, serve
from drawn import groups
from mcp import Client
from mcp.types import CallToolResult
from support import ERAS, connected, recording, settings_for, svg_of, value_of

from miro_mcp.settings import Settings
from miro_mcp.workers import pool as workers
from miro_mcp.workflows.view.tool import APP_URI

LAUNCH, RETRO = "uXjVHarbour=", "uXjVRetro14="


def on_sandbox(folder: Path, work: Callable[[Client], Awaitable[Any]], era: str = "auto", **environment: str) -> Any:
    async def run() -> Any:
        settings = Settings.from_environment({"MIRO_SANDBOX": str(folder / "sandbox.db"), **environment})
        async with connected(settings, era) as client:
            return await work(client)

    return asyncio.run(run())


def viewed(folder: Path, era: str = "auto", **asked: Any) -> CallToolResult:
    return on_sandbox(folder, lambda client: client.call_tool("miro_board_view", asked), era)


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("era", ERAS)
def test_a_board_is_a_picture_with_its_region_scale_and_findings(tmp_path: Path, era: str) -> None:
    result = viewed(tmp_path, era, board_id=LAUNCH)
    told, shown = result.content
    value = value_of(result)
    assert (told.type, shown.type, shown.mime_type) == ("text", "image", "image/png")
    assert value["findings"] == []
    assert (value["items"], value["connectors"]) == (7, 5)
    assert list(size_of(base64.b64decode(shown.data))) == value["pixels"]
    assert value["pixels"][0] == round(value["region"]["width"] * value["scale"])


@pytest.mark.parametrize("era", ERAS)
def test_svg_is_text_that_has_every_item_and_connector(tmp_path: Path, era: str) -> None:
    async def work(client: Client) -> tuple[CallToolResult, list[str]]:
        read = {"operation": "list", "board_id": LAUNCH, "max_items": 100, "fields": ["id"]}
        listed = [await client.call_tool(f"miro_{name}_read", read) for name in ("items", "connectors")]
        ids = [one["id"] for page in listed for one in value_of(page)["data"]]
        return await client.call_tool("miro_board_view", {"board_id": LAUNCH, "format": "svg"}), ids

    result, ids = on_sandbox(tmp_path, work, era)
    assert value_of(result)["findings"] == []
    svg = svg_of(result)
    assert [block.text for block in result.content][1:] == [svg]
    assert groups(svg).keys() == set(ids)
    assert ET.fromstring(svg).get("data-miro-link") == f"https://miro.com/app/board/{LAUNCH}"


def test_a_frame_a_region_and_chosen_items_are_shown_alone(tmp_path: Path) -> None:
    async def work(client: Client) -> list[int]:
        frames = {"operation": "list", "board_id": RETRO, "type": "frame"}
        frame = value_of(await client.call_tool("miro_items_read", frames))["data"][0]
        asked = [
            {"frame_id": frame["id"]},
            {"region": {"x": -250, "y": 0, "width": 500, "height": 250}},
            {"item_ids": [frame["id"]]},
        ]
        results = [await client.call_tool("miro_board_view", {"board_id": RETRO, **one}) for one in asked]
        return [value_of(one)["items"] for one in results]

    assert on_sandbox(tmp_path, work) == [3, 2, 3]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"frame_id": "5"}, "frame_id: there is no frame 5"),
        ({"item_ids": ["5", "6"]}, "item_ids: 5, 6 are not on this board"),
        ({"frame_id": "5", "item_ids": ["6"]}, "frame_id or item_ids, never both"),
        ({"region": {"x": 0, "y": 0, "width": 0, "height": 5}}, "region.width"),
        ({"format": "jpeg"}, "format"),
    ],
)
def test_what_can_not_be_shown_is_refused_by_name(tmp_path: Path, asked: dict[str, Any], named: str) -> None:
    result = viewed(tmp_path, board_id=LAUNCH, **asked)
    assert result.is_error
    assert named in result.content[0].text


@pytest.mark.parametrize("era", ERAS)
def test_the_board_is_a_resource_as_svg_too(tmp_path: Path, era: str) -> None:
    read = on_sandbox(tmp_path, lambda client: client.read_resource(f"miro://boards/{LAUNCH}/view.svg"), era)
    (content,) = read.contents
    assert content.mime_type == "image/svg+xml"
    assert len(groups(content.text)) == 12


@pytest.mark.parametrize("era", ERAS)
def test_the_tool_names_its_app_and_the_app_asks_for_nothing_from_outside(tmp_path: Path, era: str) -> None:
    async def work(client: Client) -> tuple[Any, Any]:
        (tool,) = [tool for tool in (await client.list_tools()).tools if tool.name == "miro_board_view"]
        return tool.meta, (await client.read_resource(APP_URI)).contents[0]

    meta, page = on_sandbox(tmp_path, work, era)
    assert meta == {"ui": {"resourceUri": APP_URI}, "ui/resourceUri": APP_URI}
    assert page.mime_type == "text/html;profile=mcp-app"
    assert page.meta["ui"]["csp"] == {
        name: [] for name in ("connectDomains", "resourceDomains", "frameDomains", "baseUriDomains")
    }
    assert "default-src 'none'" in page.text
    assert "unsafe" not in page.text.split("</head>")[0].split("<style>")[0]


@pytest.mark.slow
def test_the_server_answers_other_calls_while_it_draws() -> None:
    made = mixed_board(items=1000, frames=20, connectors=600)

    async def run(settings: Settings) -> tuple[CallToolResult, int]:
        async with connected(settings) as client:
            await client.call_tool("miro_board_view", {"board_id": made.board["id"]})
            picture = asyncio.ensure_future(client.call_tool("miro_board_view", {"board_id": made.board["id"]}))
            answered = 0
            while not picture.done():
                result = await client.call_tool("miro_boards_read", {"operation": "get", "board_id": made.board["id"]})
                assert not result.is_error
                answered += 1
            return await picture, answered

    with recording(serve(made)) as api:
        result, answered = asyncio.run(run(settings_for(api)))
    assert not result.is_error
    assert answered > 5


def test_a_drawing_that_takes_too_long_is_ended_and_the_next_one_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(client: Client) -> tuple[CallToolResult, CallToolResult]:
        asked = {"board_id": LAUNCH}
        await client.call_tool("miro_board_view", asked)
        (worker,) = workers._idle
        os.kill(worker._process.pid, signal.SIGSTOP)
        monkeypatch.setattr(workers, "TIME_LIMIT", 0.3)
        late = await client.call_tool("miro_board_view", asked)
        assert not worker.is_alive
        monkeypatch.undo()
        return late, await client.call_tool("miro_board_view", asked)

    late, drawn = on_sandbox(tmp_path, work)
    assert late.is_error
    assert "frame_id" in late.content[0].text
    assert not drawn.is_error


def test_a_worker_that_died_is_replaced(tmp_path: Path) -> None:
    async def work(client: Client) -> CallToolResult:
        await client.call_tool("miro_board_view", {"board_id": LAUNCH})
        (worker,) = workers._idle
        os.kill(worker._process.pid, signal.SIGKILL)
        worker._process.wait()
        return await client.call_tool("miro_board_view", {"board_id": LAUNCH})

    assert not on_sandbox(tmp_path, work).is_error


def test_a_cancelled_drawing_ends_its_worker(tmp_path: Path) -> None:
    async def work(client: Client) -> bool:
        await client.call_tool("miro_board_view", {"board_id": LAUNCH})
        (worker,) = workers._idle
        os.kill(worker._process.pid, signal.SIGSTOP)
        asked = asyncio.ensure_future(client.call_tool("miro_board_view", {"board_id": LAUNCH}))
        while workers._idle:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        deadline = time.monotonic() + 10
        while worker.is_alive and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        return worker.is_alive

    assert on_sandbox(tmp_path, work) is False


def test_a_drawing_that_fails_says_so() -> None:
    async def work() -> None:
        from miro_mcp.board.contents import Contents
        from miro_mcp.drawing.job import DrawingJob, draw_in_worker

        await draw_in_worker(DrawingJob(contents=Contents({}), frame_id="nowhere"))

    with pytest.raises(workers.NotWorkedOut, match="KeyError"):
        asyncio.run(work())
