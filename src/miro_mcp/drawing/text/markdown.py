"""Markdown as paragraphs of styled pieces: headings, lists, quotes and plain emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text.hidden import without_hidden
from ...text.rich_text import HEADINGS, PLAIN, SAFE_LINK, Paragraph, Piece, Style, cut

_LIST_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d+)[.)])\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|(?<!\w)[*_](.+?)[*_](?!\w)|`(.+?)`|~~(.+?)~~|\[([^\]]*)\]\(([^)\s]*)\)")


def parse_markdown(text: str) -> list[Paragraph]:
    """Headings, lists, quotes and plain emphasis of Markdown."""
    return [_markdown_line(line) for line in cut(without_hidden(text)).split("\n")]


def _markdown_line(line: str) -> Paragraph:
    if heading := _HEADING.fullmatch(line):
        bold = [Piece(piece.text, piece.style._replace(bold=True)) for piece in _inline(heading[2])]
        return Paragraph(bold, size=HEADINGS[f"h{len(heading[1])}"])
    if listed := _LIST_ITEM.fullmatch(line):
        bullet = "•" if listed[2] else f"{listed[3]}."
        return Paragraph(list(_inline(listed[4])), bullet, 1 + len(listed[1]) // 2)
    return Paragraph(list(_inline(line.removeprefix("> "))))


def _inline(line: str) -> Iterator[Piece]:
    at = 0
    for match in _EMPHASIS.finditer(line):
        if match.start() > at:
            yield Piece(line[at : match.start()], PLAIN)
        bold, italic, code, struck, label, target = match.groups()
        href = target if target and SAFE_LINK.match(target) else None
        yield Piece(
            bold or italic or code or struck or label or "",
            Style(bold=bool(bold), italic=bool(italic), mono=bool(code), strike=bool(struck), href=href),
        )
        at = match.end()
    if at < len(line):
        yield Piece(line[at:], PLAIN)
