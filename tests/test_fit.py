"""Answers and pictures fit what a model takes at once; what is left out is counted, and can be had."""

import base64
import json
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from boards import MadeBoard, connector, empty_board, mixed_board, serve
from mcp import Client
from mcp.types import CallToolResult
from support import connected, recording, settings_for, svg_of, text_of, value_of

from miro_mcp.settings import Settings
from miro_mcp.text.token_bound import most_tokens

pytestmark = pytest.mark.anyio

MOST = 25_000


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def board() -> MadeBoard:
    return mixed_board(1500, connectors=900)


@pytest.fixture
async def client(board: MadeBoard) -> AsyncIterator[Client]:
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder)) as one:
            yield one


def tokens_of(result: CallToolResult) -> int:
    assert not result.is_error, text_of(result)
    texts = [block.text for block in result.content if block.type == "text"]
    assert sum(len(text.encode()) for text in texts) <= 4 * MOST + 2000
    return sum(map(most_tokens, texts))


async def test_a_list_is_cut_where_its_cursor_leads_on(client: Client, board: MadeBoard) -> None:
    given = {"operation": "list", "board_id": board.id, "max_items": 2000}
    seen: list[str] = []
    more: dict[str, Any] = {}
    for _ in range(50):
        result = await client.call_tool("miro_items_read", {**given, **more})
        assert tokens_of(result) <= MOST
        told = value_of(result)
        seen += [entry["id"] for entry in told["data"]]
        if "more" not in told:
            break
        assert told["left_out"] > 0
        assert "cursor" in told["go_on"]
        more = {"cursor": told["cursor"]}
    assert seen == [item["id"] for item in board.items]


async def test_max_tokens_gives_more(client: Client, board: MadeBoard) -> None:
    given = {"operation": "list", "board_id": board.id, "max_items": 1000, "max_tokens": 500_000}
    result = await client.call_tool("miro_items_read", given)
    assert len(value_of(result)["data"]) == 1000
    refused = await client.call_tool("miro_items_read", {**given, "max_tokens": 5})
    assert "max_tokens must be a whole number from 1000 to 500000" in text_of(refused)


async def test_a_list_by_offset_says_where_to_go_on() -> None:
    names = [f"Board {number} " + "with a rather long name " * 40 for number in range(300)]
    boards = [{"id": f"uXjV{number}=", "name": name, "type": "board"} for number, name in enumerate(names)]

    def reply(request: Any) -> tuple[int, Any]:
        query = dict(request.query)
        at, limit = int(query.get("offset", 0)), int(query.get("limit", 20))
        return 200, {"data": boards[at : at + limit], "total": len(boards), "offset": at, "limit": limit}

    with recording(reply) as recorder:
        async with connected(settings_for(recorder)) as client:
            result = await client.call_tool("miro_boards_read", {"operation": "list", "max_items": 300})
    told = value_of(result)
    assert tokens_of(result) <= MOST
    assert told["offset"] == len(told["data"])
    assert told["left_out"] == 300 - len(told["data"])


async def test_a_drawing_is_cut_between_its_groups(client: Client, board: MadeBoard) -> None:
    result = await client.call_tool("miro_board_view", {"board_id": board.id, "format": "svg"})
    assert tokens_of(result) <= MOST + 500
    told, drawn = value_of(result), ElementTree.fromstring(svg_of(result))
    groups = [group for group in drawn.iter() if group.get("data-miro-id")]
    assert len(groups) + sum(told["left_out"].values()) == told["items"] + told["connectors"]
    assert "frame_id" in told["go_on"]
    edited = await client.call_tool("miro_svg_write", {"board_id": board.id, "svg": svg_of(result), "dry_run": True})
    assert not edited.is_error, text_of(edited)


async def test_a_graph_is_cut_to_its_first_nodes(client: Client, board: MadeBoard) -> None:
    result = await client.call_tool("miro_diagram_read", {"board_id": board.id})
    assert tokens_of(result) <= MOST
    told = value_of(result)
    whole = value_of(await client.call_tool("miro_diagram_read", {"board_id": board.id, "max_tokens": 500_000}))
    assert len(told["nodes"]) + told["left_out"]["nodes"] == len(whole["nodes"])
    assert len(told["edges"]) + told["left_out"]["edges"] == len(whole["edges"])
    keys = {node["key"] for node in told["nodes"]}
    assert all({edge["start"], edge["end"]} <= keys for edge in told["edges"])


async def test_a_batch_runs_to_its_end_and_leaves_answers_out(client: Client, board: MadeBoard) -> None:
    read = {"operation": "list", "board_id": board.id, "max_items": 100}
    steps = [{"id": f"s{number}", "tool": "miro_items_read", "arguments": read} for number in range(30)]
    result = await client.call_tool("miro_batch", {"steps": steps})
    assert tokens_of(result) <= MOST
    told = value_of(result)
    assert told["counts"] == {"done": 30}
    assert [one["id"] for one in told["results"]] == [step["id"] for step in steps]
    assert sum("result" in one for one in told["results"]) + told["left_out"]["answers"] == 30


@pytest.mark.slow
async def test_a_large_diagram_is_drawn_whole_and_told_in_part(tmp_path: Path) -> None:
    key = "a_key_that_is_as_long_as_those_that_people_derive_from_whole_sentences_{}"
    nodes = [{"key": key.format(number), "text": f"Step {number}"} for number in range(300)]
    edges = [{"start": one["key"], "end": other["key"]} for one, other in pairwise(nodes)]
    async with connected(Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "s.db")})) as client:
        given = {"board_id": "uXjVHarbour=", "nodes": nodes, "edges": edges}
        result = await client.call_tool("miro_diagram_write", given)
    assert tokens_of(result) <= MOST
    told = value_of(result)
    assert len(told["edges"]) + told["left_out"].get("edges", 0) == len(edges)
    assert "go_on" in told


async def test_a_long_text_is_cut_and_counted() -> None:
    made = {"id": "1", "type": "doc_format", "data": {"contentType": "markdown", "content": "word " * 60_000}}
    with recording(lambda _: (200, made)) as recorder:
        async with connected(settings_for(recorder)) as client:
            get = {"operation": "get_doc", "board_id": "uXjVMixed00=", "item_id": "1"}
            result = await client.call_tool("miro_items_read", get)
            whole = await client.call_tool("miro_items_read", {**get, "max_tokens": 200_000})
    assert tokens_of(result) <= MOST
    told = value_of(result)
    kept = told["data"]["content"].partition("…")[0]
    assert len(kept) + told["left_out"]["characters"] == 300_000
    assert len(value_of(whole)["data"]["content"]) == 300_000


def picture_of(result: CallToolResult) -> tuple[int, int, int]:
    """Width, height and bytes."""
    (image,) = [block for block in result.content if block.type == "image"]
    png = base64.b64decode(image.data)
    return *struct.unpack(">II", png[16:24]), len(png)


async def test_a_picture_is_as_large_as_models_take_it_unless_asked_for_larger(
    client: Client, board: MadeBoard
) -> None:
    width, height, size = picture_of(await client.call_tool("miro_board_view", {"board_id": board.id}))
    assert max(width, height) <= 1568
    assert size <= 1_000_000
    width, height, _ = picture_of(await client.call_tool("miro_board_view", {"board_id": board.id, "max_px": 3000}))
    assert max(width, height) == 3000
    width, height, _ = picture_of(await client.call_tool("miro_board_view", {"board_id": board.id, "max_px": 300}))
    assert max(width, height) <= 300


def notes_far_apart() -> MadeBoard:
    board = empty_board()
    for number in range(400):
        place = {"x": number % 40 * 400, "y": number // 40 * 400, "origin": "center", "relativeTo": "canvas_center"}
        board.items.append({
            "id": str(number), "type": "sticky_note", "data": {"content": f"note {number}"}, "position": place,
            "geometry": {"width": 199, "height": 228},
        })  # fmt: skip
    board.connectors.append(connector("9000", "1", "2"))
    return board


async def test_what_can_not_be_read_is_told_with_the_frame_where_it_can() -> None:
    board = notes_far_apart()
    place = {"x": 200, "y": 200, "origin": "center", "relativeTo": "canvas_center"}
    frame = {"id": "7000", "type": "frame", "data": {"title": "Here"}, "position": place}
    board.items.append(frame | {"geometry": {"width": 800, "height": 800}})
    for number in (0, 1, 40, 41):
        board.items[number]["parent"] = {"id": "7000"}
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder)) as client:
            told = value_of(await client.call_tool("miro_board_view", {"board_id": board.id}))
            shown = value_of(await client.call_tool("miro_board_view", {"board_id": board.id, "frame_id": "7000"}))
    assert 'frame_id 7000 ("Here")' in told["note"]
    assert "unread" not in shown


async def test_without_frames_it_is_told_at_which_region() -> None:
    board = notes_far_apart()
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder)) as client:
            told = value_of(await client.call_tool("miro_board_view", {"board_id": board.id}))
            region = json.loads(told["note"].partition("this size: ")[2].partition(";")[0])
            shown = value_of(await client.call_tool("miro_board_view", {"board_id": board.id, "region": region}))
    assert told["unread"] > 0
    assert shown["items"] > 0
    assert "unread" not in shown
