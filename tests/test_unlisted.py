"""Routes that no description has: there when they are asked for, and told for what they are."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from support import ERAS, connected, recording, settings_for, text_of, value_of

from miro_mcp.settings import Settings

BOARD = "uXjVHarbour="


def in_sandbox(folder: Path, toolsets: str, work: Any, era: str = "auto") -> None:
    async def run() -> None:
        environment = {"MIRO_SANDBOX": str(folder / "s.db"), "MIRO_TOOLSETS": toolsets}
        async with connected(Settings.from_environment(environment), era) as client:

            async def call(tool: str, operation: str, **given: Any) -> Any:
                result = await client.call_tool(tool, {"operation": operation, "board_id": BOARD, **given})
                assert not result.is_error, text_of(result)
                return value_of(result)

            await work(client, call)

    asyncio.run(run())


@pytest.mark.parametrize("era", ERAS)
def test_a_thread_is_begun_answered_resolved_and_told_in_the_overview(era: str, tmp_path: Path) -> None:
    async def work(client: Any, call: Any) -> None:
        items = await call("miro_items_read", "list")
        item = items["data"][0]["id"]
        thread = await call("miro_comments_write", "create", content="Is this <b>right</b>?", itemId=item)
        await call("miro_comments_write", "reply", comment_id=thread["id"], content="Yes.")
        other = await call("miro_comments_write", "create", content="Done with it")
        await call("miro_comments_write", "resolve", comment_id=other["id"], resolved=True)
        read = await call("miro_comments_read", "get", comment_id=thread["id"])
        assert [message["content"] for message in read["messages"]] == ["Is this <b>right</b>?", "Yes."]
        listed = await call("miro_comments_read", "list", max_items=10)
        assert [one["resolved"] for one in listed["data"]] == [False, True]
        outline = text_of(await client.call_tool("miro_board_overview", {"board_id": BOARD}))
        assert "Comments: 1 open, 1 resolved" in outline
        assert f"- {thread['id']} on {item} Ada Moreno: Is this right? (+1)" in outline
        assert (await call("miro_native_diagrams_read", "list"))["data"] == []
        assert (await call("miro_data_tables_read", "list"))["data"] == []

    in_sandbox(tmp_path, "default,unlisted", work, era)


def test_without_the_toolset_there_are_no_comments(tmp_path: Path) -> None:
    async def work(client: Any, _: Any) -> None:
        assert "Comments" not in text_of(await client.call_tool("miro_board_overview", {"board_id": BOARD}))
        assert "miro_comments_read" not in {tool.name for tool in (await client.list_tools()).tools}

    in_sandbox(tmp_path, "all", work)


def test_a_route_that_has_vanished_is_told_as_such() -> None:
    async def run() -> str:
        async with connected(settings_for(recorder)) as client:
            return text_of(
                await client.call_tool("miro_comments_read", {"operation": "get", "board_id": BOARD, "comment_id": "1"})
            )

    gone = {"status": 404, "code": "notFound", "message": "No endpoint GET /v2-experimental/boards/1/comments/1."}
    with recording(lambda _: (404, gone)) as recorder:
        told = asyncio.run(run())
    assert "Miro doesn't answer it any more" in told
    assert "unlisted" in told
