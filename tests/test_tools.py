"""What an assistant is shown: names, schemas, hints, budgets, toolsets and modes."""

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import bpe_openai
import pytest
from jsonschema import Draft202012Validator
from mcp.types import Tool
from support import ERAS, connected, recording, settings_for, text_of

from miro_mcp.catalogue import DELETE, GROUPS, OPERATIONS, READ
from miro_mcp.settings import TOOLSETS, Settings
from miro_mcp.workflows.listing import WORKFLOWS

SNAPSHOTS = Path(__file__).parent / "snapshots"
DEFAULT_TOKENS, ALL_TOKENS, DEFAULT_TOOLS = 10_000, 22_000, 40
FORBIDDEN = {"$ref", "$defs", "oneOf", "anyOf", "allOf", "const", "title", "default", "examples"}


def listed(era: str = "auto", **environment: str) -> list[Tool]:
    async def run() -> list[Tool]:
        async with connected(Settings.from_environment(environment), era) as client:
            return (await client.list_tools()).tools

    return asyncio.run(run())


def shown(tool: Tool) -> dict[str, Any]:
    return {"name": tool.name, "description": tool.description, "inputSchema": tool.input_schema}


def tokens(tools: list[Tool]) -> int:
    encoding = bpe_openai.get_encoding("o200k_base")
    return sum(len(encoding.encode(json.dumps(shown(tool), separators=(",", ":")))) for tool in tools)


ALL = {tool.name: tool for tool in listed(MIRO_TOOLSETS="all,unlisted")}
WORKFLOW_NAMES = {workflow.name for workflow in WORKFLOWS}
OF_OPERATIONS = [tool for tool in ALL.values() if tool.name not in WORKFLOW_NAMES]


def test_default_stays_within_its_tools_and_tokens() -> None:
    tools = listed()
    assert len(tools) <= DEFAULT_TOOLS
    assert tokens(tools) <= DEFAULT_TOKENS


def test_all_stays_within_its_tokens() -> None:
    assert tokens(listed(MIRO_TOOLSETS="all")) <= ALL_TOKENS


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_tool_is_as_its_snapshot_says(name: str) -> None:
    tool = ALL[name]
    assert tool.annotations is not None
    current = {**shown(tool), "annotations": tool.annotations.model_dump(mode="json", exclude_none=True, by_alias=True)}
    file = SNAPSHOTS / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(json.dumps(current, indent=1) + "\n")
    assert json.loads(file.read_text()) == current


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_schema_is_one_that_the_api_of_every_model_takes(name: str) -> None:
    assert len(f"mcp__miro__{name}") <= 64
    for schema in nodes(ALL[name].input_schema):
        assert all(isinstance(value, str) for value in schema.get("enum", ())), schema
        assert isinstance(schema["type"], str), schema
        if schema["type"] == "object":
            assert schema["properties"], schema
            assert all(re.fullmatch(r"[a-zA-Z0-9_.-]{1,64}", key) for key in schema["properties"])
        if schema["type"] == "array":
            assert schema["items"], schema


def test_no_tool_declares_an_output_schema() -> None:
    assert [tool.name for tool in ALL.values() if tool.output_schema is not None] == []


def test_every_snapshot_belongs_to_a_tool() -> None:
    assert {file.stem for file in SNAPSHOTS.glob("*.json")} == set(ALL)


def nodes(schema: Any) -> Any:
    if isinstance(schema, dict):
        yield schema
        for name, part in schema.items():
            for node in part.values() if name == "properties" else [part]:
                yield from nodes(node)


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_schema_is_flat_plain_and_valid(name: str) -> None:
    schema = ALL[name].input_schema
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    if name not in WORKFLOW_NAMES:
        assert schema["required"][0] == "operation"
    for node in nodes(schema):
        assert not FORBIDDEN & set(node)
        assert isinstance(node.get("type", ""), str)


@pytest.mark.parametrize("era", ERAS)
def test_both_eras_list_the_same_tools(era: str) -> None:
    assert [shown(tool) for tool in listed(era, MIRO_TOOLSETS="all,unlisted")] == [shown(tool) for tool in ALL.values()]


def test_every_operation_is_in_exactly_one_tool() -> None:
    found = [
        (tool.name, name) for tool in OF_OPERATIONS for name in tool.input_schema["properties"]["operation"]["enum"]
    ]
    declared = [(group.tool_of(operation), operation.name) for group in GROUPS for operation in group.operations]
    assert sorted(found) == sorted(declared)


def test_every_operation_has_its_line_in_the_description() -> None:
    for group in GROUPS:
        for operation in group.operations:
            description = ALL[group.tool_of(operation)].description or ""
            lines = [line for line in description.splitlines() if line.split("(")[0].split(":")[0] == operation.name]
            assert len(lines) == 1
            assert operation.summary in lines[0]


def test_hints_tell_the_truth_about_the_worst_a_tool_can_do() -> None:
    for tool in OF_OPERATIONS:
        hints = tool.annotations
        assert hints is not None
        operations = [o for g in GROUPS for o in g.operations if g.tool_of(o) == tool.name]
        assert hints.read_only_hint == all(o.effect is READ for o in operations)
        assert hints.destructive_hint == any(o.risk >= 2 for o in operations if o.effect is not READ)
        assert hints.open_world_hint is True
        if tool.name.endswith("_delete"):
            assert hints.destructive_hint
            assert not hints.read_only_hint
        if tool.name.endswith("_read"):
            assert hints.idempotent_hint
            assert not hints.destructive_hint
        assert hints.title


def test_hints_of_workflows_tell_the_truth_about_the_worst_they_can_do() -> None:
    for workflow in WORKFLOWS:
        hints = ALL[workflow.name].annotations
        assert hints is not None
        assert hints.title
        assert hints.read_only_hint == (workflow.effect is READ)
        assert not (hints.read_only_hint and hints.destructive_hint)
        assert hints.destructive_hint or workflow.effect is not DELETE


@pytest.mark.parametrize("toolset", TOOLSETS)
def test_a_toolset_shows_its_own_tools_alone(toolset: str) -> None:
    expected = {g.tool_of(o) for g in GROUPS if g.toolset == toolset for o in g.operations}
    expected |= {workflow.name for workflow in WORKFLOWS if workflow.toolset == toolset}
    assert {tool.name for tool in listed(MIRO_TOOLSETS=toolset)} == expected


def test_routes_in_no_description_are_no_part_of_all() -> None:
    unlisted = {g.tool_of(o) for g in GROUPS if g.toolset == "unlisted" for o in g.operations}
    assert {tool.name for tool in listed(MIRO_TOOLSETS="all,unlisted")} - unlisted == {
        tool.name for tool in listed(MIRO_TOOLSETS="all")
    }


def test_read_only_beats_every_other_setting() -> None:
    tools = listed(MIRO_TOOLSETS="all,unlisted", MIRO_READ_ONLY="1")
    assert tools
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    of_operations = [tool for tool in tools if tool.name not in WORKFLOW_NAMES]
    assert all(tool.name.endswith("_read") for tool in of_operations)
    shown_operations = sum(len(tool.input_schema["properties"]["operation"]["enum"]) for tool in of_operations)
    assert shown_operations == sum(operation.effect is READ for operation in OPERATIONS.values())


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("environment", "hidden"),
    [({"MIRO_READ_ONLY": "1"}, "miro_boards_delete"), ({"MIRO_TOOLSETS": "default"}, "miro_teams_delete")],
)
def test_a_hidden_tool_reads_exactly_like_one_that_does_not_exist(
    environment: dict[str, str], hidden: str, era: str
) -> None:
    async def run() -> None:
        with recording() as recorder:
            async with connected(settings_for(recorder, **environment), era) as client:
                arguments = {"operation": "delete", "board_id": "uXjVOD6LSME=", "org_id": "1", "team_id": "2"}
                answers = [await client.call_tool(name, arguments) for name in (hidden, "miro_nothing_delete")]
            assert all(answer.is_error for answer in answers)
            texts = [text_of(answers[0]).replace(hidden, "X"), text_of(answers[1]).replace("miro_nothing_delete", "X")]
            assert texts[0] == texts[1]
            assert recorder.requests == []

    asyncio.run(run())


def test_the_description_of_a_tool_never_mentions_what_read_only_hides() -> None:
    (tool,) = [tool for tool in listed(MIRO_READ_ONLY="1") if tool.name == "miro_boards_read"]
    assert "delete" not in json.dumps(shown(tool)).lower()
