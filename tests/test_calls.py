"""What an assistant gets back: results, options, paging, errors and previews, in both protocol eras."""

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import CallToolResult
from support import (
    ERAS,
    EVERY,
    Recorded,
    Recorder,
    answer_to,
    connected,
    minimal,
    recording,
    settings_for,
    text_of,
    value_of,
)  # fmt: skip

from miro_mcp.catalogue import READ
from miro_mcp.settings import Settings

BOARD = "uXjVOD6LSME="
ITEM = {
    "id": "3458764517517818867",
    "type": "sticky_note",
    "data": {"content": "", "shape": "square"},
    "tags": [],
    "parent": None,
    "count": 0,
    "locked": False,
    "createdAt": "2026-01-31T09:30:00Z",
    "createdBy": {"id": "1"},
    "links": {"self": "https://api.miro.com/v2/boards/1/items/2"},
}
Reply = Callable[[Recorded], tuple[int, Any]]


def ask(
    reply: Reply | None, *calls: tuple[str, dict[str, Any]], era: str = "auto", **environment: str
) -> tuple[list[CallToolResult], Recorder]:
    """Results of some calls against an API that answers as told."""

    async def run() -> tuple[list[CallToolResult], Recorder]:
        with recording(reply) as recorder:
            async with connected(settings_for(recorder, **environment), era) as client:
                return [await client.call_tool(*call) for call in calls], recorder

    return asyncio.run(run())


def ask_one(
    reply: Reply | None, tool: str, arguments: dict[str, Any], **options: Any
) -> tuple[CallToolResult, Recorder]:
    results, recorder = ask(reply, (tool, arguments), **options)
    return results[0], recorder


GET_ITEM = ("miro_items_read", {"operation": "get", "board_id": BOARD, "item_id": "3"})


@pytest.mark.parametrize("era", ERAS)
def test_an_answer_is_compact_json(era: str) -> None:
    result, _ = ask_one(lambda _: (200, {"id": "1", "name": "Café"}), *GET_ITEM, era=era)
    assert text_of(result) == '{"id":"1","name":"Café"}'


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_no_answer_hides_anything_beside_its_content(era: str, tmp_path: Path) -> None:
    calls = [(tool, minimal(operation, tmp_path)) for tool, operation in EVERY]
    calls += [
        ("miro_board_overview", {"board_id": BOARD}),
        ("miro_board_view", {"board_id": BOARD}),
        ("miro_board_view", {"board_id": BOARD, "format": "svg"}),
        ("miro_diagram_read", {"board_id": BOARD}),
        ("miro_diagram_write", {"board_id": BOARD, "mermaid": "flowchart TD\n A --> B", "dry_run": True}),
        ("miro_svg_write", {"board_id": BOARD, "svg": '<svg xmlns="http://www.w3.org/2000/svg"/>', "dry_run": True}),
        ("miro_batch", {"steps": [{"id": "a", "tool": GET_ITEM[0], "arguments": GET_ITEM[1]}]}),
    ]
    answers: dict[str, Any] = {"id": "1", "name": "Café", "data": []}

    def reply(request: Recorded) -> tuple[int, Any]:
        status, least = answer_to(request)
        return status, answers | least if isinstance(least, dict) else least

    results, _ = ask(reply, *calls, era=era, MIRO_UPLOAD_ROOTS=str(tmp_path))
    for (tool, given), result in zip(calls, results, strict=True):
        assert not result.is_error, (tool, given, text_of(result))
        assert result.structured_content is None
        assert result.content


def test_links_audit_fields_and_empty_values_are_left_out() -> None:
    result, _ = ask_one(lambda _: (200, ITEM), *GET_ITEM)
    assert value_of(result) == {
        "id": ITEM["id"], "type": "sticky_note", "data": {"shape": "square"}, "count": 0, "locked": False,
    }  # fmt: skip


def test_what_a_board_says_twice_is_told_once() -> None:
    policies = {"permissionsPolicy": {"copyAccess": "anyone"}, "sharingPolicy": {"access": "private"}}
    board = {"id": BOARD, "policy": policies, **policies, "lastOpenedAt": "2026-01-31T09:30:00Z"}
    get = ("miro_boards_read", {"operation": "get", "board_id": BOARD})
    twice, _ = ask_one(lambda _: (200, board), *get)
    assert value_of(twice) == {"id": BOARD, **policies}
    once, _ = ask_one(lambda _: (200, {"id": BOARD, "policy": policies}), *get)
    assert value_of(once) == {"id": BOARD, "policy": policies}


@pytest.mark.parametrize("name", ["data", "Resources"])
def test_a_list_without_entries_is_still_a_list(name: str) -> None:
    answer = {name: [], "total": 0, "cursor": "", "links": {}}
    tool, given = ("miro_items_read", {"board_id": BOARD}) if name == "data" else ("miro_scim_users_read", {})
    result, _ = ask_one(lambda _: (200, answer), tool, {"operation": "list", **given})
    assert value_of(result) == {name: [], "total": 0}


def test_verbose_leaves_nothing_out() -> None:
    tool, arguments = GET_ITEM
    result, _ = ask_one(lambda _: (200, ITEM), tool, {**arguments, "verbose": True})
    assert value_of(result) == ITEM


def test_fields_picks_dotted_paths_of_one_object_and_of_each_entry_of_a_list() -> None:
    fields = ["id", "data.shape", "links"]
    picked = {"id": ITEM["id"], "data": {"shape": "square"}, "links": ITEM["links"]}
    tool, arguments = GET_ITEM
    one, _ = ask_one(lambda _: (200, ITEM), tool, {**arguments, "fields": fields})
    assert value_of(one) == picked
    page = {"data": [ITEM, ITEM], "total": 2, "cursor": "x"}
    many, _ = ask_one(lambda _: (200, page), tool, {"operation": "list", "board_id": BOARD, "fields": fields})
    assert value_of(many) == {"data": [picked, picked], "total": 2, "cursor": "x"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((207, {"results": [{"status": 200}]}), {"results": [{"status": 200}]}),
        ((200, {"new": {"shape": ["of", {"answer": 1}]}}), {"new": {"shape": ["of", {"answer": 1}]}}),
    ],
)
def test_any_answer_of_success_is_passed_on(answer: tuple[int, Any], expected: dict[str, Any]) -> None:
    result, _ = ask_one(lambda _: answer, *GET_ITEM)
    assert not result.is_error
    assert value_of(result) == expected


RENAME = ("miro_boards_write", {"operation": "update", "board_id": BOARD, "name": "Plan"})
METRICS = ("miro_app_metrics_read", {
    "operation": "list", "app_id": "1", "startDate": "2026-01-01", "endDate": "2026-01-31"})  # fmt: skip
MEMBERS = ("miro_organizations_read", {"operation": "list_members", "org_id": "1", "emails": "ada@example.com"})


@pytest.mark.parametrize(
    ("call", "answer", "expected"),
    [
        (RENAME, (202, None), {"ok": True, "status": 202}),
        (RENAME, (204, None), {"ok": True, "status": 204}),
        (METRICS, (200, []), {"data": []}),
        (MEMBERS, (200, [{"id": "1"}]), {"data": [{"id": "1"}]}),
        (MEMBERS, (200, {"data": [{"id": "1"}]}), {"data": [{"id": "1"}]}),
    ],
)
def test_what_may_be_answered_besides_an_object_is_passed_on(
    call: tuple[str, dict[str, Any]], answer: tuple[int, Any], expected: dict[str, Any]
) -> None:
    result, _ = ask_one(lambda _: answer, *call)
    assert not result.is_error, text_of(result)
    assert value_of(result) == expected


PAGE = b"<!doctype html><html><body>Please sign in to the network</body></html>"


@pytest.mark.parametrize("body", [PAGE, {}, [], None], ids=["a page", "an empty object", "an empty list", "nothing"])
def test_what_is_not_miros_answer_is_neither_nothing_nor_done(body: Any, tmp_path: Path) -> None:
    due = [(tool, operation) for tool, operation in EVERY if operation.answer != "nothing"]
    if body == []:
        due = [(tool, operation) for tool, operation in due if operation.answer != "array"]
    calls = [(tool, minimal(operation, tmp_path)) for tool, operation in due]
    log = tmp_path / "audit.jsonl"
    results, _ = ask(lambda _: (200, body), *calls, MIRO_UPLOAD_ROOTS=str(tmp_path), MIRO_AUDIT_LOG=str(log))
    outcomes = {record["operation"]: record["outcome"] for record in map(json.loads, log.read_text().splitlines())}
    for (_, operation), result in zip(due, results, strict=True):
        assert result.is_error, (operation.id, text_of(result))
        assert "not Miro's answer" in text_of(result), text_of(result)
        assert "MIRO_API_BASE_URL" in text_of(result)
        changes = operation.effect is not READ
        assert ("outcome is unknown" in text_of(result)) == changes, text_of(result)
        if changes:
            assert outcomes[operation.id] == "unknown"


@pytest.mark.parametrize("tool", ["miro_board_overview", "miro_board_view", "miro_diagram_read"])
def test_a_page_is_not_an_empty_board(tool: str) -> None:
    result, _ = ask_one(lambda _: (200, PAGE), tool, {"board_id": BOARD})
    assert result.is_error
    assert "not Miro's answer" in text_of(result)


def test_a_page_in_place_of_no_body_is_not_done_either() -> None:
    delete = ("miro_items_delete", {"operation": "delete", "board_id": BOARD, "item_id": "1"})
    result, _ = ask_one(lambda _: (200, PAGE), *delete)
    assert "outcome is unknown" in text_of(result)
    result, _ = ask_one(lambda _: (204, None), *delete)
    assert not result.is_error


ERROR = {"status": 404, "code": "2.0703", "message": "Item not found", "context": None, "type": "error"}


@pytest.mark.parametrize("era", ERAS)
def test_an_error_says_what_happened_whether_anything_changed_and_what_to_do(era: str) -> None:
    result, _ = ask_one(lambda _: (404, ERROR), *GET_ITEM, era=era)
    assert result.is_error
    assert text_of(result) == (
        'Miro answered 404 2.0703: "Item not found". Nothing was changed. There is no such object, or this token '
        "can't see it: check the ids by listing."
    )


def test_the_fields_a_bulk_error_names_are_told() -> None:
    fields = [{"field": "3.data.shape", "message": "unknown shape"}]
    answer = {"status": 400, "code": "2.0703", "message": "Invalid", "context": {"fields": fields}}
    arguments = {"operation": "create", "board_id": BOARD, "items": [{"type": "text"}]}
    result, _ = ask_one(lambda _: (400, answer), "miro_bulk_write", arguments)
    assert "3.data.shape: unknown shape" in text_of(result)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body", [None, b"<html>gateway</html>", {"unexpected": 1}, [1], {"message": {"a": 1}, "context": 5}]
)
@pytest.mark.parametrize("status", [301, 400, 401, 403, 409, 418, 425, 429, 500, 503])
def test_an_error_of_any_shape_becomes_words(status: int, body: Any) -> None:
    result, recorder = ask_one(lambda _: (status, body), *GET_ITEM, MIRO_CALL_TIMEOUT="2")
    assert result.is_error
    assert f"Miro answered {status}" in text_of(result)
    tries = sum(request.path.endswith("/items/3") for request in recorder.requests)
    assert tries > 1 if status in (429, 500, 503) else tries == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_write_that_ends_in_a_server_error_is_not_called_unchanged(status: int) -> None:
    arguments = {"operation": "create", "board_id": BOARD, "title": "x"}
    result, recorder = ask_one(lambda _: (status, None), "miro_tags_write", arguments)
    assert "The outcome is unknown" in text_of(result)
    assert len(recorder.requests) == 1


@pytest.mark.slow
def test_no_connection_is_told_as_nothing_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {"MIRO_ACCESS_TOKEN": "t", "MIRO_API_BASE_URL": url, "MIRO_CALL_TIMEOUT": "2"}
    settings = Settings.from_environment(environment)

    async def run() -> CallToolResult:
        async with connected(settings) as client:
            return await client.call_tool(*GET_ITEM)

    result = asyncio.run(run())
    assert result.is_error
    assert "Nothing was sent" in text_of(result)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"])
def test_a_write_cut_off_halfway_is_told_as_of_unknown_outcome(answer: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async def run() -> CallToolResult:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        settings = Settings.from_environment({"MIRO_ACCESS_TOKEN": "t", "MIRO_API_BASE_URL": url})
        async with server, connected(settings) as client:
            return await client.call_tool("miro_tags_write", {"operation": "create", "board_id": BOARD, "title": "x"})

    result = asyncio.run(run())
    assert result.is_error
    assert "may or may not have been carried out" in text_of(result)


@pytest.mark.parametrize("era", ERAS)
def test_without_a_token_tools_are_listed_and_each_call_says_how_to_sign_in(era: str) -> None:
    async def run() -> tuple[int, CallToolResult, CallToolResult]:
        async with connected(Settings.from_environment({"MIRO_TOOLSETS": "all"}), era) as client:
            tools = (await client.list_tools()).tools
            rest = await client.call_tool(*GET_ITEM)
            return len(tools), rest, await client.call_tool("miro_scim_users_read", {"operation": "list"})

    count, rest, scim = asyncio.run(run())
    assert count > 70
    assert "MIRO_ACCESS_TOKEN" in text_of(rest)
    assert "--sandbox" in text_of(rest)
    assert "the app's page" in text_of(rest)
    assert "MIRO_SCIM_TOKEN" in text_of(scim)
    assert "company settings" in text_of(scim)


def pages_by_cursor(total: int) -> Reply:
    def reply(request: Recorded) -> tuple[int, Any]:
        query = dict(request.query)
        start, limit = int(query.get("cursor", "0")), int(query.get("limit", "10"))
        end = min(start + limit, total)
        page = {"data": [{"id": str(n)} for n in range(start, end)], "total": total, "size": end - start}
        return 200, page | ({"cursor": str(end)} if end < total else {})

    return reply


def pages_by_offset(total: int, *, tell_total: bool = True) -> Reply:
    def reply(request: Recorded) -> tuple[int, Any]:
        query = dict(request.query)
        start, limit = int(query.get("offset", "0")), int(query.get("limit", "20"))
        page = {"data": [{"id": str(n)} for n in range(start, min(start + limit, total))], "offset": start}
        return 200, page | ({"total": total} if tell_total else {})

    return reply


def pages_by_index(total: int) -> Reply:
    def reply(request: Recorded) -> tuple[int, Any]:
        query = dict(request.query)
        start, count = int(query.get("startIndex", "1")), int(query.get("count", "100"))
        resources = [{"id": str(n - 1)} for n in range(start, min(start + count, total + 1))]
        return 200, {"totalResults": total, "startIndex": start, "Resources": resources}

    return reply


LISTS = [
    ("miro_items_read", {"operation": "list", "board_id": BOARD}, pages_by_cursor),
    ("miro_boards_read", {"operation": "list"}, pages_by_offset),
    ("miro_boards_read", {"operation": "list"}, lambda total: pages_by_offset(total, tell_total=False)),
    ("miro_scim_users_read", {"operation": "list"}, pages_by_index),
]


@pytest.mark.slow
@pytest.mark.parametrize(("tool", "arguments", "pages"), LISTS)
@pytest.mark.parametrize("total", [0, 1, 50, 123])
def test_max_items_walks_all_pages_without_gaps_or_duplicates(
    tool: str, arguments: dict[str, Any], pages: Callable[[int], Reply], total: int
) -> None:
    result, _ = ask_one(pages(total), tool, {**arguments, "max_items": 1000})
    content = value_of(result)
    assert [entry["id"] for entry in content.get("data", [])] == [str(n) for n in range(total)]
    assert "more" not in content


@pytest.mark.parametrize(("tool", "arguments", "pages"), LISTS)
def test_max_items_stops_and_says_that_there_is_more(
    tool: str, arguments: dict[str, Any], pages: Callable[[int], Reply]
) -> None:
    result, _ = ask_one(pages(123), tool, {**arguments, "max_items": 75})
    content = value_of(result)
    assert len(content["data"]) == 75
    assert content["more"] is True


def test_a_cursor_that_repeats_ends_the_walk() -> None:
    result, recorder = ask_one(
        lambda _: (200, {"data": [{"id": "1"}], "cursor": "same"}),
        "miro_items_read",
        {"operation": "list", "board_id": BOARD, "max_items": 1000},
    )
    assert not result.is_error
    assert len(recorder.requests) == 2


def test_a_page_that_fails_fails_the_walk() -> None:
    def reply(request: Recorded) -> tuple[int, Any]:
        return (500, None) if dict(request.query).get("cursor") else pages_by_cursor(123)(request)

    result, _ = ask_one(reply, "miro_items_read", {"operation": "list", "board_id": BOARD, "max_items": 100})
    assert result.is_error


@pytest.mark.slow
def test_the_examples_that_messages_give_are_taken_for_every_operation(tmp_path: Path) -> None:
    calls = [(tool, minimal(operation, tmp_path)) for tool, operation in EVERY]
    results, recorder = ask(None, *calls, MIRO_UPLOAD_ROOTS=str(tmp_path))
    assert [text_of(result) for result in results if result.is_error] == []
    assert [request.method for request in recorder.requests] == [operation.method for _, operation in EVERY]


def test_a_dry_run_of_any_write_or_delete_sends_reads_alone(tmp_path: Path) -> None:
    changes = [(tool, operation) for tool, operation in EVERY if operation.effect is not READ]
    calls = [(tool, minimal(operation, tmp_path) | {"dry_run": True}) for tool, operation in changes]
    results, recorder = ask(None, *calls, MIRO_UPLOAD_ROOTS=str(tmp_path))
    assert {request.method for request in recorder.requests} == {"GET"}
    for result, (_, operation) in zip(results, changes, strict=True):
        assert value_of(result)["request"]["method"] == operation.method


def test_a_dry_run_of_a_delete_shows_the_request_and_sends_reads_alone() -> None:
    arguments = {"operation": "delete", "board_id": BOARD, "dry_run": True}
    result, recorder = ask_one(None, "miro_boards_delete", arguments)
    content = value_of(result)
    assert content["sent"] is False
    assert content["risk"] == 4
    assert content["request"] == {"method": "DELETE", "url": f"{recorder.url}/v2/boards/uXjVOD6LSME%3D"}
    assert {request.method for request in recorder.requests} == {"GET"}


def test_a_dry_run_shows_the_body_and_query_exactly() -> None:
    arguments = {
        "operation": "create", "org_id": "1", "request_id": "92343229-c532-446d-b8cb-2f155bedb807",
        "boardIds": [BOARD], "dry_run": True,
    }  # fmt: skip
    result, _ = ask_one(None, "miro_board_exports_write", arguments)
    request = value_of(result)["request"]
    assert request["query"] == [["request_id", "92343229-c532-446d-b8cb-2f155bedb807"]]
    assert request["body"] == {"boardIds": [BOARD]}


def test_a_dry_run_needs_no_token() -> None:
    async def run() -> CallToolResult:
        async with connected(Settings.from_environment({})) as client:
            return await client.call_tool("miro_boards_write", {"operation": "create", "name": "x", "dry_run": True})

    assert not asyncio.run(run()).is_error


def upload(path: Path | str, roots: Path | None) -> tuple[CallToolResult, Recorder]:
    arguments = {"operation": "create_from_file", "board_id": BOARD, "resource": str(path)}
    environment = {"MIRO_UPLOAD_ROOTS": str(roots)} if roots else {}
    return ask_one(lambda _: (201, {"id": "1"}), "miro_images_write", arguments, **environment)


def test_a_file_in_an_open_folder_is_uploaded(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(bytes(range(256)) * 4000)
    result, recorder = upload(file, tmp_path)
    assert not result.is_error
    (request,) = recorder.requests
    assert file.read_bytes() in request.body
    assert b'filename="picture.png"' in request.body
    assert b"image/png" in request.body


def test_a_file_outside_the_open_folders_is_never_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    secret = outside / "secret.txt"
    secret.write_text("secret")
    (inside / "link.txt").symlink_to(secret)
    for path in (secret, inside / "link.txt", inside / ".." / "outside" / "secret.txt"):
        result, recorder = upload(path, inside)
        assert result.is_error
        assert "MIRO_UPLOAD_ROOTS" in text_of(result)
        assert recorder.requests == []


def test_no_folder_is_open_unless_the_operator_opens_one(tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"x")
    result, recorder = upload(file, None)
    assert result.is_error
    assert recorder.requests == []


@pytest.mark.parametrize("name", ["missing.png", ".", "a\x00b"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    result, recorder = upload(f"{tmp_path}/{name}", tmp_path)
    assert result.is_error
    assert "resource" in text_of(result)
    assert recorder.requests == []


def test_a_file_over_6_mb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "big.png"
    file.write_bytes(b"x" * (6 * 1024 * 1024 + 1))
    result, recorder = upload(file, tmp_path)
    assert "6 MB" in text_of(result)
    assert recorder.requests == []


def test_redirects_are_not_followed() -> None:
    result, recorder = ask_one(lambda _: (302, None), *GET_ITEM)
    assert result.is_error
    assert len(recorder.requests) == 1


def test_the_token_appears_in_no_result() -> None:
    def reply(_: Recorded) -> tuple[int, Any]:
        return 400, {"message": "bad"}

    results, _ = ask(
        reply, GET_ITEM, ("miro_boards_write", {"operation": "create", "dry_run": True}),
        MIRO_ACCESS_TOKEN="a-secret-token",
    )  # fmt: skip
    assert all("a-secret-token" not in json.dumps(result.model_dump(mode="json")) for result in results)


def test_calls_in_flight_together_do_not_mix() -> None:
    def reply(request: Recorded) -> tuple[int, Any]:
        return 200, {"id": request.path.rpartition("/")[2]}

    async def run() -> list[str]:
        with recording(reply) as recorder:
            async with connected(settings_for(recorder)) as client:
                results = await asyncio.gather(*(get(client, str(n)) for n in range(100)))
                return [value_of(result)["id"] for result in results]

    def get(client: Client, item: str) -> Coroutine[Any, Any, CallToolResult]:
        return client.call_tool("miro_items_read", {"operation": "get", "board_id": BOARD, "item_id": item})

    assert asyncio.run(run()) == [str(n) for n in range(100)]
