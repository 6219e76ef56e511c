"""Entity-relationship diagrams: from what stands in the text to a graph of boxes."""

from __future__ import annotations

from dataclasses import replace

from ...diagrams.graph import Graph, Group, Look, Node
from ..boxes import box_text
from ..css import Classes, css_look, declarations
from ..labels import html_of, markdown_of
from ..source import Source
from .parse import Entity, EntityChart, EntityGroup, parse


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't an entity-relationship diagram.
    """
    chart, unknown = parse(source), set[str]()
    classes = Classes(chart.style_classes, unknown)
    entities = [entity for entity in chart.entities.values() if entity.key not in chart.subgraphs]
    nodes = tuple(_node(entity, chart, classes, unknown) for entity in entities)
    groups = tuple(
        Group(
            key=subgraph.key,
            title=html_of(subgraph.title),
            parent=chart.owner.get(subgraph.key),
            direction=subgraph.direction,
            look=_look(subgraph, classes, unknown),
        )
        for subgraph in sorted(chart.subgraphs.values(), key=lambda subgraph: subgraph.opened)
    )
    notes = [f"Styles that Miro doesn't have are left out: {', '.join(sorted(unknown))}."] if unknown else []
    return Graph(
        nodes=nodes,
        edges=tuple(chart.edges),
        groups=groups,
        direction=chart.direction,
        title=source.title,
        notes=tuple(notes),
    )


def _node(entity: Entity, chart: EntityChart, classes: Classes, unknown: set[str]) -> Node:
    look = _look(entity, classes, unknown)
    return Node(
        key=entity.key,
        text=box_text([f"<strong>{markdown_of(entity.alias or entity.key)}</strong>"], [entity.attributes]),
        group=chart.owner.get(entity.key),
        look=replace(look, align=look.align or "left") if entity.attributes else look,
    )


def _look(item: Entity | EntityGroup, classes: Classes, unknown: set[str]) -> Look:
    return css_look((*classes.of(item.classes), *declarations(item.styles, unknown)), unknown)
