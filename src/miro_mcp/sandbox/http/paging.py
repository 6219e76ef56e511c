"""How lists are cut into pages: by cursor over the position in the store, or by offset."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..store import Document, Kinds
from .handlers import ApiCall, Reply, invalid
from .replies import own_link

CURSOR_LIMIT = 10
OFFSET_LIMIT = 20
"""Entries a page has unless the call says otherwise."""

_POSITIONS = 2**63
_FILTERS = ("type", "parent_item_id", "group_item_id")

LIST_LIMIT = 100
"""Entries a page of the organization's lists has unless the call or the endpoint says otherwise."""

ListEntry = TypeVar("ListEntry")


def by_cursor(
    call: ApiCall,
    kind: Kinds,
    scope: str,
    render: Callable[[Document], Document],
    where: Mapping[str, str] | None = None,
) -> Reply:
    """One page of the documents of a kind, or of several.

    What is added or removed meanwhile neither repeats nor hides others.
    """
    after = _after(call)
    found = call.store.page(kind, scope, after, _limit(call) + 1, where)
    total = call.store.count(kind, scope, where)

    def before(until: int, steps: int) -> int | None:
        return call.store.position_before(kind, scope, where, until=until, steps=steps)

    return _cursor_page(call, found, total, before, render)


def by_id(call: ApiCall, documents: Sequence[Document], render: Callable[[Document], Document]) -> Reply:
    """One page of documents at hand, in the order of their ids."""
    after = _after(call)
    rows = sorted(((int(document["id"]), document) for document in documents), key=lambda row: row[0])
    found = [row for row in rows if row[0] > after]

    def before(until: int, steps: int) -> int | None:
        positions = [position for position, _ in rows if position <= until]
        return positions[-1 - steps] if len(positions) > steps else None

    return _cursor_page(call, found[: _limit(call) + 1], len(rows), before, render)


def _cursor_page(
    call: ApiCall,
    found: Sequence[tuple[int, Document]],
    total: int,
    before: Callable[[int, int], int | None],
    render: Callable[[Document], Document],
) -> Reply:
    """The page of what was found with its positions, which is one more than the page holds when there are more.

    `before` tells the position so many entries before the last one up to a position, None where there is none.
    """
    limit, after = _limit(call), _after(call)
    shown = found[:limit]
    query = {"limit": limit} | {name: call.arguments[name] for name in _FILTERS if name in call.arguments}
    body: Document = {
        "data": [render(document) for _, document in shown],
        "total": total,
        "size": len(shown),
        "limit": limit,
        "links": {"self": own_link(call, **query, cursor=call.arguments.get("cursor", ""))},
        "type": "cursor-list",
    }
    if len(found) > limit:
        body["cursor"] = _cursor(shown[-1][0])
        body["links"]["next"] = own_link(call, **query, cursor=body["cursor"])
        in_last = (total - 1) % limit + 1
        body["links"]["last"] = own_link(call, **query, **_page_after(before(_POSITIONS - 1, in_last)))
    if after and before(after, 0) is not None:
        body["links"]["prev"] = own_link(call, **query, **_page_after(before(after, limit)))
    return Reply(200, body)


def _page_after(position: int | None) -> dict[str, str]:
    """What asks for the page that follows a position: a cursor, or nothing for the first page."""
    return {"cursor": _cursor(position)} if position is not None else {}


def list_page(
    call: ApiCall,
    rows: Sequence[tuple[int, Document]],
    render: Callable[[Document], Document],
    *,
    default: int = LIST_LIMIT,
    newest_first: bool = False,
    with_total: bool = False,
) -> Reply:
    """One page of documents at hand as a whole with their positions, oldest first: how organizations' lists look."""
    limit = call.arguments.get("limit", default)
    total = len(rows)
    if newest_first:
        rows = rows[::-1]
    if "cursor" in call.arguments:
        mark = _after(call)
        rows = [row for row in rows if (row[0] < mark if newest_first else row[0] > mark)]
    shown = rows[:limit]
    body: Document = {
        "data": [render(document) for _, document in shown],
        "size": len(shown),
        "limit": limit,
        "type": "cursor-list",
    }
    if with_total:
        body["total"] = total
    if len(rows) > limit:
        body["cursor"] = _cursor(shown[-1][0])
    return Reply(200, body)


def by_offset(call: ApiCall, entries: Sequence[ListEntry], render: Callable[[ListEntry], Document]) -> Reply:
    """One page of a list that is at hand as a whole."""
    limit = call.arguments.get("limit", OFFSET_LIMIT)
    offset = call.arguments.get("offset", 0)
    shown = entries[offset : offset + limit]
    links = {"self": own_link(call, limit=limit, offset=offset)}
    if offset + limit < len(entries):
        links["next"] = own_link(call, limit=limit, offset=offset + limit)
    body: Document = {
        "data": [render(entry) for entry in shown],
        "total": len(entries),
        "size": len(shown),
        "offset": offset,
        "limit": limit,
        "links": links,
        "type": "list",
    }
    return Reply(200, body)


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"{position}~".encode()).decode()


def _limit(call: ApiCall) -> int:
    return call.arguments.get("limit", CURSOR_LIMIT)


def _after(call: ApiCall) -> int:
    """The position that a call's cursor stands for; 0 without one."""
    if "cursor" not in call.arguments:
        return 0
    try:
        text = base64.b64decode(call.arguments["cursor"], altchars=b"-_", validate=True).decode("ascii")
        position = int(text.removesuffix("~"))
    except ValueError:
        position = -1
    if not 0 <= position < _POSITIONS:
        raise invalid({"cursor": "is not a cursor of this list"})
    return position
