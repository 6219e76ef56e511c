"""Architecture diagrams: from places and edges to a graph that runs the way that most edges do."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagrams.charts.keys import Keys
from ...diagrams.graph import Edge, Graph, Group, Look, Node
from ..cursor import Cursor
from ..labels import html_of
from ..source import Source
from .parse import ArchitectureText, EdgeEnd, Place, parse

_SHAPES = {"database": "can", "disk": "can", "cloud": "cloud", "internet": "circle", "server": "round_rectangle"}
_JUNCTION = 16.0
"""Board units."""


def read(source: Source) -> Graph:
    """Raises:
    MermaidError: the text isn't an architecture diagram, or names what isn't there.
    """
    cursor, found = parse(source)
    places = _checked(cursor, found)
    across = sum(start.side in "LR" and end.side in "LR" for start, end, _ in found.edges)
    notes: list[str] = []
    if any(place.icon and place.icon not in _SHAPES for place in found.places):
        notes.append("Icons are drawn as shapes, or left out where Miro has none like them.")
    if found.aligned:
        notes.append("Alignments are left to the layout.")
    return Graph(
        nodes=tuple(_node(place) for place in places.values() if place.kind != "group"),
        edges=tuple(_edges(cursor, found, places)),
        groups=tuple(
            Group(key=place.id, title=html_of(place.title), parent=place.parent)
            for place in places.values()
            if place.kind == "group"
        ),
        direction="right" if 2 * across >= len(found.edges) else "down",
        title=found.title,
        notes=tuple(notes),
    )


def _checked(cursor: Cursor, found: ArchitectureText) -> dict[str, Place]:
    """Places by id: groups first, as in Mermaid, then services and junctions."""
    places: dict[str, Place] = {}
    for kind in ("group", "service", "junction"):
        for place in (one for one in found.places if one.kind == kind):
            if place.id in places:
                raise cursor.error_at(place.token, "an id that isn't there yet")
            if place.parent_token and (place.parent not in places or places[place.parent].kind != "group"):
                raise cursor.error_at(place.parent_token, "a group that is there already")
            places[place.id] = place
    return places


def _node(place: Place) -> Node:
    if place.kind == "junction":
        look = Look(fill="#52607a", border="#52607a")
        return Node(
            key=place.id, text="", shape="circle", group=place.parent, look=look, width=_JUNCTION, height=_JUNCTION
        )
    lines = [html_of(place.sign), html_of(place.title)]
    text = "<br>".join(line for line in lines if line) or html_of(place.id)
    return Node(key=place.id, text=text, shape=_SHAPES.get(place.icon, "rectangle"), group=place.parent)


def _edges(cursor: Cursor, found: ArchitectureText, places: dict[str, Place]) -> Iterator[Edge]:
    keys = Keys()
    for start, end, title in found.edges:
        ends = [_end(cursor, one, places) for one in (start, end)]
        owners = {places[one.id].parent for one in (start, end)}
        for one in (start, end):
            if one.of_group and len(owners) == 1 and None not in owners:
                raise cursor.error_at(one.token, "an edge between two groups, where {group} stands")
        first, second = (start, end), ends
        if start.side in "LT" and end.side in "RB":
            # Drawn from the left or the top, so that the layout keeps its sense.
            first, second = (end, start), ends[::-1]
        yield Edge(
            key=keys.of(f"{start.id} {end.id}"),
            start=second[0],
            end=second[1],
            text=html_of(title),
            start_cap="stealth" if first[0].arrow else "none",
            end_cap="stealth" if first[1].arrow else "none",
        )


def _end(cursor: Cursor, end: EdgeEnd, places: dict[str, Place]) -> str:
    """The key of what a line ends at: the service, or the group around it."""
    place = places.get(end.id)
    if place is None or place.kind == "group":
        raise cursor.error_at(end.token, "a service or junction that is there")
    return place.parent if end.of_group and place.parent else place.id
