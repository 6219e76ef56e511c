"""How large texts are, and what holds them: shapes and cards."""

from __future__ import annotations

from collections.abc import Iterable

from ...drawing.items.outlines import OUTLINES, UNKNOWN_OUTLINE
from ...drawing.text import fonts
from ...drawing.text.layout import lay_out, widest_word
from ...text.rich_text import BOLD, Paragraph, Piece
from ..boxes import LayoutBox

SLACK = 1.06
"""Miro's own font may run a little wider than the one measured with."""

_TEXT_EMS, _SHAPE_EMS, _CELL_EMS = 40.0, 16.0, 18.0
"""Widest lines where nothing else gives a width, in font sizes."""

_LONGEST_WORD_EMS = 40.0
"""A longer word is split."""

_SPARE_EMS = 0.5
"""Of a text item: a line that Miro measures wider must not wrap."""

_LEAST_TEXT_EMS = 1.8
"""Of a text item, which the API takes no narrower."""

_UNBOUND = 1e6
_SHAPE_INSETS = (4.0, 6.0, 4.0, 6.0)
"""What Miro keeps free around the text of a shape, whatever its padding: top, right, bottom, left."""

CARD_WIDTH = 320.0
_CARD_SIDES, _CARD_ENDS, _CARD_ROW, _CARD_FOOTER = 36.0, 20.0, 26.0, 26.0
_TITLE, _DESCRIPTION = 14.0, 11.5
_CARD_BASE, _CARD_LINE = 74.4, 19.6
_TITLE_SHARE = 0.62
"""Of the room for texts on a card that has a description."""


def shape_padding(box: LayoutBox, *, sized: bool = False) -> tuple[float, float, float, float]:
    """Top, right, bottom, left; where a size is declared and no padding is, no more than Miro keeps free itself."""
    given = box.style.padding
    if sized and not any(name.startswith("padding") for name in box.declared):
        given = _SHAPE_INSETS
    top, right, bottom, left = (max(one, least) for one, least in zip(given, _SHAPE_INSETS, strict=True))
    return top, right, bottom, left


def text_shares(box: LayoutBox) -> tuple[float, float]:
    """How much of a shape's width and height its text may take."""
    if box.role != "shape":
        return 1.0, 1.0
    if box.form in ("rhombus", "flow_chart_decision"):
        return 0.5, 0.5  # A text fits as long as the shares of the sides that it takes add up to one.
    left, top, right, bottom = OUTLINES.get(box.form, UNKNOWN_OUTLINE).text
    return max(1 - left - right, 0.2), max(1 - top - bottom, 0.2)


def least_width(box: LayoutBox) -> float:
    """The width of a leaf's widest word, with what is around it."""
    if not box.paragraphs:
        return 0.0
    size = box.style.font_size
    word = min(widest_word(box.paragraphs, size, fonts.SANS) * SLACK + 0.5, _LONGEST_WORD_EMS * size)
    return _around(box, word, sized=box.style.is_given("width"))


def most_width(box: LayoutBox) -> float:
    """The width of a leaf whose text wraps only where its lines would be too long."""
    if not box.paragraphs:
        return 0.0
    size = box.style.font_size
    ems = _TEXT_EMS if box.role == "text" else _CELL_EMS if box.is_cell else _SHAPE_EMS
    room = max(ems * size, widest_word(box.paragraphs, size, fonts.SANS) * SLACK + 0.5)
    return _around(box, text_size(box.paragraphs, room, size)[0], sized=False)


def _around(box: LayoutBox, text: float, *, sized: bool) -> float:
    if box.role == "text":
        return max(text + _SPARE_EMS * box.style.font_size, _LEAST_TEXT_EMS * box.style.font_size)
    padding = shape_padding(box, sized=sized)
    return (text + padding[1] + padding[3]) / text_shares(box)[0]


def text_height(box: LayoutBox, width: float) -> float:
    """The height that a leaf's text takes in a width, with what is around it."""
    size = box.style.font_size
    if box.role == "text":
        return text_size(box.paragraphs, max(width - _SPARE_EMS * size, 1.0), size)[1]
    padding = shape_padding(box, sized=box.style.is_given("height"))
    across, down = text_shares(box)
    inner = width * across - _SHAPE_INSETS[1] - _SHAPE_INSETS[3]
    return (text_size(box.paragraphs, max(inner, 1.0), size)[1] + padding[0] + padding[2]) / down


def card_height(box: LayoutBox, width: float) -> float:
    """About what Miro makes of a card; it is corrected once the board has told it."""
    if box.known_height is not None:
        return box.known_height
    unit = width / CARD_WIDTH
    inner = (CARD_WIDTH - _CARD_SIDES) * unit
    title = text_size(_bold(box.paragraphs), inner, _TITLE * unit)[1]
    described = text_size(box.card.description, inner, _DESCRIPTION * unit)[1] if box.card.description else 0.0
    rows = (_CARD_ROW if box.tags else 0.0) + (_CARD_FOOTER if box.card.due or box.card.assignee else 0.0)
    texts = max(title + described + 3 * unit, title / _TITLE_SHARE) if described else title
    drawn = texts + (_CARD_ENDS + rows) * unit
    lines = title / (_CARD_LINE * unit) + described / (_DESCRIPTION * 1.4 * unit)
    return max(drawn, (_CARD_BASE + _CARD_LINE * max(lines, 1.0)) * unit)


def text_size(paragraphs: Iterable[Paragraph], width: float, size: float) -> tuple[float, float]:
    laid = lay_out(paragraphs, min(width, _UNBOUND) / SLACK, size, fonts.SANS, most=10_000)
    return laid.width * SLACK + 0.5, laid.height


def _bold(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    return [Paragraph([Piece(piece.text, BOLD) for piece in one.pieces]) for one in paragraphs]
