r"""Miro's texts as plain lines: what `rich_text` reads, told without styles and with hidden characters made visible."""

from __future__ import annotations

import re
from itertools import groupby

from .hidden import visible
from .rich_text import Paragraph, parse_html

_SPACES = re.compile(r"\s+")

_ONE_PARAGRAPH = re.compile("(?:<p>)?([^<&\n\xa0]*)(?:</p>)?")
"""As most texts are: without any markup in it."""

LINE_BREAK = r"\n"
"""How a line break stands in text that has to be one line."""


def lines_of(html: str) -> list[str]:
    """The lines of a text, without empty ones. List entries begin with a dash or their number.

    A link's address follows its text, unless the text is the address. Hidden characters are made visible.
    """
    if plain := _ONE_PARAGRAPH.fullmatch(html):
        return [line] if (line := _tidy(plain[1])) else []
    return [line for paragraph in parse_html(html, whole=True) if (line := _line(paragraph))]


def one_line(html: str) -> str:
    r"""A text on one line, line breaks as \n."""
    return LINE_BREAK.join(lines_of(html))


def flat(text: str) -> str:
    r"""Text that is no HTML on one line, line breaks as \n."""
    return LINE_BREAK.join(filter(None, (_tidy(line) for line in text.splitlines())))


def _line(paragraph: Paragraph) -> str:
    bullet = {"": "", "•": "- "}.get(paragraph.bullet, f"{paragraph.bullet} ")
    parts: list[str] = []
    for address, pieces in groupby(paragraph.pieces, key=lambda piece: piece.style.href):
        text = "".join(piece.text for piece in pieces)
        parts.append(text)
        if address and _tidy(text) not in (address, address.removeprefix("mailto:")):
            parts.append(f" ({address})" if text.strip() else address)
    return _tidy(bullet + "".join(parts))


def _tidy(line: str) -> str:
    return visible(_SPACES.sub(" ", line).strip())
