"""Lists that move, repeat or never end: walked to the end once, without gaps or duplicates."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from support import Recorded, value_of
from test_calls import ask_one

BOARD = "uXjVOD6LSME="
BOARDS = ("miro_boards_read", {"operation": "list"})
ITEMS = ("miro_items_read", {"operation": "list", "board_id": BOARD})
USERS = ("miro_scim_users_read", {"operation": "list"})


def shifting(
    change: Callable[[list[str], int], None], *, size: int = 20, total: bool = True
) -> Callable[[Recorded], tuple[int, Any]]:
    """A list by offset of 100 entries; `change` is done to it after each page, whose number it is told."""
    entries = [str(number) for number in range(100)]
    pages = itertools.count(1)

    def reply(request: Recorded) -> tuple[int, Any]:
        query = dict(request.query)
        start = int(query.get("offset", "0")) if "startIndex" not in query else int(query["startIndex"]) - 1
        limit = min(size, int(query.get("limit", query.get("count", "20"))))
        listed = [{"id": id} for id in entries[start : start + limit]]
        page: dict[str, Any] = {"Resources" if "count" in query else "data": listed}
        if total:
            page["totalResults" if "count" in query else "total"] = len(entries)
        change(entries, next(pages))
        return 200, page

    return reply


def ids(result: Any) -> list[str]:
    assert not result.is_error
    return [entry["id"] for entry in value_of(result).get("data", [])]


def vanish(entries: list[str], page: int) -> None:
    if page == 1:
        del entries[3:7]


def move_in(entries: list[str], page: int) -> None:
    if page == 1:
        entries[0:0] = ["new 1", "new 2"]


def replace(entries: list[str], page: int) -> None:
    if page in (1, 2):
        del entries[:3]
        entries += [f"late {page} {number}" for number in range(3)]


@pytest.mark.slow
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("change", [vanish, move_in, replace])
@pytest.mark.parametrize("listing", [BOARDS, USERS])
def test_a_list_that_shifts_between_pages_is_walked_without_gaps_or_duplicates(
    listing: tuple[str, dict[str, Any]], change: Callable[[list[str], int], None], total: bool
) -> None:
    tool, arguments = listing
    size = {"limit": 20} if tool == "miro_boards_read" else {"count": 20}
    result, _ = ask_one(shifting(change, total=total), tool, {**arguments, **size, "max_items": 1000})
    found = ids(result)
    assert len(found) == len(set(found))
    assert {str(number) for number in range(7, 100)} <= set(found)


def test_pages_of_one_entry_are_walked_too() -> None:
    result, _ = ask_one(shifting(lambda *_: None, size=1), BOARDS[0], {**BOARDS[1], "limit": 1, "max_items": 30})
    assert ids(result) == [str(number) for number in range(30)]


def test_a_page_that_comes_again_under_a_new_cursor_is_told_once_and_ends_the_walk() -> None:
    cursors = itertools.count()
    result, recorder = ask_one(
        lambda _: (200, {"data": [{"id": "1"}, {"id": "2"}], "cursor": str(next(cursors))}),
        ITEMS[0],
        {**ITEMS[1], "max_items": 1000},
    )
    assert ids(result) == ["1", "2"]
    assert len(recorder.requests) < 10


def test_an_offset_that_the_api_ignores_does_not_go_on_for_ever() -> None:
    page = [{"id": str(number)} for number in range(20)]
    result, recorder = ask_one(lambda _: (200, {"data": page}), BOARDS[0], {**BOARDS[1], "limit": 20, "max_items": 500})
    assert ids(result) == [entry["id"] for entry in page]
    assert len(recorder.requests) < 10


def test_an_empty_page_with_a_cursor_is_not_the_end() -> None:
    pages = {"": {"data": [{"id": "1"}], "cursor": "a"}, "a": {"data": [], "cursor": "b"}, "b": {"data": [{"id": "2"}]}}
    result, _ = ask_one(
        lambda request: (200, pages[dict(request.query).get("cursor", "")]), ITEMS[0], {**ITEMS[1], "max_items": 100}
    )
    assert ids(result) == ["1", "2"]


def test_entries_without_an_id_are_all_kept() -> None:
    pages = {"": {"data": [{"a": 1}, {"a": 1}], "cursor": "a"}, "a": {"data": [{"a": 1}]}}
    result, _ = ask_one(
        lambda request: (200, pages[dict(request.query).get("cursor", "")]), ITEMS[0], {**ITEMS[1], "max_items": 100}
    )
    assert value_of(result)["data"] == [{"a": 1}] * 3
