"""C4 diagrams: from calls to a graph, in which boundaries are groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...diagrams.charts.keys import Keys
from ...diagrams.graph import Edge, Graph, Group, Look, Node
from ..css import css_colour
from ..labels import html_of, web_link
from ..source import Source
from .parse import C4Call, C4Text, parse

_PERSON_OR_SYSTEM = ("alias", "label", "descr", "sprite", "tags", "link")
_PART = ("alias", "label", "techn", "descr", "sprite", "tags", "link")
_BOUNDARY = ("alias", "label", "type", "tags", "link")
_RELATION = ("from", "to", "label", "techn", "descr", "sprite", "tags", "link")
_ELEMENT_STYLE = ("name", "bgColor", "fontColor", "borderColor")
_RELATION_STYLE = ("from", "to", "textColor", "lineColor")

_LOOKS = {
    "Person": Look(fill="#08427b", border="#052e56", colour="#ffffff"),
    "System": Look(fill="#1161ad", border="#0b4884", colour="#ffffff"),
    "Container": Look(fill="#2f6fb3", border="#235a94", colour="#ffffff"),
    "Component": Look(fill="#b5d6f5", border="#5b95cc", colour="#10243a"),
}
_EXTERNAL = Look(fill="#686868", border="#4d4d4d", colour="#ffffff")
_BOUNDARY_LOOK = Look(fill="#ffffff", border="#52607a", border_style="dashed")
_TYPES = {"Enterprise_Boundary": "Enterprise", "System_Boundary": "System", "Container_Boundary": "Container"}


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't a C4 diagram.
    """
    return _Builder(parse(source)).graph()


class _Builder:
    def __init__(self, found: C4Text) -> None:
        self.found = found
        self.notes: dict[str, None] = {}

    def graph(self) -> Graph:
        nodes = {node.key: node for node in map(self._node, self.found.calls["element"])}
        groups = {group.key: group for group in map(self._group, self.found.calls["boundary"])}
        edges = {(edge.start, edge.end): edge for edge in self._edges({*nodes, *groups})}
        for call in self.found.calls["update"]:
            self._update(call, nodes, groups, edges)
        return Graph(
            nodes=tuple(nodes.values()),
            edges=tuple(edges.values()),
            groups=tuple(groups.values()),
            title=self.found.title,
            notes=tuple(self.notes),
        )

    def _node(self, call: C4Call) -> Node:
        kind, _, external = call.name.partition("_")
        base = kind.removesuffix("Db").removesuffix("Queue")
        said = _said(call, _PERSON_OR_SYSTEM if base in ("Person", "System") else _PART)
        sort = f"{'External ' if external else ''}{base.lower() if external else base}"
        techn = f": {html_of(said['techn'])}" if said.get("techn") else ""
        lines = [f"<strong>{html_of(said.get('label', ''))}</strong>", f"[{sort}{techn}]"]
        if descr := said.get("descr"):
            lines += ["", html_of(descr)]
        shape = "can" if kind.endswith("Db") else "round_rectangle" if base == "Person" else "rectangle"
        return Node(
            key=said.get("alias", ""),
            text="<br>".join(lines),
            shape="round_rectangle" if kind.endswith("Queue") else shape,
            group=call.boundary,
            look=_EXTERNAL if external else _LOOKS[base],
            link=web_link(said["link"]) if said.get("link") else None,
        )

    def _group(self, call: C4Call) -> Group:
        said = _said(call, _BOUNDARY)
        sort = _TYPES.get(call.name) or said.get("type", "")
        title = html_of(said.get("label", "")) + (f" [{html_of(sort)}]" if sort else "")
        return Group(key=said.get("alias", ""), title=title, parent=call.boundary, look=_BOUNDARY_LOOK)

    def _edges(self, there: set[str]) -> Iterator[Edge]:
        keys = Keys()
        for call in self.found.calls["relation"]:
            said = _said(call, _RELATION, 1 if call.name == "RelIndex" else 0)
            if not {"from", "to", "label"} <= said.keys():
                continue
            start, end = said["from"], said["to"]
            if not {start, end} <= there:
                missing = ", ".join(sorted({start, end} - there))
                self.notes[f"The relation from {start} to {end} is left out: there is no {missing}."] = None
                continue
            techn = f"<br>[{html_of(said['techn'])}]" if said.get("techn") else ""
            yield Edge(
                key=keys.of(f"{start} {end}"),
                start=start,
                end=end,
                text=html_of(said["label"]) + techn,
                start_cap="stealth" if call.name in ("BiRel", "Rel_Back") else "none",
                end_cap="none" if call.name == "Rel_Back" else "stealth",
            )

    def _update(
        self, call: C4Call, nodes: dict[str, Node], groups: dict[str, Group], edges: dict[tuple[str, str], Edge]
    ) -> None:
        if call.name == "UpdateElementStyle":
            said = _said(call, _ELEMENT_STYLE)
            key = said.get("name", "")
            if key in nodes:
                nodes[key] = replace(nodes[key], look=_restyled(nodes[key].look, said))
            if key in groups:
                groups[key] = replace(groups[key], look=_restyled(groups[key].look, said))
        elif call.name == "UpdateRelStyle":
            said = _said(call, _RELATION_STYLE)
            ends = said.get("from", ""), said.get("to", "")
            if ends in edges:
                text, line = css_colour(said.get("textColor", "")), css_colour(said.get("lineColor", ""))
                edges[ends] = replace(edges[ends], text_colour=text, colour=line)


def _restyled(look: Look, said: dict[str, str]) -> Look:
    fill, colour, border = (css_colour(said.get(name, "")) for name in ("bgColor", "fontColor", "borderColor"))
    return replace(look, fill=fill or look.fill, colour=colour or look.colour, border=border or look.border)


def _said(call: C4Call, names: tuple[str, ...], skipped: int = 0) -> dict[str, str]:
    """Attributes by name; those that are given with their names count wherever they stand."""
    places = zip(names, call.places[skipped:], strict=False)
    return {name: text for name, text in places if text is not None} | dict(call.named)
