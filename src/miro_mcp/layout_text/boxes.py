"""What a layout is made of: boxes in boxes, each with a style, and with what it becomes on the board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..board.contents import Item
from ..board.geometry import Box
from ..text.rich_text import Paragraph
from .elements import Element
from .style import BoxStyle

Role = Literal["group", "frame", "shape", "text", "sticky_note", "card", "image", "embed", "item"]
"""A group is nothing by itself; painted, it is a shape behind its children."""

KINDS: dict[Role, str] = {
    "group": "shape",
    "frame": "frame",
    "shape": "shape",
    "text": "text",
    "sticky_note": "sticky_note",
    "card": "card",
    "image": "image",
    "embed": "embed",
}
"""What each is on the board."""


class TagGiven(NamedTuple):
    title: str
    colour: str | None


@dataclass(frozen=True)
class CardGiven:
    description: tuple[Paragraph, ...] = ()
    due: str | None = None
    assignee: str | None = None


class Cells(NamedTuple):
    """The tracks that a child of a grid takes, from 0, ends excluded."""

    column: int
    column_end: int
    row: int
    row_end: int


@dataclass(eq=False)
class LayoutBox:
    """`x`, `y`, `width`, `height` are known once it is laid out."""

    role: Role
    element: Element
    style: BoxStyle
    declared: frozenset[str] = frozenset()
    """The properties that are said of the element itself, not inherited and no defaults."""
    paragraphs: tuple[Paragraph, ...] = ()
    children: list[LayoutBox] = field(default_factory=list["LayoutBox"])
    parent: LayoutBox | None = None
    form: str = "rectangle"
    is_explicit: bool = False
    """Whether its form was asked for by name."""
    natural: tuple[float, float] | None = None
    """Width and height of what keeps its proportions."""
    colour: str | None = None
    """A note's by name, a card's as hex."""
    tags: tuple[TagGiven, ...] | None = None
    card: CardGiven = CardGiven()
    source: str = ""
    item: Item | None = None
    """What it is on the board already."""
    keeps_text: bool = False
    """Whether its text is the item's own, since the layout text says none."""
    is_cell: bool = False
    known_height: float | None = None
    """A card's, once the board has told it."""
    cells: Cells | None = None
    tracks: tuple[int, int] = (1, 1)
    """How many columns and rows it has, if it is a grid."""
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    @property
    def key(self) -> str | None:
        return self.element.attributes.get("id")

    @property
    def label(self) -> str:
        """What stands for it while it has no id: its key, or where it is in the text."""
        line, column = self.element.place
        return f"#{self.key or f'{self.element.written}@{line}:{column}'}"

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.width, self.height)

    @property
    def is_leaf(self) -> bool:
        return self.role not in ("group", "frame")

    @property
    def in_flow(self) -> list[LayoutBox]:
        return [child for child in self.children if not child.style.is_absolute]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()

    @property
    def keeps_proportions(self) -> bool:
        return self.natural is not None

    def walk(self) -> Iterator[LayoutBox]:
        yield self
        for child in self.children:
            yield from child.walk()
