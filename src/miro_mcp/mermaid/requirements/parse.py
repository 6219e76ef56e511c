"""Requirement diagrams: from text to boxes and relations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..finders import said_direction
from ..lexer import END
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, SAID, TABLES, TYPES, WORDS

_VALUES = {
    "id": ("name", "quoted"),
    "text": ("name", "quoted"),
    "risk": ("risk level",),
    "verifyMethod": ("verification",),
    "type": ("name", "quoted"),
    "docref": ("name", "quoted"),
}
_OF_REQUIREMENTS = ("id", "text", "risk", "verifyMethod")
_OF_ELEMENTS = ("type", "docref")
_STYLE = frozenset({"word", ":", ";", "-", "#"})


@dataclass
class RequirementBox:
    """A requirement by its `kind`, or an element, with what is said of it by name."""

    name: str
    kind: str
    said: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class RequirementText:
    """Boxes by name, relations as start, kind and end, and styles by class and by name."""

    title: str = ""
    direction: str = "TB"
    boxes: dict[str, RequirementBox] = field(default_factory=dict[str, RequirementBox])
    relations: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    classed: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    styles: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def parse(source: Source) -> RequirementText:
    """Raises:
    MermaidError: the text isn't a requirement diagram.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse(source.title)


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found = RequirementText()

    def parse(self, title: str) -> RequirementText:
        cursor = self.cursor
        self.found.title = title
        while take_accessible(cursor):
            cursor.have("newline")
        cursor.expect("requirementDiagram")
        cursor.expect("newline")
        while cursor.next.kind != END:
            self._statement()
        return self.found

    def _statement(self) -> None:
        cursor = self.cursor
        match cursor.next.kind:
            case "newline":
                cursor.take()
            case "direction":
                self.found.direction = said_direction(cursor.take().text, SAID, re.IGNORECASE)
            case "requirement":
                kind = TYPES[cursor.take().text.lower()]
                self._box(kind, _OF_REQUIREMENTS)
            case "element":
                cursor.take()
                self._box("Element", _OF_ELEMENTS)
            case "style":
                cursor.take()
                ids, styles = self._ids(), self._styles()
                for one in ids:
                    self.found.styles.setdefault(one, []).extend(styles)
            case "classDef":
                cursor.take()
                ids, styles = self._ids(), self._styles()
                for one in ids:
                    self.found.classes.setdefault(one, []).extend(styles)
            case "class":
                cursor.take()
                ids, names = self._ids(), self._ids()
                self._class(ids, names)
            case "name" | "quoted":
                self._relation()
            case _:
                if not take_accessible(cursor):
                    raise cursor.error("a requirement", "an element", "a relation")

    def _box(self, kind: str, wanted: tuple[str, ...]) -> None:
        cursor = self.cursor
        name = cursor.expect("name", "quoted").text.strip()
        box = self.found.boxes.setdefault(name, RequirementBox(name, kind))
        if cursor.have(":::"):
            self._class([name], self._ids())
        opening = cursor.expect("{")
        cursor.expect("newline")
        while not cursor.have("}"):
            if cursor.have("newline"):
                continue
            if cursor.next.kind not in wanted:
                raise (
                    cursor.error(*(f"'{word}'" for word in wanted))
                    if cursor.next.kind != END
                    else cursor.error_at(cursor.next, f"'}}' to close '{opening.text}'")
                )
            word = cursor.take().kind
            cursor.expect(":")
            box.said[word] = cursor.expect(*_VALUES[word]).text.strip()
            cursor.expect("newline")

    def _relation(self) -> None:
        """`a - satisfies -> b`, or `b <- satisfies - a`; or a class after three colons."""
        cursor = self.cursor
        name = cursor.expect("name", "quoted").text.strip()
        if cursor.have(":::"):
            self._class([name], self._ids())
            return
        sign = cursor.expect("-", "<-").kind
        kind = cursor.expect("relation").text.lower()
        cursor.expect("->" if sign == "-" else "-")
        other = cursor.expect("name", "quoted").text.strip()
        start, end = (name, other) if sign == "-" else (other, name)
        self.found.relations.append((start, kind, end))

    def _ids(self) -> list[str]:
        cursor = self.cursor
        ids = [cursor.expect("name", "quoted", "word").text.strip()]
        while cursor.have(","):
            ids.append(cursor.expect("name", "quoted", "word").text.strip())
        return ids

    def _class(self, ids: list[str], names: list[str]) -> None:
        for one in ids:
            self.found.classed.setdefault(one, []).extend(names)

    def _styles(self) -> list[str]:
        cursor = self.cursor
        styles: list[str] = []
        while True:
            if cursor.next.kind not in _STYLE:
                raise cursor.error("a style such as fill:#ff3300")
            styles.append(cursor.text_of(_STYLE))
            if not cursor.have(","):
                return styles
