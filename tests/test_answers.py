"""What an answer tells beside Miro's own, and what it leaves out of it."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from support import connected, recording, settings_for, text_of, value_of

from miro_mcp.settings import Settings

BOARD = "uXjVHarbour="

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def told_by_sandbox(folder: Path, *calls: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What calls answer, the last ones on what the first made: a string `$N.id` stands for the id in answer N."""

    async def run() -> list[dict[str, Any]]:
        settings = Settings.from_environment({
            "MIRO_SANDBOX": str(folder / "s.db"), "MIRO_TOOLSETS": "all", "MIRO_CONFIRM": "allow",
            "MIRO_UPLOAD_ROOTS": str(folder),
        })  # fmt: skip
        told: list[dict[str, Any]] = []
        async with connected(settings) as client:
            for tool, given in calls:
                told.append(await call(client, tool, filled(given, told)))
        return told

    return asyncio.run(run())


async def call(client: Client, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    result = await client.call_tool(tool, given)
    return {"error": text_of(result)} if result.is_error else value_of(result)


def filled(given: dict[str, Any], told: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        name: told[int(value[1])]["id"] if isinstance(value, str) and value.startswith("$") else value
        for name, value in given.items()
    }


def shape(**more: Any) -> tuple[str, dict[str, Any]]:
    return "miro_shapes_write", {"operation": "create", "board_id": BOARD, "data": {"content": "a"}, **more}


def restyled(style: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return "miro_shapes_write", {"operation": "update", "board_id": BOARD, "item_id": "$0.id", "style": style}


def test_a_shape_of_which_nothing_can_be_seen_is_told(tmp_path: Path) -> None:
    bare, red, seen, bordered = told_by_sandbox(
        tmp_path,
        shape(),
        restyled({"fillColor": "#ff0000"}),
        restyled({"fillColor": "#ff0000", "fillOpacity": "1.0"}),
        shape(style={"borderOpacity": "1.0"}),
    )
    assert "neither fill nor border" in bare["note"]
    assert "fillOpacity is 0" in red["note"]
    assert "note" not in seen
    assert "note" not in bordered


def test_in_a_batch_it_is_told_too(tmp_path: Path) -> None:
    step = {"tool": shape()[0], "arguments": shape()[1]}
    (told,) = told_by_sandbox(tmp_path, ("miro_batch", {"steps": [step]}))
    assert "neither fill nor border" in told["results"][0]["result"]["note"]


def test_a_mind_map_node_that_this_route_can_not_delete_is_told_with_the_tool_that_can(tmp_path: Path) -> None:
    node = {"nodeView": {"data": {"type": "text", "content": "Idea"}}}
    _, refused = told_by_sandbox(
        tmp_path,
        ("miro_mindmap_nodes_write", {"operation": "create", "board_id": BOARD, "data": node}),
        ("miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": "$0.id"}),
    )
    assert "miro_mindmap_nodes_delete does it" in refused["error"]


def test_a_new_board_and_doc_are_told_briefly(tmp_path: Path) -> None:
    made, renamed, doc = told_by_sandbox(
        tmp_path,
        ("miro_boards_write", {"operation": "create", "name": "Plan"}),
        ("miro_boards_write", {"operation": "update", "board_id": "$0.id", "description": "All of it"}),
        ("miro_docs_write", {
            "operation": "create", "board_id": BOARD, "data": {"contentType": "markdown", "content": "# Long" * 99}}),
    )  # fmt: skip
    assert made.keys() == {"id", "name", "viewLink", "team"}
    assert renamed["description"] == "All of it"
    assert doc.keys() == {"id", "type", "position", "geometry"}


def test_logs_tell_who_did_it_and_when(tmp_path: Path) -> None:
    (told,) = told_by_sandbox(tmp_path, ("miro_logs_read", {
        "operation": "audit", "createdAfter": "2020-01-01T00:00:00Z", "createdBefore": "2100-01-01T00:00:00Z"}),
    )  # fmt: skip
    assert {"createdAt", "createdBy"} <= told["data"][0].keys()


EXPORT = {
    "operation": "create", "request_id": "92343229-c532-446d-b8cb-2f155bedb807", "boardIds": [BOARD],
}  # fmt: skip


def organization_of(folder: Path) -> str:
    (told,) = told_by_sandbox(folder, ("miro_tokens_read", {"operation": "get"}))
    return told["organization"]["id"]


def test_a_request_id_that_was_used_before_is_told(tmp_path: Path) -> None:
    export = EXPORT | {"org_id": organization_of(tmp_path)}
    first, again = told_by_sandbox(tmp_path, ("miro_board_exports_write", export), ("miro_board_exports_write", export))
    assert "note" not in first
    assert again["jobId"] == first["jobId"]
    assert "used before" in again["note"]


def test_a_step_of_a_batch_tells_the_job_that_it_made(tmp_path: Path) -> None:
    steps = [{"tool": "miro_board_exports_write", "arguments": EXPORT | {"org_id": organization_of(tmp_path)}}]
    (told,) = told_by_sandbox(tmp_path, ("miro_batch", {"steps": steps}))
    assert told["results"][0]["result"]["jobId"]


def test_jobs_are_found_by_their_creators_id(tmp_path: Path) -> None:
    org = {"org_id": organization_of(tmp_path)}
    _, (listed) = told_by_sandbox(
        tmp_path,
        ("miro_board_exports_write", EXPORT | org),
        ("miro_board_exports_read", {"operation": "list", "creatorId": ["3074457345618265201"], **org}),
    )
    assert "data" in listed
    assert "createdAt" in (listed["data"] or [{"createdAt": 1}])[0]


def test_files_are_listed_in_the_call_itself(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PIXEL)
    given = {
        "operation": "create_from_files", "board_id": BOARD, "resources": [str(tmp_path / "a.png")],
        "data": [{"type": "image", "title": "Pixel", "position": {"x": 5, "y": 6}}],
    }  # fmt: skip
    foreseen, made, refused = told_by_sandbox(
        tmp_path,
        ("miro_bulk_write", given | {"dry_run": True}),
        ("miro_bulk_write", given),
        ("miro_bulk_write", given | {"data": [{"type": "shape"}]}),
    )
    assert foreseen["request"]["files"][0] == {"part": "data", "json": given["data"]}
    assert (made["data"][0]["data"]["title"], made["data"][0]["position"]["x"]) == ("Pixel", 5)
    assert "data[0].type" in refused["error"]


@pytest.mark.parametrize("message", ["Validation failure", "Invalid parameters"])
def test_a_refusal_that_names_fields_blames_them_alone(message: str) -> None:
    context = {"fields": [{"field": "data.title", "message": "is too long"}]}
    answer = {"status": 400, "code": "2.0703", "message": message, "context": context}

    async def run() -> str:
        async with connected(settings_for(recorder)) as client:
            given = {"operation": "create", "board_id": BOARD, "data": {"title": "x"}}
            return text_of(await client.call_tool("miro_cards_write", given))

    with recording(lambda _: (400, answer)) as recorder:
        told = asyncio.run(run())
    assert "data.title: is too long" in told
    assert "Correct these fields." in told
    assert "role" not in told
    assert len(recorder.requests) == 1


@pytest.mark.parametrize("value", [False, "false", {"value": "3074457345618265201"}, '[{"value": "x"}]'])
def test_a_patch_takes_values_as_directories_send_them(value: Any) -> None:
    async def run() -> None:
        async with connected(settings_for(recorder)) as client:
            patch = [{"op": "Replace", "path": "active", "value": value}]
            schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
            given = {"operation": "patch", "id": "1", "schemas": schemas, "Operations": patch}
            result = await client.call_tool("miro_scim_users_write", given)
            assert not result.is_error, text_of(result)

    with recording() as recorder:
        asyncio.run(run())
    sent = recorder.requests[-1].json["Operations"][0]["value"]
    assert sent == ([{"value": "x"}] if value == '[{"value": "x"}]' else value)
