"""Code widgets: monospaced lines with their numbers, and plain colours for words, texts and comments."""

from __future__ import annotations

import re

from ...board.colours import EDGE, FAINT
from ...board.contents import Item
from ...board.geometry import Box
from ...text.rich_text import PLAIN, Paragraph, Piece, plain
from ..pen import Pen
from ..svg import element, num, rect
from ..text import fonts
from ..text.layout import LINE_HEIGHT

_FONT, _HEADER = 13.0, 30.0
_INK = "#24292f"
_COLOURS = {"comment": "#6e7781", "text": "#0a7040", "number": "#0550ae", "word": "#a626a4"}
_WORDS = (
    "and as async await bool break case catch class const continue def default del do elif else enum except export "
    "extends false False final finally fn for from func function if implements import in int interface is lambda let "
    "match mut new nil None not null of or package pass private public pub raise return select self static string "
    "struct super switch this throw true True try type use var void where while with yield SELECT FROM WHERE INSERT "
    "UPDATE DELETE JOIN ON GROUP ORDER BY AS AND OR NOT NULL"
)
_TOKEN = re.compile(
    r"(?P<comment>(?:#|//|--).*)|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`)"
    r"|(?P<number>\b\d[\d_.]*\b)|(?P<word>\b(?:" + "|".join(_WORDS.split()) + r")\b)"
)


def draw_code(item: Item, box: Box, pen: Pen) -> str:
    data = item.data
    drawn = rect(box, data_miro_part="body", rx=6.0, fill="#f6f8fa", stroke=EDGE, stroke_width=1.0)
    header = Box(box.x, box.y, box.width, min(_HEADER, box.height)).inset(12, 0)
    title, language = str(data.get("title") or ""), str(data.get("language") or "")
    half = header.width / 2
    drawn += pen.write(
        item, plain(title), header._replace(width=half), 12.0, _INK, valign="middle", part="title", most=1, fits=False
    )[0]
    drawn += pen.write(
        item,
        plain(language),
        Box(header.x + half, header.y, half, header.height),
        11.0,
        FAINT,
        align="right",
        valign="middle",
        part="language",
        most=1,
        fits=False,
    )[0]
    rule = box.y + _HEADER
    drawn += element("path", d=f"M{num(box.x)},{num(rule)}H{num(box.right)}", stroke=EDGE, stroke_width=1.0)
    inside = Box(box.x, rule, box.width, max(box.bottom - rule, 1.0)).inset(12, 8)
    lines = str(data.get("code") or "").expandtabs(4).split("\n")
    shown = lines[: max(1, int(inside.height / (_FONT * LINE_HEIGHT)))]
    if len(shown) < len(lines):
        pen.cut.add(item.id)
    return drawn + _listing(item, shown, inside, pen, numbered=data.get("lineNumbersVisible", True) is not False)


def _listing(item: Item, lines: list[str], inside: Box, pen: Pen, *, numbered: bool) -> str:
    gutter = (len(str(len(lines))) + 1.2) * _FONT * 0.6 if numbered else 0.0
    room = Box(inside.x + gutter, inside.y, max(inside.width - gutter, 1.0), inside.height)
    columns = int(room.width / (_FONT * 0.6))
    cut = [line if len(line) <= columns else line[: max(columns - 1, 1)] + "…" for line in lines]
    drawn = pen.write(
        item,
        [Paragraph(_tinted(line)) for line in cut],
        room._replace(width=room.width * 2),
        _FONT,
        _INK,
        family=fonts.MONO,
        fits=False,
    )[0]
    if numbered:
        numbers = [Paragraph([Piece(str(at), PLAIN)]) for at in range(1, len(lines) + 1)]
        column = inside._replace(width=gutter - _FONT * 0.7)
        drawn += pen.write(
            item, numbers, column, _FONT, "#a0a6b4", family=fonts.MONO, align="right", part="numbers", fits=False
        )[0]
    return drawn


def _tinted(line: str) -> list[Piece]:
    """A line's tokens; spaces that begin it don't break."""
    body = line.lstrip(" ")
    pieces = [Piece("\u00a0" * (len(line) - len(body)), PLAIN)] if len(body) < len(line) else []
    at = 0
    for match in _TOKEN.finditer(body):
        if match.start() > at:
            pieces.append(Piece(body[at : match.start()], PLAIN))
        pieces.append(Piece(match[0], PLAIN._replace(colour=_COLOURS[match.lastgroup or "word"])))
        at = match.end()
    return [*pieces, Piece(body[at:], PLAIN)] if at < len(body) else pieces
