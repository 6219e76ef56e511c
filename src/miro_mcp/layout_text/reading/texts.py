"""What elements say: their texts as paragraphs of styled pieces."""

from __future__ import annotations

from collections.abc import Iterable

from ...text.rich_text import PLAIN, SAFE_LINK, Paragraph, Piece, Style, tidied
from ..elements import HEADINGS, INLINE, TEXT_BLOCKS, Element
from ..mistakes import Mistakes
from ..properties import Declared
from ..sheet import StyleSheet
from ..style import BoxStyle

_MARKS: dict[str, dict[str, bool]] = {
    **{name: {"bold": True} for name in ("b", "strong", "mark", *HEADINGS)},
    **{name: {"italic": True} for name in ("i", "em")},
    "u": {"underline": True},
    "s": {"strike": True},
    "code": {"mono": True},
}
_BLOCKS = TEXT_BLOCKS | HEADINGS.keys() | {"div"}


class TextReader:
    """Reads texts with their marks."""

    def __init__(self, sheet: StyleSheet, mistakes: Mistakes) -> None:
        self._sheet = sheet
        self._mistakes = mistakes

    def paragraphs(self, children: Iterable[Element | str], style: BoxStyle) -> tuple[Paragraph, ...]:
        """The paragraphs of a text; its colour, size and alignment are those of all of it, told in `style`."""
        values = style.values
        decoration: frozenset[str] = values.get("text-decoration") or frozenset[str]()
        base = PLAIN._replace(
            bold=bool(values.get("font-weight")),
            italic=values.get("font-style") == "italic",
            underline="underline" in decoration,
            strike="line-through" in decoration,
        )
        writing = _Writing(self)
        writing.write(children, base, 0)
        return writing.finished()

    def piece_style(self, element: Element, around: Style) -> Style:
        """The style of the text inside an element of a text."""
        declared = self._sheet.declared_for(element)
        style = around._replace(**_MARKS.get(element.name, {}))
        if element.name == "a":
            style = style._replace(href=self._link(element))
        return _declared_style(declared, style, in_text=element.name in INLINE)

    def _link(self, element: Element) -> str | None:
        href = element.attributes.get("href", "")
        if href and not href.startswith("#") and not SAFE_LINK.match(href):
            self._mistakes.add(element.place_of("href"), "href is a web address like https://example.com")
        return href if SAFE_LINK.match(href) else None


def _declared_style(declared: Declared, style: Style, *, in_text: bool) -> Style:
    if "font-weight" in declared:
        style = style._replace(bold=declared["font-weight"])
    if "font-style" in declared:
        style = style._replace(italic=declared["font-style"] == "italic")
    if decoration := declared.get("text-decoration"):
        style = style._replace(underline="underline" in decoration, strike="line-through" in decoration)
    if in_text and declared.get("color"):
        style = style._replace(colour=declared["color"].hex)
    return style


class _Writing:
    """Paragraphs as they are read."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._done: list[Paragraph] = []
        self._now = Paragraph()
        self._numbers: list[int | None] = []
        """Of the lists that are open: the last number, None where bullets stand."""

    def write(self, children: Iterable[Element | str], style: Style, depth: int) -> None:
        for child in children:
            if isinstance(child, str):
                self._now.pieces.append(Piece(child, style))
            elif child.name == "br":
                self._end(keep_empty=True)
            elif child.name in ("ul", "ol"):
                self._end()
                self._numbers.append(0 if child.name == "ol" else None)
                self.write(child.elements, self._reader.piece_style(child, style), depth + 1)
                self._numbers.pop()
                self._end()
            elif child.name in _BLOCKS:
                self._end()
                if child.name == "li":
                    self._now = Paragraph(bullet=self._bullet(), indent=max(depth, 1))
                self.write(child.children, self._reader.piece_style(child, style), depth)
                self._end()
            else:
                self.write(child.children, self._reader.piece_style(child, style), depth)

    def finished(self) -> tuple[Paragraph, ...]:
        self._end()
        while self._done and not self._done[-1].pieces:
            self._done.pop()
        return tuple(self._done)

    def _bullet(self) -> str:
        if not self._numbers or self._numbers[-1] is None:
            return "•"
        self._numbers[-1] += 1
        return f"{self._numbers[-1]}."

    def _end(self, *, keep_empty: bool = False) -> None:
        self._now.pieces = tidied(self._now.pieces)
        if self._now.pieces or (keep_empty and self._done):
            self._done.append(self._now)
        self._now = Paragraph()
