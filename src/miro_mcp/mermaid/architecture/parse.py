"""Architecture diagrams: from lines to groups, services and edges."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END, Token
from ..lines import end_line, take_title, unquoted
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS


@dataclass
class Place:
    """A group, service or junction."""

    token: Token
    kind: str
    id: str
    icon: str = ""
    sign: str = ""
    """What stands in place of an icon."""
    title: str = ""
    parent: str | None = None
    parent_token: Token | None = None


@dataclass
class EdgeEnd:
    token: Token
    id: str
    of_group: bool
    side: str
    arrow: bool


@dataclass
class ArchitectureText:
    """Places in the text's order, and pairs of ends with their titles."""

    title: str = ""
    places: list[Place] = field(default_factory=list[Place])
    edges: list[tuple[EdgeEnd, EdgeEnd, str]] = field(default_factory=list[tuple[EdgeEnd, EdgeEnd, str]])
    aligned: bool = False


def parse(source: Source) -> tuple[Cursor, ArchitectureText]:
    """Raises:
    MermaidError: the text isn't an architecture diagram.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = ArchitectureText(title=source.title)
    cursor.skip("newline")
    cursor.expect("architecture-beta")
    while cursor.next.kind != END:
        _statement(cursor, found)
    return cursor, found


def _statement(cursor: Cursor, found: ArchitectureText) -> None:
    if cursor.have("newline"):
        return
    if (title := take_title(cursor)) is not None:
        found.title = title or found.title
        return
    match cursor.next.kind:
        case "group" | "service" | "junction" as kind:
            found.places.append(_place(cursor, kind))
        case "align":
            cursor.take()
            cursor.expect("row")
            cursor.expect("id")
            cursor.expect("id")
            cursor.skip("id")
            found.aligned = True
        case "id":
            found.edges.append(_edge(cursor))
        case _:
            raise cursor.error("group", "service", "junction", "an edge")
    end_line(cursor)


def _place(cursor: Cursor, kind: str) -> Place:
    cursor.take()
    token = cursor.expect("id")
    place = Place(token, kind, token.text)
    if kind == "service" and (sign := cursor.have("string")):
        place.sign = unquoted(sign.text)
    elif kind != "junction" and (icon := cursor.have("icon")):
        place.icon = icon.text[1:-1]
    if kind != "junction" and cursor.next.kind == "label":
        place.title = _label(cursor)
    if cursor.have("in"):
        place.parent_token = cursor.expect("id")
        place.parent = place.parent_token.text
    return place


def _edge(cursor: Cursor) -> tuple[EdgeEnd, EdgeEnd, str]:
    token = cursor.take()
    of_group = cursor.have("{group}") is not None
    cursor.expect(":")
    start = EdgeEnd(token, token.text, of_group, cursor.expect("side").text, cursor.have("arrow") is not None)
    title = ""
    if cursor.have("-"):
        title = _label(cursor)
        cursor.expect("-")
    else:
        cursor.expect("--", "-")
    arrow = cursor.have("arrow") is not None
    side = cursor.expect("side").text
    cursor.expect(":")
    token = cursor.expect("id")
    return start, EdgeEnd(token, token.text, cursor.have("{group}") is not None, side, arrow), title


def _label(cursor: Cursor) -> str:
    text = cursor.expect("label").text[1:-1].strip()
    return unquoted(text).strip() if text[:1] == text[-1:] and text[:1] in ("'", '"') and len(text) > 1 else text
