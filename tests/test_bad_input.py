"""Whatever an assistant passes, the server answers with words, and nothing reaches the API as another operation."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mcp.types import CallToolResult
from support import EVERY, Recorder, connected, minimal, recording, settings_for, text_of, value_of

from miro_mcp.catalogue import GROUPS, OPERATIONS, READ, Operation
from miro_mcp.guardrails.policy import Policy
from miro_mcp.settings import Settings
from miro_mcp.tools.registry import build_tools

BOARD = "uXjVOD6LSME="
ITEM = "3458764517517818867"


class Bench:
    """A client on a thread of its own, so that plain tests can call tools."""

    def __init__(self, portal: Any, client: Any, recorder: Recorder) -> None:
        self._portal, self._client, self.recorder = portal, client, recorder

    def call(self, tool: str, arguments: dict[str, Any]) -> CallToolResult:
        self.recorder.requests.clear()
        return self._portal.call(self._client.call_tool, tool, arguments)

    def refused(self, tool: str, arguments: dict[str, Any]) -> str:
        """The message of a call that must be refused before any request."""
        result = self.call(tool, arguments)
        assert result.is_error
        assert self.recorder.requests == []
        return text_of(result)


@contextmanager
def open_bench(**environment: str) -> Iterator[Bench]:
    with recording() as recorder, start_blocking_portal() as portal:
        manager = connected(settings_for(recorder, **environment))
        with portal.wrap_async_context_manager(manager) as client:
            yield Bench(portal, client, recorder)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with open_bench() as opened:
        yield opened


@pytest.fixture
def bench_of_all(tmp_path: Path) -> Iterator[Bench]:
    with open_bench(MIRO_TOOLSETS="all,unlisted", MIRO_UPLOAD_ROOTS=str(tmp_path)) as opened:
        yield opened


def test_an_unknown_argument_is_answered_with_the_valid_ones_and_a_guess(bench: Bench) -> None:
    message = bench.refused(
        "miro_shapes_write", {"operation": "create", "board_id": BOARD, "data": {"contents": "hello"}}
    )
    assert "data.contents" in message
    assert "Did you mean content?" in message
    assert "content, shape" in message


def test_an_unknown_top_level_argument_names_all_that_the_operation_takes(bench: Bench) -> None:
    message = bench.refused("miro_tags_write", {"operation": "create", "board_id": BOARD, "colour": "red"})
    for name in ("board_id (required)", "title (required)", "fillColor", "dry_run"):
        assert name in message


def test_an_argument_that_belongs_inside_another_is_told_where(bench: Bench) -> None:
    message = bench.refused("miro_sticky_notes_write", {"operation": "create", "board_id": BOARD, "content": "hello"})
    assert "content is not an argument. It goes inside data." in message


def test_a_tool_with_one_operation_says_which_it_is(bench: Bench) -> None:
    message = bench.refused("miro_items_write", {"operation": "update", "board_id": BOARD, "item_id": ITEM})
    assert 'operation can\'t be "update". It is move; for example "operation": "move"' in message


def test_a_value_of_no_allowed_type_is_answered_once_with_all_of_them(bench_of_all: Bench) -> None:
    patch = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}
    operations = [{"op": "Replace", "path": "active", "value": 5}]
    message = bench_of_all.refused(
        "miro_scim_users_write", {"operation": "patch", "id": ITEM, **patch, "Operations": operations}
    )
    assert message.count("Operations[0].value") == 1
    assert "must be text or true or false or a list or an object, not 5" in message


def test_of_many_mistakes_the_first_five_are_told_and_the_rest_counted(bench: Bench) -> None:
    unknown = {f"nothing_{number}": 1 for number in range(7)}
    message = bench.refused("miro_tags_write", {"operation": "create", "board_id": BOARD, "title": "x", **unknown})
    assert message.count("is not an argument") == 5
    assert "And 2 more." in message


def test_a_missing_argument_is_named_with_a_right_example(bench: Bench) -> None:
    message = bench.refused("miro_boards_read", {"operation": "get"})
    assert 'board_id is missing. For example "board_id": "uXjVOD6LSME="' in message


@pytest.mark.parametrize("time", ["2026-01-31T09:30:00", "2026-01-31T09:30", "2026-01-31", "soon"])
def test_a_time_without_its_zone_is_refused_with_a_right_one(bench: Bench, time: str) -> None:
    arguments = {"operation": "create", "board_id": BOARD, "data": {"title": "Call", "dueDate": time}}
    message = bench.refused("miro_cards_write", arguments)
    assert "data.dueDate: must be a date and time in ISO 8601, with the time zone" in message
    assert '"dueDate": "2026-01-31T09:30:00Z"' in message


@pytest.mark.parametrize("time", ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000+02:00", "2026-01-31T09:30:00-0500"])
def test_a_time_with_its_zone_is_taken(bench: Bench, time: str) -> None:
    arguments = {"operation": "create", "board_id": BOARD, "data": {"title": "Call", "dueDate": time}}
    assert not bench.call("miro_cards_write", arguments).is_error


def test_a_value_outside_an_enum_is_answered_with_the_allowed_ones(bench: Bench) -> None:
    message = bench.refused(
        "miro_sticky_notes_write",
        {"operation": "create", "board_id": BOARD, "style": {"fillColor": "#ff0000"}},
    )
    assert 'style.fillColor can\'t be "#ff0000"' in message
    assert "light_yellow" in message


def test_width_and_height_on_a_sticky_note_are_refused_together(bench: Bench) -> None:
    message = bench.refused(
        "miro_sticky_notes_write",
        {"operation": "create", "board_id": BOARD, "geometry": {"width": 100, "height": 100}},
    )
    assert "geometry" in message
    assert "width or height, never both" in message


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("miro_frames_write", {"operation": "create", "data": {}, "geometry": {"width": 99}}, "geometry.width"),
        ("miro_shapes_write", {"operation": "create", "style": {"fillColor": "red"}}, "hex colour"),
        ("miro_shapes_write", {"operation": "create", "style": {"fontSize": "9"}}, "at least 10 and at most 288"),
        ("miro_tags_write", {"operation": "create", "title": "x" * 121}, "120"),
        ("miro_bulk_write", {"operation": "create", "items": []}, "items must have 1 or more entries"),
        (
            "miro_bulk_write",
            {"operation": "create_from_files", "data": "x", "resources": [""]},
            "resources[0] must not be empty",
        ),
        ("miro_images_write", {"operation": "create_from_file", "resource": "x" * 5000}, "too long for the path"),
        ("miro_bulk_write", {"operation": "create", "items": [{"type": "text"}] * 21}, "20"),
        ("miro_bulk_write", {"operation": "create", "items": [{"type": "mind_map"}]}, "sticky_note"),
        ("miro_items_read", {"operation": "list", "limit": 51}, "50"),
        ("miro_items_read", {"operation": "list", "limit": 9}, "10"),
        ("miro_items_read", {"operation": "list", "max_items": 0}, "max_items"),
        ("miro_items_read", {"operation": "list", "fields": 5}, "fields"),
        ("miro_items_read", {"operation": "get", "item_id": 3458764517517818867}, "ids are text"),
        ("miro_items_read", {"operation": "get", "item_id": ""}, "leave it out"),
        ("miro_cards_write", {"operation": "create", "data": {"dueDate": ""}}, "leave it out"),
        ("miro_items_read", {"operation": "get", "item_id": "1", "limit": 10}, "though list"),
        ("miro_items_read", {"operation": "list", "type": 5}, "sticky_note"),
        ("miro_shapes_write", {"operation": "create", "position": {"x": "left"}}, "position.x must be a number"),
        ("miro_shapes_write", {"operation": "create", "dry_run": "yes"}, "dry_run must be true or false"),
        ("miro_groups_write", {"operation": "ungroup", "group_id": ITEM, "delete_items": True}, "delete_items"),
        ("miro_groups_delete", {"operation": "delete_with_items", "group_id": ITEM}, "delete_items is missing"),
    ],
)
def test_a_broken_rule_is_named(bench: Bench, tool: str, arguments: dict[str, Any], words: str) -> None:
    assert words in bench.refused(tool, {"board_id": BOARD, **arguments})


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ({"startItem": {"id": ITEM}, "endItem": {"id": ITEM}}, "must be different items"),
        ({"startItem": {"id": ITEM}}, "endItem is missing"),
        ({"startItem": {}, "endItem": {"id": ITEM}}, "startItem.id is missing"),
        (
            {"startItem": {"id": ITEM, "snapTo": "top", "position": {"x": "0%", "y": "0%"}}, "endItem": {"id": "2"}},
            "position or snapTo, never both",
        ),
        ({"startItem": {"id": ITEM, "position": {"x": "101%"}}, "endItem": {"id": "2"}}, "startItem.position.x"),
    ],
)
def test_a_connector_needs_two_different_ends(bench: Bench, ends: dict[str, Any], words: str) -> None:
    assert words in bench.refused("miro_connectors_write", {"operation": "create", "board_id": BOARD, **ends})


@pytest.mark.parametrize("tag_id", ["", " ", None, "..", "a/b", [], {}])
def test_detaching_a_tag_without_a_real_tag_never_deletes_the_item(bench: Bench, tag_id: Any) -> None:
    arguments = {"operation": "detach", "board_id": BOARD, "item_id": ITEM, "tag_id": tag_id}
    assert "tag_id" in bench.refused("miro_tags_write", arguments)


def test_deleting_an_item_takes_no_tag(bench: Bench) -> None:
    message = bench.refused(
        "miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": ITEM, "tag_id": "5"}
    )
    assert "tag_id is not an argument" in message


@pytest.mark.parametrize("name", ["", "create", "delete", None, 5, ["list"]])
def test_an_operation_the_tool_does_not_have_is_answered_with_those_it_has(bench: Bench, name: Any) -> None:
    message = bench.refused("miro_boards_read", {"operation": name, "board_id": BOARD})
    assert "list, get" in message


@pytest.mark.parametrize("bad", ["..", ".", "", "a/b", "a\\b", "a b", "a\nb", "a\x00b", "\u2028", "../../x"])
def test_an_id_that_could_leave_its_segment_is_refused(bench: Bench, bad: str) -> None:
    assert "item_id" in bench.refused("miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": bad})


@pytest.mark.parametrize("odd", ["100%", "%2e%2e", "a%2Fb", "a?b=c", "a#b", "é", "a;b", "a&b=c", "日本"])
def test_an_odd_id_stays_one_segment(bench: Bench, odd: str) -> None:
    bench.call("miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": odd})
    (request,) = bench.recorder.requests
    assert re.fullmatch(r"/v2/boards/[^/?#]+/items/[^/?#]+", request.path)
    assert request.query == []


@pytest.mark.parametrize(
    "url",
    [
        "https://miro.com/app/board/uXjVOD6LSME=/",
        "https://miro.com/app/board/uXjVOD6LSME=/?moveToWidget=3458764517517818867&cot=14",
        "https://miro.com/app/live-embed/uXjVOD6LSME%3D/",
        " miro.com/app/board/uXjVOD6LSME= ",
    ],
)
def test_a_board_may_be_given_by_its_url(bench: Bench, url: str) -> None:
    assert not bench.call("miro_boards_read", {"operation": "get", "board_id": url}).is_error
    assert bench.recorder.requests[0].path == "/v2/boards/uXjVOD6LSME%3D"


@pytest.mark.parametrize(
    "url",
    ["https://miro.com/app/dashboard/", "https://miro.com/welcomeonboard/abc", "https://evilmiro.com/app/board/x/"],
)
def test_a_url_of_no_board_is_told_to_be_none(bench: Bench, url: str) -> None:
    assert "is not a board's URL" in bench.refused("miro_boards_read", {"operation": "get", "board_id": url})


def test_an_object_that_arrives_as_json_text_is_taken_as_the_object(bench: Bench) -> None:
    bench.call(
        "miro_bulk_write",
        {"operation": "create", "board_id": BOARD, "items": '[{"type": "text", "data": "{\\"content\\": \\"hi\\"}"}]'},
    )
    assert bench.recorder.requests[0].json == [{"type": "text", "data": {"content": "hi"}}]


@pytest.mark.parametrize(
    "note", ['{"a": 1}', "[1, 2]", "null", "true", "  spaces  ", "5", "\u202eabc\u200b", "a\r\nb", ""]
)
def test_the_text_of_a_note_is_never_altered(bench: Bench, note: str) -> None:
    bench.call("miro_sticky_notes_write", {"operation": "create", "board_id": BOARD, "data": {"content": note}})
    assert bench.recorder.requests[0].json == {"data": {"content": note}}


def test_a_list_of_fields_may_arrive_as_json_text_too(bench: Bench) -> None:
    result = bench.call("miro_boards_read", {"operation": "get", "board_id": BOARD, "fields": '["id"]'})
    assert not result.is_error


@pytest.mark.parametrize(
    ("tool", "arguments", "example"),
    [
        ("miro_shapes_write", {"style": {"textAlign": "justify"}}, '"style": {"textAlign": "left"}'),
        ("miro_shapes_write", {"geometry": {"width": "wide"}}, '"geometry": {"width": 100}'),
        (
            "miro_bulk_write",
            {"items": [{"type": "frame", "geometry": {"width": 5}}]},
            '"items": [{"type": "frame", "geometry": {"width": 100}}]',
        ),
        (
            "miro_connectors_write",
            {"startItem": {"id": ITEM}, "endItem": {"id": "1"}, "captions": [{"content": "x", "position": "half"}]},
            '"captions": [{"content": "text", "position": "50%"}]',
        ),
    ],
)
def test_the_example_shows_the_very_argument_that_was_wrong(
    bench: Bench, tool: str, arguments: dict[str, Any], example: str
) -> None:
    message = bench.refused(tool, {"operation": "create", "board_id": BOARD, **arguments})
    assert f"For example {example}. Nothing was sent." in message


def test_an_item_of_a_list_of_any_items_is_told_the_rules_of_its_own_type(bench: Bench) -> None:
    item = {"type": "text", "data": {"content": "x"}, "geometry": {"height": 5}}
    message = bench.refused("miro_bulk_write", {"operation": "create", "board_id": BOARD, "items": [item]})
    assert "items[0].geometry.height is not an argument. items[0].geometry takes rotation, width." in message
    missing = bench.refused("miro_bulk_write", {"operation": "create", "board_id": BOARD, "items": [{"x": 1}]})
    assert "items[0].type is missing; it is one of app_card, card," in missing


@pytest.mark.parametrize("number", [-17.5, 99, 10**400, "wide", True])
def test_a_number_that_is_wrong_is_told_once(bench: Bench, number: Any) -> None:
    message = bench.refused(
        "miro_frames_write", {"operation": "create", "board_id": BOARD, "data": {}, "geometry": {"width": number}}
    )
    assert message.count("geometry.width") == 1
    assert "whole number" not in message


@pytest.mark.parametrize("name", ["", "a b", "x" * 1000, "\x1b[31m", "a.b"])
def test_an_unknown_argument_of_an_odd_name_is_told_apart_from_the_words_around_it(bench: Bench, name: str) -> None:
    message = bench.refused("miro_boards_read", {"operation": "get", "board_id": BOARD, name: 1})
    assert re.match(
        r'miro_boards_read get: ("[^"]{0,40}"?|"x+\.\.\.|a\.b) is not an argument\. get takes board_id', message
    )


HUGE = "x" * 1_000_000


@pytest.mark.parametrize(
    ("tool", "arguments", "name"),
    [
        ("miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": HUGE}, "item_id"),
        ("miro_boards_read", {"operation": "get", "board_id": HUGE}, "board_id"),
        ("miro_items_read", {"operation": "list", "board_id": BOARD, "cursor": HUGE}, "cursor"),
        ("miro_scim_users_read", {"operation": "list", "filter": "é" * 2000}, "filter"),
        ("miro_scim_users_read", {"operation": "list", "filter": "x" * 4000, "attributes": "x" * 4001}, "attributes"),
        ("miro_tokens_delete", {"operation": "revoke_v1", "access_token": HUGE}, "access_token"),
    ],
)
def test_what_is_too_long_for_an_address_is_refused(
    bench: Bench, tool: str, arguments: dict[str, Any], name: str
) -> None:
    message = bench.refused(tool, arguments)
    assert f"{name} is too long" in message or f"{name}: is too long for an id" in message
    assert len(message) < 1000


def test_a_long_text_in_a_body_is_sent_whole(bench: Bench) -> None:
    bench.call("miro_shapes_write", {"operation": "create", "board_id": BOARD, "data": {"content": HUGE}})
    assert bench.recorder.requests[0].json == {"data": {"content": HUGE}}


def test_half_a_surrogate_pair_is_refused(bench: Bench) -> None:
    message = bench.refused(
        "miro_sticky_notes_write", {"operation": "create", "board_id": BOARD, "data": {"content": "\ud800"}}
    )
    assert "surrogate" in message


def test_deep_nesting_is_refused(bench: Bench) -> None:
    deep: Any = "x"
    for _ in range(150):
        deep = [deep]
    message = bench.refused("miro_shapes_write", {"operation": "create", "board_id": BOARD, "data": deep})
    assert message


def test_numbers_that_arrive_as_ids_and_sizes_are_taken(bench: Bench) -> None:
    bench.call(
        "miro_shapes_write",
        {
            "operation": "update",
            "board_id": BOARD,
            "item_id": 34587645,
            "style": {"fontSize": 14, "fillOpacity": 0.5},
        },
    )
    (request,) = bench.recorder.requests
    assert request.path.endswith("/34587645")
    assert request.json == {"style": {"fontSize": "14", "fillOpacity": "0.5"}}


@pytest.mark.slow
def test_a_null_means_left_out_and_numbers_and_switches_may_be_text(bench_of_all: Bench, tmp_path: Path) -> None:
    """Whatever the operation, and also of arguments that only other operations of its tool take."""
    tools = {
        spec.name: spec for spec in build_tools(Policy(Settings.from_environment({"MIRO_TOOLSETS": "all,unlisted"})))
    }
    texts = 0
    for tool, operation in EVERY:
        given = minimal(operation, tmp_path)
        plain = sent(bench_of_all, tool, given)
        options = dict.fromkeys(tools[tool].schema["properties"]) | given
        assert sent(bench_of_all, tool, options) == plain, operation.id
        for name, field in operation.arguments.model_fields.items():
            for value, text in {bool: (True, "true"), int: (20, "20"), float: (20.5, "20.5")}.items():
                if field.annotation is value and not field.is_required() and name != "delete_items":
                    shown, written = text
                    argument = field.alias or name
                    plain = sent(bench_of_all, tool, {**given, argument: shown})
                    assert sent(bench_of_all, tool, {**given, argument: written}) == plain, (operation.id, argument)
                    texts += 1
    assert texts > 30


def sent(bench: Bench, tool: str, arguments: dict[str, Any]) -> list[Any]:
    """The requests that a call sends."""
    result = bench.call(tool, arguments)
    assert not result.is_error, (tool, arguments, text_of(result))
    return [
        (one.method, one.path, one.query, "" if "boundary" in one.headers.get("content-type", "") else one.body)
        for one in bench.recorder.requests
    ]


def test_one_value_stands_for_a_list_of_one_and_fields_may_be_a_comma_list(bench: Bench) -> None:
    one = bench.call(
        "miro_items_read", {"operation": "get", "board_id": BOARD, "item_id": "1", "fields": "id, data.content"}
    )
    assert not one.is_error
    bench.call(
        "miro_bulk_write",
        {"operation": "create", "board_id": BOARD, "items": {"type": "text", "data": {"content": "a"}}},
    )
    assert bench.recorder.requests[0].json == [{"type": "text", "data": {"content": "a"}}]


def test_a_secret_is_not_repeated_in_a_message(bench: Bench) -> None:
    message = bench.refused(
        "miro_tokens_delete", {"operation": "revoke", "accessToken": ["sec-1"], "clientId": "x", "clientSecret": 12345}
    )
    assert "accessToken" in message
    assert "sec-1" not in message
    assert "12345" not in message


ROUTES = {operation.id: (group.tool_of(operation), operation) for group in GROUPS for operation in group.operations}

odd_text = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            ".",
            "..",
            "/",
            "x" * 100_000,
            "%",
            "%2F",
            "%00",
            "a/../b",
            "null",
            "{}",
            "[]",
            "\x00",
            "\x1b[31m",
            ITEM,
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
)
odd_value = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(min_value=10**18, max_value=10**30),
        st.floats(allow_nan=False, allow_infinity=False),
        odd_text,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(odd_text, inner, max_size=3)),
    max_leaves=6,
)


def good_value(name: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a tool's schema allows, ids mostly plausible."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            parts = schema.get("properties", {})
            required = {key: good_value(key, parts[key]) for key in schema.get("required", [])}
            optional = {key: good_value(key, part) for key, part in parts.items() if key not in required}
            return st.fixed_dictionaries(required, optional=optional)
        case "array":
            return st.lists(good_value(name, schema["items"]), min_size=1, max_size=2)
        case "integer":
            return st.integers(schema.get("minimum", -5), schema.get("maximum", 500))
        case "number":
            return st.floats(-1e6, 1e6)
        case "boolean":
            return st.booleans()
        case _:
            return st.one_of(st.just(BOARD if "board" in name else ITEM), odd_text)


@st.composite
def calls(draw: st.DrawFn, schemas: dict[str, dict[str, Any]]) -> tuple[Operation, dict[str, Any]]:
    tool, operation = ROUTES[draw(st.sampled_from(sorted(ROUTES)))]
    properties = schemas[tool]["properties"]
    known = [field.alias or name for name, field in operation.arguments.model_fields.items()]
    required = [field.alias or name for name, field in operation.arguments.model_fields.items() if field.is_required()]
    chosen = {*required, *draw(st.sets(st.sampled_from(known), max_size=3))} if known else set[str]()
    arguments = {name: draw(good_value(name, properties[name])) for name in sorted(chosen & properties.keys())}
    for name in draw(st.lists(st.sampled_from([*known, "operation", "fields", "max_items", "dry_run"]), max_size=2)):
        arguments[name] = draw(odd_value)
    if draw(st.booleans()):
        arguments.pop(draw(st.sampled_from(known)) if known else "", None)
    if draw(st.integers(0, 9)) == 0:
        arguments[draw(odd_text)] = draw(odd_value)
    return operation, {"operation": operation.name, **arguments}


def is_request_of(operation: Operation, method: str, path: str, query: set[str]) -> bool:
    """Whether a request can be the one of this operation and of no other that shares its path."""
    pattern = ("/scim" if operation.host == "scim" else "") + re.sub(r"\{\w+\}", "[^/?#]+", operation.path)
    needs_tag = operation.id in ("remove-tag-from-item", "attach-tag-to-item", "get-items-by-tag")
    deletes_items = {"delete_items"} & query if operation.id == "deleteGroup" else True
    return (
        operation.method == method
        and re.fullmatch(pattern, path) is not None
        and needs_tag == ("tag_id" in query)
        and bool(deletes_items)
    )


@pytest.mark.slow
def test_no_input_crashes_the_server_or_reaches_another_operation(bench: Bench) -> None:
    listed = bench._portal.call(bench._client.list_tools)
    schemas = {tool.name: tool.input_schema for tool in listed.tools}
    by_name = {(tool, operation.name): operation for tool, operation in ROUTES.values()}

    @settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
    @given(calls(schemas))
    def run(call: tuple[Operation, dict[str, Any]]) -> None:
        operation, arguments = call
        tool = ROUTES[operation.id][0]
        result = bench.call(tool, arguments)
        sent = bench.recorder.requests
        requests = [request for request in sent if request.method != "GET" or operation.effect is READ]
        if result.is_error:
            message = text_of(result)
            assert "Error executing tool" not in message
            known = ("MIRO_", "path of a file", "is too long")
            assert message.startswith(tool) or any(words in message for words in known), message
            assert "Nothing was sent" in message or "nothing was sent" in message
            assert "\x1b" not in message
            assert requests == []
        for request in requests:
            query = {name for name, value in request.query if value}
            called = by_name[tool, arguments["operation"]] if "operation" in arguments else operation
            assert is_request_of(called, request.method, request.path, query), (called.id, request)
        if arguments.get("dry_run") is True:
            assert requests == []
        assert json.dumps(value_of(result))

    run()


def test_the_routes_cover_every_operation() -> None:
    assert set(ROUTES) == set(OPERATIONS)
