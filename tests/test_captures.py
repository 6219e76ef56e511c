"""Boards as the live API shows them are read, seen and told right."""

import pytest
from boards import serve
from captures import CAPTURES, Capture
from support import Recorded, connected, recording, settings_for, svg_of, text_of, value_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def answering(found: Capture):
    """What stands for Miro; `items*` is broken on the experimental list alone."""
    broken = {name: status for name, status in found.broken.items() if "*" not in name}
    reply = serve(found.board, broken=broken)
    refused = {name.rstrip("*"): status for name, status in found.broken.items() if "*" in name}

    def answer(request: Recorded):
        status = refused.get(request.path.rpartition("/")[2]) if "experimental" in request.path else None
        return (status, {"status": status, "message": "no"}) if status else reply(request)

    return answer


@pytest.mark.parametrize("name", CAPTURES)
async def test_a_live_board_is_read_seen_and_told_right(name: str) -> None:
    found = CAPTURES[name]()
    board_id = {"board_id": found.board.id}
    with recording(answering(found)) as recorder:
        async with connected(settings_for(recorder)) as client:
            overview = await client.call_tool("miro_board_overview", {**board_id, "budget": 20000})
            picture = await client.call_tool("miro_board_view", {**board_id, "format": "svg"})
            png = await client.call_tool("miro_board_view", board_id)
            graph = await client.call_tool("miro_diagram_read", board_id)
    told, seen = text_of(overview), svg_of(picture)
    assert [text for text in found.told if text not in told] == [], told
    assert [text for text in found.seen if text not in seen] == [], seen
    assert [text for text in found.never if text in told or text in seen] == [], told
    assert not png.is_error
    if found.edges:
        read = value_of(graph)
        ids = read["items"]
        assert [(ids[edge["start"]], ids[edge["end"]]) for edge in read["edges"]] == found.edges


def test_there_are_thirty_captures() -> None:
    assert len(CAPTURES) >= 30
