"""What an element looks like: its own presentation attributes and `style`, over those around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from ....board.colours import own_opacity
from ....drawing.lines.caps import STROKE_CAPS
from ....mermaid.css import css_colour
from .markup import check_shares, drawing_size

PaintSource = Mapping[str, str]
"""Presentation attributes by name."""

NO_PAINT: PaintSource = {}
_INHERITED = (
    frozenset({"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"})
    | {"stroke-linecap", "font-size", "font-weight", "font-style", "text-decoration", "text-anchor"}
    | {"marker-start", "marker-end"}
)
_SHARES = frozenset({"fill-opacity", "stroke-opacity", "stroke-dasharray"})
_NONE = frozenset({"none", "transparent"})
_MARKED_CAPS = (
    ("diamond", "filled_diamond"),
    ("circle", "filled_oval"),
    ("oval", "filled_oval"),
    ("dot", "filled_oval"),
    ("triangle", "filled_triangle"),
)
"""Words in a marker's name, and the cap that stands for it; any other marker is an arrow."""

ARROW = "stealth"
_LONGEST = 100
"""Characters of a colour."""

_DOTTED = 2.0
"""Of the stroke's width: dashes shorter than this are dots."""


def paint_source(element: ET.Element, around: PaintSource = NO_PAINT) -> PaintSource:
    """Raises:
    BadArguments: a number in it can't be meant.
    """
    own = {name: value.strip() for name, value in element.attrib.items() if name in _INHERITED} | _declared(element)
    for name in _SHARES & own.keys():
        check_shares(element, name, own[name])
    return {**around, **own}


def _declared(element: ET.Element) -> dict[str, str]:
    """The declarations of its `style` attribute."""
    declarations = (one.partition(":") for one in element.get("style", "").split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, _, value in declarations
        if name.strip() in _INHERITED
    }


@dataclass(frozen=True)
class Paint:
    """A colour as six hex digits and its opacity; without a colour there is none, or none that can be kept."""

    colour: str | None
    opacity: float
    is_unknown: bool = False


def paint_of(look: PaintSource, name: str, otherwise: str) -> Paint:
    """The fill or stroke of something."""
    given = look.get(name, otherwise)[:_LONGEST]
    if given.lower() in _NONE:
        return Paint(None, 0.0)
    colour = css_colour(given)
    if colour is None:
        return Paint(None, 0.0, is_unknown=True)
    return Paint(colour, min(max(_share(look.get(f"{name}-opacity", "1")) * own_opacity(given), 0.0), 1.0))


def dash_of(look: PaintSource, width: float) -> str:
    given = re.findall(r"[\d.]+", look.get("stroke-dasharray", "none")[:_LONGEST])
    if not any(float(one) for one in given if one.count(".") < 2 and one != "."):
        return "normal"
    return "dotted" if float(given[0]) < _DOTTED * max(width, 1.0) else "dashed"


def number_of(element: ET.Element, look: PaintSource, name: str, otherwise: float) -> float:
    """Raises:
    BadArguments: it is no number.
    """
    return drawing_size(element, name, look[name]) if name in look else otherwise


def cap_of(element: ET.Element, look: PaintSource, end: str) -> str | None:
    """The cap at `start` or `end` of a line, by its name or its marker; None where nothing tells."""
    named = element.get(f"data-miro-{end}-cap")
    if named in STROKE_CAPS:
        return named
    marker = look.get(f"marker-{end}")
    if marker is None or marker == "none":
        return "none" if marker else None
    return next((cap for word, cap in _MARKED_CAPS if word in marker.lower()), ARROW)


def _share(text: str) -> float:
    percent = text.endswith("%")
    try:
        return float(text.rstrip("%")) / (100 if percent else 1)
    except ValueError:
        return 1.0
