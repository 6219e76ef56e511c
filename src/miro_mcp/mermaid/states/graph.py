"""State diagrams: from statements to a graph, in which composite states and regions side by side are groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...diagrams.graph import Edge, Graph, Group, Look, Node
from ..boxes import box_text, note_node
from ..css import DIRECTIONS, Classes, css_look, declarations
from ..cursor import Cursor
from ..flowchart.graph import BAR, DARK, FRAME, SMALL
from ..labels import markdown_of, web_link
from ..source import Source
from .parse import EDGE, State, StateChart, Statement, Transition, cursor_of, states_of

_CHOICE = 40.0
"""Board units."""
_FILLED = Look(fill=DARK, border=DARK)
_ENDED = Look(fill=DARK, border=FRAME, border_width=6)
_REGION = Look(border_style="dashed")


@dataclass
class _Entry:
    """What all mentions of a state say together."""

    key: str
    kind: str
    texts: list[str] = field(default_factory=list[str])
    parent: str | None = None
    doc: list[Statement] | None = None


def read(source: Source) -> Graph:
    """The states and transitions in the text.

    Raises:
        MermaidError: the text isn't a state diagram.
    """
    cursor = cursor_of(source)
    return _Builder(states_of(cursor), cursor).build()


class _Builder:
    def __init__(self, chart: StateChart, cursor: Cursor) -> None:
        self.chart = chart
        self.cursor = cursor
        self.entries: dict[str, _Entry] = {}
        self.edges: list[Edge] = []
        self.notes: list[Node] = []

    def build(self) -> Graph:
        # A list of what is being walked, not recursion, since states may nest deeply.
        walks: list[tuple[str | None, Iterator[Statement]]] = [(None, self._regions("root", self.chart.statements))]
        while walks:
            parent, statements = walks[-1]
            statement = next(statements, None)
            if statement is None:
                walks.pop()
                continue
            for state in (statement.start, statement.end) if isinstance(statement, Transition) else (statement,):
                first = not isinstance(statement, Transition) or state is statement.start
                entry = self._mention(state, parent, first=first)
                if state.doc is not None:
                    walks.append((entry.key, self._regions(entry.key, state.doc)))
            if isinstance(statement, Transition):
                self._edge(statement, parent)
        return self._graph()

    def _regions(self, key: str, doc: list[Statement]) -> Iterator[Statement]:
        """The document, or where dividers part it, a state for each part."""
        dividers = [
            at for at, statement in enumerate(doc) if isinstance(statement, State) and statement.kind == "divider"
        ]
        rest = doc[dividers[-1] + 1 :] if dividers else []
        if not rest:
            yield from doc
            return
        starts = [0, *(at + 1 for at in dividers)]
        for number, (start, end) in enumerate(zip(starts, [*dividers, len(doc)], strict=True)):
            divider = doc[dividers[min(number, len(dividers) - 1)]]
            if isinstance(divider, State):
                name = divider.id if number < len(dividers) else f"{key}_rest"
                yield State(name, divider.token, "divider", doc=doc[start:end])

    def _mention(self, state: State, parent: str | None, *, first: bool) -> _Entry:
        key, kind = state.id, state.kind
        if key == EDGE:
            kind = "start" if first else "end"
            key = f"{parent or 'root'}_{kind}"
        entry = self.entries.setdefault(key, _Entry(key, kind))
        entry.texts += state.texts
        entry.parent = parent or entry.parent
        entry.doc = state.doc if entry.doc is None else entry.doc
        if entry.doc is not None and len(entry.texts) > 1:
            raise self.cursor.error_at(state.token, "no second text for a composite state")
        if state.note:
            note = f"{key}----note-{len(self.notes)}"
            self.notes.append(note_node(note, markdown_of(state.note.text), parent))
            start, end = (note, key) if state.note.left else (key, note)
            self.edges.append(Edge(key=f"{start}-{end}", start=start, end=end, end_cap="none", line="dashed"))
        return entry

    def _edge(self, transition: Transition, parent: str | None) -> None:
        start, end = (
            f"{parent or 'root'}_{kind}" if state.id == EDGE else state.id
            for state, kind in ((transition.start, "start"), (transition.end, "end"))
        )
        self.edges.append(Edge(key=f"edge{len(self.edges)}", start=start, end=end, text=markdown_of(transition.text)))

    def _graph(self) -> Graph:
        self._untangle()
        unknown: set[str] = set()
        classes = Classes(self.chart.style_classes, unknown)
        nodes = [self._node(entry, classes, unknown) for entry in self.entries.values() if entry.doc is None]
        groups = [self._group(entry, classes, unknown) for entry in self.entries.values() if entry.doc is not None]
        notes = [f"Styles that Miro doesn't have are left out: {', '.join(sorted(unknown))}."] if unknown else []
        return Graph(
            nodes=(*(node for node in nodes if node), *self.notes),
            edges=tuple(self.edges),
            groups=tuple(groups),
            direction=DIRECTIONS[self.chart.directions.get(id(self.chart.statements), "TB")],
            title=self.cursor.source.title,
            notes=tuple(notes),
        )

    def _untangle(self) -> None:
        """A state that is somewhere inside itself is taken out."""
        for entry in self.entries.values():
            seen = {entry.key}
            at = entry
            while at.parent is not None:
                if at.parent in seen:
                    at.parent = None
                    break
                seen.add(at.parent)
                at = self.entries[at.parent]

    def _look(self, key: str, classes: Classes, unknown: set[str]) -> Look:
        own = declarations(self.chart.styles.get(key, ()), unknown)
        return css_look((*classes.of(self.chart.classes.get(key, ())), *own), unknown)

    def _node(self, entry: _Entry, classes: Classes, unknown: set[str]) -> Node | None:
        key, group = entry.key, entry.parent
        match entry.kind:
            case "start" | "end":
                look = _FILLED if entry.kind == "start" else _ENDED
                return Node(key=key, text="", shape="circle", group=group, look=look, width=SMALL, height=SMALL)
            case "fork" | "join":
                return Node(key=key, text="", group=group, look=_FILLED, width=BAR[0], height=BAR[1])
            case "choice":
                return Node(key=key, text="", shape="rhombus", group=group, width=_CHOICE, height=_CHOICE)
            case "divider":
                return None
            case _:
                head, *rest = entry.texts or [key]
                title = markdown_of(head)
                return Node(
                    key=key,
                    text=box_text([f"<strong>{title}</strong>" if rest else title], [map(markdown_of, rest)]),
                    shape="round_rectangle",
                    group=group,
                    look=self._look(key, classes, unknown),
                    link=web_link(self.chart.links.get(key, "")),
                )

    def _group(self, entry: _Entry, classes: Classes, unknown: set[str]) -> Group:
        said = self.chart.directions.get(id(entry.doc))
        divider = entry.kind == "divider"
        return Group(
            key=entry.key,
            title="" if divider else markdown_of((entry.texts or [entry.key])[0]),
            parent=entry.parent,
            direction=DIRECTIONS[said] if said else None,
            look=_REGION if divider else self._look(entry.key, classes, unknown),
        )
