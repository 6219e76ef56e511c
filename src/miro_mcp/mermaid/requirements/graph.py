"""Requirement diagrams: from boxes and relations to a graph."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagrams.charts.keys import Keys
from ...diagrams.graph import Edge, Graph, Node
from ..boxes import box_text
from ..css import DIRECTIONS, Classes, css_look, declarations
from ..labels import html_of
from ..source import Source
from .parse import RequirementBox, RequirementText, parse

_WORDS = {
    "id": "ID",
    "text": "Text",
    "risk": "Risk",
    "verifyMethod": "Verification",
    "type": "Type",
    "docref": "Doc ref",
}


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't a requirement diagram.
    """
    found = parse(source)
    unknown: set[str] = set()
    notes: dict[str, None] = {}
    classes = Classes(found.classes, unknown)
    nodes = tuple(_node(box, found, classes, unknown) for box in found.boxes.values())
    edges = tuple(_edges(found, notes))
    if unknown:
        notes[f"Styles that Miro doesn't have are left out: {', '.join(sorted(unknown))}."] = None
    return Graph(nodes=nodes, edges=edges, direction=DIRECTIONS[found.direction], title=found.title, notes=tuple(notes))


def _node(box: RequirementBox, found: RequirementText, classes: Classes, unknown: set[str]) -> Node:
    head = (f"<em>«{box.kind}»</em>", f"<strong>{html_of(box.name)}</strong>")
    said = [f"{_WORDS[word]}: {html_of(text)}" for word, text in box.said.items()]
    pairs = (
        *classes.of(["default", *found.classed.get(box.name, ())]),
        *declarations(found.styles.get(box.name, ()), unknown),
    )
    return Node(key=box.name, text=box_text(head, [said]), look=css_look(pairs, unknown))


def _edges(found: RequirementText, notes: dict[str, None]) -> Iterator[Edge]:
    keys = Keys()
    for start, kind, end in found.relations:
        missing = sorted({start, end} - found.boxes.keys())
        if missing:
            notes[f"The relation from {start} to {end} is left out: there is no {', '.join(missing)}."] = None
            continue
        contains = kind == "contains"
        yield Edge(
            key=keys.of(f"{start} {kind} {end}"),
            start=start,
            end=end,
            text=f"«{kind}»",
            start_cap="filled_oval" if contains else "none",
            end_cap="none" if contains else "stealth",
            line="normal" if contains else "dashed",
        )
