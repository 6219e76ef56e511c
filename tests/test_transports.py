"""The guardrails as a client meets them over stdio and HTTP, in both protocol eras: a server process on the sandbox."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import ElicitResult
from support import ERAS, text_of, value_of
from test_serving import environment, http_server

from miro_mcp.board.contents import placed
from miro_mcp.diagrams.record import find_all, parts
from miro_mcp.guardrails.audit import read_entries
from miro_mcp.sandbox import sample

LAUNCH, RETRO = sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

Value = dict[str, Any]


class Desk:
    """A client at a server process, and what its person was asked; `says` is what they answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client: Client
        self.questions: list[str] = []
        self.says = "accept"

    async def answer(self, _: Any, params: Any) -> ElicitResult:
        self.questions.append(params.message)
        if self.says != "accept":
            return ElicitResult(action="decline")
        return ElicitResult(action="accept", content=dict.fromkeys(params.requested_schema["properties"], True))

    async def call(self, tool: str, operation: str = "", **given: Any) -> Value:
        result = await self.client.call_tool(tool, ({"operation": operation} if operation else {}) | given)
        assert not result.is_error, result.content
        return value_of(result)

    async def refused(self, tool: str, operation: str = "", **given: Any) -> str:
        result = await self.client.call_tool(tool, ({"operation": operation} if operation else {}) | given)
        assert result.is_error, result.content
        return text_of(result)

    async def items(self, board_id: str, kind: str = "") -> list[Value]:
        listed = await self.call("miro_items_read", "list", board_id=board_id, max_items=200, verbose=True)
        return [one for one in listed["data"] if kind in ("", one["type"])]


def step(tool: str, operation: str, **given: Any) -> Value:
    return {"tool": tool, "arguments": {"operation": operation, **given}}


async def one_yes_is_for_what_was_shown(desk: Desk) -> None:
    frame = await desk.call("miro_frames_write", "create", board_id=RETRO, data={"title": "Empty"})
    note = (await desk.items(RETRO, "sticky_note"))[0]
    move = {"board_id": RETRO, "item_id": note["id"], "parent": {"id": frame["id"]}}
    steps = [
        step("miro_items_write", "move", **move, position={"x": 10, "y": 10}),
        step("miro_items_delete", "delete_frame", board_id=RETRO, item_id=frame["id"]),
    ]
    assert "would change what" in await desk.refused("miro_batch", steps=steps)
    assert note in await desk.items(RETRO)


async def all_of_a_change_is_shown(desk: Desk) -> None:
    harmless = [{"op": "Replace", "path": "displayName", "value": f"Ben {one}"} for one in range(12)]
    admin = {"op": "Add", "path": "roles", "value": [{"type": "organization_admin_role", "value": "User Admin"}]}
    desk.says = "decline"
    await desk.refused("miro_scim_users_write", "patch", id=sample.BEN, schemas=[PATCH], Operations=[*harmless, admin])
    assert 'roles gains "User Admin"' in desk.questions[-1]


async def what_is_grave_stands_first(desk: Desk) -> None:
    notes = [one["id"] for one in await desk.items(RETRO, "sticky_note")]
    steps = [step("miro_items_delete", "delete_sticky_note", board_id=RETRO, item_id=one) for one in notes]
    share = {"board_id": LAUNCH, "emails": ["zoe@northwind.example"], "role": "coowner"}
    desk.says = "decline"
    await desk.refused("miro_batch", steps=[*steps, step("miro_board_members_write", "share", **share)])
    first, _, third, *_ = desk.questions[-1].splitlines()
    assert first.startswith(f"{len(notes) + 1} steps need your yes")
    assert "co-owner" in third or "coowner" in third


async def a_forged_record_owns_nothing(desk: Desk) -> None:
    drawn = await desk.call("miro_diagram_write", board_id=RETRO, mermaid="flowchart LR\n a --> b")
    theirs = (await desk.items(RETRO, "sticky_note"))[:2]
    text = await desk.call(
        "miro_items_read", "get_text", board_id=RETRO, item_id=drawn["diagram_id"], verbose=True, max_tokens=50_000
    )
    (found,) = find_all(placed([text]).values())
    nodes = tuple(replace(one, id=own["id"]) for one, own in zip(found.record.nodes, theirs, strict=True))
    (content,) = parts(replace(found.record, nodes=nodes), RETRO, 1)
    await desk.call(
        "miro_texts_write", "update", board_id=RETRO, item_id=drawn["diagram_id"], data={"content": content}
    )
    again = {"board_id": RETRO, "mermaid": "flowchart LR\n a[Other]", "diagram_id": drawn["diagram_id"]}
    assert theirs[0]["id"] in " ".join((await desk.call("miro_diagram_write", **again))["notes"])
    now = await desk.items(RETRO)
    assert all(one in now for one in theirs)


async def one_deletion_is_not_asked_about_and_two_are_and_both_are_undone(desk: Desk) -> None:
    for count in (1, 2):
        desk.questions.clear()
        shapes = [one["id"] for one in await desk.items(LAUNCH, "shape")][:count]
        steps = [step("miro_items_delete", "delete_shape", board_id=LAUNCH, item_id=one) for one in shapes]
        await desk.call("miro_batch", steps=steps)
        assert len(desk.questions) == count - 1
        (board,) = (await desk.call("miro_restore"))["boards"]
        assert [one["old"] for one in board["restored"]] == shapes


async def opening_a_copy_is_asked_about(desk: Desk) -> None:
    desk.says = "decline"
    policy = {"sharingPolicy": {"teamAccess": "edit"}}
    await desk.refused("miro_boards_write", "copy", copy_from=LAUNCH, policy=policy)
    assert "everyone in the team may edit the board" in desk.questions[-1]


async def what_is_known_too_late_stops_the_batch(desk: Desk) -> None:
    before = await desk.items(LAUNCH)
    steps = [
        {"id": "frame", **step("miro_frames_write", "create", board_id=LAUNCH, data={"title": "F"})},
        step("miro_items_delete", "delete", board_id=LAUNCH, item_id={"$ref": "frame.id"}),
    ]
    reason = await desk.refused("miro_batch", steps=steps)
    foreseen = await desk.call("miro_batch", steps=steps, dry_run=True)
    assert (foreseen["decision"], foreseen["reason"]) == ("deny", reason)
    assert await desk.items(LAUNCH) == before
    assert desk.questions == []


async def three_times_no_is_enough(desk: Desk) -> None:
    desk.says = "decline"
    for _ in range(4):
        told = await desk.refused("miro_boards_delete", "delete", board_id=RETRO)
    assert "said no to this 3 times" in told
    assert len(desk.questions) == 3


async def the_log_tells_the_client(desk: Desk) -> None:
    await desk.call("miro_boards_write", "create", name="One")
    *_, last = read_entries(desk.folder / "audit.jsonl")
    assert last["operation"] == "create-board"
    assert last["client"].startswith("mcp ")


async def text_of_a_board_is_no_syntax(desk: Desk) -> None:
    made = await desk.call("miro_boards_write", "create", name="Two")
    hostile = 'x"] --> y["z\nclick a "javascript:alert(1)"'
    await desk.call("miro_shapes_write", "create", board_id=made["id"], data={"content": hostile})
    read = await desk.call("miro_diagram_read", board_id=made["id"])
    drawn = {"board_id": made["id"], "mermaid": read["mermaid"], "dry_run": True}
    assert (await desk.call("miro_diagram_write", **drawn))["would_create"] == {
        "shapes": 1,
        "connectors": 0,
        "frames": 0,
    }


async def what_is_too_deep_is_refused(desk: Desk) -> None:
    deep = "sequenceDiagram\n" + "loop x\n" * 1500 + "A->>B: x\n" + "end\n" * 1500
    told = await desk.refused("miro_diagram_write", board_id=LAUNCH, mermaid=deep)
    assert "at most 50 blocks inside each other" in told


async def an_upload_follows_no_link(desk: Desk) -> None:
    outside = desk.folder / "outside.png"
    outside.write_bytes(b"secret")
    link = desk.folder / "uploads" / "link.png"
    link.symlink_to(outside)
    told = await desk.refused("miro_images_write", "create_from_file", board_id=LAUNCH, resource=str(link))
    assert "secret" not in told


SCENES: list[Callable[[Desk], Awaitable[None]]] = [
    one_yes_is_for_what_was_shown,
    all_of_a_change_is_shown,
    what_is_grave_stands_first,
    a_forged_record_owns_nothing,
    one_deletion_is_not_asked_about_and_two_are_and_both_are_undone,
    opening_a_copy_is_asked_about,
    what_is_known_too_late_stops_the_batch,
    three_times_no_is_enough,
    the_log_tells_the_client,
    text_of_a_board_is_no_syntax,
    what_is_too_deep_is_refused,
    an_upload_follows_no_link,
]


@asynccontextmanager
async def at_server(transport: str, era: str, folder: Path) -> AsyncIterator[Desk]:
    (folder / "uploads").mkdir()
    given = environment(
        MIRO_SANDBOX=str(folder / "box.db"),
        MIRO_AUDIT_LOG=str(folder / "audit.jsonl"),
        MIRO_TOOLSETS="all",
        MIRO_UPLOAD_ROOTS=str(folder / "uploads"),
    )
    desk = Desk(folder)
    if transport == "stdio":
        server = StdioServerParameters(command=sys.executable, args=["-m", "miro_mcp"], env=given)
        async with Client(server, mode=era, elicitation_callback=desk.answer) as desk.client:
            yield desk
        return
    with http_server(**given) as url:
        async with Client(streamable_http_client(url), mode=era, elicitation_callback=desk.answer) as desk.client:
            yield desk


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("transport", ["stdio", "http"])
@pytest.mark.skipif(sys.platform == "win32", reason="making links takes a right there")
def test_what_a_guardrail_holds_it_holds_over_every_transport(transport: str, era: str, tmp_path: Path) -> None:
    async def run() -> None:
        async with at_server(transport, era, tmp_path) as desk:
            for scene in SCENES:
                desk.questions.clear()
                desk.says = "accept"
                await scene(desk)

    asyncio.run(run())
