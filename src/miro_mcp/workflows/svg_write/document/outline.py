"""The outline of a drawn element: its points, whether it is curved or closed, and which of Miro's forms it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args
from xml.etree import ElementTree as ET

from ....board.geometry import Box, Point
from ....catalogue.shapes import BasicShape
from ....drawing.items.outlines import OUTLINES, placed_path
from ....drawing.states import local_name
from ....errors import BadArguments
from .markup import length, numbers, told, wrong

BODIES = frozenset({"rect", "ellipse", "circle", "polygon", "path"})
LINES = frozenset({"line", "polyline", "path"})

_COUNTS = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
_SEGMENT = re.compile(r"([a-zA-Z])([^a-zA-Z]*(?:[eE][-+]?\d[^a-zA-Z]*)*)")
_ROUNDED, _SAME = 0.01, 0.04
"""Shares of a side: a corner rounder than that is round, an outline that strays less is the same."""


@dataclass(frozen=True)
class DrawnOutline:
    """`points` in the element's own coordinates; of curves also the points that bend them."""

    name: str
    points: tuple[Point, ...]
    is_curved: bool = False
    is_closed: bool = True
    radius: float = 0.0

    @property
    def box(self) -> Box:
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    @property
    def within(self) -> list[Point]:
        """The points as shares of the box."""
        box = self.box
        return [((x - box.x) / (box.width or 1.0), (y - box.y) / (box.height or 1.0)) for x, y in self.points]

    def looks_like(self, other: DrawnOutline) -> bool:
        """Whether it is the same form in another place or size."""
        if (self.name, self.is_curved, self.is_closed) != (other.name, other.is_curved, other.is_closed):
            return False
        if self.name == "rect":
            return self._roundness == other._roundness
        return self.name == "ellipse" or _strays(self.within, other.within) <= _SAME

    @property
    def _roundness(self) -> str:
        box = self.box
        share = self.radius / max(min(box.width, box.height), 1e-6)
        return "rectangle" if share < _ROUNDED else "round_rectangle" if share < 0.4 else "pill"

    @property
    def form(self) -> tuple[str, bool]:
        """The basic shape that is nearest, and whether it is the same."""
        if self.name == "ellipse":
            return "circle", True
        if self.name == "rect":
            return ("rectangle" if self._roundness == "rectangle" else "round_rectangle"), True
        if self.is_curved:
            return "rectangle", False
        corners = _corners(self.within)
        if len(corners) == 4 and _strays(corners, [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]) <= _SAME:
            return "rectangle", True
        best = min(_FORMS, key=lambda form: _strays(corners, _FORMS[form]))
        strays = _strays(corners, _FORMS[best])
        if strays <= 0.15 or len(corners) == len(_FORMS[best]) == 3:
            return best, strays <= 0.15
        alike = [form for form, points in _FORMS.items() if len(points) == len(corners)]
        return (min(alike, key=lambda form: _strays(corners, _FORMS[form])) if alike else "rectangle"), False


def outline_of(element: ET.Element) -> DrawnOutline:
    """Raises:
    BadArguments: it lacks what its outline needs, or has something that can't be read.
    """
    match local_name(element):
        case "rect" | "image":
            x, y = length(element, "x", 0.0), length(element, "y", 0.0)
            width, height = length(element, "width"), length(element, "height", None)
            radius = max(length(element, "rx", 0.0), length(element, "ry", 0.0))
            return _sized(element, DrawnOutline("rect", _frame(x, y, width, height), radius=radius))
        case "circle":
            x, y, radius = length(element, "cx", 0.0), length(element, "cy", 0.0), length(element, "r")
            return _sized(
                element, DrawnOutline("ellipse", _frame(x - radius, y - radius, 2 * radius, 2 * radius), is_curved=True)
            )
        case "ellipse":
            x, y = length(element, "cx", 0.0), length(element, "cy", 0.0)
            across, along = length(element, "rx"), length(element, "ry")
            return _sized(
                element, DrawnOutline("ellipse", _frame(x - across, y - along, 2 * across, 2 * along), is_curved=True)
            )
        case "line":
            start, end = (tuple(length(element, f"{axis}{at}", 0.0) for axis in "xy") for at in (1, 2))
            return DrawnOutline("line", ((start[0], start[1]), (end[0], end[1])), is_closed=False)
        case "polygon" | "polyline":
            given = numbers(element, "points", element.get("points", ""))
            points = tuple(zip(given[::2], given[1::2], strict=False))
            closed = local_name(element) == "polygon"
            return _sized(element, DrawnOutline("polygon" if closed else "line", points, is_closed=closed))
        case _:
            return _sized(element, _path(element))


def _sized(element: ET.Element, outline: DrawnOutline) -> DrawnOutline:
    if len(outline.points) < 2:
        raise BadArguments(wrong(f"{told(element)} has no points"))
    box = outline.box
    if outline.is_closed and min(box.width, box.height) <= 0:
        raise BadArguments(wrong(f"{told(element)} has no width or no height"))
    return outline


def _frame(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def _path(element: ET.Element) -> DrawnOutline:
    given = element.get("d", "")
    points: list[Point] = []
    at: Point = (0.0, 0.0)
    start = at
    letters: set[str] = set()
    for letter, text in _SEGMENT.findall(given):
        kind, values = letter.upper(), numbers(element, "d", text)
        count = _COUNTS.get(kind)
        if count is None or (len(values) % count if count else values) or (count and not values):
            raise BadArguments(wrong(f"{told(element)}: d has a part that can't be read: {letter}{text[:30].strip()}"))
        letters.add(kind)
        if kind == "Z":
            at = start
        for place in range(0, len(values), count or 1):
            origin = at if letter.islower() else (0.0, 0.0)
            points += _points(kind, values[place : place + count], origin, at)
            at = points[-1]
            if kind == "M" and place == 0:
                start = at
    curved, closed = bool(letters & set("CSQTA")), "Z" in letters
    return DrawnOutline(
        "polygon" if closed and not curved else "path" if closed else "line", tuple(points), curved, closed
    )


def _points(kind: str, step: Sequence[float], origin: Point, at: Point) -> list[Point]:
    if kind == "H":
        return [(origin[0] + step[0], at[1])]
    if kind == "V":
        return [(at[0], origin[1] + step[0])]
    if kind == "A":
        return [(origin[0] + step[5], origin[1] + step[6])]
    return [(origin[0] + x, origin[1] + y) for x, y in zip(step[::2], step[1::2], strict=True)]


def _corners(points: Sequence[Point]) -> list[Point]:
    """The points that are corners: none twice, none on the way between two others."""
    found = [one for at, one in enumerate(points) if _far(one, points[at - 1]) > 0.01 or len(points) == 1]
    corners: list[Point] = []
    for at, (x, y) in enumerate(found):
        (px, py), (nx, ny) = found[at - 1], found[(at + 1) % len(found)]
        if abs((x - px) * (ny - y) - (y - py) * (nx - x)) > 2e-3:
            corners.append((x, y))
    return corners


def _strays(points: Sequence[Point], others: Sequence[Point]) -> float:
    """How far two outlines lie apart at most, corner by corner, whichever comes first and whichever way round."""
    if len(points) != len(others):
        return 2.0
    turns = [[*others[at:], *others[:at]] for at in range(len(others))]
    return min(
        max(_far(*pair) for pair in zip(points, turn, strict=True)) for turn in [*turns, *(t[::-1] for t in turns)]
    )


def _far(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _polygons(forms: Iterable[str]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {}
    for form in forms:
        path = OUTLINES[form].form
        if path.startswith("M ") and "C" not in path and not OUTLINES[form].is_open:
            given = [float(one) for one in re.findall(r"[\d.]+", placed_path(path, Box(0, 0, 1, 1)))]
            found[form] = list(zip(given[::2], given[1::2], strict=True))
    return found


_FORMS = _polygons(get_args(BasicShape))
"""The corners of each basic shape that has only straight sides, as shares of its box."""
