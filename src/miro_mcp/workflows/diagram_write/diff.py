"""What has to change on a board for a diagram to be another graph: only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...board.contents import Connector, Item
from ...board.write import Payload
from ...diagrams.charts.keys import is_helper
from ...diagrams.graph import CARD, Edge, Graph, Group, Node
from ...diagrams.kind import kind_named
from ...diagrams.match import Current
from ...diagrams.record import REPLACED, RecordedLine, text_print
from ...diagrams.rules import with_short_rules
from ...diagrams.style import card_style, edge_given, edge_style, given, node_style
from ...text.rich_text import Piece, parse_html
from .plan import BASIC, captions_of, node_content


@dataclass
class Differences:
    """`changes` are updates as operation ids and what they are given."""

    new_nodes: list[Node] = field(default_factory=list[Node])
    new_groups: list[Group] = field(default_factory=list[Group])
    new_edges: list[Edge] = field(default_factory=list[Edge])
    moved_nodes: list[Node] = field(default_factory=list[Node])
    """Those that go into another group."""
    changes: dict[str, tuple[str, Payload]] = field(default_factory=dict[str, "tuple[str, Payload]"])
    """By the item's id."""
    grown: list[Node] = field(default_factory=list[Node])
    """Those whose text is another one, and may need more room."""
    deletions: list[tuple[str, Payload]] = field(default_factory=list["tuple[str, Payload]"])
    redrawn: list[tuple[str, Payload]] = field(default_factory=list["tuple[str, Payload]"])
    """Deletions of the server's own, unchanged since, whose like is drawn again or that were only there to help."""
    whole_style: bool = False
    record: bool = False
    """Whether the record has to be written again whatever else is sent."""


def differences(graph: Graph, current: Current) -> Differences:
    """What a person restyled stays so, but where places matter, since parts change their roles there."""
    found = Differences(whole_style=kind_named(current.record.kind).places_matter)
    owners = {one.key: one.owner for one in current.record.nodes}
    for node in graph.nodes:
        item = current.nodes.get(node.key)
        if item is None:
            found.new_nodes.append(node)
            continue
        _compare_node(node, item, found)
        if owners.get(node.key, node.group or "") != (node.group or ""):
            found.moved_nodes.append(node)
    for group in graph.groups:
        item = current.groups.get(group.key)
        if item is None:
            found.new_groups.append(group)
        else:
            title = f"<strong>{group.title}</strong>" if group.title else ""
            _change(found, item, _text_change(title, item) | _style_change(given(group.look), item.style))
    _compare_edges(graph, current, found)
    _delete(graph, current, found)
    if (
        graph.title
        and current.title is not None
        and not same_text(f"<strong>{graph.title}</strong>", _content(current.title))
    ):
        content = f"<p><strong>{graph.title}</strong></p>"
        found.changes[current.title.id] = (
            "update-text-item",
            {"item_id": current.title.id, "data": {"content": content}},
        )
    found.record = _record_differs(graph, current)
    return found


def same_text(one: str, other: str) -> bool:
    """Whether two contents read and look the same, however they are marked up."""
    return _canonical(one) == _canonical(other)


def _canonical(content: str) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    for paragraph in parse_html(with_short_rules(content)):
        line: list[Piece] = []
        for piece in paragraph.pieces:
            if line and line[-1].style == piece.style:
                line[-1] = Piece(line[-1].text + piece.text, piece.style)
            elif piece.text:
                line.append(piece)
        lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _content(item: Item) -> str:
    return str(item.data.get("content") or item.data.get("title") or "")


def _compare_node(node: Node, item: Item, found: Differences) -> None:
    if item.kind == CARD:
        _compare_card(node, item, found)
        return
    change = _text_change(node_content(node, item.size[0]), item)
    if change:
        found.grown.append(node)
    if item.kind == "shape":
        shape = node.shape if node.shape in BASIC else "rectangle"
        if item.data.get("shape") != shape:
            change = {**change, "data": {**change.get("data", {}), "shape": shape}}
        change |= _style_change(node_style(node) if found.whole_style else given(node.look), item.style)
    _change(found, item, change)


def _compare_card(node: Node, item: Item, found: Differences) -> None:
    told = {"title": node_content(node, item.size[0]), "description": node.description}
    data = {name: text for name, text in told.items() if not same_text(text, str(item.data.get(name) or ""))}
    change: Payload = {"data": data} if data else {}
    _change(found, item, change | _style_change(card_style(node), item.style))


def _change(found: Differences, item: Item, change: Payload) -> None:
    if change:
        found.changes[item.id] = (f"update-{item.kind.replace('_', '-')}-item", {"item_id": item.id, **change})


def _text_change(content: str, item: Item) -> Payload:
    return {} if same_text(content, _content(item)) else {"data": {"content": content or "<p></p>"}}


def _style_change(wanted: Mapping[str, str], style: Mapping[str, Any]) -> Payload:
    differing = {name: value for name, value in wanted.items() if _plain(style.get(name)) != _plain(value)}
    return {"style": differing} if differing else {}


def _plain(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value).lower()


def _compare_edges(graph: Graph, current: Current, found: Differences) -> None:
    ids = current.ids
    for edge in graph.edges:
        if not edge.visible or edge.start == edge.end:
            continue
        line = current.lines.get(edge.key)
        if line is None:
            found.new_edges.append(edge)
            continue
        change = _edge_change(edge, line, ids, edge_style(edge) if found.whole_style else edge_given(edge))
        if change is None:
            found.new_edges.append(edge)
            found.redrawn.append(("delete-connector", {"connector_id": line.id}))
        elif change:
            found.changes[line.id] = ("update-connector", {"connector_id": line.id, **change})


def _edge_change(edge: Edge, line: Connector, ids: Mapping[str, str], style: Mapping[str, str]) -> Payload | None:
    """What to send; None where one of its ends is yet to be made, and the line with it."""
    if edge.start not in ids or edge.end not in ids:
        return None
    change: Payload = _style_change(style, line.style)
    wanted = captions_of(edge)
    told = line.captions
    if len(told) != len(wanted) or not all(
        same_text(one["content"], other) for one, other in zip(wanted, told, strict=True)
    ):
        change["captions"] = wanted
    if edge.curve and line.raw.get("shape") != edge.curve:
        change["shape"] = edge.curve
    for name, key, now in (("startItem", edge.start, line.start_id), ("endItem", edge.end, line.end_id)):
        if ids[key] != now:
            change[name] = {"id": ids[key], "snapTo": "auto"}
    return change


def _delete(graph: Graph, current: Current, found: Differences) -> None:
    """Lines go before what they are attached to; those of a deleted item go along with it."""
    adopted = current.adopted
    new_nodes = [one for one in graph.nodes if one.key not in current.nodes or one.key in adopted]
    new_groups = [one for one in graph.groups if one.key not in current.groups or one.key in adopted]
    anew = Counter(text_print(one.text) for one in new_nodes) + Counter(text_print(one.title) for one in new_groups)
    messages = [
        edge
        for edge in (graph.edges if found.whole_style else ())
        if edge.visible and (edge.key not in current.lines or edge.key in adopted)
    ]
    anew_lines = Counter(_said([one["content"] for one in captions_of(edge)]) for edge in messages)
    nodes, groups = {node.key for node in graph.nodes}, {group.key for group in graph.groups}
    gone = [item for key, item in current.nodes.items() if key not in nodes]
    gone += [item for key, item in current.groups.items() if key not in groups]
    gone_ids = {item.id for item in gone}
    unchanged = {id for key, id in current.ids.items() if key in current.unchanged}
    drawn = {edge.key for edge in graph.edges if edge.visible and edge.start != edge.end}
    for key, line in current.lines.items():
        if key not in drawn and not {line.start_id, line.end_id} & gone_ids:
            is_replaced = key.endswith(REPLACED) and key.removesuffix(REPLACED) in drawn
            is_redrawn = is_replaced or _takes(anew_lines, _said(line.captions))
            which = found.redrawn if is_redrawn else found.deletions
            which.append(("delete-connector", {"connector_id": line.id}))
    helpers = {current.ids[key] for key in current.nodes if is_helper(key)}
    for item in gone:
        text = _content(item)
        helps = found.whole_style and (not text or item.id in helpers)
        is_redrawn = item.id in unchanged and (helps or _takes(anew, text_print(text)))
        which = found.redrawn if is_redrawn else found.deletions
        which.append((f"delete-{item.kind}-item", {"item_id": item.id}))


def _takes(anew: Counter[str], print: str) -> bool:
    """Whether something like it is drawn anew, which then counts for it alone."""
    anew[print] -= 1
    return anew[print] >= 0


def _said(captions: Iterable[str]) -> str:
    return "\n".join(text_print(one) for one in captions)


def _record_differs(graph: Graph, current: Current) -> bool:
    record = current.record
    lines = {RecordedLine(edge.key, "", edge.start, edge.end, edge.length) for edge in graph.edges}
    return (
        record.state != "drawn"
        or record.direction != graph.direction
        or {(node.key, node.group or "") for node in graph.nodes} != {(one.key, one.owner) for one in record.nodes}
        or {(group.key, group.parent or "", group.direction) for group in graph.groups}
        != {(one.key, one.owner, one.way) for one in record.groups}
        or lines != {RecordedLine(one.key, "", one.start, one.end, one.length) for one in record.lines}
    )
