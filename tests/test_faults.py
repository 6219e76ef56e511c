"""Bad days of the API, over a real port: what is tried again, what never is, and what is said about it."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from faulty import FAULTS, FaultyApi, serving
from mcp import Client
from mcp.types import CallToolResult
from support import ERAS, connected, text_of, value_of

from miro_mcp.client.attempt import MOST_ANSWER_BYTES
from miro_mcp.settings import Settings
from miro_mcp.system import progress

BOARD = "uXjVOD6LSME="
TAG = "3458764517517818867"
READ = ("miro_items_read", {"operation": "get", "board_id": BOARD, "item_id": "3"})
CREATE = ("miro_tags_write", {"operation": "create", "board_id": BOARD, "title": "x"})
UPDATE = ("miro_tags_write", {"operation": "update", "board_id": BOARD, "tag_id": TAG, "title": "y"})
DELETE = ("miro_tags_delete", {"operation": "delete", "board_id": BOARD, "tag_id": TAG})
EVERY_FAULT = dict.fromkeys(FAULTS, 0.05)


def settings_for(api: FaultyApi, folder: Path, **environment: str) -> Settings:
    return Settings.from_environment(
        {
            "MIRO_ACCESS_TOKEN": "t",
            "MIRO_API_BASE_URL": api.url,
            "MIRO_CONFIRM": "allow",
            "MIRO_KEEP_DAYS": "0",
            "MIRO_AUDIT_LOG": str(folder / "audit.jsonl"),
        }
        | environment
    )


def run(
    api: FaultyApi,
    folder: Path,
    work: Callable[[Client], Awaitable[Any]],
    era: str = "auto",
    **environment: str,
) -> Any:
    async def go() -> Any:
        async with serving(api), connected(settings_for(api, folder, **environment), era) as client:
            return await work(client)

    return asyncio.run(go())


def call(api: FaultyApi, folder: Path, what: tuple[str, dict[str, Any]], **options: Any) -> CallToolResult:
    return run(api, folder, lambda client: client.call_tool(*what), **options)


def outcomes(folder: Path) -> list[str]:
    return [json.loads(line)["outcome"] for line in (folder / "audit.jsonl").read_text().splitlines()]


async def in_flight(count: int, work: Callable[[int], Awaitable[None]], *, at_once: int = 16) -> None:
    numbers = iter(range(count))

    async def keep_working() -> None:
        for number in numbers:
            await work(number)

    await asyncio.gather(*(keep_working() for _ in range(at_once)))


@pytest.mark.slow
def test_of_many_creates_under_every_fault_none_is_doubled_and_none_is_lost_silently(tmp_path: Path) -> None:
    api = FaultyApi(faults=EVERY_FAULT, slow=0.1)
    told: dict[str, str] = {}

    async def work(client: Client) -> None:
        async def create(number: int) -> None:
            title = f"tag {number}"
            result = await client.call_tool(
                "miro_tags_write", {"operation": "create", "board_id": BOARD, "title": title}
            )
            told[title] = "unknown" if result.is_error else "done"
            assert not result.is_error or "outcome is unknown" in text_of(result), text_of(result)

        await in_flight(200, create)

    run(api, tmp_path, work)
    made = Counter(api.titles)
    assert set(api.met) == set(FAULTS)
    assert max(made.values()) == 1
    assert [title for title, outcome in told.items() if outcome == "done" and made[title] != 1] == []
    assert Counter(outcomes(tmp_path)) == Counter(told.values())


@pytest.mark.slow
def test_many_reads_under_every_fault_are_all_answered(tmp_path: Path) -> None:
    api = FaultyApi(faults=EVERY_FAULT, slow=0.1)

    async def work(client: Client) -> None:
        async def read(number: int) -> None:
            result = await client.call_tool(READ[0], {**READ[1], "item_id": str(number)})
            assert value_of(result).get("id") == str(number), text_of(result)

        await in_flight(300, read)

    run(api, tmp_path, work)
    assert set(api.met) == set(FAULTS)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("fault", ["503", "reset before", "reset after", "truncated"])
@pytest.mark.parametrize("what", [READ, UPDATE, DELETE])
def test_what_is_safe_to_repeat_is_repeated(
    what: tuple[str, dict[str, Any]], fault: str, era: str, tmp_path: Path
) -> None:
    api = FaultyApi(script=[fault, fault, None])
    result = call(api, tmp_path, what, era=era)
    assert not result.is_error, text_of(result)
    assert len(api.requests) == 3 - (what is DELETE and fault == "truncated") * 2


@pytest.mark.parametrize("fault", ["503", "reset before", "reset after", "truncated"])
def test_a_create_that_may_have_been_carried_out_is_never_repeated(fault: str, tmp_path: Path) -> None:
    api = FaultyApi(script=[fault, None])
    result = call(api, tmp_path, CREATE)
    assert len(api.requests) == 1
    assert result.is_error
    assert "The outcome is unknown" in text_of(result)
    assert "Look with miro_tags_read (list) before trying again" in text_of(result)
    assert outcomes(tmp_path) == ["unknown"]


def test_a_refused_create_was_not_carried_out_and_is_repeated(tmp_path: Path) -> None:
    api = FaultyApi(script=["429", "429", None])
    assert not call(api, tmp_path, CREATE).is_error
    assert api.titles == ["x"]
    assert len(api.requests) == 3


def test_a_create_whose_connection_could_not_be_made_is_repeated(tmp_path: Path) -> None:
    async def go() -> tuple[CallToolResult, FaultyApi]:
        api = FaultyApi()
        async with serving(api):
            port = int(api.url.rpartition(":")[2])
        settings = settings_for(api, tmp_path)
        async with connected(settings) as client:
            calling = asyncio.create_task(client.call_tool(*CREATE))
            await asyncio.sleep(0.3)
            server = await asyncio.start_server(api.serve, "127.0.0.1", port)
            try:
                return await calling, api
            finally:
                server.close()  # Leaving it as a context would wait for the client's connection to end first.

    result, api = asyncio.run(go())
    assert not result.is_error, text_of(result)
    assert api.titles == ["x"]


@pytest.mark.parametrize("fault", ["reset after", "503 after"])
def test_deleting_what_an_earlier_try_deleted_counts_as_done(fault: str, tmp_path: Path) -> None:
    api = FaultyApi(script=[fault, None])
    result = call(api, tmp_path, DELETE)
    assert not result.is_error
    assert "it was carried out" in text_of(result)
    assert outcomes(tmp_path) == ["done"]


def test_deleting_what_was_never_there_is_an_error(tmp_path: Path) -> None:
    api = FaultyApi(script=["429", None], gone={f"/v2/boards/uXjVOD6LSME%3D/tags/{TAG}"})
    result = call(api, tmp_path, DELETE)
    assert "Miro answered 404" in text_of(result)


@pytest.mark.slow
def test_a_server_that_asks_to_wait_is_not_called_before(tmp_path: Path) -> None:
    api = FaultyApi(script=["429", None], retry_after="1")
    assert not call(api, tmp_path, CREATE).is_error
    (_, _, first), (_, _, second) = api.requests
    assert second - first >= 1


def test_refusals_that_say_for_how_long_are_waited_out_however_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def pause(seconds: float, why: str) -> None:
        del seconds, why

    monkeypatch.setattr(progress, "pause", pause)
    api = FaultyApi(script=["429"] * 20, retry_after="0")
    assert not call(api, tmp_path, CREATE).is_error
    assert len(api.requests) == 21


def test_a_wait_beyond_the_limit_of_the_call_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def pause(seconds: float, why: str) -> None:
        raise AssertionError(f"it waited {seconds:.0f} s: {why}")

    monkeypatch.setattr(progress, "pause", pause)
    result = call(FaultyApi(script=["429"], retry_after="600"), tmp_path, CREATE)
    assert "Nothing was changed" in text_of(result)
    assert "Miro asks to wait 600 s" in text_of(result)
    assert outcomes(tmp_path) == ["failed"]


@pytest.mark.slow
@pytest.mark.parametrize("what", [READ, CREATE])
def test_a_call_ends_at_its_limit_of_time(what: tuple[str, dict[str, Any]], tmp_path: Path) -> None:
    api = FaultyApi(script=["slow"] * 20, slow=30)
    result = call(api, tmp_path, what, MIRO_CALL_TIMEOUT="2")
    assert len(api.requests) == 1
    assert ("The outcome is unknown" if what is CREATE else "Nothing was changed by it") in text_of(result)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_a_wait_is_shown_as_progress(era: str, tmp_path: Path) -> None:
    shown: list[tuple[float, str]] = []

    async def show(done: float, _: float | None, message: str | None) -> None:
        shown.append((done, message or ""))

    api = FaultyApi(script=["429", None], retry_after="2")
    result = run(api, tmp_path, lambda client: client.call_tool(*CREATE, progress_callback=show), era=era)
    assert not result.is_error
    assert any("rate limit" in message for _, message in shown)
    assert [done for done, _ in shown] == sorted({done for done, _ in shown})


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_a_cancelled_call_stops_at_once_and_its_record_says_what_is_known(era: str, tmp_path: Path) -> None:
    api = FaultyApi(script=["slow", "429"], slow=30, retry_after="30")

    async def work(client: Client) -> None:
        for _ in range(2):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1):
                    await client.call_tool(*CREATE)
        while "pending" in outcomes(tmp_path):
            await asyncio.sleep(0.05)

    async def go() -> None:
        async with serving(api), connected(settings_for(api, tmp_path), era) as client, asyncio.timeout(20):
            await work(client)

    asyncio.run(go())
    assert outcomes(tmp_path) == ["unknown", "not sent"]


@pytest.mark.slow
@pytest.mark.parametrize("end", [None, signal.SIGTERM, signal.SIGINT])
def test_ending_the_server_breaks_off_calls_in_flight_and_records_what_is_known(
    end: signal.Signals | None, tmp_path: Path
) -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": CREATE[0], "arguments": CREATE[1]}},
    ]  # fmt: skip

    async def go() -> None:
        api = FaultyApi(script=["slow"], slow=60)
        async with serving(api), asyncio.timeout(40):
            environment = {
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "MIRO_ACCESS_TOKEN": "t",
                "MIRO_API_BASE_URL": api.url,
                "MIRO_AUDIT_LOG": str(tmp_path / "audit.jsonl"),
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "miro_mcp", stdin=PIPE, stdout=DEVNULL, stderr=PIPE, env=environment
            )
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.write("".join(json.dumps(message) + "\n" for message in messages).encode())
            while not api.requests:
                await asyncio.sleep(0.05)
            if end is None:
                process.stdin.close()
            else:
                process.send_signal(end)
            assert await process.wait() == (-end if end else 0)
            assert b"Traceback" not in await process.stderr.read()

    asyncio.run(go())
    assert outcomes(tmp_path) == ["unknown"]


@pytest.mark.slow
def test_no_more_calls_than_sixteen_are_in_flight_and_fewer_after_refusals(tmp_path: Path) -> None:
    api = FaultyApi(latency=2.0)

    async def work(client: Client) -> None:
        async def read(number: int) -> None:
            await client.call_tool(READ[0], {**READ[1], "item_id": str(number)})

        await in_flight(20, read, at_once=20)
        assert api.most_in_flight == 16
        api.latency = 0.05
        api.script = ["429"] * 3
        await in_flight(40, read, at_once=40)
        api.most_in_flight = 0
        await in_flight(20, read, at_once=20)
        assert api.most_in_flight < 16

    run(api, tmp_path, work)


def test_an_answer_larger_than_the_cap_is_cut_and_says_so(tmp_path: Path) -> None:
    api = FaultyApi()
    entries = [{"id": str(number), "content": "x" * 1000} for number in range(MOST_ANSWER_BYTES // 1000)]
    api.answer = lambda *_: (200, {"data": entries, "cursor": "next"})
    result = call(api, tmp_path, ("miro_items_read", {"operation": "list", "board_id": BOARD, "max_items": 10000}))
    content = value_of(result)
    assert 0 < len(content["data"]) < len(entries)
    assert "cut off" in content["cut"]
    assert content["more"] is True


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 5000 + b"]" * 5000,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"name": "\\ud800"}',
        b'{"x": NaN}',
        b"\xff\xfe\x00",
        b'{"data": {"not": "a list"}, "total": "many", "cursor": 5}',
        b'{"id": 3458764517517818867, "type": {"new": ["shape"]}}',
        b"null",
        b'"text"',
        b"<html>",
    ],
)
@pytest.mark.parametrize(
    "what", [READ, CREATE, ("miro_items_read", {"operation": "list", "board_id": BOARD, "max_items": 5})]
)
def test_no_answer_breaks_anything(what: tuple[str, dict[str, Any]], body: bytes, tmp_path: Path) -> None:
    api = FaultyApi()
    api.answer = lambda *_: (200, body)

    async def work(client: Client) -> None:
        result = await client.call_tool(*what)
        assert "not Miro's answer" in text_of(result) if result.is_error else value_of(result)
        api.answer = None
        assert not (await client.call_tool(*READ)).is_error

    run(api, tmp_path, work)


def test_json_that_broke_off_is_asked_for_again(tmp_path: Path) -> None:
    api = FaultyApi()
    answers = iter([b'{"id": "3", "na', b'{"id": "3", "name": "whole"}'])
    api.answer = lambda *_: (200, next(answers))
    assert value_of(call(api, tmp_path, READ)) == {"id": "3", "name": "whole"}


@pytest.mark.parametrize(("status", "words"), [(409, "read it again"), (425, "isn't ready yet")])
def test_a_conflict_and_what_is_too_early_are_told_for_what_they_are(status: int, words: str, tmp_path: Path) -> None:
    api = FaultyApi()
    api.answer = lambda *_: (status, {"status": status, "message": "no"})
    result = call(api, tmp_path, UPDATE)
    assert len(api.requests) == 1
    assert "Nothing was changed" in text_of(result)
    assert words in text_of(result)


def test_an_error_after_a_try_that_may_have_worked_does_not_claim_that_nothing_changed(tmp_path: Path) -> None:
    api = FaultyApi(script=["reset after", None])
    answers = iter([(200, {}), (409, {"status": 409, "message": "conflict"})])
    api.answer = lambda *_: next(answers)
    result = call(api, tmp_path, UPDATE)
    assert "Miro answered 409" in text_of(result)
    assert "The outcome is unknown" in text_of(result)
    assert "making the same call again does no harm" in text_of(result)
