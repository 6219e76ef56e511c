"""Boards made up for tests and measuring: any number of items, frames and connectors, as the API's own JSON."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from support import Recorded

Raw = dict[str, Any]

API = "https://api.miro.com"
BOARD_ID = "uXjVMixed00="
FIRST_ID = 3458764612345678000
OWNER = {"id": "3458764517517818001", "name": "Ada Moreno", "type": "user"}

_PROSE = (
    "customer onboarding review the release plan before Friday we need a clear owner for billing questions and search "
    "results should load faster on mobile interview notes show confusion about pricing try fewer steps in checkout "
    "support asks for better error messages draft the migration guide check the contract with legal team capacity"
)
WORDS = _PROSE.split()
OTHER_SCRIPTS = (
    "日本語の付箋です",
    "Проверить договор",
    "العقد الجديد",
    "🚀 launch 👩‍👩‍👧",
    "naïve café",
    "R&amp;D &lt;2h&gt;",
)
MIX = (
    ("sticky_note", 42),
    ("shape", 24),
    ("text", 11),
    ("card", 10),
    ("image", 4),
    ("app_card", 3),
    ("document", 2),
    ("embed", 2),
    ("doc_format", 1),
    ("preview", 1),
)
"""Kinds and how many of a hundred items are of each."""

STICKY_COLOURS = ("light_yellow", "light_green", "light_pink", "cyan")
SHAPES = ("rectangle", "round_rectangle", "rhombus", "circle")
COLLECTIONS = {"doc_format": "docs", "sticky_note": "sticky_notes", "preview": "items", "code": "code_widgets"}


@dataclass
class MadeBoard:
    """One board's lists, each entry as the API sends it. `tagged` has item ids by tag id."""

    board: Raw
    items: list[Raw] = field(default_factory=list[Raw])
    connectors: list[Raw] = field(default_factory=list[Raw])
    groups: list[Raw] = field(default_factory=list[Raw])
    tags: list[Raw] = field(default_factory=list[Raw])
    tagged: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    mindmap_nodes: list[Raw] = field(default_factory=list[Raw])
    code_widgets: list[Raw] = field(default_factory=list[Raw])
    members: list[Raw] = field(default_factory=list[Raw])
    experimental: list[Raw] = field(default_factory=list[Raw])
    """What the experimental list tells, where it isn't what `items` has."""
    docs: dict[str, Raw] = field(default_factory=dict[str, Raw])
    """What the route of docs tells, by id, where it isn't what `items` has."""

    @property
    def id(self) -> str:
        return self.board["id"]

    def of_kind(self, kind: str) -> list[Raw]:
        return [item for item in self.items if item["type"] == kind]

    def raw_pages(self) -> list[Raw]:
        """Every page of /items and /connectors, 50 entries each, as walking one after the other gives them."""
        return [
            page_of(entries, f"/v2/boards/{quote(self.id, safe='=')}/{name}", {"limit": "50", "cursor": str(start)})
            for name, entries in (("items", self.items), ("connectors", self.connectors))
            for start in range(0, max(1, len(entries)), 50)
        ]


def mixed_board(
    items: int = 1000,
    frames: int = 20,
    connectors: int = 600,
    *,
    seed: int = 7,
    outside: float = 0.04,
    mix: Sequence[tuple[str, int]] = MIX,
) -> MadeBoard:
    """A board of mixed items in frames, the same for the same arguments; `outside` is the share outside of frames.

    Frames come on top of `items`. Captions, groups, tags, two mind maps and two code widgets are on it too.
    """
    maker = _Maker(random.Random(seed))
    board = empty_board("Mixed board")
    board.items += [maker.frame(number) for number in range(frames)]
    framed = list(board.items)
    kinds = [kind for kind, share in mix for _ in range(share)]
    for number in range(items):
        kind = kinds[number * 37 % len(kinds)]
        inside = bool(framed) and maker.random.random() >= outside
        board.items.append(maker.item(kind, framed[number % len(framed)] if inside else None, number))
    _connect(board, maker, connectors)
    _group_and_tag(board, maker)
    board.mindmap_nodes = [node for title in ("Launch", "Risks") for node in maker.mind_map(title)]
    board.code_widgets = [maker.code(number) for number in range(2)]
    return board


def empty_board(name: str = "Empty board", board_id: str = BOARD_ID) -> MadeBoard:
    return MadeBoard(
        {
            "id": board_id,
            "type": "board",
            "name": name,
            "description": "Made up for tests",
            "links": {"self": f"{API}/v2/boards/{quote(board_id)}"},
            "createdAt": "2026-01-05T09:00:00Z",
            "createdBy": OWNER,
            "modifiedAt": "2026-02-01T10:00:00Z",
            "modifiedBy": OWNER,
            "owner": OWNER,
            "team": {"id": "3458764517517818002", "name": "Product", "type": "team"},
            "viewLink": f"https://miro.com/app/board/{board_id}",
        },
        members=[
            {"id": OWNER["id"], "name": "Ada Moreno", "role": "owner", "type": "board_member"},
            {"id": "3458764517517818003", "name": "Ben Okafor", "role": "editor", "type": "board_member"},
        ],
    )


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.random = chance
        self._made = 0

    def sentence(self, least: int = 3, most: int = 11) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(least, most))
        if self.random.random() < 0.06:
            words.append(self.random.choice(OTHER_SCRIPTS))
        return " ".join(words).capitalize()

    def frame(self, number: int) -> Raw:
        place = {"x": number % 5 * 2400 + 1100, "y": number // 5 * 1900 + 800}
        return self.entry(
            "frame",
            {
                "format": "custom",
                "title": f"{number + 1}. {self.sentence(2, 4)}",
                "type": "freeform",
                "showContent": True,
            },
            style={"fillColor": "#ffffffff"},
            geometry={"width": 2200, "height": 1600},
            position=place,
        )

    def item(self, kind: str, frame: Raw | None, number: int) -> Raw:
        slot = number // 20 if frame else number
        place = {"x": 120 + slot % 9 * 230, "y": 140 + slot // 9 % 6 * 240}
        place = place if frame else {"x": place["x"], "y": place["y"] - 3000}
        return self.entry(kind, self._data(kind), parent=frame, position=place, **self._look(kind))

    def code(self, number: int) -> Raw:
        data = {"code": f"print({number})", "language": "python", "lineNumbersVisible": True, "title": "Snippet"}
        place = {"x": -900, "y": number * 400}
        return self.entry("code", data, geometry={"width": 500, "height": 300}, position=place)

    def mind_map(self, title: str) -> list[Raw]:
        root = self._node(title, None)
        branches = [self._node(self.sentence(1, 3), root) for _ in range(3)]
        return [root, *branches, *(self._node(self.sentence(1, 3), branch) for branch in branches for _ in range(2))]

    def entry(self, kind: str, data: Raw, *, parent: Raw | None = None, position: Raw, **rest: Any) -> Raw:
        id = self.next_id()
        collection = COLLECTIONS.get(kind, f"{kind}s")
        raw: Raw = {
            "id": id,
            "type": kind,
            "data": data,
            **rest,
            "position": {
                **position,
                "origin": "center",
                "relativeTo": "parent_top_left" if parent else "canvas_center",
            },
            "links": {"self": f"{API}/v2/boards/{quote(BOARD_ID)}/{collection}/{id}"},
            **audit(),
        }
        if parent:
            raw["parent"] = {
                "id": parent["id"],
                "links": {"self": f"{API}/v2/boards/{quote(BOARD_ID)}/frames/{parent['id']}"},
            }
        return raw

    def next_id(self) -> str:
        self._made += self.random.randint(1, 40)
        return str(FIRST_ID + self._made)

    def _node(self, text: str, parent: Raw | None) -> Raw:
        id = self.next_id()
        link = f"{API}/v2-experimental/boards/{quote(BOARD_ID)}/mindmap_nodes"
        raw: Raw = {
            "id": id,
            "type": "mindmap_node",
            "data": {
                "nodeView": {"type": "text", "data": {"type": "text", "content": text}},
                "isRoot": parent is None,
                "direction": "end",
            },
            "style": {"nodeColor": "#1a1a1a", "shape": "none" if parent else "pill", "fontSize": "14"},
            "geometry": {"width": 9 * len(text) + 40, "height": 40},
            "position": {"x": -2000, "y": 0, "origin": "center", "relativeTo": "canvas_center"},
            "links": {"self": f"{link}/{id}"},
            **audit(),
        }
        if parent:
            raw["parent"] = {"id": parent["id"], "links": {"self": f"{link}/{parent['id']}"}}
        return raw

    def _data(self, kind: str) -> Raw:
        text = self.sentence()
        match kind:
            case "sticky_note":
                return {"content": f"<p>{text}</p>", "shape": "square"}
            case "shape":
                return {"content": f"<p>{text}</p>", "shape": self.random.choice(SHAPES)}
            case "text":
                return {"content": f"<p>{text}</p>"}
            case "card":
                return {"title": text, "description": self.sentence(4, 12), "dueDate": "2026-03-01T00:00:00Z"}
            case "app_card":
                return {
                    "title": text,
                    "description": self.sentence(),
                    "status": "connected",
                    "owned": True,
                    "fields": [],
                }
            case "embed":
                return {
                    "url": "https://www.youtube.com/watch?v=abc",
                    "title": text,
                    "contentType": "video",
                    "mode": "inline",
                }
            case "preview":
                return {"url": "https://example.com/page", "title": text}
            case "image":
                return {
                    "title": text,
                    "imageUrl": f"{API}/v2/boards/{quote(BOARD_ID)}/resources/images/1?format=preview",
                }
            case "document":
                return {"title": text, "documentUrl": f"{API}/v2/boards/{quote(BOARD_ID)}/resources/documents/1"}
            case _:
                return {"contentVersion": 1, "html": f"<h1>{text}</h1>"}

    def _look(self, kind: str) -> Raw:
        match kind:
            case "sticky_note":
                style = {
                    "fillColor": self.random.choice(STICKY_COLOURS),
                    "textAlign": "center",
                    "textAlignVertical": "top",
                }
                return {"style": style, "geometry": {"width": 199, "height": 228}}
            case "shape":
                style = {
                    "fillColor": "#ffffff",
                    "fillOpacity": "1.0",
                    "fontFamily": "arial",
                    "fontSize": "14",
                    "borderColor": "#1a1a1a",
                    "borderWidth": "2.0",
                    "borderOpacity": "1.0",
                    "borderStyle": "normal",
                    "textAlign": "center",
                    "textAlignVertical": "middle",
                    "color": "#1a1a1a",
                }
                return {"style": style, "geometry": {"width": 200, "height": 100}}
            case "text":
                style = {
                    "fillColor": "#ffffff",
                    "fillOpacity": "0.0",
                    "fontFamily": "open_sans",
                    "fontSize": "24",
                    "textAlign": "left",
                    "color": "#1a1a1a",
                }
                return {"style": style, "geometry": {"width": 220, "height": 40}}
            case "card":
                return {"style": {"cardTheme": "#2d9bf0"}, "geometry": {"width": 220, "height": 94}}
            case "app_card":
                return {"style": {"fillColor": "#2d9bf0"}, "geometry": {"width": 220, "height": 94}}
            case _:
                return {"geometry": {"width": 220, "height": 160}}


def audit() -> Raw:
    return {
        "createdAt": "2026-01-07T09:15:21Z",
        "createdBy": {"id": OWNER["id"], "type": "user"},
        "modifiedAt": "2026-01-09T16:40:02Z",
        "modifiedBy": {"id": OWNER["id"], "type": "user"},
    }


def connector(id: str, start: str | None, end: str | None, *captions: str) -> Raw:
    items = f"{API}/v2/boards/{quote(BOARD_ID)}/items"
    raw: Raw = {
        "id": id,
        "type": "connector",
        "shape": "elbowed",
        "style": {
            "startStrokeCap": "none",
            "endStrokeCap": "stealth",
            "strokeWidth": "2.0",
            "strokeStyle": "normal",
            "strokeColor": "#1a1a1a",
            "fontSize": "14",
            "color": "#1a1a1a",
            "textOrientation": "aligned",
        },
        "isSupported": True,
        "links": {"self": f"{API}/v2/boards/{quote(BOARD_ID)}/connectors/{id}"},
        **audit(),
    }
    for name, item_id in (("startItem", start), ("endItem", end)):
        if item_id:
            place = {"x": "100%", "y": "50%"} if name == "startItem" else {"x": "0%", "y": "50%"}
            raw[name] = {"id": item_id, "position": place, "links": {"self": f"{items}/{item_id}"}}
    if captions:
        raw["captions"] = [
            {"content": f"<p>{caption}</p>", "position": "50%", "textAlignVertical": "middle"} for caption in captions
        ]
    return raw


def page_of(entries: list[Raw], path: str, query: Mapping[str, str], *, default: int = 10, links: bool = True) -> Raw:
    """One page of a list with cursors, which count the entries before; `links` to other pages as Miro sends them."""
    limit, start = int(query.get("limit", default)), int(query.get("cursor") or 0)
    page: Raw = {
        "data": entries[start : start + limit],
        "total": len(entries),
        "size": len(entries[start : start + limit]),
        "limit": limit,
    }
    rest = "".join(f"&{name}={quote(value)}" for name, value in query.items() if name not in ("limit", "cursor"))
    address = f"{API}{path}?limit={limit}{rest}&cursor="
    page["links"] = {"self": f"{address}{start or ''}"}
    if start + limit < len(entries):
        page["cursor"] = str(start + limit)
        if links:
            page["links"]["next"] = f"{address}{page['cursor']}"
            page["links"]["last"] = f"{address}{(len(entries) - 1) // limit * limit}"
    if links and start:
        page["links"]["prev"] = f"{address}{max(0, start - limit) or ''}"
    return page


def serve(
    board: MadeBoard, *, links: bool = True, broken: Mapping[str, int] | None = None
) -> Callable[[Recorded], tuple[int, Any]]:
    """What a recorder answers to stand for Miro with this one board.

    `links` is whether pages name the last page and the one before. `broken` gives the status of errors by the last
    segment of a path, such as {"tags": 403}.
    """
    lists = {
        "connectors": board.connectors,
        "groups": board.groups,
        "mindmap_nodes": board.mindmap_nodes,
        "code_widgets": board.code_widgets,
    }

    def reply(request: Recorded) -> tuple[int, Any]:
        query = dict(request.query)
        path = unquote(request.path)
        name = path.rpartition("/")[2]
        if broken and name in broken:
            return broken[name], {
                "status": broken[name],
                "code": "broken",
                "message": "Broken for a test",
                "type": "error",
            }
        if f"/boards/{board.id}" not in path:
            return (200, _by_offset([board.board], query)) if name == "boards" else _no_such_thing()
        if name in lists:
            return 200, page_of(lists[name], path, query, links=links)
        if name in ("tags", "members"):
            return 200, _by_offset(board.tags if name == "tags" else board.members, query)
        if name == "items" and "tag_id" in query:
            tagged = set(board.tagged.get(query["tag_id"], ()))
            return 200, _by_offset([item for item in board.items if item["id"] in tagged], query)
        if name == "items":
            items = board.experimental if "experimental" in path and board.experimental else board.items
            return 200, page_of(list(_filtered(items, query)), path, query, links=links)
        if "/docs/" in path:
            listed = {str(one["id"]): one for one in board.of_kind("doc_format")} | board.docs
            return (200, listed[name]) if name in listed else _no_such_thing()
        return (200, board.board) if name == board.id else _no_such_thing()

    return reply


def _filtered(items: Iterable[Raw], query: Mapping[str, str]) -> Iterable[Raw]:
    for item in items:
        right_kind = query.get("type", item["type"]) == item["type"]
        if right_kind and query.get("parent_item_id") in (None, (item.get("parent") or {}).get("id")):
            yield item


def _by_offset(entries: list[Raw], query: Mapping[str, str]) -> Raw:
    limit, offset = int(query.get("limit", 20)), int(query.get("offset", 0))
    page = entries[offset : offset + limit]
    return {"data": page, "total": len(entries), "size": len(page), "offset": offset, "limit": limit, "type": "list"}


def _no_such_thing() -> tuple[int, Any]:
    return 404, {"status": 404, "code": "notFound", "message": "Not found", "context": None, "type": "error"}


def _connect(board: MadeBoard, maker: _Maker, count: int) -> None:
    ends = [item["id"] for item in board.items if item["type"] in ("shape", "sticky_note", "card")]
    if len(ends) < 2:
        return
    for number in range(count):
        start, end = maker.random.sample(ends, 2)
        captions = [maker.random.choice(("yes", "no", maker.sentence(1, 3)))] if number % 3 == 0 else []
        board.connectors.append(connector(maker.next_id(), start, end, *captions))


def _group_and_tag(board: MadeBoard, maker: _Maker) -> None:
    notes = [item["id"] for item in board.of_kind("sticky_note")]
    for number, title in enumerate(("Urgent", "Needs research", "Done")):
        tag_id = maker.next_id()
        board.tags.append({"id": tag_id, "type": "tag", "title": title, "fillColor": "red"})
        board.tagged[tag_id] = notes[number::9]
    for start in range(0, min(len(notes) - 2, 12), 4):
        group_id = maker.next_id()
        board.groups.append({"id": group_id, "type": "group", "data": {"items": notes[start : start + 3]}})


@dataclass(frozen=True)
class Told:
    """The numbers that an overview tells: `counts` by kind, and `left_out` by what it is."""

    counts: dict[str, int]
    items: int
    connectors: int
    left_out: Counter[str]


def numbers_in(outline: str) -> Told:
    """What an outline says of how much there is, and of what is not in it."""
    head = re.search(r"(\d+) items?, (\d+) connectors?$", outline, re.MULTILINE)
    assert head, outline
    kinds = re.search(r"^Items: (.*)$", outline, re.MULTILINE)
    left_out = re.search(r"^Left out: ([^.]*)\.", outline, re.MULTILINE)
    return Told(
        {kind: int(count) for count, kind in re.findall(r"(\d+) (\w+)", kinds[1] if kinds else "")},
        int(head[1]),
        int(head[2]),
        Counter({kind: int(count) for count, kind in re.findall(r"(\d+) (\w+?)s?\b", left_out[1] if left_out else "")}),
    )
