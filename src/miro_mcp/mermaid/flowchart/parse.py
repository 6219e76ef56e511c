"""Flowcharts: from text to a chart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, cast

from ..cursor import Cursor
from ..finders import said_direction
from ..lexer import END
from ..source import Source, plain_text
from ..yaml import YamlError, load_yaml
from .chart import MAX_EDGES, Flowchart, Label, link_shape
from .shapes import SHAPES
from .tokens import EXAMPLE, ID, SAID, TABLES, WORDS

_NAME = frozenset({"number", "letter", "word", "direction", "v", "-", ",", ":", "&", "#", "*"})
_STYLE = frozenset({"number", "word", ":", "space", "#", "style"})
_TEXT = frozenset({"text", "<", ">", "letter"})
_TITLE = frozenset(
    {"number", "word", "space", "-", "&", "letter", ":", "*", "#", "link start"}
    | {"style", "linkStyle", "classDef", "class", "click", "graph", "direction", "subgraph", "end", "v", "^"}
)
_SEPARATOR = ("newline", ";", "end of file")
_BRACKETS = {
    "[": {"]": "square"},
    "(((": {")))": "doublecircle"},
    "(-": {"-)": "ellipse"},
    "([": {"])": "stadium"},
    "[[": {"]]": "subroutine"},
    "[(": {")]": "cylinder"},
    ">": {"]": "odd"},
    "[/": {"\\]": "trapezoid", "/]": "lean_right"},
    "[\\": {"/]": "inv_trapezoid", "\\]": "lean_left"},
    "(": {")": "round"},
    "{": {"}": "diamond"},
}
_DOUBLED = {"(": (")", "circle"), "{": ("}", "hexagon")}


@dataclass
class _Block:
    """A subgraph that is still open, or the chart itself."""

    name: Label | None = None
    title: Label | None = None
    members: list[str] = field(default_factory=list[str])
    direction: str | None = None
    opened: int = 0


def chart_of(source: Source) -> Flowchart:
    """The chart in the text.

    Raises:
        MermaidError: the text isn't a flowchart.
    """
    # As Mermaid does: white space between a closing brace and the end of its line counts for nothing.
    trimmed = source.edited((match.start() + 1, match.end() - 1, "") for match in re.finditer(r"\}\s*\n", source.text))
    return _Parser(Cursor(trimmed, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.chart = Flowchart()
        self.blocks = [_Block()]
        self.opened = 0

    def parse(self) -> Flowchart:
        cursor = self.cursor
        cursor.skip("space", "newline")
        cursor.expect("graph")
        if not cursor.have("no direction"):
            said = cursor.expect("direction", "no direction").text.strip()
            self.chart.direction = {"<": "RL", ">": "LR", "^": "BT", "v": "TB", "TD": "TB"}.get(said, said)
            if not cursor.have(";", "newline"):
                cursor.skip("space")
                cursor.expect("newline")
        while cursor.next.kind != END:
            self._line()
        if len(self.blocks) > 1:
            raise cursor.error("end")
        return self.chart

    def _line(self) -> None:
        cursor = self.cursor
        if cursor.have("space", *_SEPARATOR):
            return
        match cursor.next.kind:
            case "style":
                self._style()
            case "linkStyle":
                self._link_style()
            case "classDef":
                self._class_definition()
            case "class":
                self._class()
            case "click":
                self._click()
            case "subgraph":
                self._subgraph()
                return
            case "end" if len(self.blocks) > 1:
                cursor.take()
                self._end()
                return
            case "direction line":
                self.blocks[-1].direction = said_direction(cursor.take().text, SAID)
                return
            case "accessible":
                cursor.take()
                cursor.expect("accessible text")
                return
            case "description":
                cursor.take()
                return
            case _:
                self._vertices()
                if cursor.next.kind not in _SEPARATOR:
                    raise cursor.error("link", "newline")
        cursor.expect(*_SEPARATOR)

    def _subgraph(self) -> None:
        cursor = self.cursor
        token = cursor.take()
        cursor.check_depth(len(self.blocks), token, "subgraphs")
        cursor.expect("space")
        name = self._label(_TITLE)
        title = None
        if bracket := cursor.have("["):
            title = self._label(_TEXT)
            cursor.close(bracket, "]")
        cursor.expect(*_SEPARATOR)
        self.opened += 1
        self.blocks.append(
            _Block(Label(name.text, "text" if name.kind == "string" else name.kind), title, opened=self.opened)
        )

    def _end(self) -> None:
        block = self.blocks.pop()
        if block.name is not None:
            identifier = self.chart.add_subgraph(block.name, block.title, block.members, block.direction, block.opened)
            self.blocks[-1].members.append(identifier)

    def _vertices(self) -> None:
        """A node, or several by `&`, and whatever is linked to it on the same line."""
        before = self._nodes()
        while self.cursor.next.kind in ("link", "link start", "edge id"):
            shape, label, name = self._link()
            after = self._nodes()
            if len(self.chart.links) + len(before) * len(after) > MAX_EDGES:
                raise self.cursor.error(f"at most {MAX_EDGES} links in a chart")
            for start in before:
                for end in after:
                    named = start == before[-1] and end == after[0]
                    self.chart.add_link(start, end, shape, label, name if named else None)
            before = after

    def _nodes(self) -> list[str]:
        cursor = self.cursor
        nodes = [self._styled_vertex()]
        while True:
            if cursor.next.kind == "data start":
                self._data(nodes[-1])
                if not cursor.skip("space"):
                    break
                cursor.expect("&")
            elif not (cursor.skip("space") and cursor.have("&")):
                break
            cursor.expect("space")
            cursor.skip("space")
            nodes.append(self._styled_vertex())
        self.blocks[-1].members += nodes
        return nodes

    def _styled_vertex(self) -> str:
        identifier = self._vertex()
        if self.cursor.have(":::"):
            self.chart.set_class(identifier, self._identifier("word"))
        return identifier

    def _vertex(self) -> str:
        cursor, chart = self.cursor, self.chart
        identifier = self._identifier("word")
        first = cursor.next
        opening = first.kind
        if opening == "[|":
            cursor.take()
            for kind in ("word", ":", "word", "|"):
                cursor.expect(kind)
            chart.add_vertex(identifier, self._label(_TEXT), "rect")
            cursor.close(first, "]")
        elif opening in _BRACKETS:
            cursor.take()
            if opening in _DOUBLED and cursor.have(opening):
                closing, shape = _DOUBLED[opening]
                label = self._label(_TEXT)
                cursor.close(first, closing)
                cursor.close(first, closing)
            else:
                label = self._label(_TEXT)
                shape = _BRACKETS[opening][cursor.close(first, *_BRACKETS[opening]).kind]
            chart.add_vertex(identifier, label, shape)
        else:
            chart.add_vertex(identifier)
        return identifier

    def _link(self) -> tuple[tuple[str, str, int], Label | None, str | None]:
        cursor = self.cursor
        name = cursor.have("edge id")
        # The sign between an edge's id and its link; Mermaid takes the first away, wherever it is.
        identifier = name.text.replace("@", "", 1) if name else None
        if opening := cursor.have("link start"):
            label = self._label({"edge text", "letter"}, "edge text")
            return link_shape(cursor.expect("link").text, opening.text), label, identifier
        shape = link_shape(cursor.expect("link").text)
        label = None
        if bar := cursor.have("|"):
            label = self._label(_TEXT)
            cursor.close(bar, "|")
            cursor.have("space")
        return shape, label, identifier

    def _data(self, identifier: str) -> None:
        cursor = self.cursor
        start = cursor.next
        parts: list[str] = []
        while token := cursor.have("data start", "data", "data string"):
            if token.kind == "data":
                parts.append(token.text)
            elif token.kind == "data string":
                parts.append(re.sub(r"\n\s*", "<br/>", token.text))
        text = "".join(parts)
        try:
            loaded = load_yaml(text + "\n" if "\n" in text else f"{{\n{text}\n}}")
        except YamlError as error:
            raise cursor.error_at(start, f"data such as {{ shape: circle }} ({error})") from error
        data = cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}
        shape: Any = data.get("shape")
        if shape and (not isinstance(shape, str) or shape not in SHAPES):
            raise cursor.error_at(start, f"a shape such as {_near(plain_text(shape))}")
        self.chart.add_data(identifier, data)

    def _style(self) -> None:
        self.cursor.take()
        self.cursor.expect("space")
        identifier = self._identifier("word")
        self.cursor.expect("space")
        self.chart.add_style(identifier, self._styles())

    def _class_definition(self) -> None:
        self.cursor.take()
        self.cursor.expect("space")
        names = self._identifier("a class name")
        self.cursor.expect("space")
        self.chart.add_class(names, self._styles())

    def _class(self) -> None:
        self.cursor.take()
        self.cursor.expect("space")
        identifiers = self._identifier("word")
        self.cursor.expect("space")
        self.chart.set_class(identifiers, self._identifier("a class name"))

    def _link_style(self) -> None:
        cursor, chart = self.cursor, self.chart
        cursor.take()
        cursor.expect("space")
        numbers: list[int] = []
        if not cursor.have("default"):
            numbers.append(self._link_number())
            while cursor.have(","):
                numbers.append(self._link_number())
        cursor.expect("space")
        if cursor.have("interpolate"):
            cursor.expect("space")
            curve = cursor.text_of(_NAME)
            if not curve:
                raise cursor.error("a curve such as linear")
            if not numbers:
                chart.default_curve = curve
            for number in numbers:
                chart.links[number].curve = curve
            if not cursor.have("space"):
                return
        styles = self._styles()
        if not numbers:
            chart.default_styles = styles
        for number in numbers:
            chart.links[number].styles = styles

    def _link_number(self) -> int:
        token = self.cursor.expect("number")
        if len(token.text) > 6 or int(token.text) >= len(self.chart.links):
            raise self.cursor.error_at(token, f"a link's number below {len(self.chart.links)}, the links so far")
        return int(token.text)

    def _styles(self) -> list[str]:
        cursor = self.cursor
        styles: list[str] = []
        while True:
            style = cursor.text_of(_STYLE)
            if not style:
                raise cursor.error("style text")
            styles.append(style)
            if not cursor.have(","):
                return styles

    def _click(self) -> None:
        cursor, chart = self.cursor, self.chart
        identifiers = cursor.take().text
        if cursor.have("callback"):
            cursor.have("callback arguments")
            chart.callbacks.append(identifiers)
            self._tooltip()
        elif cursor.next.kind in ("href", "string"):
            cursor.have("href")
            url = cursor.expect("string").text
            chart.set_link(identifiers, url)
            described = cursor.have("space") and cursor.expect("string", "target").kind == "string"
            if described and cursor.have("space"):
                cursor.expect("target")
        elif cursor.text_of(_NAME):
            chart.callbacks.append(identifiers)
            self._tooltip()
        else:
            raise cursor.error("a URL in double quotes", "callback")

    def _tooltip(self) -> None:
        if self.cursor.have("space"):
            self.cursor.expect("string")

    def _identifier(self, expected: str) -> str:
        text = self.cursor.text_of(ID)
        if not text:
            raise self.cursor.error(expected)
        return text

    def _label(self, kinds: frozenset[str] | set[str], expected: str = "text") -> Label:
        """Text, or text in quotes that only unquoted text may follow."""
        quoted = self.cursor.have("string", "markdown")
        text = self.cursor.text_of(kinds)
        if quoted:
            whole = quoted.text + text
            return Label(whole if kinds is _TITLE else _trimmed(whole), quoted.kind)
        if not text:
            raise self.cursor.error(expected, "string")
        return Label(_trimmed(text) if expected == "text" and kinds is not _TITLE else text)


def _trimmed(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text.startswith('"') and text.endswith('"') else text


def _near(name: str) -> str:
    return " or ".join(get_close_matches(name.lower(), SHAPES, 3, 0.5)) or "rect, circle, diam or cyl"
