"""Mind maps: from indented text to a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...diagrams.mind_map import MindMap, Topic
from ..cursor import Cursor
from ..finders import after_space
from ..labels import html_of
from ..lexer import END, TokenRule, modes
from ..source import Source

_OPENINGS = ("-)", "(-", "))", ")", "((", "{{", "(", "[")
_CLOSINGS = ("))", ")", "]", "}}", "(-", "-)", "((", "(")

TABLES = modes(
    {
        "start": (
            TokenRule(after_space(r"%%.*"), "blank line"),
            TokenRule(r"mindmap\b", "mindmap"),
            TokenRule(":::", push="class"),
            TokenRule(r"::icon\(", push="icon"),
            TokenRule(r"\s+\n", "blank line"),
            TokenRule(r"\n+", "newline"),
            *(TokenRule(re.escape(sign), "opening", push="topic") for sign in _OPENINGS),
            TokenRule(r"\s+", "indent"),
            TokenRule(r"[^(\[\n){}]+", "id"),
            TokenRule(r"\Z", "end of file"),
        ),
        "class": (TokenRule(r".+", "class", pop=1), TokenRule(r"\n", pop=1)),
        "icon": (TokenRule(r"[^)]+", "icon"), TokenRule(r"\)", pop=1)),
        "topic": (
            TokenRule('"`', push="markdown"),
            TokenRule('"', push="string"),
            *(TokenRule(re.escape(sign), "closing", pop=1) for sign in _CLOSINGS),
            TokenRule(r"[^)\](}]+", "text"),
            TokenRule(r".+", "text"),
        ),
        "markdown": (TokenRule(r"[^`\"]+", "markdown"), TokenRule('`"', pop=1)),
        "string": (TokenRule(r"[^\"]+", "text"), TokenRule('"', pop=1)),
    },
    re.IGNORECASE,
)
WORDS = {
    "mindmap": "'mindmap'",
    "newline": "the end of the line",
    "id": "a topic",
    "text": "the topic's text",
    "closing": "the topic's closing bracket",
}
EXAMPLE = "mindmap, below it '  Root', and below that '    Branch'"

_SHAPES = {
    "[": "rectangle",
    "((": "circle",
    ")": "cloud",
    "))": "star",
    "{{": "hexagon",
}


@dataclass
class _Topic:
    key: str
    level: int
    text: str
    shape: str
    below: list[_Topic] = field(default_factory=list["_Topic"])


def mind_map_of(source: Source) -> MindMap:
    """The mind map in the text.

    Raises:
        MermaidError: the text isn't a mind map.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.topics: list[_Topic] = []
        self.above: list[_Topic] = []
        self.base = 0
        self.notes: dict[str, None] = {}

    def parse(self) -> MindMap:
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
        if not self.topics:
            raise cursor.error("id")
        return MindMap(root=_frozen(self.topics), title=cursor.source.title, notes=tuple(self.notes))

    def _statement(self) -> None:
        cursor = self.cursor
        indent = cursor.have("indent")
        match cursor.next.kind:
            case "id" | "opening":
                self._topic(len(indent.text) if indent else 0)
            case "icon" | "class":
                if not self.topics:
                    raise cursor.error("id")
                if cursor.take().kind == "icon":
                    self.notes["Icons of topics are left out."] = None
            case _ if indent:
                pass
            case _:
                if not cursor.have("blank line"):
                    raise cursor.error("id")

    def _topic(self, indent: int) -> None:
        cursor = self.cursor
        token = cursor.next
        name = cursor.have("id")
        text, kind, shape = (name.text if name else ""), "text", "round_rectangle"
        if opening := cursor.have("opening"):
            words = cursor.expect("text", "markdown")
            closing = cursor.expect("closing")
            text, kind = words.text, words.kind
            # Mermaid takes any closing bracket; only of `(` it matters which.
            cloud = opening.text == "(" and closing.text != ")"
            shape = "cloud" if cloud else _SHAPES.get(opening.text, "round_rectangle")
        if not self.topics:
            self.base = indent
        level = indent - self.base
        topic = _Topic(str(len(self.topics)), level, html_of(text.strip(), markdown=kind == "markdown"), shape)
        while self.above and self.above[-1].level >= level:
            self.above.pop()
        if self.above:
            self.above[-1].below.append(topic)
        elif self.topics:
            raise cursor.error_at(token, "a topic further to the right than the root: a mind map has one root")
        self.above.append(topic)
        self.topics.append(topic)


def _frozen(topics: list[_Topic]) -> Topic:
    """From the last to the first: what is below a topic comes after it."""
    done: dict[str, Topic] = {}
    for topic in reversed(topics):
        below = tuple(done[one.key] for one in topic.below)
        done[topic.key] = Topic(key=topic.key, text=topic.text, shape=topic.shape, topics=below)
    return done[topics[0].key]
