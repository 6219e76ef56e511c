"""Boards as resources, in both eras: their list, one in words and as SVG, ids completed, and the operator's bounds."""

import json
import re

import pytest
from boards import BOARD_ID, mixed_board, serve
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp.types import ResourceTemplateReference, TextResourceContents
from support import ERAS, Recorded, connected, recording, settings_for, text_of

from miro_mcp.settings import Settings

pytestmark = pytest.mark.anyio
HARBOUR = "uXjVHarbour="
TEMPLATES = ("miro://boards/{board_id}", "miro://boards/{board_id}/view.svg")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def sandbox(tmp_path, **environment: str) -> Settings:
    return Settings.from_environment({"MIRO_SANDBOX": str(tmp_path / "sandbox.db"), **environment})


async def content(client: Client, uri: str) -> TextResourceContents:
    (found,) = (await client.read_resource(uri)).contents
    assert isinstance(found, TextResourceContents)
    return found


@pytest.mark.parametrize("era", ERAS)
async def test_resources_and_templates_are_listed(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        resources = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
    (boards,) = [one for one in resources if one.uri.startswith("miro:")]
    assert (boards.uri, boards.mime_type) == ("miro://boards", "application/json")
    assert tuple(one.uri_template for one in templates) == TEMPLATES
    assert all(one.title and one.description for one in [boards, *templates])


@pytest.mark.parametrize("era", ERAS)
async def test_the_boards_are_listed_and_each_uri_leads_to_its_overview(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        listed = json.loads((await content(client, "miro://boards")).text)
        told = [(await content(client, board["uri"])).text for board in listed["boards"]]
        answer = await client.call_tool("miro_board_overview", {"board_id": HARBOUR})
        escaped = await content(client, "miro://boards/uXjVHarbour%3D")
    assert listed["total"] == len(told) == 2
    for board, text in zip(listed["boards"], told, strict=True):
        assert text.startswith(f"Board {board['id']}: {board['name']}\n")
    assert text_of(answer) in told
    assert (escaped.text, escaped.mime_type) == (text_of(answer), "text/plain")


@pytest.mark.parametrize("era", ERAS)
async def test_a_board_is_there_as_svg(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        picture = await content(client, f"miro://boards/{HARBOUR}/view.svg")
        text = (await content(client, f"miro://boards/{HARBOUR}")).text
    assert picture.mime_type == "image/svg+xml"
    assert picture.text.startswith("<svg")
    ids = {*re.findall(r"^(\d{19}) ", text, re.MULTILINE)}
    assert ids
    assert ids <= {*re.findall(r'data-miro-id="(\d+)"', picture.text)}


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("miro://boards/uXjVNowhere=", "404"),
        ("miro://boards/a%20b", "no board with such an id"),
        ("miro://boards/..%2Fusers", "Unknown resource"),
        ("miro://elsewhere", "Unknown resource"),
    ],
)
async def test_what_is_not_there_is_an_error_that_says_so(tmp_path, era: str, uri: str, said: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        with pytest.raises(MCPError, match=said):
            await client.read_resource(uri)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("template", TEMPLATES)
async def test_board_ids_are_completed_by_name(tmp_path, era: str, template: str) -> None:
    async with connected(sandbox(tmp_path), era) as client:
        reference = ResourceTemplateReference(type="ref/resource", uri=template)
        found = await client.complete(reference, {"name": "board_id", "value": "harbour app"})
        nothing = await client.complete(reference, {"name": "board_id", "value": "no such board"})
        unknown = await client.complete(reference, {"name": "frame_id", "value": "harbour app"})
    assert found.completion.values == [HARBOUR]
    assert nothing.completion.values == unknown.completion.values == []


@pytest.mark.parametrize("era", ERAS)
async def test_only_allowed_boards_are_listed_read_and_completed(era: str) -> None:
    board = mixed_board(10, 1, 5)
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder, MIRO_ALLOWED_BOARDS=BOARD_ID), era) as client:
            listed = json.loads((await content(client, "miro://boards")).text)
            with pytest.raises(MCPError, match="MIRO_ALLOWED_BOARDS"):
                await client.read_resource("miro://boards/uXjVOther00=")
            with pytest.raises(MCPError, match="MIRO_ALLOWED_BOARDS"):
                await client.read_resource("miro://boards/uXjVOther00=/view.svg")
    assert [one["id"] for one in listed["boards"]] == [BOARD_ID]
    assert all(BOARD_ID.rstrip("=") in request.path for request in recorder.requests)


@pytest.mark.parametrize("era", ERAS)
async def test_without_the_default_toolset_there_are_no_boards(tmp_path, era: str) -> None:
    async with connected(sandbox(tmp_path, MIRO_TOOLSETS="scim"), era) as client:
        assert [one for one in (await client.list_resources()).resources if one.uri.startswith("miro:")] == []
        assert (await client.list_resource_templates()).resource_templates == []


@pytest.mark.parametrize("era", ERAS)
async def test_where_reads_are_confirmed_nobody_is_asked_for_a_resource(era: str) -> None:
    def reply(request: Recorded) -> tuple[int, object]:
        raise AssertionError(request.path)

    with recording(reply) as recorder:
        settings = settings_for(recorder, MIRO_RULES="0=confirm", MIRO_CONFIRM="ask")
        async with connected(settings, era) as client:
            with pytest.raises(MCPError, match="call the tool instead"):
                await client.read_resource("miro://boards")
    assert recorder.requests == []


@pytest.mark.parametrize("era", ERAS)
async def test_names_of_boards_hide_nothing(era: str) -> None:
    board = mixed_board(1, 0, 0)
    board.board["name"] = "a\u202eb"
    with recording(serve(board)) as recorder:
        async with connected(settings_for(recorder), era) as client:
            assert "\\u202e" in json.loads((await content(client, "miro://boards")).text)["boards"][0]["name"]
