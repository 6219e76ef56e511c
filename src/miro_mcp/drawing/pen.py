"""What the drawing of one picture shares: its scale, its texts, and what is noticed on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..board.contents import Item, Tag
from ..board.geometry import Box
from ..text.rich_text import Paragraph
from .text import fonts
from .text.draw import draw_bars, draw_text
from .text.layout import Laid, lay_out, lines_in, shrink_to_fit

LEGIBLE = 7.0
"""Pixels: the font size below which a vision model guesses rather than reads."""

DETAILED = 12.0
"""Pixels: an item smaller than this has neither shadow nor tags."""


@dataclass
class Pen:
    """`scale` is in pixels per board unit; without one every text is drawn, however small.

    `cut` are ids of items whose text doesn't fit them, `unread` of those with text too small to read.
    """

    scale: float | None = None
    tags: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict[str, tuple[Tag, ...]])
    cut: set[str] = field(default_factory=set[str])
    unread: set[str] = field(default_factory=set[str])
    families: set[str] = field(default_factory=lambda: {fonts.SANS})

    def is_legible(self, font_size: float) -> bool:
        return self.scale is None or font_size * self.scale >= LEGIBLE

    def shows_details(self, box: Box) -> bool:
        """Whether an item is large enough for what decorates it to be seen."""
        return self.scale is None or max(box.width, box.height) * self.scale >= DETAILED

    def at_least(self, size: float, pixels: float) -> float:
        """A size in board units, larger where it would be fewer pixels than that."""
        return size if self.scale is None else max(size, pixels / self.scale)

    def write(
        self,
        item: Item,
        paragraphs: list[Paragraph],
        box: Box,
        size: float,
        ink: str,
        *,
        family: str = fonts.SANS,
        align: str = "left",
        valign: str = "top",
        part: str = "text",
        most: int | None = None,
        fits: bool = True,
    ) -> tuple[str, float]:
        """A text of an item at one size, cut to its box or to `most` lines, and the height it takes.

        `fits` notes the item when its text had to be cut.
        """
        laid = lay_out(paragraphs, box.width, size, family, lines_in(box.height, size) if most is None else most)
        if fits and (laid.is_cut or laid.splits):
            self.cut.add(item.id)
        return self.put(item, laid, box, ink, align=align, valign=valign, part=part), laid.height

    def shrink(
        self,
        item: Item,
        paragraphs: list[Paragraph],
        box: Box,
        sizes: Sequence[float],
        ink: str,
        *,
        align: str = "left",
        valign: str = "top",
    ) -> str:
        """A text of an item at the largest size at which it fits."""
        laid = shrink_to_fit(paragraphs, box.width, box.height, fonts.SANS, sizes)
        if laid.is_cut:
            self.cut.add(item.id)
        return self.put(item, laid, box, ink, align=align, valign=valign)

    def put(
        self,
        item: Item,
        laid: Laid,
        box: Box,
        ink: str,
        *,
        align: str = "left",
        valign: str = "top",
        part: str = "text",
    ) -> str:
        """Laid out text, or bars where it would be too small to read."""
        length = sum(len(run.text) for line in laid.lines for run in line.runs)
        if not length:
            return ""
        if not self.is_legible(laid.font_size):
            self.unread.add(item.id)
            if laid.font_size * (self.scale or 1.0) < LEGIBLE / 6:
                return ""
            return draw_bars(length, box, laid.font_size, ink, align=align, valign=valign)
        self.note(laid)
        return draw_text(laid, box, ink, align=align, valign=valign, part=part)

    def note(self, laid: Laid) -> None:
        """Remembers the families that a text needs."""
        self.families.add(laid.family)
        for line in laid.lines:
            for run in line.runs:
                if run.family:
                    self.families.add(run.family)
