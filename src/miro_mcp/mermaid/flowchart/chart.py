"""A flowchart as it is being read, in Mermaid's words; what Mermaid itself would keep of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..source import plain_text

MAX_EDGES = 5_000
LONGEST_LABEL = 10
"""More ranks than this a link doesn't span, in Mermaid neither."""


@dataclass(frozen=True)
class Label:
    """`kind` is text, string (it was quoted) or markdown."""

    text: str
    kind: str = "text"


@dataclass
class Vertex:
    id: str
    label: Label
    shape: str | None = None
    styles: list[str] = field(default_factory=list[str])
    classes: list[str] = field(default_factory=list[str])
    link: str | None = None
    data: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass
class Link:
    """`type` and `stroke` are what Mermaid calls them: arrow_point, double_arrow_cross; normal, thick, invisible."""

    id: str
    start: str
    end: str
    label: Label
    type: str
    stroke: str
    length: int
    curve: str | None = None
    styles: list[str] = field(default_factory=list[str])
    classes: list[str] = field(default_factory=list[str])


@dataclass
class Subgraph:
    id: str
    title: Label
    members: list[str]
    direction: str | None = None
    opened: int = 0
    """Where its first line comes among those of the others."""
    classes: list[str] = field(default_factory=list[str])
    data: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass
class Flowchart:
    direction: str = "TB"
    vertices: dict[str, Vertex] = field(default_factory=dict[str, Vertex])
    links: list[Link] = field(default_factory=list[Link])
    subgraphs: list[Subgraph] = field(default_factory=list[Subgraph])
    classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    default_styles: list[str] = field(default_factory=list[str])
    default_curve: str | None = None
    callbacks: list[str] = field(default_factory=list[str])
    _links_by_id: dict[str, Link] = field(default_factory=dict[str, Link])
    _subgraphs_by_id: dict[str, Subgraph] = field(default_factory=dict[str, Subgraph])
    _links_between: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    _owned: set[str] = field(default_factory=set[str])

    def add_vertex(self, identifier: str, label: Label | None = None, shape: str | None = None) -> None:
        if not identifier.strip() or identifier in self._links_by_id:
            return
        vertex = self.vertices.setdefault(identifier, Vertex(identifier, Label(identifier)))
        if label:
            vertex.label = label
        if shape:
            vertex.shape = shape

    def add_data(self, identifier: str, data: Mapping[str, Any]) -> None:
        """What stands in `@{…}` behind the id of a node, a link or a subgraph."""
        if identifier in self._subgraphs_by_id:
            self._subgraphs_by_id[identifier].data |= data
        elif identifier in self._links_by_id:
            self._links_by_id[identifier].curve = plain_text(data.get("curve")) or self._links_by_id[identifier].curve
        elif vertex := self.vertices.get(identifier):
            vertex.data |= data
            vertex.shape = plain_text(data.get("shape")) or vertex.shape
            label = plain_text(data.get("label"))
            if label:
                kind = plain_text(data.get("labelType"))
                vertex.label = Label(label, kind if kind in ("string", "text") else "markdown")
            elif (data.get("icon") or data.get("img")) and vertex.label.text == identifier:
                vertex.label = Label("")

    def add_style(self, identifier: str, styles: Iterable[str]) -> None:
        self.add_vertex(identifier)
        if identifier in self.vertices:
            self.vertices[identifier].styles += styles

    def add_link(
        self, start: str, end: str, shape: tuple[str, str, int], label: Label | None, name: str | None
    ) -> None:
        type_, stroke, length = shape
        if name is None or name in self._links_by_id:
            between = self._links_between[start, end]
            name = f"L_{start}_{end}_{between + 1 if between else 0}"
        self._links_between[start, end] += 1
        link = Link(name, start, end, label or Label(""), type_, stroke, min(length, LONGEST_LABEL), self.default_curve)
        self.links.append(link)
        self._links_by_id.setdefault(name, link)

    def add_class(self, names: str, styles: Iterable[str]) -> None:
        for name in names.split(","):
            self.classes.setdefault(name, []).extend(styles)

    def set_class(self, identifiers: str, name: str) -> None:
        for identifier in identifiers.split(","):
            for found in (self.vertices, self._links_by_id, self._subgraphs_by_id):
                if identifier in found:
                    found[identifier].classes.append(name)

    def set_link(self, identifiers: str, url: str) -> None:
        for identifier in identifiers.split(","):
            if identifier in self.vertices:
                self.vertices[identifier].link = url.strip() or None

    def add_subgraph(
        self, name: Label, title: Label | None, members: Iterable[str], direction: str | None, opened: int
    ) -> str:
        """Its id. A node belongs to the subgraph that was closed first of those that mention it."""
        anonymous = title is None and re.search(r"\s", name.text)
        identifier = f"subGraph{len(self.subgraphs)}" if anonymous else name.text.strip()
        own = [member for member in dict.fromkeys(members) if member.strip() and member not in self._owned]
        self._owned.update(own)
        subgraph = Subgraph(identifier, title or name, own, direction, opened)
        self.subgraphs.append(subgraph)
        self._subgraphs_by_id[identifier] = subgraph
        return identifier


def link_shape(text: str, opening: str | None = None) -> tuple[str, str, int]:
    """Type, stroke and length of a link from its last part, and its first where text stands between."""
    text = text.strip()
    kinds = {"x": "arrow_cross", ">": "arrow_point", "o": "arrow_circle"}
    type_ = kinds.get(text[-1], "arrow_open")
    line = text[:-1]
    if type_ != "arrow_open" and text[0] == {"x": "x", ">": "<", "o": "o"}[text[-1]]:
        type_, line = f"double_{type_}", line[1:]
    stroke, length = _stroke(line), line.count(".") or len(line) - 1
    if opening is None:
        return type_, stroke, length
    opening = opening.strip()
    first = {"x": "arrow_cross", "<": "arrow_point", "o": "arrow_circle"}.get(opening[0])
    first_stroke = "dotted" if "." in opening else "thick" if "=" in opening else "normal"
    if first_stroke != stroke or (first and first != type_):
        return "INVALID", "INVALID", 1
    return f"double_{first}" if first else type_, stroke, length


def _stroke(line: str) -> str:
    if "." in line:
        return "dotted"
    return {"=": "thick", "~": "invisible"}.get(line[:1], "normal")
