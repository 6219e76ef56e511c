"""C4 diagrams: from text to calls inside boundaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END, Token
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS

_CALLS = ("element", "boundary", "relation", "update")


@dataclass
class C4Call:
    """A call by its name, with attributes by place, None where one is empty, and by name."""

    name: str
    places: list[str | None]
    named: Mapping[str, str]
    boundary: str | None
    """The alias of the boundary that it is in."""


@dataclass
class C4Text:
    """Calls in the text's order, by what they are."""

    title: str = ""
    calls: dict[str, list[C4Call]] = field(default_factory=lambda: {kind: list[C4Call]() for kind in _CALLS})


def parse(source: Source) -> C4Text:
    """Raises:
    MermaidError: the text isn't a C4 diagram.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = C4Text(title=source.title)
    cursor.expect("C4")
    cursor.expect("newline")
    _statements(cursor, found, None, 0)
    if cursor.next.kind != END:
        raise cursor.error("element", "a boundary", "a relation")
    return found


def _statements(cursor: Cursor, found: C4Text, boundary: str | None, depth: int) -> None:
    """At least one, each on its own line."""
    _statement(cursor, found, boundary, depth)
    while cursor.have("newline") and cursor.next.kind not in (END, "}"):
        _statement(cursor, found, boundary, depth)


def _statement(cursor: Cursor, found: C4Text, boundary: str | None, depth: int) -> None:
    if title := cursor.have("title"):
        found.title = title.text[6:].strip()
        return
    if cursor.have("accDescription") or take_accessible(cursor):
        return
    token = cursor.expect(*(("element",) if cursor.next.kind not in _CALLS else _CALLS))
    places, named = _attributes(cursor)
    found.calls[token.kind].append(C4Call(token.text, places, named, boundary))
    if token.kind == "boundary":
        cursor.check_depth(depth + 1, token, "boundaries")
        _boundary(cursor, found, token, places[0] or "", depth + 1)


def _boundary(cursor: Cursor, found: C4Text, opening: Token, alias: str, depth: int) -> None:
    if cursor.have("newline"):
        cursor.expect("{")
        cursor.have("newline")
    else:
        cursor.expect("{")
        cursor.expect("newline")
    if cursor.next.kind not in _CALLS:
        raise cursor.error("element", "a boundary", "a relation")
    _statements(cursor, found, alias, depth)
    cursor.close(opening, "}")


def _attributes(cursor: Cursor) -> tuple[list[str | None], dict[str, str]]:
    places: list[str | None] = []
    named: dict[str, str] = {}
    if cursor.next.kind not in ("text", "empty", "name"):
        raise cursor.error("text")
    while token := cursor.have("text", "empty", "name"):
        if token.kind == "name":
            named[token.text.strip()] = cursor.expect("value").text.strip()
            places.append(None)
        else:
            places.append(token.text.strip() if token.kind == "text" else None)
    cursor.expect(")")
    return places, named
