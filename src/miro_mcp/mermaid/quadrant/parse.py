"""Quadrant charts: from lines to axes, quadrants and points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..labels import html_of
from ..lexer import END, Token
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, NAME, STYLE, TABLES, TEXT, TEXT_START, WORDS

_HEX = re.compile(r"#?(?:[\dA-Fa-f]{6}|[\dA-Fa-f]{3})", re.ASCII)
_STYLES = {
    "radius": (re.compile(r"\d{1,4}", re.ASCII), "a number"),
    "color": (_HEX, "a colour such as #ff3300"),
    "stroke-color": (_HEX, "a colour such as #ff3300"),
    "stroke-width": (re.compile(r"\d{1,4}px", re.ASCII), "a width such as 2px"),
}


@dataclass
class PointText:
    text: str
    x: float
    y: float
    styles: Mapping[str, str]
    name: str = ""
    """Of its class."""


@dataclass
class QuadrantText:
    """What stands in the text; texts are HTML, of axes and quadrants as they were said last."""

    title: str = ""
    axes: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    quadrants: dict[str, str] = field(default_factory=dict[str, str])
    points: list[PointText] = field(default_factory=list[PointText])
    classes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])


def parse(source: Source) -> QuadrantText:
    """Raises:
    MermaidError: the text isn't a quadrant chart.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = QuadrantText(title=source.title)
    cursor.skip("newline", "space")
    cursor.expect("quadrantChart")
    while cursor.next.kind != END:
        _statement(cursor, found)
        if cursor.next.kind != END:
            cursor.expect("newline")
    return found


def _statement(cursor: Cursor, found: QuadrantText) -> None:
    cursor.skip("space")
    token = cursor.next
    match token.kind:
        case "newline" | "end of text":
            pass
        case "title":
            cursor.take()
            found.title = cursor.expect("text").text.strip()
        case "x-axis" | "y-axis":
            cursor.take()
            low = _text(cursor)
            if cursor.have("-->"):
                has_high = cursor.next.kind in TEXT_START
                found.axes[token.kind] = (low, _text(cursor)) if has_high else (f"{low} ⟶", "")
            else:
                found.axes[token.kind] = low, ""
        case "quadrant-1" | "quadrant-2" | "quadrant-3" | "quadrant-4":
            cursor.take()
            found.quadrants[token.kind] = _text(cursor)
        case "classDef":
            cursor.take()
            cursor.expect("space")
            name = cursor.text_of(NAME)
            cursor.expect("space")
            found.classes[name] = _styles(cursor)
        case _:
            if not take_accessible(cursor):
                _point(cursor, found)


def _text(cursor: Cursor) -> str:
    first = cursor.expect(*(("letters",) if cursor.next.kind not in TEXT_START else TEXT_START))
    return html_of((first.text + cursor.text_of(TEXT)).strip(), markdown=first.kind == "markdown")


def _point(cursor: Cursor, found: QuadrantText) -> None:
    text = _text(cursor)
    name = cursor.have("class")
    cursor.expect("point")
    x, y = (float(cursor.expect(axis).text) for axis in ("x", "y"))
    styles = _styles(cursor) if cursor.next.kind in STYLE else {}
    found.points.append(PointText(text, x, y, styles, name.text if name else ""))


def _styles(cursor: Cursor) -> dict[str, str]:
    styles: dict[str, str] = {}
    while True:
        token = cursor.next
        said = cursor.text_of(STYLE).strip()
        if not said and token.kind not in STYLE:
            raise cursor.error("a style such as radius: 12")
        name, value = _style(said, token, cursor)
        styles[name] = value
        if not cursor.have(","):
            return styles


def _style(said: str, token: Token, cursor: Cursor) -> tuple[str, str]:
    name, _, value = (part.strip() for part in said.partition(":"))
    if name not in _STYLES:
        raise cursor.error_at(token, "radius, color, stroke-color or stroke-width")
    pattern, words = _STYLES[name]
    if not pattern.fullmatch(value):
        raise cursor.error_at(token, f"{words} for {name}")
    return name, value
