"""What kind of diagram something is, where that decides how it is drawn and changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DiagramKind:
    """A kind by the name that records on boards carry.

    In one whose parts lie on each other (`layered`) they are made one after the other. Where the places say something
    (`places_matter`), a change lays all of it out again, styles included, and only the same kind may follow.
    """

    name: str
    layered: bool = False
    places_matter: bool = False


GRAPH = DiagramKind("")
SEQUENCE = DiagramKind("sequence", layered=True, places_matter=True)
MIND_MAP = DiagramKind("mind map")

_BY_NAME = {kind.name: kind for kind in (GRAPH, SEQUENCE, MIND_MAP)}


def kind_named(name: str) -> DiagramKind:
    """The kind of a record; one that this version doesn't know is a graph."""
    return _BY_NAME.get(name, GRAPH)
