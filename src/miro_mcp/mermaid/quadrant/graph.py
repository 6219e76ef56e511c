"""Quadrant charts: from their text to a value."""

from __future__ import annotations

from ...diagrams.charts.keys import Keys
from ...diagrams.charts.quadrant import QuadrantChart, QuadrantPoint
from ...diagrams.graph import Look
from ..css import css_colour
from ..source import Source
from .parse import PointText, parse

_MOST_RADIUS = 60.0
"""Board units: a larger circle would hide the others."""


def read(source: Source) -> QuadrantChart:
    """Raises:
    MermaidError: the text isn't a quadrant chart.
    """
    found = parse(source)
    keys = Keys()
    one, two, three, four = (found.quadrants.get(f"quadrant-{number}", "") for number in range(1, 5))
    points = tuple(_point(point, found.classes.get(point.name, {}), keys) for point in found.points)
    return QuadrantChart(
        x_axis=found.axes.get("x-axis", ("", "")),
        y_axis=found.axes.get("y-axis", ("", "")),
        quadrants=(one, two, three, four),
        points=points,
        title=found.title,
    )


def _point(point: PointText, of_class: dict[str, str], keys: Keys) -> QuadrantPoint:
    said = {**of_class, **point.styles}
    width = said.get("stroke-width")
    look = Look(
        fill=_hex(said.get("color")),
        border=_hex(said.get("stroke-color")),
        border_width=float(width.removesuffix("px")) if width else None,
    )
    radius = min(max(float(said.get("radius", 6)), 2.0), _MOST_RADIUS)
    return QuadrantPoint(key=keys.of(point.text), text=point.text, x=point.x, y=point.y, radius=radius, look=look)


def _hex(said: str | None) -> str | None:
    return css_colour(f"#{said.removeprefix('#')}") if said else None
