"""A graph as the text of a Mermaid flowchart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..diagrams.graph import Direction, Edge, Graph, Group, Look, Node
from .escaping import encoded_url, is_edge_id, is_id, quoted_label
from .flowchart.chart import LONGEST_LABEL
from .flowchart.graph import BAR, SMALL, THICK
from .labels import escaped, web_link

_DIRECTIONS: dict[Direction, str] = {"down": "TD", "up": "BT", "right": "LR", "left": "RL"}
_BRACKETS = {
    "rectangle": ("[", "]"),
    "round_rectangle": ("(", ")"),
    "circle": ("((", "))"),
    "rhombus": ("{", "}"),
    "hexagon": ("{{", "}}"),
    "can": ("[(", ")]"),
    "flow_chart_predefined_process": ("[[", "]]"),
    "parallelogram": ("[/", "/]"),
    "trapezoid": ("[/", "\\]"),
    "wedge_round_rectangle_callout": (">", "]"),
}
_NAMES = {
    "triangle": "tri",
    "cloud": "cloud",
    "star": "bang",
    "cross": "cross-circ",
    "left_brace": "brace",
    "right_brace": "brace-r",
    "octagon": "notch-rect",
    "pentagon": "notch-pent",
}
_ENDS = {"none": "", "filled_oval": "o", "oval": "o", "erd_one": "x"}
"""By stroke cap; every other one is an arrow."""
_ARROWS = frozenset({"stealth", "rounded_stealth", "arrow", "filled_triangle"})
"""Caps that an arrow says well enough."""
_DASHES = {"normal": "0", "dashed": "8 4", "dotted": "2 2"}
_CURVES = {"straight": "linear", "elbowed": "step", "curved": "basis"}


_DEEPEST = 20
"""Levels that are indented."""


def write_mermaid(graph: Graph) -> str:
    """Mermaid text of which `parse` makes the same graph again, as far as Mermaid can say it.

    It can't say sizes, places, arrows, stroke caps of other kinds than arrow, circle and cross, and texts at a line's
    ends, which are written into its middle. A key that can't be an id gets one.
    """
    return "\n".join(_lines(graph)) + "\n"


def unsaid(graph: Graph) -> list[str]:
    """What the Mermaid text of a graph doesn't say and its edges do."""
    caps = {cap for edge in graph.edges for cap in (edge.start_cap, edge.end_cap)} - _ENDS.keys() - _ARROWS
    lost = [f"line ends that are {', '.join(sorted(caps))}"] if caps else []
    several = any(len(list(filter(None, (edge.start_text, edge.text, edge.end_text)))) > 1 for edge in graph.edges)
    lost += ["which end of a line a text is at"] if several else []
    told = f"The Mermaid text doesn't say {' and '.join(lost)}; nodes and edges do: change the diagram with those."
    return [told] if lost else []


def _lines(graph: Graph) -> Iterator[str]:
    ids = _ids(graph)
    if graph.title:
        yield from ("---", f"title: {json.dumps(graph.title, ensure_ascii=False)}", "---")
    yield f"flowchart {_DIRECTIONS[graph.direction]}"
    nodes: dict[str | None, list[Node]] = {}
    groups: dict[str | None, list[Group]] = {}
    known = {group.key for group in graph.groups}
    for node in graph.nodes:
        nodes.setdefault(node.group if node.group in known else None, []).append(node)
    for group in graph.groups:
        groups.setdefault(group.parent if group.parent in known else None, []).append(group)
    yield from _members(None, nodes, groups, ids)
    links = [_upright(edge) for edge in graph.edges if {edge.start, edge.end} <= ids.keys()]
    counts: Counter[tuple[str, str]] = Counter()
    for edge in links:
        between = counts[edge.start, edge.end]
        counts[edge.start, edge.end] += 1
        yield _link(edge, ids, f"L_{ids[edge.start]}_{ids[edge.end]}_{between + 1 if between else 0}")
    for item in (*graph.groups, *graph.nodes):
        if style := ",".join(_declarations(item.look)):
            yield f"    style {ids[item.key]} {style}"
    for node in graph.nodes:
        if node.link and (address := web_link(node.link)):
            yield f'    click {ids[node.key]} "{encoded_url(address)}"'
    styled: dict[str, list[str]] = {}
    for number, edge in enumerate(links):
        styled.setdefault(_link_style(edge), []).append(str(number))
    for style, numbers in styled.items():
        if style:
            yield f"    linkStyle {','.join(numbers)} {style}"


def _members(
    key: str | None,
    nodes: Mapping[str | None, list[Node]],
    groups: Mapping[str | None, list[Group]],
    ids: Mapping[str, str],
) -> Iterator[str]:
    """Nodes and groups from this group inwards; a list, not recursion, since groups may nest deeply."""
    pending: list[tuple[int, Group | None]] = [(1, group) for group in reversed(groups.get(key, []))]
    for node in nodes.get(key, []):
        yield f"    {_node(node, ids)}"
    while pending:
        depth, group = pending.pop()
        indent = "    " * min(depth, _DEEPEST)
        if group is None:
            yield f"{indent}end"
            continue
        yield f"{indent}subgraph {ids[group.key]} [{quoted_label(group.title, ids[group.key])}]"
        if group.direction:
            yield f"{indent}    direction {_DIRECTIONS[group.direction].replace('TD', 'TB')}"
        for node in nodes.get(group.key, []):
            yield f"{indent}    {_node(node, ids)}"
        pending.append((depth, None))
        pending += [(depth + 1, inner) for inner in reversed(groups.get(group.key, []))]


def _node(node: Node, ids: Mapping[str, str]) -> str:
    identifier = ids[node.key]
    if not node.text and (node.width, node.height) == (SMALL, SMALL) and node.shape == "circle":
        return f"{identifier}@{{ shape: f-circ }}"
    if not node.text and (node.width, node.height) == BAR and node.shape == "rectangle":
        return f"{identifier}@{{ shape: fork }}"
    opening, closing = _BRACKETS.get(node.shape, ("[", "]"))
    data = f"@{{ shape: {_NAMES[node.shape]} }}" if node.shape in _NAMES else ""
    if node.shape == "rectangle" and node.text == escaped(node.key) == identifier and not data:
        return identifier
    return f"{identifier}{opening}{quoted_label(node.text, identifier)}{closing}{data}"


def _upright(edge: Edge) -> Edge:
    """Turned round where it has an arrow at its start only, which Mermaid can't say."""
    if edge.start_cap == "none" or edge.end_cap != "none":
        return edge
    return replace(
        edge,
        start=edge.end,
        end=edge.start,
        start_cap="none",
        end_cap=edge.start_cap,
        start_text=edge.end_text,
        end_text=edge.start_text,
    )


def _link(edge: Edge, ids: Mapping[str, str], automatic: str) -> str:
    name = f"{edge.key}@" if edge.key != automatic and is_edge_id(edge.key) else ""
    text = " ".join(part for part in (edge.start_text, edge.text, edge.end_text) if part)
    start, end = ids[edge.start], ids[edge.end]
    label = f"|{quoted_label(text, start + end + name)}|" if text else ""
    return f"    {start} {name}{_arrow(edge)}{label} {end}"


def _arrow(edge: Edge) -> str:
    length = min(max(edge.length, 1), LONGEST_LABEL)
    if not edge.visible:
        return "~" * (length + 2)
    end = _ENDS.get(edge.end_cap, ">")
    start = end.replace(">", "<") if _ENDS.get(edge.start_cap, ">") == end else ""
    if edge.line == "dotted":
        return f"{start}-{'.' * length}-{end}"
    stroke = "=" if _is_thick(edge) else "-"
    return f"{start}{stroke * (length + 1)}{end or stroke}"


def _is_thick(edge: Edge) -> bool:
    return edge.width == THICK and edge.line != "dotted"


def _link_style(edge: Edge) -> str:
    styles = [
        f"stroke:{edge.colour}" if edge.colour else "",
        f"stroke-width:{edge.width:g}px" if edge.width and not _is_thick(edge) else "",
        f"stroke-dasharray:{_DASHES['dashed']}" if edge.line == "dashed" else "",
        f"color:{edge.text_colour}" if edge.text_colour else "",
    ]
    style = ",".join(filter(None, styles))
    curve = f"interpolate {_CURVES[edge.curve]}" if edge.curve else ""
    return " ".join(filter(None, (curve, style)))


def _declarations(look: Look) -> Iterator[str]:
    if look.fill:
        yield f"fill:{look.fill}"
    if look.fill_opacity is not None:
        yield "fill:none" if not look.fill and not look.fill_opacity else f"fill-opacity:{look.fill_opacity:g}"
    if look.border:
        yield f"stroke:{look.border}"
    if look.border_opacity is not None:
        yield (
            "stroke:none" if not look.border and not look.border_opacity else f"stroke-opacity:{look.border_opacity:g}"
        )
    if look.border_width:
        yield f"stroke-width:{look.border_width:g}px"
    if look.border_style:
        yield f"stroke-dasharray:{_DASHES[look.border_style]}"
    if look.colour:
        yield f"color:{look.colour}"
    if look.font_size:
        yield f"font-size:{look.font_size:g}px"
    if look.align:
        yield f"text-align:{look.align}"


def _ids(graph: Graph) -> dict[str, str]:
    """An id for each key: the key itself wherever Mermaid takes it."""
    keys = [item.key for item in (*graph.groups, *graph.nodes)]
    ids = {key: key for key in keys if is_id(key)}
    number = 0
    for key in keys:
        while key not in ids:
            number += 1
            if f"n{number}" not in ids:
                ids[key] = f"n{number}"
    return ids
