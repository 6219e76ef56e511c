"""What is on a board as a graph: diagrams that were drawn here with their keys, anything else by what it looks like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ..board.contents import Connector, Contents, Item, number
from ..board.free_space import space_taken
from ..board.geometry import Box
from ..board.grid import Grid
from ..text.rich_text import parse_html
from .charts.keys import is_helper
from .graph import Curve, Direction, Edge, Graph, Group, LineStyle, Look, Node
from .kind import SEQUENCE, DiagramKind, kind_named
from .match import Current, match_items
from .record import RecordedLine as RecordedLine
from .record import find_all, is_part, line_key
from .style import LINE, LINE_WIDTH, edge_style, group_style, node_style

_NODES = frozenset({"shape", "sticky_note", "card", "app_card", "mindmap_node"})
_NODES_WHEN_JOINED = frozenset({"text", "image", "embed", "document", "doc_format", "preview", "data_table_format"})
_BOXES = frozenset({"rectangle", "round_rectangle"})
_SHAPES = {"card": "round_rectangle", "app_card": "round_rectangle", "mindmap_node": "round_rectangle"}
_BARE_STYLE = {
    "fillColor": "#ffffff",
    "fillOpacity": "1.0",
    "borderColor": "#1a1a1a",
    "borderWidth": "2.0",
    "borderStyle": "normal",
    "color": "#1a1a1a",
    "fontSize": "14",
}
_PARAGRAPHS = re.compile(r"\s*</p>\s*<p[^>]*>\s*|<br\s*/?>")
_OUTER = re.compile(r"^\s*<p[^>]*>|</p>\s*$")
_WEB_ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_WHOLE_LINK = re.compile(r'^<a href="([^"]*)"[^>]*>(.*)</a>$', re.DOTALL)
_WHOLE_STRONG = re.compile(r"^<strong>(.*)</strong>$", re.DOTALL)


@dataclass
class Recognised:
    """A graph, and the ids of what it was read from, by key."""

    graph: Graph
    ids: dict[str, str] = field(default_factory=dict[str, str])
    lines: dict[str, str] = field(default_factory=dict[str, str])
    diagrams: list[str] = field(default_factory=list[str])


def recognise(contents: Contents, scope: Iterable[Item], title: str = "", around: str | None = None) -> Recognised:
    """The graph of the items in scope; `around` is the frame that the scope is, and so no group."""
    return _Recognising(contents, list(scope), around).graph(title)


class _Recognising:
    def __init__(self, contents: Contents, scope: list[Item], around: str | None) -> None:
        self._contents = contents
        self._scope = {item.id: item for item in scope}
        self._keys: dict[str, str] = {}
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        """By key, the number that the next one like it is tried with."""
        self._notes: list[str] = []
        self._joined = {one for line in contents.connectors for one in (line.start_id, line.end_id) if one}
        found = find_all(contents.items.values())
        self._diagrams = [
            match_items(one, contents, found) for one in found if {item.id for item in one.items} & self._scope.keys()
        ]
        self._ways: dict[str, Direction] = {}
        for current in self._diagrams:
            self._notes += current.notes
            self._name_recorded(current)
            ways: dict[str, Direction] = {one.key: one.way for one in current.record.groups if one.way}
            self._ways |= {current.groups[key].id: way for key, way in ways.items() if key in current.groups}
        others = [item for item in scope if item.id not in self._keys and self._is_node(item)]
        self._groups = self._find_groups(others, around)
        self._near = Grid(self._groups)
        self._smallness = {one: place for place, one in enumerate(self._groups)}
        self._recorded = {
            one.id for current in self._diagrams for one in (*current.nodes.values(), *current.groups.values())
        }
        for item in [*(self._contents.items[one] for one in self._groups if one not in self._keys), *others]:
            if item.id not in self._keys:
                self._keys[item.id] = self._free(_slug(_plain(_content(item))) or item.kind)

    def graph(self, title: str) -> Recognised:
        nodes = [self._node(self._contents.items[one]) for one in self._keys if one not in self._groups]
        groups = [self._group(self._contents.items[one]) for one in self._groups]
        edges, lines = self._edges()
        records = [current.record for current in self._diagrams]
        direction = records[0].direction if records else self._direction(edges)
        titles = [_inner(_content(current.title)) for current in self._diagrams if current.title]
        named = title or (_plain(titles[0]) if titles else "")
        graph = Graph(
            nodes=tuple(nodes),
            edges=tuple(edges),
            groups=tuple(groups),
            direction=direction,
            title=named,
            notes=tuple(self._notes),
        )
        ids = {key: identifier for identifier, key in self._keys.items()}
        diagrams = [current.found.id for current in self._diagrams]
        read = Recognised(graph, ids, lines, diagrams)
        kinds = [kind_named(record.kind) for record in records]
        if SEQUENCE in kinds:
            return _messages(read, self._contents)
        chart = next((kind for kind in kinds if kind.places_matter), None)
        return _without_helpers(read, chart) if chart else read

    def _name_recorded(self, current: Current) -> None:
        for key, item in (current.groups | current.nodes).items():
            if item.id not in self._keys:
                self._keys[item.id] = self._free(key)

    def _free(self, key: str) -> str:
        """The key, or one like it that nothing has yet."""
        candidate, number = key, self._numbers.get(key, 2)
        while candidate in self._taken:
            candidate, number = f"{key}_{number}", number + 1
        self._numbers[key] = number
        self._taken.add(candidate)
        return candidate

    def _is_node(self, item: Item) -> bool:
        if is_part(item):
            return False
        return item.kind in _NODES or (item.kind in _NODES_WHEN_JOINED and item.id in self._joined)

    def _find_groups(self, others: list[Item], around: str | None) -> dict[str, Box]:
        """Frames and boxes with something in them, and the groups of diagrams, the smallest first."""
        recorded = {item.id for current in self._diagrams for item in current.groups.values()}
        nodes = [self._contents.items[one] for one in self._keys if one not in recorded] + others
        boxes = {item.id: space_taken(self._contents.items[item.id]) for item in nodes}
        groups = {one: space_taken(self._contents.items[one]) for one in recorded}
        near = Grid(boxes)
        for item in others:
            if item.kind == "shape" and item.data.get("shape") in _BOXES:
                box = boxes[item.id]
                if any(box.contains(boxes[one]) for one in near.near(box) if one != item.id and boxes[one] != box):
                    groups[item.id] = box
        frames = {item.parent_id for item in nodes if item.parent_id} - {around}
        own = {current.frame_id for current in self._diagrams}
        for one in sorted(frames - own):
            frame = self._contents.items.get(one)
            if frame is not None and frame.id in self._scope:
                groups[frame.id] = space_taken(frame)
        return dict(sorted(groups.items(), key=lambda pair: pair[1].width * pair[1].height, reverse=True))

    def _owner(self, item: Item) -> str | None:
        """The smallest group around an item."""
        box = space_taken(item)
        around = {
            one
            for one in self._near.near(box.inset(-1.0, -1.0))
            if one != item.id
            and (group := self._groups[one]).area > box.area
            and group.left <= box.centre_x <= group.right
            and group.top <= box.centre_y <= group.bottom
        }
        return self._keys[max(around, key=self._smallness.__getitem__)] if around else None

    def _node(self, item: Item) -> Node:
        text = _inner(_content(item))
        shape = (
            str(item.data.get("shape") or "rectangle") if item.kind == "shape" else _SHAPES.get(item.kind, "rectangle")
        )
        link = _WHOLE_LINK.match(text)
        node = Node(
            key=self._keys[item.id],
            text=link[2] if link else text,
            shape=shape,
            group=self._owner(item),
            link=link[1] if link and _WEB_ADDRESS.match(link[1]) else None,
        )
        usual = node_style(node) if item.id in self._recorded else _BARE_STYLE
        look = _look(item.style, usual) if item.kind == "shape" else Look()
        return Node(key=node.key, text=node.text, shape=shape, group=node.group, link=node.link, look=look)

    def _group(self, item: Item) -> Group:
        text = _inner(_content(item))
        strong = _WHOLE_STRONG.match(text)
        key = self._keys[item.id]
        usual = [group_style(Group(key=key), depth) for depth in (0, 1)]
        looks = [_look(item.style, style) for style in usual]
        plain = next((look for look in looks if look == Look()), looks[0])
        return Group(
            key=key,
            title=strong[1] if strong else text,
            parent=self._owner(item),
            direction=self._ways.get(item.id),
            look=plain if item.kind == "shape" and item.id in self._recorded else Look(),
        )

    def _edges(self) -> tuple[list[Edge], dict[str, str]]:
        recorded: dict[str, tuple[str, int]] = {}
        hidden: list[Edge] = []
        order: dict[str, int] = {}
        for current in self._diagrams:
            for line in current.record.lines:
                found = current.lines.get(line.key)
                if found is not None:
                    recorded[found.id] = (line.key, line.length)
                    order[found.id] = len(order)
                elif not line.id:
                    ends = [current.ids.get(one) for one in (line.start, line.end)]
                    keys = [self._keys[one] for one in ends if one in self._keys]
                    if len(keys) == 2 and keys[0] != keys[1]:
                        hidden.append(_hidden(line, keys))
        edges: list[Edge] = []
        ids: dict[str, str] = {}
        taken = {key for key, _ in recorded.values()}
        lost = 0
        for line in sorted(self._contents.connectors, key=lambda one: order.get(one.id, len(order))):
            start, end = self._keys.get(line.start_id or ""), self._keys.get(line.end_id or "")
            if start is None or end is None:
                lost += bool({line.start_id, line.end_id} & self._keys.keys())
                continue
            key, length = recorded.get(line.id, ("", 1))
            if not key or key in ids:
                key = _line_key(start, end, taken)
            taken.add(key)
            ids[key] = line.id
            edges.append(_edge(line, key, start, end, length, is_own=line.id in recorded))
        edges += self._branches()
        if lost:
            self._notes.append(f"{lost} lines lead out of what was read, or have a loose end, and are left out.")
        return edges + hidden, ids

    def _branches(self) -> list[Edge]:
        """What joins the nodes of mind maps."""
        found: list[Edge] = []
        for identifier, key in self._keys.items():
            item = self._contents.items[identifier]
            parent = self._keys.get(item.parent_id or "") if item.kind == "mindmap_node" else None
            if parent:
                found.append(
                    Edge(key=line_key(RecordedLine("", "", parent, key), 0), start=parent, end=key, end_cap="none")
                )
        return found

    def _direction(self, edges: list[Edge]) -> Direction:
        """Where most lines go."""
        ids = {key: identifier for identifier, key in self._keys.items()}
        ways: Counter[Direction] = Counter()
        for edge in edges:
            start, end = self._contents.items[ids[edge.start]], self._contents.items[ids[edge.end]]
            x, y = end.x - start.x, end.y - start.y
            ways[("right" if x > 0 else "left") if abs(x) > abs(y) else ("down" if y >= 0 else "up")] += 1
        return ways.most_common(1)[0][0] if ways else "down"


def _messages(read: Recognised, contents: Contents) -> Recognised:
    """Of sequence diagrams: who takes part, and the messages from top to bottom, without the points they hang on."""
    x_of = {
        key.removeprefix("line:"): contents.items[one].x for key, one in read.ids.items() if key.startswith("line:")
    }

    def participant(key: str) -> str:
        if not key.startswith("point:"):
            return key.removeprefix("head:")
        x = contents.items[read.ids[key]].x
        return min(x_of, key=lambda name: abs(x_of[name] - x), default=key)

    messages = [edge for edge in read.graph.edges if not edge.key.startswith("section:")]
    messages.sort(key=lambda edge: contents.items[read.ids[edge.start]].y)
    edges = [replace(edge, start=participant(edge.start), end=participant(edge.end), curve=None) for edge in messages]
    inner = ("point:", "line:", "active:", "block:", "section:", "text:", "end:")
    nodes = [
        replace(node, key=participant(node.key), group=None)
        for node in read.graph.nodes
        if not node.key.startswith(inner)
    ]
    ids = {participant(key): one for key, one in read.ids.items() if not key.startswith(inner)}
    lines = {edge.key: read.lines[edge.key] for edge in edges if edge.key in read.lines}
    notes = (*read.graph.notes, "A sequence diagram is read as who takes part and the messages in their order.")
    graph = replace(read.graph, nodes=tuple(nodes), edges=tuple(edges), groups=(), direction="right", notes=notes)
    return Recognised(graph, ids, lines, read.diagrams)


def _without_helpers(read: Recognised, kind: DiagramKind) -> Recognised:
    """Of charts: what somebody said, without axes and the points that lines end at."""
    graph = read.graph
    edges = tuple(edge for edge in graph.edges if not is_helper(edge.start) and not is_helper(edge.end))
    note = (
        f"This is {kind.described}, of which the boxes and lines are read; it is changed by Mermaid text of its kind."
    )
    nodes = tuple(node for node in graph.nodes if not is_helper(node.key))
    ids = {key: one for key, one in read.ids.items() if not is_helper(key)}
    lines = {edge.key: read.lines[edge.key] for edge in edges if edge.key in read.lines}
    return Recognised(replace(graph, nodes=nodes, edges=edges, notes=(*graph.notes, note)), ids, lines, read.diagrams)


def _hidden(line: RecordedLine, keys: list[str]) -> Edge:
    return Edge(key=line.key, start=keys[0], end=keys[1], length=line.length, end_cap="none", visible=False)


def _line_key(start: str, end: str, taken: set[str]) -> str:
    number = 0
    while (key := line_key(RecordedLine("", "", start, end), number)) in taken:
        number += 1
    return key


def _edge(line: Connector, key: str, start: str, end: str, length: int, *, is_own: bool) -> Edge:
    texts: dict[str, str] = {}
    captions = cast("list[Mapping[str, Any]]", line.raw.get("captions") or [])
    for caption in captions:
        share = number(str(caption.get("position") or "50%").rstrip("%"))
        name = "text"
        if len(captions) > 1 or not is_own or share in (15, 85):
            name = "start_text" if share < 20 else "end_text" if share > 80 else "text"
        texts[name] = "<br>".join(filter(None, [texts.get(name, ""), _inner(str(caption.get("content") or ""))]))
    style = line.style
    usual = edge_style(Edge(key="", start="", end="")) if is_own else {"strokeColor": "#000000", "color": "#1a1a1a"}
    width = number(style.get("strokeWidth"))
    usual_width = LINE_WIDTH if is_own else 1.0
    curve = str(line.raw.get("shape") or "")
    return Edge(
        key=key,
        start=start,
        end=end,
        start_cap=str(style.get("startStrokeCap") or "none"),
        end_cap=str(style.get("endStrokeCap") or "none"),
        line=_line(style.get("strokeStyle")),
        width=width if width and width != usual_width else None,
        colour=_other(style.get("strokeColor"), usual["strokeColor"] if is_own else "#000000", LINE),
        text_colour=_other(style.get("color"), usual["color"]),
        curve=cast("Curve", curve) if is_own and curve in ("straight", "curved") else None,
        length=length,
        text=texts.get("text", ""),
        start_text=texts.get("start_text", ""),
        end_text=texts.get("end_text", ""),
    )


def _other(value: object, *usual: str) -> str | None:
    return str(value) if value and str(value).lower() not in usual else None


def _line(value: object) -> LineStyle:
    return "dashed" if value == "dashed" else "dotted" if value == "dotted" else "normal"


def _look(style: Mapping[str, Any], usual: Mapping[str, str]) -> Look:
    """What of a style isn't as usual."""

    def text(name: str) -> str | None:
        return _other(style.get(name), usual.get(name, "").lower())

    def numeral(name: str) -> float | None:
        value = style.get(name)
        return number(value) if value is not None and number(value) != number(usual.get(name)) else None

    seen = number(style.get("fillOpacity", 1)) > 0
    border_style = style.get("borderStyle")
    return Look(
        fill=text("fillColor") if seen else None,
        fill_opacity=numeral("fillOpacity") if "fillOpacity" in usual and usual is not _BARE_STYLE else None,
        border=text("borderColor"),
        border_style=_line(border_style) if border_style and border_style != usual.get("borderStyle") else None,
        border_width=numeral("borderWidth"),
        colour=text("color"),
        font_size=numeral("fontSize"),
    )


def _content(item: Item) -> str:
    if item.kind == "mindmap_node":
        view = cast("Mapping[str, Any]", item.data.get("nodeView") or {})
        return str(cast("Mapping[str, Any]", view.get("data") or {}).get("content") or "")
    return str(item.data.get("content") or item.data.get("title") or "")


def _inner(content: str) -> str:
    """A content without the paragraph around it; further paragraphs become lines."""
    return _PARAGRAPHS.sub("<br>", _OUTER.sub("", content)).strip()


def _plain(content: str) -> str:
    return " ".join(paragraph.text for paragraph in parse_html(content)).strip()


def _slug(text: str) -> str:
    """A key of the first words of a text."""
    words = re.findall(r"\w+", text.lower())
    return "_".join(words[:5])[:40].strip("_")
