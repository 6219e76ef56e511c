"""Where an item is, as its group says: its box, what its body tells, and the transforms around."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from ....board.geometry import Box, Point
from ....errors import BadArguments
from ..numbers import SAME
from .markup import length, numbers, told, wrong
from .outline import outline_of
from .parse import KIND, DrawnGroup
from .transforms import Matrix


@dataclass(frozen=True)
class Placement:
    """An item's centre, its size before rotation, and its rotation in degrees."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    @classmethod
    def under(cls, matrix: Matrix, box: Box) -> Placement:
        (x, y), (across, along) = matrix.of(box.centre), matrix.scales
        return cls(x, y, box.width * across, box.height * along, matrix.degrees)

    @property
    def box(self) -> Box:
        return Box(self.x - self.width / 2, self.y - self.height / 2, self.width, self.height)

    def higher(self, height: float) -> Placement:
        """The same top, another height."""
        return replace(self, y=self.y + (height - self.height) / 2, height=height)


def box_given_on(element: ET.Element) -> Box | None:
    """The box that an element's `data-miro-box` tells.

    Raises:
        BadArguments: it isn't four numbers.
    """
    given = element.get("data-miro-box")
    if given is None:
        return None
    found = numbers(element, "data-miro-box", given)
    if len(found) != 4 or min(found[2:]) <= 0:
        raise BadArguments(wrong(f'{told(element)}: data-miro-box is "x y width height"'))
    return Box(*found)


def start_of(text: ET.Element) -> Point | None:
    """Where a text's first line begins."""
    lines = [line for line in text if line.get("data-miro-part") != "bullet"]
    x = next((one for one in [*lines[:1], text] if "x" in one.attrib), None)
    y = next((one for one in [*lines[:1], text] if "y" in one.attrib), None)
    return (length(x, "x"), length(y, "y")) if x is not None and y is not None else None


def place_of(group: DrawnGroup, by: DrawnGroup | None = None) -> Placement | None:
    """Where a group says its item is; `by` is the group as drawn, which tells what of the edited one was changed."""
    box, matrix = box_given_on(group.drawn.element), group.drawn.matrix
    turn: float | None = None
    drawn = box_given_on(by.drawn.element) if by is not None else None
    if by is not None and drawn is not None and (box is None or _near(box, drawn)):
        box = drawn
        outline, before = _outline(group), _outline(by)
        if group.body is not None and outline is not None and before is not None:
            matrix = group.body.matrix
            box = drawn if _near(outline, before) else _stretched(drawn, before, outline)
        if box == drawn and by.drawn.get(KIND) == "text":
            box = _with_text(group, by, box)
    elif by is not None and box is not None and group.drawn.get("transform") == by.drawn.get("transform"):
        # A box is told before rotation: one that was moved turns about its own centre.
        matrix, turn = group.around, matrix.degrees
    if box is None:
        return None
    place = Placement.under(matrix, box)
    return place if turn is None else replace(place, rotation=turn)


def _outline(group: DrawnGroup) -> Box | None:
    """The body's box in its own coordinates."""
    return outline_of(group.body.element).box if group.body else None


def _near(one: Box, other: Box) -> bool:
    return all(abs(first - second) <= SAME for first, second in zip(one, other, strict=True))


def _stretched(box: Box, before: Box, after: Box) -> Box:
    """A box that goes along with its body: a body may fill less of it, as a sticky note's paper does."""
    across, along = after.width / (before.width or 1.0), after.height / (before.height or 1.0)
    left, top = after.x + (box.x - before.x) * across, after.y + (box.y - before.y) * along
    return Box(left, top, box.width * across, box.height * along)


def _with_text(group: DrawnGroup, by: DrawnGroup, box: Box) -> Box:
    """A text's box that goes along with its first line."""
    text, before = group.part("text", otherwise=True), by.part("text")
    start, was = (start_of(one.element) if one else None for one in (text, before))
    if start is None or was is None:
        return box
    return box._replace(x=box.x + start[0] - was[0], y=box.y + start[1] - was[1])
