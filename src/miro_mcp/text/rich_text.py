"""Miro's texts as what they say: paragraphs of styled pieces, from the simple HTML they are kept in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .hidden import without_hidden

LONGEST_TEXT = 20_000
"""Characters of one text that are drawn; a longer one ends with an ellipsis."""


class Style(NamedTuple):
    """How a piece of text looks, and where it leads."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    href: str | None = None
    colour: str | None = None
    mono: bool = False


class Piece(NamedTuple):
    """Text of one style."""

    text: str
    style: Style


@dataclass
class Paragraph:
    """`bullet` stands before it, `indent` counts levels, `size` is that of its text beside the plain text's."""

    pieces: list[Piece] = field(default_factory=list[Piece])
    bullet: str = ""
    indent: int = 0
    size: float = 1.0

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


PLAIN = Style()
BOLD = Style(bold=True)
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "tr", "ul", "ol"})
HEADINGS = {"h1": 1.8, "h2": 1.5, "h3": 1.25, "h4": 1.1, "h5": 1.0, "h6": 1.0}
_STYLES: dict[str, Style] = {
    "b": Style(bold=True),
    "strong": Style(bold=True),
    "i": Style(italic=True),
    "em": Style(italic=True),
    "u": Style(underline=True),
    "ins": Style(underline=True),
    "s": Style(strike=True),
    "del": Style(strike=True),
    "strike": Style(strike=True),
    "code": Style(mono=True),
    "a": PLAIN,
    "span": PLAIN,
}
_KNOWN = _BLOCKS | _STYLES.keys() | {"br", "hr", "sup", "sub", "font", "table", "tbody", "td", "th"}
_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9]*)(.*)", re.DOTALL)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![-\w])color\s*:\s*(#[0-9a-fA-F]{3,8})|rgb\((\d+),\s*(\d+),\s*(\d+)\)")
_QUILL_INDENT = re.compile(r"ql-indent-(\d)")
SAFE_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def plain(text: str, style: Style = PLAIN) -> list[Paragraph]:
    """A text without markup, a paragraph a line."""
    return [Paragraph([Piece(line, style)]) for line in cut(without_hidden(text)).split("\n")]


def parse_html(content: str, *, whole: bool = False) -> list[Paragraph]:
    """The paragraphs of a text kept as HTML. Tags that mean nothing here are text, as they are in Miro.

    It is read as it is drawn: cut where it is very long, without hidden characters, and with links that are safe to
    follow. `whole` leaves all of that in.
    """
    return _Reader(whole=whole).read(content if whole else cut(content))


def text_of_html(content: str) -> str:
    """What a content says, a line a paragraph, whatever markup it is kept in."""
    return "\n".join(paragraph.text.strip() for paragraph in parse_html(content)).strip()


def cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """Spaces are single, none at the ends; neighbours of one style are one piece."""
    tidy: list[Piece] = []
    for text, style in pieces:
        text = _SPACES.sub(" ", text.replace("\u00a0", " "))
        if (not tidy or tidy[-1].text.endswith(" ")) and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if tidy and (tidy[-1].style == style or not text.strip()):
            tidy[-1] = Piece(tidy[-1].text + text, tidy[-1].style)
        else:
            tidy.append(Piece(text, style))
    if tidy and tidy[-1].text.endswith(" "):
        tidy[-1] = Piece(tidy[-1].text.rstrip(" "), tidy[-1].style)
    return [piece for piece in tidy if piece.text]


class _Reader:
    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self._done: list[Paragraph] = []
        self._now = Paragraph()
        self._begun = False
        self._styles: list[tuple[str, Style]] = []
        self._lists: list[tuple[str, int]] = []

    def read(self, content: str) -> list[Paragraph]:
        first, *parts = content.split("<")
        self._text(first)
        for part in parts:
            inside, closed, after = part.partition(">")
            match = _TAG.match(inside) if closed else None
            if match is None or match[2].lower() not in _KNOWN:
                self._text("<" + part)
                continue
            self._tag(match[2].lower(), match[3], closing=bool(match[1]))
            self._text(after)
        self._end(keep_empty=not self._done)
        while len(self._done) > 1 and not self._done[-1].pieces:
            self._done.pop()
        return self._done

    def _text(self, text: str) -> None:
        told = html.unescape(text)
        shown = (told if self._whole else without_hidden(told)).replace("\u00a0", " ")
        for at, line in enumerate(shown.split("\n")):
            if at:
                self._end(keep_empty=True)
            line = _SPACES.sub(" ", line) if line.strip() else (" " if line and self._now.pieces else "")
            if line:
                self._now.pieces.append(Piece(line, self._styles[-1][1] if self._styles else PLAIN))
                self._begun = True

    def _tag(self, name: str, attributes: str, *, closing: bool) -> None:
        if name == "br":
            self._end(keep_empty=True)
        elif name in ("ul", "ol"):
            self._end()
            if not closing:
                self._lists.append((name, 0))
            elif self._lists:
                self._lists.pop()
        elif name in _BLOCKS:
            self._end(keep_empty=closing and name == "p" and not self._now.pieces and not self._now.bullet)
            if not closing:
                self._open_block(name, attributes)
        elif closing:
            at = next((at for at in range(len(self._styles) - 1, -1, -1) if self._styles[at][0] == name), None)
            if at is not None:
                del self._styles[at]
        elif name in _STYLES:
            self._styles.append((name, self._styled(name, attributes)))

    def _open_block(self, name: str, attributes: str) -> None:
        self._now.size = HEADINGS.get(name, 1.0)
        if name in HEADINGS:
            self._styles = [("h", Style(bold=True))]
        if name != "li":
            return
        kind, count = self._lists.pop() if self._lists else ("ul", 0)
        kind = "ul" if 'data-list="bullet"' in attributes else kind
        self._lists.append((kind, count + 1))
        deeper = _QUILL_INDENT.search(attributes)
        self._now.indent = len(self._lists) + (int(deeper[1]) if deeper else 0)
        self._now.bullet = f"{count + 1}." if kind == "ol" else "•"

    def _styled(self, name: str, attributes: str) -> Style:
        outer, own = (self._styles[-1][1] if self._styles else PLAIN), _STYLES[name]
        href, colour = outer.href, outer.colour
        if name == "a":
            found = _HREF.search(attributes)
            target = html.unescape(next(filter(None, found.groups()), "")).strip() if found else ""
            safe = without_hidden(target) if SAFE_LINK.match(target) else None
            href = target or None if self._whole else safe
        if name == "span" and (found := _COLOUR.search(attributes)):
            colour = found[1] or "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups()[1:])
        joined = (one or other for one, other in zip(outer[:4], own[:4], strict=True))
        return Style(*joined, href=href, colour=colour, mono=outer.mono or own.mono)

    def _end(self, *, keep_empty: bool = False) -> None:
        if self._now.pieces or keep_empty:
            self._done.append(self._now)
            self._styles = [style for style in self._styles if style[0] != "h"]
        self._now = Paragraph(size=1.0)
