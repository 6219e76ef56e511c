"""Numbers that nobody can mean are refused by the name of their argument, before any request, in every tool."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support import EVERY, environment_for, minimal, recording
from test_bad_input import BOARD, Bench, open_bench
from wire import TRANSPORTS, serving

from miro_mcp.catalogue import Operation
from miro_mcp.catalogue.check import checked
from miro_mcp.catalogue.numbers import can_be_meant
from miro_mcp.catalogue.schema import Schema, schema_of
from miro_mcp.errors import BadArguments

EXTREMES = (1e300, -1e-300)
NOT_FINITE = (float("1.8e308"), -math.inf, math.nan)
"""The client of the SDK can't send these, others can."""


@pytest.fixture(scope="module")
def bench_of_every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("uploads")
    with open_bench(MIRO_TOOLSETS="all,unlisted", MIRO_UPLOAD_ROOTS=str(folder)) as opened:
        yield opened


def places(schema: Schema, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to each number that a schema lets be given, through objects, lists and branches."""
    if schema.get("type") in ("number", "integer") or "number" in str(schema.get("type")):
        yield way
    for branch in schema.get("anyOf", ()):
        yield from places(branch, way)
    for name, part in schema.get("properties", {}).items():
        yield from places(part, (*way, name))
    if "items" in schema:
        yield from places(schema["items"], (*way, 0))


def with_number(given: Any, way: tuple[str | int, ...], number: float) -> Any:
    """What is given, with a number at the end of the way."""
    if not way:
        return number
    step, *rest = way
    if isinstance(step, int):
        return [with_number(given[0] if isinstance(given, list) and given else {}, tuple(rest), number)]
    held: Mapping[str, Any] = given if isinstance(given, dict) else {}
    return {**held, step: with_number(held.get(step), tuple(rest), number)}


def named(way: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way)[1:]


@pytest.mark.parametrize(("tool", "operation"), EVERY, ids=[operation.id for _, operation in EVERY])
def test_every_number_of_every_operation(
    bench_of_every: Bench, tool: str, operation: Operation, tmp_path: Path
) -> None:
    given = minimal(operation, tmp_path)
    arguments = {name: value for name, value in given.items() if name != "operation"}
    for way in dict.fromkeys(places(schema_of(operation.arguments, full=True))):
        for number in (*NOT_FINITE, EXTREMES[1]):
            with pytest.raises(BadArguments, match=re.escape(named(way))):
                checked(operation, with_number(arguments, way, number))
        message = bench_of_every.refused(tool, with_number(given, way, EXTREMES[0]))
        assert named(way) in message, (way, message)


WORKFLOWS = {
    "miro_board_overview": ({}, "budget", "region.x", "region.width"),
    "miro_board_view": ({}, "max_px", "region.y", "region.height"),
    "miro_diagram_read": ({}, "region.x"),
    "miro_diagram_write": ({"mermaid": "flowchart TD\n A --> B"}, "position.x", "position.y", "max_tokens"),
    "miro_batch": ({"steps": [{"tool": "miro_tags_write", "arguments": {}}]}, "max_tokens"),
}
"""The arguments that are needed, and the ways to those that are numbers."""


@pytest.mark.parametrize("number", EXTREMES)
@pytest.mark.parametrize("tool", WORKFLOWS)
def test_every_number_of_the_workflow_tools(bench_of_every: Bench, tool: str, number: float) -> None:
    given, *ways = WORKFLOWS[tool]
    board = {} if tool == "miro_batch" else {"board_id": BOARD}
    for way in ways:
        steps = tuple(way.split("."))
        told = with_number(board | given, steps, number)
        if steps[0] == "region":
            told["region"] = {"x": 0, "y": 0, "width": 100, "height": 100} | told["region"]
        message = bench_of_every.refused(tool, told)
        assert way in message, message


@pytest.mark.parametrize("number", EXTREMES)
def test_numbers_in_the_steps_of_a_batch(bench_of_every: Bench, number: float) -> None:
    step = {
        "tool": "miro_shapes_write",
        "arguments": {"operation": "create", "board_id": BOARD, "position": {"x": number, "y": 0}},
    }
    message = bench_of_every.refused("miro_batch", {"steps": [step]})
    assert "steps[0]" in message
    assert "position.x" in message


@pytest.mark.parametrize("number", EXTREMES)
def test_numbers_where_anything_may_stand(bench_of_every: Bench, number: float) -> None:
    change = {"op": "Replace", "path": "roles", "value": {"deep": [{"er": number}]}}
    arguments = {
        "operation": "patch",
        "id": "1",
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [change],
    }
    message = bench_of_every.refused("miro_scim_users_write", arguments)
    assert "Operations[0].value.deep[0].er must be 0, or a number" in message


CALLS = {
    "position.x": ("miro_shapes_write", {"operation": "create", "board_id": BOARD, "position": {"x": "?"}}),
    "style.fontSize": ("miro_shapes_write", {"operation": "create", "board_id": BOARD, "style": {"fontSize": "?"}}),
    "limit": ("miro_boards_read", {"operation": "list", "limit": "?"}),
    "max_items": ("miro_boards_read", {"operation": "list", "max_items": "?"}),
    "region.width": ("miro_board_view", {"board_id": BOARD, "region": {"x": 0, "y": 0, "width": "?", "height": 1}}),
    "budget": ("miro_board_overview", {"board_id": BOARD, "budget": "?"}),
    "position.y": ("miro_batch", {"steps": [{"tool": "miro_shapes_write", "arguments": {
        "operation": "create", "board_id": BOARD, "position": {"x": 0, "y": "?"}}}]}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("way", TRANSPORTS)
def test_numbers_that_json_has_no_words_for(way: tuple[str, str]) -> None:
    with recording() as recorder, serving(*way, environment_for(recorder)) as wire:
        for number in ("1.8e308", "-1e999", "NaN", "Infinity", "1e-300"):
            for name, (tool, arguments) in CALLS.items():
                wire.call_with(number, 1, tool, arguments)
                told = json.dumps(wire.answer())
                assert name in told, (number, told)
                assert "Nothing was sent" in told
        assert recorder.requests == []


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">{}</svg>'
ATTRIBUTES = {
    "x": '<rect x="{}" y="1" width="9" height="9"/>',
    "width": '<rect x="1" y="1" width="{}" height="9"/>',
    "r": '<circle cx="1" cy="1" r="{}"/>',
    "points": '<polygon points="0,0 9,{} 5,5"/>',
    "d": '<path d="M0 0 L9 {} L5 5 Z"/>',
    "transform": '<rect x="1" y="1" width="9" height="9" transform="translate({} 0)"/>',
    "stroke-width": '<rect x="1" y="1" width="9" height="9" stroke="#ff0000" stroke-width="{}"/>',
    "fill-opacity": '<rect x="1" y="1" width="9" height="9" fill="#ff0000" fill-opacity="{}"/>',
    "stroke-opacity": '<rect x="1" y="1" width="9" height="9" style="stroke:#ff0000;stroke-opacity:{}"/>',
    "stroke-dasharray": '<line x1="1" y1="1" x2="9" y2="9" stroke="#ff0000" stroke-dasharray="{} 3"/>',
    "font-size": '<text x="1" y="1" font-size="{}">Ada</text>',
}


@pytest.mark.parametrize("number", ["1.8e308", "-1e400", "1e-300", "NaN", "Infinity"])
@pytest.mark.parametrize("name", ATTRIBUTES)
def test_numbers_in_an_svg(bench_of_every: Bench, name: str, number: str) -> None:
    element = ATTRIBUTES[name].format(number)
    message = bench_of_every.call("miro_svg_write", {"board_id": BOARD, "svg": SVG.format(element), "dry_run": True})
    assert message.is_error
    told = message.content[0].text  # pyright: ignore
    assert name in told
    assert told.startswith("miro_svg_write: svg: <")


def test_a_number_in_mermaid(bench_of_every: Bench) -> None:
    text = f"sequenceDiagram\n autonumber {'9' * 400}\n A->>B: hi"
    message = bench_of_every.refused("miro_diagram_write", {"board_id": BOARD, "mermaid": text})
    assert "line 2, column 13: expected a number of at most 12 digits" in message


def test_what_rounding_leaves_and_whole_boards_are_taken() -> None:
    assert all(can_be_meant(number) for number in (0, -0.0, 6.123e-17, -1.4e-14, 1e9, -1e9, 10**9))
    assert not any(can_be_meant(number) for number in (1e-21, 1e10, 10**400, -(10**400)))
