"""About how wide texts are, where nobody measures them with a font."""

from __future__ import annotations

from .rich_text import Paragraph

_WIDTHS = {
    **dict.fromkeys("ijl.,:;'!| ", 0.265),
    **dict.fromkeys("ftrI()[]-/", 0.35),
    **dict.fromkeys("mwMW@%—", 0.88),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.62),
    **dict.fromkeys("0123456789#+=_", 0.572),
}
_USUAL = 0.55
_WIDE = 1.0
"""Of Chinese, Japanese and Korean letters."""

_BOLDER = 1.1
"""How much wider bold letters are."""


def rough_width(paragraph: Paragraph) -> float:
    """The width of a paragraph on one line, in font sizes; one letter at least."""
    widths = (
        sum(_width_of(letter) for letter in piece.text) * (_BOLDER if piece.style.bold else 1.0)
        for piece in paragraph.pieces
    )
    return max(sum(widths), _USUAL)


def _width_of(letter: str) -> float:
    return _WIDTHS.get(letter, _WIDE if letter >= "\u2e80" else _USUAL)
