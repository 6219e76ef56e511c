"""Mind maps: from indented text to topics."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..labels import markdown_of
from ..lexer import END
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

    def parse(self) -> TopicList:
        cursor = self.cursor
        if cursor.have("blank line"):
            cursor.skip("blank line", "newline")
        cursor.expect("mindmap")
        cursor.have("newline")
        while True:
            self._statement()
            cursor.expect("newline", "end of file", "blank line")
            cursor.skip("newline", "end of file")
            if cursor.next.kind == END:
                break
        if not self.found.topics:
            raise cursor.error("id")
        return self.found

    def _statement(self) -> None:
        cursor = self.cursor
        indent = cursor.have("indent")
        match cursor.next.kind:
            case "id" | "opening":
                self._topic(len(indent.text) if indent else 0)
            case "icon" | "class":
                if not self.found.topics:
                    raise cursor.error("id")
                if cursor.take().kind == "icon":
                    self.found.notes["Icons of topics are left out."] = None
            case _ if indent:
                pass
            case _:
                if not cursor.have("blank line"):
                    raise cursor.error("id")

    def _topic(self, indent: int) -> None:
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
