"""Questions as a person reads them, whole: each is a snapshot, to be read by somebody who sees nothing else.

`UPDATE_SNAPSHOTS=1` writes them anew. Whoever does so reads them, and asks of each: what happens if I say yes?
"""

import asyncio
import os
import re
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, value_of
from test_questions import (
    ADMIN,
    ASLEEP,
    BEN,
    CHIARA,
    GROUP,
    HOLD,
    LAUNCH,
    ORG,
    PATCH,
    PROJECT,
    RETRO,
    TEAM,
    TOOL_OF,
    ZOE,
    patched,
)

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.sandbox import sample
from miro_mcp.sandbox.identity import TEAM_ID
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

SNAPSHOTS = Path(__file__).parent / "snapshots" / "questions"

Value = dict[str, Any]


def call(operation_id: str, **given: Any) -> tuple[str, Value]:
    return TOOL_OF[operation_id], {"operation": OPERATIONS[operation_id].name, **given}


def batch(*calls: tuple[str, Value]) -> tuple[str, Value]:
    return "miro_batch", {"steps": [{"tool": tool, "arguments": given} for tool, given in calls]}


CHAIN = "flowchart LR\n order[Order] -->|paid| pack[Pack] --> ship[Ship] --> done[Done]\n"

SINGLE: dict[str, tuple[str, Value]] = {
    "delete a board": call("delete-board", **RETRO),
    "invite a co-owner": call("share-board", **LAUNCH, emails=[ZOE], role="coowner"),
    "make somebody the owner": call("update-board-member", **LAUNCH, board_member_id=sample.BEN, role="owner"),
    "take access away": call("remove-board-member", **LAUNCH, board_member_id=sample.HANA),
    "open a board by link": call("update-board", **LAUNCH, policy={"sharingPolicy": {"access": "edit"}}),
    "move a board to another team": call("update-board", **LAUNCH, teamId=sample.ENGINEERING_ID),
    "copy a board for the organization": call(
        "copy-board", copy_from=sample.LAUNCH_BOARD_ID, policy={"sharingPolicy": {"organizationAccess": "view"}}
    ),
    "sign somebody out": call("enterprise-post-user-sessions-reset", email=BEN),
    "delete a team": call("enterprise-delete-team", **TEAM),
    "let a team share in public": call(
        "enterprise-update-team-settings", **TEAM, teamSharingPolicySettings={"sharingViaPublicLink": "allowed"}
    ),
    "delete a project": call("enterprise-delete-project", **PROJECT),
    "change a user group": call(
        "enterprise-update-group-members", **GROUP, membersToAdd=[BEN], membersToRemove=[CHIARA]
    ),
    "change whom a legal hold preserves": call(
        "edit-legal-hold", **HOLD, name="New", scope={"users": [{"email": CHIARA}]}
    ),
    "export boards": call(
        "enterprise-create-board-export",
        **ORG,
        request_id="92343229-c532-446d-b8cb-2f155bedb807",
        boardIds=[sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID],
    ),
    "make somebody admin and deactivate them": call("patchUser", **patched(ADMIN, ASLEEP)),
    "replace the members of a team": call(
        "patchGroup",
        id=TEAM_ID,
        schemas=PATCH,
        Operations=[{"op": "Replace", "path": "members", "value": [{"value": sample.BEN}, {"value": sample.EMIL}]}],
    ),
}


class Desk:
    """A client at a sandbox; what it is asked is noted, and declined."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def call(self, tool: str, given: Value) -> Value:
        return value_of(await self._client.call_tool(tool, given))

    async def notes_of(self, board: Value) -> list[str]:
        listed = await self.call("miro_items_read", {"operation": "list", "max_items": 100, **board})
        return [one["id"] for one in listed["data"] if one["type"] == "sticky_note"]


async def delete_a_frame(desk: Desk) -> tuple[str, Value]:
    listed = await desk.call("miro_items_read", {"operation": "list", "type": "frame", **RETRO})
    return call("delete-frame-item", **RETRO, item_id=listed["data"][0]["id"])


async def delete_notes_and_lines(desk: Desk) -> tuple[str, Value]:
    lines = (await desk.call("miro_connectors_read", {"operation": "list", **LAUNCH}))["data"]
    notes = await desk.notes_of(RETRO)
    return batch(
        *(call("delete-connector", **LAUNCH, connector_id=one["id"]) for one in lines[:2]),
        *(call("delete-sticky-note-item", **RETRO, item_id=one) for one in notes[:3]),
        call("create-sticky-note-item", **RETRO, data={"content": "Sorted"}),
    )


async def much_at_once(desk: Desk) -> tuple[str, Value]:
    notes = await desk.notes_of(RETRO)
    return batch(
        *(call("delete-sticky-note-item", **RETRO, item_id=one) for one in notes),
        *(call("create-sticky-note-item", **LAUNCH, data={"content": f"Idea {one}"}) for one in range(12)),
        call("share-board", **LAUNCH, emails=[ZOE], role="coowner"),
        call("enterprise-delete-project", **PROJECT),
    )


async def nodes_of_a_diagram(desk: Desk) -> tuple[str, Value]:
    given = {**LAUNCH, "position": {"x": 9000, "y": 0}}
    drawn = await desk.call("miro_diagram_write", {**given, "mermaid": CHAIN})
    fewer = "flowchart LR\n order[Order] -->|paid| done[Sent]\n"
    return "miro_diagram_write", {**LAUNCH, "mermaid": fewer, "diagram_id": drawn["diagram_id"]}


async def groups_of_an_svg(desk: Desk) -> tuple[str, Value]:
    notes = await desk.notes_of(RETRO)
    marked = "".join(f'<g data-miro-id="{one}" data-miro-delete="true"/>' for one in notes[:2])
    return "miro_svg_write", {**RETRO, "svg": f'<svg xmlns="http://www.w3.org/2000/svg">{marked}</svg>'}


LOOKED_UP = [delete_a_frame, delete_notes_and_lines, much_at_once, nodes_of_a_diagram, groups_of_an_svg]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("box")
    environment = {"MIRO_SANDBOX": str(folder / "box.db"), "MIRO_AUDIT_LOG": str(folder / "audit.jsonl")}
    return Settings.from_environment(environment | {"MIRO_TOOLSETS": "all"})


def asked(settings: Settings, scene: Any, era: str) -> str:
    """The question and its form, as a client would show them."""
    shown: list[str] = []

    async def decline(_: Any, params: Any) -> ElicitResult:
        fields = params.requested_schema["properties"].values()
        form = [f"[ ] {one['title']}" if one["type"] == "boolean" else f"[____] {one['title']}" for one in fields]
        shown.append("\n".join([params.message, "", *form]))
        return ElicitResult(action="decline")

    async def run() -> None:
        async with Client(build_server(settings), mode=era, elicitation_callback=decline) as client:
            tool, given = scene if isinstance(scene, tuple) else await scene(Desk(client))
            await client.call_tool(tool, given)

    asyncio.run(run())
    (only,) = shown
    return re.sub(r"\d{19}", lambda match: match[0] if match[0] in KNOWN else "ID", only)


KNOWN = {str(value) for value in vars(sample).values()} | {str(TEAM_ID)}


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("name", [*SINGLE, *(one.__name__.replace("_", " ") for one in LOOKED_UP)])
@pytest.mark.slow
def test_a_question_reads_as_it_did(settings: Settings, name: str, era: str) -> None:
    scene = SINGLE.get(name) or next(one for one in LOOKED_UP if one.__name__.replace("_", " ") == name)
    told = asked(settings, scene, era)
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told + "\n", encoding="utf-8")
    assert told + "\n" == path.read_text(encoding="utf-8")
