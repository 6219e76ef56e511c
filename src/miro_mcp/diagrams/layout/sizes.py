"""How large a node has to be for its text, and how much room a caption or a title takes."""

from __future__ import annotations

import math

from ...drawing.items.outlines import OUTLINES, UNKNOWN_OUTLINE
from ...drawing.lines.connectors import laid_caption
from ...drawing.text import fonts
from ...drawing.text.layout import Laid, lay_out
from ...text.rich_text import Paragraph, parse_html
from ..graph import Edge, Group, Node

FONT_SIZE = 14.0
CAPTION_SIZE = 12.0
TITLE_SIZE = 14.0
"""Board units."""

MOST_CAPTION = 200
"""Characters that Miro holds in the caption of a line."""

_PADDING_X, _PADDING_Y = 16.0, 12.0
_LEAST_WIDTH, _LEAST_HEIGHT = 100.0, 48.0
_WIDEST_TEXT = 200.0
_WIDEST_WORD = 600.0
"""Board units up to which a node grows so that no word of it is broken."""

_SLACK = 1.06
"""Miro's own font may run a little wider than the one measured with."""

EVEN = frozenset({"circle", "star", "cross", "octagon"})
"""Shapes that look right only when they are as high as wide."""

_TALL = {"can": 76.0, "cloud": 90.0, "rhombus": 84.0, "wedge_round_rectangle_callout": 76.0}


def node_size(node: Node) -> tuple[float, float]:
    """Width and height of a node in board units, the text measured."""
    wanted = _text_size(node)
    left, top, right, bottom = OUTLINES.get(node.shape, UNKNOWN_OUTLINE).text
    width = (wanted[0] + 2 * _PADDING_X) / max(1 - left - right, 0.3)
    height = (wanted[1] + 2 * _PADDING_Y) / max(1 - top - bottom, 0.3)
    if node.shape == "rhombus":
        # A text fits a rhombus as long as the shares of the sides that it takes add up to one.
        width, height = 1.9 * wanted[0] + 24, 1.9 * wanted[1] + 24
        width = max(width, height * 1.4)
    width, height = max(width, _LEAST_WIDTH), max(height, _TALL.get(node.shape, _LEAST_HEIGHT))
    if node.shape in EVEN:
        width = height = max(wanted[0], wanted[1], 40.0) / 0.72 + 12
    return node.width or _even(width), node.height or _even(height)


def caption_size(text: str) -> tuple[float, float]:
    """Room for a caption on a line, 0 without one."""
    if not text:
        return 0.0, 0.0
    laid = laid_caption(text, CAPTION_SIZE)
    return laid.width * _SLACK + 12, laid.height + 6


def edge_room(edge: Edge) -> tuple[float, float]:
    """Room for all captions of an edge: those at its ends lie one behind the other with the middle one."""
    sizes = [caption_size(text) for text in (edge.start_text, edge.text, edge.end_text)]
    return max(width for width, _ in sizes), sum(height for _, height in sizes)


def title_size(group: Group) -> tuple[float, float]:
    """Room for the title of a group."""
    if not group.title:
        return 0.0, 0.0
    size = group.look.font_size or TITLE_SIZE
    laid = _laid(parse_html(f"<strong>{group.title}</strong>"), 400.0, size)
    return laid.width * _SLACK + 24, laid.height + 10


def text_block(text: str, width: float, size: float) -> tuple[float, float]:
    """Width and height of a text broken to a width."""
    laid = _laid(parse_html(text), width, size)
    return laid.width * _SLACK, laid.height


def _text_size(node: Node) -> tuple[float, float]:
    size = node.look.font_size or FONT_SIZE
    scale = size / FONT_SIZE
    paragraphs = parse_html(node.text)
    whole = _laid(paragraphs, 10_000, size)
    if whole.width <= _WIDEST_TEXT * scale:
        return whole.width * _SLACK, whole.height
    letters = sum(len(paragraph.text) for paragraph in paragraphs)
    widest = _WIDEST_TEXT * scale * max(1.0, math.sqrt(letters / 120))
    laid = _laid(paragraphs, widest, size)
    while laid.splits and widest < _WIDEST_WORD * scale:
        widest *= 1.25
        laid = _laid(paragraphs, widest, size)
    # Lines of about the same length look better than a full one above a word.
    balanced = _laid(paragraphs, max(whole.width / max(len(laid.lines), 1) * 1.15, 80.0), size)
    best = balanced if len(balanced.lines) == len(laid.lines) and not balanced.splits else laid
    return best.width * _SLACK, best.height


def _laid(paragraphs: list[Paragraph], width: float, size: float) -> Laid:
    return lay_out(paragraphs, width, size, fonts.SANS)


def _even(length: float) -> float:
    """The next even number, so that centres and edges fall on whole units."""
    return 2.0 * math.ceil(length / 2)
