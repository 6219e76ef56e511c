"""Text laid out in a width: broken into lines, measured, and made small enough where Miro does so too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...text.rich_text import PLAIN, Paragraph, Piece, Style
from . import fonts

LINE_HEIGHT = 1.4
"""Of the font's size."""

ASCENT = 1.09
"""From a line's top to its baseline, of the font's size."""

_INDENT = 1.35
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_ATOMS = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+|\s+")


class TextRun(NamedTuple):
    """Text of one style in one family; without a family no font has it. `width` is in multiples of the size."""

    text: str
    style: Style
    family: str | None
    width: float


class TextLine(NamedTuple):
    """`indent` and widths are in multiples of the font's size times `size`.

    `begins` a paragraph; `goes_on` is whether it continues the word before, which was split or needs no space.
    """

    runs: tuple[TextRun, ...]
    bullet: str = ""
    indent: float = 0.0
    size: float = 1.0
    begins: bool = True
    goes_on: bool = False

    @property
    def width(self) -> float:
        return sum(run.width for run in self.runs)


_Measured = tuple[Paragraph, list[tuple[list[TextRun], float]]]
"""A paragraph with its words and how wide each is."""


@dataclass(frozen=True)
class Laid:
    """Lines at one font size, in board units. `is_cut`: there is more text than lines; `splits`: inside a word."""

    lines: tuple[TextLine, ...]
    font_size: float
    family: str
    is_cut: bool = False
    splits: bool = False

    @property
    def height(self) -> float:
        return sum(line.size for line in self.lines) * self.font_size * LINE_HEIGHT

    @property
    def width(self) -> float:
        return max(((line.indent + line.width) * line.size for line in self.lines), default=0.0) * self.font_size


def lay_out(paragraphs: Iterable[Paragraph], width: float, font_size: float, family: str, most: int = 500) -> Laid:
    """Breaks paragraphs into at most so many lines that fit a width; the last one ends with an ellipsis if cut."""
    return _laid(_measured(paragraphs, family), width, font_size, family, most)


def widest_word(paragraphs: Iterable[Paragraph], font_size: float, family: str) -> float:
    """The least width at which no word is split, in board units."""
    widths = (
        (paragraph.indent * _INDENT + width) * paragraph.size
        for paragraph, words in _measured(paragraphs, family)
        for word, width in words
        if not word[0].text.isspace()
    )
    return max(widths, default=0.0) * font_size


def shrink_to_fit(
    paragraphs: list[Paragraph], width: float, height: float, family: str, sizes: Sequence[float]
) -> Laid:
    """The text at the largest of falling sizes at which it fits whole; at the last one cut, where it fits at none."""
    measured = list(_measured(paragraphs, family))
    best: Laid | None = None
    first, last = 0, len(sizes) - 1
    while first <= last:
        middle = (first + last) // 2
        laid = _laid(measured, width, sizes[middle], family, lines_in(height, sizes[middle]))
        if laid.is_cut or laid.splits or laid.height > height:
            first = middle + 1
        else:
            best, last = laid, middle - 1
    return best or _laid(measured, width, sizes[-1], family, lines_in(height, sizes[-1]))


def _laid(measured: Iterable[_Measured], width: float, font_size: float, family: str, most: int) -> Laid:
    lines: list[TextLine] = []
    splits = False
    for line, is_split in _lines(measured, width / max(font_size, 0.01)):
        splits = splits or is_split
        if len(lines) == most:
            lines[-1] = _with_ellipsis(lines[-1], width / max(font_size, 0.01), family)
            return Laid(tuple(lines), font_size, family, is_cut=True, splits=splits)
        lines.append(line)
    return Laid(tuple(lines), font_size, family, splits=splits)


def lines_in(height: float, font_size: float) -> int:
    """How many lines a height holds: one at least."""
    return max(1, int(height / (font_size * LINE_HEIGHT) + 0.05))


def _measured(paragraphs: Iterable[Paragraph], family: str) -> Iterator[_Measured]:
    for paragraph in paragraphs:
        yield paragraph, [(word, sum(run.width for run in word)) for word in _words(paragraph.pieces, family)]


def _lines(measured: Iterable[_Measured], room: float) -> Iterator[tuple[TextLine, bool]]:
    for paragraph, words in measured:
        indent = paragraph.indent * _INDENT
        width = max(room / paragraph.size - indent, 0.5)
        begins = True
        for runs, is_split, goes_on in _wrapped(words, width):
            yield TextLine(runs, paragraph.bullet if begins else "", indent, paragraph.size, begins, goes_on), is_split
            begins = False


def _wrapped(words: list[tuple[list[TextRun], float]], room: float) -> Iterator[tuple[tuple[TextRun, ...], bool, bool]]:
    """The runs of each line, whether a word had to be split to end it, and whether it goes on without a space."""
    line: list[TextRun] = []
    used = 0.0
    gap: list[TextRun] = []
    gap_width = 0.0
    goes_on = False
    for word, width in words:
        if word[0].text.isspace():
            gap += word
            gap_width += width
            continue
        if line and used + gap_width + width > room:
            yield _merged(line), False, goes_on
            goes_on = not gap
            line, used, gap, gap_width = [], 0.0, [], 0.0
        if width > room:
            *whole, rest = _split(word, room)
            for part in whole:
                yield _merged(part), True, goes_on
                goes_on = True
            line, used = rest, sum(run.width for run in rest)
        else:
            line += [*gap, *word]
            used += gap_width + width
        gap, gap_width = [], 0.0
    yield _merged(line), False, goes_on


def _words(pieces: list[Piece], family: str) -> Iterator[list[TextRun]]:
    """Words and the gaps between them; pieces of different styles that touch are one word."""
    word: list[TextRun] = []
    for text, style in pieces:
        wanted = fonts.MONO if style.mono else family
        for atom in _ATOMS.findall(text):
            stands_alone = atom.isspace() or atom[0] >= "\u2e80"
            if word and (stands_alone or word[-1].text[-1:] >= "\u2e80"):
                yield word
                word = []
            word += _runs(atom, style, wanted)
            if stands_alone:
                yield word
                word = []
    if word:
        yield word


def _runs(text: str, style: Style, family: str) -> list[TextRun]:
    return [
        TextRun(part, style, covering, fonts.width(part, covering, style.bold, style.italic))
        for part, covering in fonts.runs(text, family)
    ]


def _split(word: list[TextRun], room: float) -> list[list[TextRun]]:
    """A word too long for a line, in parts that fit one each."""
    parts: list[list[TextRun]] = [[]]
    used = 0.0
    for run in word:
        begun = 0
        for at, character in enumerate(run.text):
            width = fonts.width(character, run.family, run.style.bold, run.style.italic)
            if used + width > room and used:
                if at > begun:
                    parts[-1].append(_part(run, begun, at))
                parts.append([])
                begun, used = at, 0.0
            used += width
        parts[-1].append(_part(run, begun, len(run.text)))
    return parts


def _part(run: TextRun, begin: int, end: int) -> TextRun:
    text = run.text[begin:end]
    return run._replace(text=text, width=fonts.width(text, run.family, run.style.bold, run.style.italic))


def _merged(runs: list[TextRun]) -> tuple[TextRun, ...]:
    """Neighbours of one style and family as one run; a gap between two of a family belongs to them."""
    found: list[TextRun] = []
    for at, run in enumerate(runs):
        last = found[-1] if found else None
        after = runs[at + 1] if at + 1 < len(runs) else None
        if last and after and last.family and run.text.isspace() and last.family == after.family != run.family:
            width = fonts.width(run.text, last.family, run.style.bold, run.style.italic)
            run = run._replace(family=last.family, width=width)
        if last and last.family == run.family and last.style == run.style:
            found[-1] = last._replace(text=last.text + run.text, width=last.width + run.width)
        else:
            found.append(run)
    return tuple(found)


def _with_ellipsis(line: TextLine, room: float, family: str) -> TextLine:
    dots = _runs("…", line.runs[-1].style if line.runs else PLAIN, family)[0]
    runs = list(line.runs)
    used = line.width + dots.width
    while runs and used > max(room / line.size - line.indent, 0.5):
        last = runs.pop()
        shorter = last.text[: max(0, len(last.text) - 1 - len(last.text) // 20)]
        used -= last.width
        if shorter:
            runs.append(_part(last, 0, len(shorter)))
            used += runs[-1].width
    return line._replace(runs=(*runs, dots))
