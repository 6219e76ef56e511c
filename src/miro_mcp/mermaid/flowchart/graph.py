"""From a chart in Mermaid's words to a graph in Miro's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ...diagrams.graph import Curve, Edge, Graph, Group, LineStyle, Look, Node
from ..css import DIRECTIONS, Classes, css_colour, css_look, declarations, length_of, line_of
from ..labels import has_icon, html_of, web_link
from ..source import Source, plain_text
from .chart import Flowchart, Label, Link, Subgraph, Vertex
from .parse import chart_of
from .shapes import APPROXIMATE, BARE, FILLED, FRAMED, MIRO_SHAPES

THICK = 4.0
"""The width of a thick link, in board units; Miro's own lines have 1."""
DARK = "#333333"
"""Of forms that have no text and are filled."""
FRAME = "#bfbfbf"
"""Around the form that an end has."""

LINK_CAPS = {"arrow_point": "stealth", "arrow_circle": "filled_oval", "arrow_cross": "erd_one"}
_CURVES: dict[str, Curve] = {"linear": "straight", "step": "elbowed", "stepBefore": "elbowed", "stepAfter": "elbowed"}
SMALL, BAR = 28.0, (90.0, 12.0)
"""Board units."""


@dataclass
class _Losses:
    """What could not be carried over, gathered, to be told in a sentence each."""

    styles: set[str] = field(default_factory=set[str])
    shapes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    icons: list[str] = field(default_factory=list[str])
    images: list[str] = field(default_factory=list[str])
    collapsed: list[str] = field(default_factory=list[str])
    cycles: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])
    crosses: int = 0


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't a flowchart.
    """
    return _graph(chart_of(source), source)


def _graph(chart: Flowchart, source: Source) -> Graph:
    losses = _Losses()
    classes = Classes(chart.classes, losses.styles)
    groups = _groups(chart, classes, losses)
    owner = {member: sub.id for sub in chart.subgraphs for member in sub.members}
    nodes = [
        _node(vertex, owner.get(vertex.id), classes, losses)
        for vertex in chart.vertices.values()
        if vertex.id not in groups
    ]
    curve = _configured_curve(source.config)
    keys: set[str] = set()
    everywhere = declarations(chart.default_styles, losses.styles)
    edges = [
        _styled(
            _edge(link, chart.default_curve, curve, keys, losses),
            (*everywhere, *classes.of(link.classes), *declarations(link.styles, losses.styles)),
            losses,
        )
        for link in chart.links
    ]
    return Graph(
        nodes=tuple(nodes),
        edges=tuple(edges),
        groups=tuple(groups.values()),
        direction=DIRECTIONS[chart.direction],
        title=source.title,
        notes=tuple(_notes(losses, chart)),
    )


def _groups(chart: Flowchart, classes: Classes, losses: _Losses) -> dict[str, Group]:
    subgraphs = {subgraph.id: subgraph for subgraph in chart.subgraphs}
    parents: dict[str, str] = {}
    for subgraph in chart.subgraphs:
        for member in subgraph.members:
            if member in subgraphs and member not in parents:
                if _is_inside(subgraph.id, member, parents):
                    losses.cycles.append(member)
                else:
                    parents[member] = subgraph.id
    return {
        subgraph.id: _group(subgraph, parents.get(subgraph.id), chart, classes, losses)
        for subgraph in sorted(subgraphs.values(), key=lambda subgraph: subgraph.opened)
    }


def _is_inside(group: str, other: str, parents: Mapping[str, str]) -> bool:
    at: str | None = group
    while at is not None:
        if at == other:
            return True
        at = parents.get(at)
    return False


def _group(subgraph: Subgraph, parent: str | None, chart: Flowchart, classes: Classes, losses: _Losses) -> Group:
    vertex = chart.vertices.get(subgraph.id)
    names = [*subgraph.classes, *(vertex.classes if vertex else ())]
    styles = declarations(vertex.styles if vertex else (), losses.styles)
    if subgraph.data.get("view") == "collapsed":
        losses.collapsed.append(subgraph.id)
    return Group(
        key=subgraph.id,
        title=_text(subgraph.title, losses, subgraph.id),
        parent=parent,
        direction=DIRECTIONS[subgraph.direction] if subgraph.direction else None,
        look=css_look((*classes.of(names), *styles), losses.styles),
    )


def _node(vertex: Vertex, group: str | None, classes: Classes, losses: _Losses) -> Node:
    name = vertex.shape or "rect"
    if vertex.data.get("img"):
        losses.images.append(vertex.id)
    if vertex.data.get("icon"):
        losses.icons.append(vertex.id)
    if name in APPROXIMATE:
        losses.shapes.setdefault(APPROXIMATE[name], []).append(vertex.id)
    styles = (*classes.of(["default", "node", *vertex.classes]), *declarations(vertex.styles, losses.styles))
    look = css_look(styles, losses.styles)
    node = Node(
        key=vertex.id,
        text=_text(vertex.label, losses, vertex.id),
        shape=MIRO_SHAPES[name],
        group=group,
        look=look,
        link=_web_link(vertex, losses),
    )
    return _formed(node, name)


def _web_link(vertex: Vertex, losses: _Losses) -> str | None:
    link = web_link(vertex.link or "")
    if vertex.link and not link:
        losses.links.append(vertex.id)
    return link


def _formed(node: Node, name: str) -> Node:
    """A node of a form that isn't a box around its text."""
    if name in BARE:
        bare = Look(fill_opacity=0.0, border_opacity=0.0)
        return replace(node, look=replace(bare, colour=node.look.colour, font_size=node.look.font_size))
    if name in FRAMED:
        look = replace(node.look, fill=node.look.fill or DARK, border=node.look.border or FRAME, border_width=6)
        return replace(node, text="", look=look, width=SMALL, height=SMALL)
    if name not in FILLED:
        return node
    width, height = BAR if MIRO_SHAPES[name] == "rectangle" else (SMALL, SMALL)
    look = replace(node.look, fill=node.look.fill or DARK, border=node.look.border or DARK)
    return replace(node, text="", look=look, width=width, height=height)


def _edge(link: Link, default: str | None, curve: Curve | None, keys: set[str], losses: _Losses) -> Edge:
    key = link.id
    while key in keys:
        key += "'"
    keys.add(key)
    visible = link.stroke != "invisible"
    kind = link.type.removeprefix("double_")
    if kind == "arrow_cross" and visible:
        losses.crosses += 1
    # Ends that don't fit together (`<-- x --o`) Mermaid draws as an arrow.
    cap = "none" if kind == "arrow_open" or not visible else LINK_CAPS.get(kind, "stealth")
    line: LineStyle = "dotted" if link.stroke == "dotted" else "normal"
    width = THICK if link.stroke == "thick" else None
    return Edge(
        key=key,
        start=link.start,
        end=link.end,
        text=_text(link.label, losses, f"{link.start} to {link.end}"),
        start_cap=cap if link.type.startswith("double_") else "none",
        end_cap=cap,
        line=line,
        width=width,
        curve=_curve(link.curve or default) or curve,
        length=max(link.length, 1),
        visible=visible,
    )


def _styled(edge: Edge, pairs: Iterable[tuple[str, str]], losses: _Losses) -> Edge:
    for name, value in pairs:
        colour, number = css_colour(value), length_of(value)
        match name:
            case "stroke" if value == "none":
                edge = replace(edge, visible=False)
            case "stroke" if colour:
                edge = replace(edge, colour=colour)
            case "stroke-width" if number:
                edge = replace(edge, width=min(max(number, 1.0), 24.0))
            case "stroke-dasharray":
                edge = replace(edge, line=line_of(value))
            case "color" if colour:
                edge = replace(edge, text_colour=colour)
            case "fill":
                pass
            case _:
                losses.styles.add(name)
    return edge


def _text(label: Label, losses: _Losses, where: str) -> str:
    if has_icon(label.text):
        losses.icons.append(where)
    return html_of(label.text.strip(), markdown=label.kind == "markdown")


def _curve(name: str | None) -> Curve | None:
    return _CURVES.get(name, "curved") if name else None


def _configured_curve(config: Mapping[str, Any]) -> Curve | None:
    flowchart: Any = config.get("flowchart")
    return _curve(plain_text(cast("dict[str, Any]", flowchart).get("curve"))) if isinstance(flowchart, dict) else None


def _notes(losses: _Losses, chart: Flowchart) -> Iterable[str]:
    for form, keys in losses.shapes.items():
        yield f"{_named(keys)}: a {form} is drawn as Miro's nearest shape."
    if losses.crosses:
        yield "Miro has no cross at a line's end: a bar stands for it."
    if losses.icons:
        yield f"{_named(losses.icons)}: icons are left out."
    if losses.images:
        yield f"{_named(losses.images)}: images are left out, their labels are drawn."
    if losses.collapsed:
        yield f"{_named(losses.collapsed)}: drawn open, not collapsed."
    if losses.cycles:
        yield f"{_named(losses.cycles)}: can't be inside itself, so it stands outside."
    if losses.links:
        yield f"{_named(losses.links)}: links that aren't web addresses are left out."
    if losses.styles:
        yield f"Styles that Miro doesn't have are left out: {', '.join(sorted(losses.styles))}."
    if chart.callbacks:
        yield f"{_named(chart.callbacks)}: a click calls a function, which a board can't."


def _named(keys: Iterable[str]) -> str:
    unique = list(dict.fromkeys(keys))
    return ", ".join(unique[:5]) + (f" and {len(unique) - 5} more" if len(unique) > 5 else "")
