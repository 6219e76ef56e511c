"""What kind of diagram something is, where that decides how it is drawn and changed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class DiagramKind:
    """A kind by the name that records on boards carry, and as a person would call one.

    In one whose parts lie on each other (`layered`) they are made one after the other. Where the places say something
    (`places_matter`), a change lays all of it out again, styles included, and only the same kind may follow.
    """

    name: str
    described: str
    layered: bool = False
    places_matter: bool = False
    items: frozenset[str] = frozenset({"shape"})
    """Kinds of items that its nodes and groups are."""


def _chart(name: str, described: str) -> DiagramKind:
    return DiagramKind(name, described, layered=True, places_matter=True)


GRAPH = DiagramKind("", "a graph")
SEQUENCE = _chart("sequence", "a sequence diagram")
MIND_MAP = DiagramKind("mind map", "a mind map")
GANTT = _chart("gantt", "a Gantt chart")
TIMELINE = _chart("timeline", "a timeline")
KANBAN = replace(_chart("kanban", "a kanban board"), items=frozenset({"shape", "card"}))
JOURNEY = _chart("journey", "a user journey")
QUADRANT = _chart("quadrant", "a quadrant chart")
GIT_GRAPH = _chart("git graph", "a git graph")
BLOCKS = _chart("block", "a block diagram")
PIE = _chart("pie", "a pie chart")
XY_CHART = _chart("xy chart", "an XY chart")

_BY_NAME = {
    kind.name: kind
    for kind in (
        GRAPH,
        SEQUENCE,
        MIND_MAP,
        GANTT,
        TIMELINE,
        KANBAN,
        JOURNEY,
        QUADRANT,
        GIT_GRAPH,
        BLOCKS,
        PIE,
        XY_CHART,
    )
}


def kind_named(name: str) -> DiagramKind:
    """The kind of a record; one that this version doesn't know is a graph."""
    return _BY_NAME.get(name, GRAPH)
