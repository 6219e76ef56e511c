"""What elements look like where nothing is said, as data."""

from __future__ import annotations

from ..properties import Declared
from ..values import Border, Colour, Length

FRAME_PADDING, TOP_GAP, CELL_PADDING = 40.0, 80.0, 12.0
"""Board units."""

WIDE_PADDING = 16.0
"""A shape's text stands about 6 from its edge whatever its padding; with more than this it is a text of its own."""

SHAPE_PADDING: Declared = {
    "padding-top": Length(8.0), "padding-right": Length(12.0), "padding-bottom": Length(8.0),
    "padding-left": Length(12.0),
}  # fmt: skip
FIELD: Declared = {
    "border": Border(1.0, "normal", Colour("#b8bcc8")), "background-color": Colour("#ffffff"),
    "height": Length(44.0),
}  # fmt: skip
RULE_COLOUR = Colour("#c9cdd8")

OF_TEXTS = frozenset({"font-size", "text-align", "color", "margin-top", "margin-bottom", "width"})
"""What blocks of one text can't have each for itself."""

PAINTING = ("background-color", "fill", "border", "border-width", "border-style", "stroke")
"""The properties that make a shape of what would be a text."""
