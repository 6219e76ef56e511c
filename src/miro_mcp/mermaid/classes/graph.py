"""Class diagrams: from what stands in the text to a graph of boxes."""

from __future__ import annotations

from dataclasses import replace

from ...diagrams.graph import Graph, Node
from ..boxes import box_text, member_text
from ..css import Classes, css_look, declarations
from ..labels import html_of, markdown_of
from ..source import Source
from .parse import ParsedClass, parse


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't a class diagram.
    """
    chart, unknown = parse(source), set[str]()
    said = {name: ",".join(styles).replace(",", ";").split(";") for name, styles in chart.style_classes.items()}
    classes = Classes(said, unknown)
    nodes = [_node(entry, classes, unknown) for entry in chart.classes.values()]
    if unknown:
        chart.losses[f"Styles that Miro doesn't have are left out: {', '.join(sorted(unknown))}."] = None
    return Graph(
        nodes=(*nodes, *chart.interfaces, *chart.notes),
        edges=tuple(chart.edges),
        groups=tuple(chart.groups.values()),
        direction=chart.direction,
        title=source.title,
        notes=tuple(chart.losses),
    )


def _node(entry: ParsedClass, classes: Classes, unknown: set[str]) -> Node:
    styles = declarations(",".join(entry.styles).replace(",", ";").split(";"), unknown)
    head = [f"«{html_of(annotation)}»" for annotation in entry.annotations]
    name = markdown_of(entry.label) + (f"&lt;{html_of(entry.generic)}&gt;" if entry.generic else "")
    parts = [[member_text(member) for member in members] for members in (entry.attributes, entry.methods)]
    look = css_look((*classes.of(entry.classes), *styles), unknown)
    return Node(
        key=entry.key,
        text=box_text([*head, f"<strong>{name}</strong>"], parts),
        group=entry.namespace,
        look=look if not any(parts) else replace(look, align=look.align or "left"),
        link=entry.link,
    )
