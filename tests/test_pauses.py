"""What takes long is done beside the loop: large answers, large boards, and what is loaded late."""

import io
import threading
from typing import Any

import pytest
from boards import empty_board, mixed_board, serve
from support import connected, recording, settings_for, value_of

from miro_mcp.board.contents import Contents, connector_of, placed
from miro_mcp.diagrams.recognise import recognise
from miro_mcp.system.aside import MANY, aside
from miro_mcp.tools import results
from miro_mcp.workers.pipe import Returned, receive, send

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize(
    ("value", "is_aside"),
    [
        ([0] * MANY, True),
        ({"data": [0] * MANY, "total": MANY}, True),
        ({"data": [0] * (MANY - 1)}, False),
        ({"id": "1"}, False),
        ("text" * MANY, False),
        (None, False),
    ],
)
async def test_what_is_about_many_entries_is_worked_out_in_a_thread(value: Any, is_aside: bool) -> None:
    here = threading.get_ident()
    assert (await aside(value, threading.get_ident) != here) == is_aside


@pytest.mark.parametrize("verbose", [False, True])
async def test_long_lists_are_shaped_and_cut_off_the_loop(verbose: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[int] = set()
    to_text = results.to_text

    def noting(value: Any) -> str:
        threads.add(threading.get_ident())
        return to_text(value)

    for module in ("miro_mcp.tools.fit", "miro_mcp.tools.serve"):
        monkeypatch.setattr(f"{module}.to_text", noting)
    board = mixed_board(400, 0, 0)
    given = {"operation": "list", "board_id": board.id, "max_items": 400, "verbose": verbose}
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder)) as client:
            told = value_of(await client.call_tool("miro_items_read", given))
    assert told["left_out"] == 400 - len(told["data"]) > 0
    # The beginning of the list is short again, and written where the call is answered.
    assert len(threads - {threading.get_ident()}) >= 1


def test_a_value_goes_through_a_pipe_and_one_that_breaks_off_is_the_end() -> None:
    stream = io.BytesIO()
    long = Returned(list(range(100_000)))
    send(stream, Returned("first"))
    begins = stream.tell()
    send(stream, long)
    stream.seek(0)
    assert receive(stream) == Returned("first")
    assert receive(stream) == long
    whole = stream.getvalue()[begins:]
    for size in (0, 5, len(whole) // 2, len(whole) - 1):
        with pytest.raises(EOFError):
            receive(io.BytesIO(whole[:size]))


def alike(count: int) -> Contents:
    """So many notes that say nothing, each in a frame of its own."""
    raws: list[dict[str, Any]] = []
    for number in range(count):
        frame = {"id": f"1{number:06}", "type": "frame", "data": {"title": "F"}}
        place = {"x": number * 900, "y": 0, "relativeTo": "canvas_center"}
        raws.append(frame | {"position": place, "geometry": {"width": 800, "height": 600}})
        note = {"id": f"2{number:06}", "type": "sticky_note", "data": {"content": ""}, "parent": {"id": frame["id"]}}
        raws.append(note | {"position": {"x": 400, "y": 300}, "geometry": {"width": 199, "height": 228}})
    return Contents(board=empty_board().board, items=placed(raws))


def test_each_of_many_nodes_alike_has_a_key_of_its_own_and_its_group() -> None:
    contents = alike(300)
    read = recognise(contents, contents.items.values())
    assert len({node.key for node in read.graph.nodes}) == 300
    for node in read.graph.nodes:
        assert contents.items[read.ids[node.key]].parent_id == read.ids[node.group or ""]


async def test_a_graph_is_read_kind_by_kind_where_the_list_of_all_is_long() -> None:
    board = mixed_board(400, 4, 60)
    given = {"board_id": board.id, "max_tokens": 500_000}
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder)) as client:
            found = value_of(await client.call_tool("miro_diagram_read", given))
    items = placed([*board.items, *board.mindmap_nodes])
    expected = Contents(board.board, items, tuple(map(connector_of, board.connectors)))
    assert len(found["nodes"]) == len(recognise(expected, items.values()).graph.nodes)
    assert len(found["edges"]) >= 60
    listed = [dict(one.query) for one in recorder.requests if one.path.endswith("/items")]
    assert len([one for one in listed if "type" not in one]) == 1
