"""Mind maps: from topics to a tree."""

from __future__ import annotations

from ...diagrams.mind_map import MindMap, Topic
from ..source import Source
from .parse import ParsedTopic, parse


def read(source: Source) -> MindMap:
    """Raises:
    MermaidError: the text isn't a mind map.
    """
    found = parse(source)
    return MindMap(root=_frozen(found.topics), title=source.title, notes=tuple(found.notes))


def _frozen(topics: list[ParsedTopic]) -> Topic:
    """From the last to the first: what is below a topic comes after it."""
    done: dict[str, Topic] = {}
    for topic in reversed(topics):
        below = tuple(done[one.key] for one in topic.below)
        done[topic.key] = Topic(key=topic.key, text=topic.text, shape=topic.shape, topics=below)
    return done[topics[0].key]
