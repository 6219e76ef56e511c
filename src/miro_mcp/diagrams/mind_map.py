"""A mind map as a value: a topic with topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .graph import Edge, Graph, Look, Node


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


_BRANCHES = (
    ("#eaf1ff", "#3b6fe0"),
    ("#e6f6ee", "#2a9d68"),
    ("#fff4d6", "#d99400"),
    ("#f1ebff", "#7c5cd6"),
    ("#ffe9ec", "#d6455d"),
    ("#e3f6f8", "#1a93a5"),
)
"""Fill and border of the topics of each branch in turn; its lines have the border's colour."""


def graph_of(mind_map: MindMap) -> Graph:
    """The mind map as a graph, for boards on which it isn't to be Miro's own kind."""
    pairs = list(mind_map)
    colours: dict[str, tuple[str, str]] = {}
    for topic, above in pairs:
        if above is mind_map.root:
            colours[topic.key] = _BRANCHES[len(colours) % len(_BRANCHES)]
    for topic, above in pairs:
        if above and above is not mind_map.root:
            colours[topic.key] = colours[above.key]

    def node(topic: Topic) -> Node:
        fill, border = colours.get(topic.key, (None, None))
        return Node(key=topic.key, text=topic.text, shape=topic.shape, look=Look(fill=fill, border=border))

    return Graph(
        nodes=tuple(node(topic) for topic, _ in pairs),
        edges=tuple(
            Edge(
                key=f"{above.key}_{topic.key}",
                start=above.key,
                end=topic.key,
                end_cap="none",
                curve="curved",
                colour=colours[topic.key][1],
            )
            for topic, above in pairs
            if above
        ),
        direction="right",
        layout="mind map",
        title=mind_map.title,
        notes=mind_map.notes,
    )
