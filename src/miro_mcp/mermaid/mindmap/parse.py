"""Mind maps: from indented text to topics."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..labels import markdown_of
from ..outline import read_outline
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS

_SHAPES = {"[": "rectangle", "((": "circle", ")": "cloud", "))": "star", "{{": "hexagon"}


@dataclass
class ParsedTopic:
    key: str
    level: int
    text: str
    shape: str
    below: list[ParsedTopic] = field(default_factory=list["ParsedTopic"])


@dataclass
class TopicList:
    """A mind map as it stands in its text: topics in its order, the root first."""

    topics: list[ParsedTopic] = field(default_factory=list[ParsedTopic])
    notes: dict[str, None] = field(default_factory=dict[str, None])


def parse(source: Source) -> TopicList:
    """The topics in the text.

    Raises:
        MermaidError: the text isn't a mind map.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found = TopicList()
        self.above: list[ParsedTopic] = []
        self.base = 0

    @property
    def is_empty(self) -> bool:
        return not self.found.topics

    def parse(self) -> TopicList:
        read_outline(self, "mindmap")
        if self.is_empty:
            raise self.cursor.error("id")
        return self.found

    def note_icon(self) -> None:
        self.found.notes["Icons of topics are left out."] = None

    def entry(self, indent: int) -> None:
        cursor = self.cursor
        token = cursor.next
        name = cursor.have("id")
        text, shape = (name.text if name else ""), "round_rectangle"
        if opening := cursor.have("opening"):
            words = cursor.expect("text", "markdown")
            closing = cursor.expect("closing")
            if name and " " in name.text:
                self.found.notes[
                    f"'{name.text.strip()}' is left out, as in Mermaid: what stands before brackets is an id. "
                    f'All of it is a text in ["{name.text.strip()} {opening.text}{words.text}{closing.text}"].'
                ] = None
            text = words.text
            # Mermaid takes any closing bracket; only of `(` it matters which.
            cloud = opening.text == "(" and closing.text != ")"
            shape = "cloud" if cloud else _SHAPES.get(opening.text, "round_rectangle")
        if not self.found.topics:
            self.base = indent
        level = indent - self.base
        topic = ParsedTopic(str(len(self.found.topics)), level, markdown_of(text), shape)
        while self.above and self.above[-1].level >= level:
            self.above.pop()
        if self.above:
            self.above[-1].below.append(topic)
        elif self.found.topics:
            raise cursor.error_at(token, "a topic further to the right than the root: a mind map has one root")
        self.above.append(topic)
        cursor.check_depth(len(self.above), token, "topics")
        self.found.topics.append(topic)
