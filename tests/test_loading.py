"""How a board is read: side by side, whole, each page once, and what happens where a part can't be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from boards import empty_board, mixed_board, numbers_in, page_of, serve
from mcp.types import CallToolResult
from support import ERAS, Recorded, Recorder, connected, recording, settings_for, text_of

pytestmark = pytest.mark.anyio
Reply = Callable[[Recorded], tuple[int, Any]]
LARGE = 1_000_000
"""A budget at which everything is read."""

MIXED = mixed_board(400, 8, 260)
EVERYTHING = Counter(item["type"] for item in [*MIXED.items, *MIXED.mindmap_nodes, *MIXED.code_widgets])


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def read(
    reply: Reply, era: str = "auto", budget: int = LARGE, **environment: str
) -> tuple[CallToolResult, Recorder]:
    with recording(reply) as recorder:
        async with connected(settings_for(recorder, **environment), era) as client:
            answer = await client.call_tool("miro_board_overview", {"board_id": MIXED.id, "budget": budget})
    return answer, recorder


def counts_of(answer: CallToolResult) -> tuple[dict[str, int], int]:
    told = numbers_in(text_of(answer))
    return told.counts, told.connectors


def asked(recorder: Recorder, name: str) -> list[dict[str, str]]:
    return [dict(request.query) for request in recorder.requests if request.path.endswith(f"/{name}")]


def without_types(reply: Reply, *kinds: str) -> Reply:
    """An API that refuses to filter by some kinds."""

    def answer(request: Recorded) -> tuple[int, Any]:
        if dict(request.query).get("type") in kinds:
            return 400, {"status": 400, "code": "2.0703", "message": "Unexpected value [type]", "type": "error"}
        return reply(request)

    return answer


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("links", [True, False], ids=["pages tell the last one", "pages tell the next one only"])
async def test_everything_is_read_and_no_page_twice(era: str, links: bool) -> None:
    answer, recorder = await read(serve(MIXED, links=links), era)
    assert counts_of(answer) == (EVERYTHING, len(MIXED.connectors))
    assert "Left out" not in text_of(answer)
    requests = [(request.path, tuple(sorted(request.query))) for request in recorder.requests]
    assert Counter(requests).most_common(1)[0][1] == 1
    assert all(dict(query).get("limit") == "50" for path, query in requests if path.endswith("items"))


async def test_lists_are_read_side_by_side_and_from_both_ends() -> None:
    order: list[str] = []
    inner = serve(MIXED)

    def reply(request: Recorded) -> tuple[int, Any]:
        order.append(f"{request.path.rpartition('/')[2]} {dict(request.query).get('cursor', '')}")
        return inner(request)

    await read(reply)
    connectors = [one.split()[1] if " " in one.strip() else "" for one in order if one.startswith("connectors")]
    assert sorted(connectors, key=lambda cursor: int(cursor or 0)) == ["", "50", "100", "150", "200", "250"]
    assert connectors.index("250") < connectors.index("150")
    first_of_each = [
        next(place for place, one in enumerate(order) if one.startswith(name)) for name in ("items", "connectors")
    ]
    assert max(first_of_each) < len({one.split()[0] for one in order})


@pytest.mark.parametrize("era", ERAS)
async def test_kinds_that_can_not_be_filtered_by_are_not_missed(era: str) -> None:
    board = mixed_board(120, 2, 0)
    for item in board.items[10:40]:
        item["type"] = "kanban"
    answer, _ = await read(serve(board), era)
    assert counts_of(answer)[0]["kanban"] == 30
    assert sum(counts_of(answer)[0].values()) == 122 + len(board.mindmap_nodes) + len(board.code_widgets)


async def test_kinds_that_the_api_refuses_to_filter_by_are_not_missed() -> None:
    answer, _ = await read(without_types(serve(MIXED), "preview", "sticky_note", "frame"))
    assert counts_of(answer)[0] == EVERYTHING


def types_asked(recorder: Recorder) -> list[str]:
    """What lists of items were filtered by, a page each; the list of all by nothing."""
    return [query.get("type", "") for query in asked(recorder, "items") if "tag_id" not in query]


async def test_kinds_that_nothing_is_left_for_are_not_asked_for() -> None:
    board = mixed_board(260, 0, 0, mix=(("sticky_note", 60), ("card", 40)))
    answer, recorder = await read(serve(board))
    assert counts_of(answer)[0]["sticky_note"] == len(board.of_kind("sticky_note"))
    assert Counter(types_asked(recorder)) == {"": 1, "sticky_note": 4, "card": 3, "shape": 1, "text": 1}


async def test_a_board_of_few_pages_is_read_by_its_list_of_all() -> None:
    board = mixed_board(180, 2, 0)
    answer, recorder = await read(serve(board))
    assert sum(counts_of(answer)[0].values()) == 182 + len(board.mindmap_nodes) + len(board.code_widgets)
    assert Counter(types_asked(recorder)) == {"": 4, "sticky_note": 1, "card": 1, "shape": 1, "text": 1}


@pytest.mark.parametrize("links", [True, False], ids=["pages tell the last one", "pages tell the next one only"])
async def test_what_no_kind_tells_is_read_beside_the_kinds_and_no_further_than_it_is_there(links: bool) -> None:
    board = mixed_board(400, 0, 0)
    for item in board.items[:20]:
        item["type"] = "kanban"
    answer, recorder = await read(serve(board, links=links))
    assert counts_of(answer)[0]["kanban"] == 20
    assert sum(counts_of(answer)[0].values()) == 400 + len(board.mindmap_nodes) + len(board.code_widgets)
    pages = [query.get("cursor") for query in asked(recorder, "items") if query.keys() == {"limit", "cursor"}]
    assert len(set(pages)) == len(pages) < 8


async def test_kinds_that_count_more_than_they_tell_are_made_up_for() -> None:
    inner = serve(MIXED)

    def reply(request: Recorded) -> tuple[int, Any]:
        status, body = inner(request)
        if dict(request.query).get("type") == "shape" and "cursor" in body:
            body.pop("cursor")
            body["links"] = {"self": body["links"]["self"]}
        return status, body

    answer, _ = await read(reply)
    assert counts_of(answer)[0] == EVERYTHING


async def test_docs_are_read_before_the_last_connectors() -> None:
    order: list[str] = []
    inner = serve(mixed_board(400, 0, 600))

    def reply(request: Recorded) -> tuple[int, Any]:
        order.append(request.path)
        return inner(request)

    with recording(reply, delay=0.03) as recorder:
        async with connected(settings_for(recorder)) as client:
            answer = await client.call_tool("miro_board_overview", {"board_id": MIXED.id, "budget": LARGE})
    assert counts_of(answer)[1] == 600
    docs = [place for place, path in enumerate(order) if "/docs/" in path]
    connectors = [place for place, path in enumerate(order) if path.endswith("/connectors")]
    assert len(docs) == 4
    assert max(docs) < connectors[-1]


async def test_links_that_skip_pages_lose_nothing() -> None:
    inner = serve(MIXED)

    def reply(request: Recorded) -> tuple[int, Any]:
        status, body = inner(request)
        if request.path.endswith("/connectors") and "prev" in body["links"]:
            body["links"]["prev"] = body["links"]["prev"].replace("cursor=200", "cursor=150")
        return status, body

    answer, _ = await read(reply)
    assert counts_of(answer)[1] == len(MIXED.connectors)
    assert text_of(answer).count("3458764") > len(MIXED.connectors)
    assert "Left out" not in text_of(answer)


async def test_a_list_that_tells_no_total_is_walked_to_its_end() -> None:
    inner = serve(MIXED)

    def reply(request: Recorded) -> tuple[int, Any]:
        status, body = inner(request)
        if request.path.endswith(("/items", "/connectors")):
            del body["total"]
        return status, body

    answer, _ = await read(reply)
    assert counts_of(answer) == (EVERYTHING, len(MIXED.connectors))


async def test_a_cursor_that_repeats_ends_the_walk() -> None:
    def reply(request: Recorded) -> tuple[int, Any]:
        status, body = serve(MIXED, links=False)(request)
        if request.path.endswith("/connectors"):
            body |= {"cursor": "50", "total": 10_000}
        return status, body

    answer, recorder = await read(reply)
    assert not answer.is_error
    assert len(asked(recorder, "connectors")) == 2


@pytest.mark.parametrize("era", ERAS)
async def test_a_small_board_takes_one_page_of_each_list(era: str) -> None:
    board = mixed_board(30, 2, 10)
    _, recorder = await read(serve(board), era)
    lists = [query for query in asked(recorder, "items") if "tag_id" not in query]
    assert sorted(query.get("type", "") for query in lists) == ["", "card", "shape", "sticky_note", "text"]
    assert not any("cursor" in query for query in lists)
    assert len(recorder.requests) == len(lists) + len(board.tags) + 8


async def test_no_more_connectors_are_read_than_the_budget_can_tell() -> None:
    board = mixed_board(60, 2, 1000)
    answer, recorder = await read(serve(board), budget=4000)
    assert counts_of(answer)[1] == 1000
    assert len(asked(recorder, "connectors")) == 6
    assert numbers_in(text_of(answer)).left_out["connector"] > 700


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("tags", "tags"),
        ("groups", "groups"),
        ("members", "people"),
        ("mindmap_nodes", "mind maps"),
        ("code_widgets", "code widgets"),
    ],
)
async def test_a_part_that_can_not_be_read_is_named_and_the_rest_is_told(era: str, name: str, part: str) -> None:
    answer, _ = await read(serve(MIXED, broken={name: 403}), era)
    sentence = f"Not read: {part} (Miro answered 403)."
    assert sentence in text_of(answer).splitlines()
    assert counts_of(answer)[0]["sticky_note"] == EVERYTHING["sticky_note"]


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("name", ["items", "connectors"])
async def test_without_items_or_connectors_there_is_no_overview(era: str, name: str) -> None:
    answer, _ = await read(serve(MIXED, broken={name: 403}), era)
    assert answer.is_error
    assert "Miro answered 403" in text_of(answer)


@pytest.mark.parametrize("era", ERAS)
async def test_a_board_that_is_not_there_is_an_error(era: str) -> None:
    other = empty_board("Other", "uXjVOther00=")
    answer, _ = await read(serve(other), era)
    assert answer.is_error
    assert "404" in text_of(answer)


@pytest.mark.parametrize("era", ERAS)
async def test_a_board_outside_the_bounds_is_not_read(era: str) -> None:
    answer, recorder = await read(serve(MIXED), era, MIRO_ALLOWED_BOARDS="uXjVOther00=")
    assert answer.is_error
    assert "MIRO_ALLOWED_BOARDS" in text_of(answer)
    assert recorder.requests == []


@pytest.mark.slow
async def test_tags_and_their_items_are_read_beyond_the_first_page() -> None:
    board = mixed_board(300, 2, 0)
    board.tags = [{"id": str(n), "title": f"Tag {n}", "fillColor": "red"} for n in range(120)]
    notes = [item["id"] for item in board.of_kind("sticky_note")]
    board.tagged = {"119": notes[:110], "3": notes[:2]}
    answer, recorder = await read(serve(board))
    assert text_of(answer).count('#"Tag 119"') == 110
    assert Counter(query["offset"] for query in asked(recorder, "tags")) == {"0": 1, "50": 1, "100": 1}


def test_the_made_up_pages_are_as_long_as_they_say() -> None:
    entries = [{"id": str(number)} for number in range(25)]
    page = page_of(entries, "/x", {"limit": "10", "cursor": "10"})
    assert (page["size"], page["total"], page["cursor"]) == (10, 25, "20")
    assert [page["links"][name].rpartition("=")[2] for name in ("prev", "next", "last")] == ["", "20", "20"]
