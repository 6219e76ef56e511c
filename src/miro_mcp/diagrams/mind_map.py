"""A mind map as a value: a topic with topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .graph import Edge, Graph, Node


@dataclass(frozen=True, kw_only=True)
class Topic:
    """`text` is HTML, `shape` has the API's name; `key` is unique in its mind map."""

    key: str
    text: str
    shape: str = "round_rectangle"
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MindMap:
    """`title` is plain text, `notes` says what could not be carried over, a sentence each."""

    root: Topic
    title: str = ""
    notes: tuple[str, ...] = field(default=())

    def __iter__(self) -> Iterator[tuple[Topic, Topic | None]]:
        """Every topic with the one above it, those above first."""
        pending: list[tuple[Topic, Topic | None]] = [(self.root, None)]
        while pending:
            topic, above = pending.pop()
            yield topic, above
            pending += [(below, topic) for below in reversed(topic.topics)]


def graph_of(mind_map: MindMap) -> Graph:
    """The mind map as a graph, for boards on which it isn't to be Miro's own kind."""
    pairs = list(mind_map)
    return Graph(
        nodes=tuple(Node(key=topic.key, text=topic.text, shape=topic.shape) for topic, _ in pairs),
        edges=tuple(
            Edge(key=f"{above.key}_{topic.key}", start=above.key, end=topic.key, end_cap="none", curve="curved")
            for topic, above in pairs
            if above
        ),
        direction="right",
        title=mind_map.title,
        notes=mind_map.notes,
    )
