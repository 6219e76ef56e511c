"""HTML of Miro's texts as plain text: tags of rich text are carried out, all else stays as it stands."""

from __future__ import annotations

import re
from html import unescape

from .hidden import visible

_LINE = re.compile("p|div|br|ul|ol|li|h[1-6]|blockquote|pre|table|tr|hr")
"""Tags that begin a new line."""

_INLINE = re.compile("a|b|strong|i|em|u|s|strike|del|ins|span|font|code|sub|sup|mark|small|t[dh]|tbody|thead")
"""Tags that don't."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/?>")
_HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SPACES = re.compile(r"\s+")

LINE_BREAK = r"\n"
"""How a line break stands in text that has to be one line."""


def lines_of(html: str) -> list[str]:
    """The lines of a text, without empty ones. List entries begin with a dash or their number.

    A link's address follows its text, unless the text is the address. Hidden characters are made visible.
    """
    return _Reader().read(html)


def one_line(html: str) -> str:
    r"""A text on one line, line breaks as \n."""
    return LINE_BREAK.join(lines_of(html))


def flat(text: str) -> str:
    r"""Text that is no HTML on one line, line breaks as \n."""
    return LINE_BREAK.join(filter(None, (_tidy(line) for line in text.splitlines())))


class _Reader:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._lists: list[int | None] = []
        self._link: tuple[str, int] | None = None

    def read(self, html: str) -> list[str]:
        start = 0
        for match in _TAG.finditer(html):
            closes, name, attributes = bool(match[1]), match[2].lower(), match[3]
            if not (_LINE.fullmatch(name) or _INLINE.fullmatch(name)):
                continue
            self._text(html[start : match.start()])
            start = match.end()
            self._tag(name, attributes, closes=closes)
        self._text(html[start:])
        self._end_link()
        self._break()
        return self._lines

    def _text(self, text: str) -> None:
        first, *others = unescape(text).split("\n")
        self._parts.append(first)
        for line in others:
            self._break()
            self._parts.append(line)

    def _tag(self, name: str, attributes: str, *, closes: bool) -> None:
        if _LINE.fullmatch(name):
            self._break()
        if name in ("ul", "ol"):
            self._list(name, closes=closes)
        elif name == "li" and not closes:
            self._parts.append(self._bullet())
        elif name in ("td", "th"):
            self._parts.append(" ")
        elif name == "a":
            self._end_link()
            if not closes and (found := _HREF.search(attributes)):
                self._link = (unescape(next(filter(None, found.groups()), "")), len(self._parts))

    def _list(self, name: str, *, closes: bool) -> None:
        if not closes:
            self._lists.append(0 if name == "ol" else None)
        elif self._lists:
            self._lists.pop()

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _end_link(self) -> None:
        if self._link is None:
            return
        address, start = self._link
        self._link = None
        text = _tidy("".join(self._parts[start:]))
        if address and text not in (address, address.removeprefix("mailto:")):
            self._parts.append(f" ({address})" if text else address)

    def _break(self) -> None:
        self._end_link()
        if line := _tidy("".join(self._parts)):
            self._lines.append(line)
        self._parts = []


def _tidy(line: str) -> str:
    return visible(_SPACES.sub(" ", line).strip())
