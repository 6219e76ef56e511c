"""A quadrant chart as a value: points on two axes that part a square in four."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import Look

_PLAIN = Look()


@dataclass(frozen=True, kw_only=True)
class QuadrantPoint:
    """`key` is unique in its chart, `text` is HTML; x and y run from 0 to 1, to the right and upwards."""

    key: str
    text: str
    x: float
    y: float
    radius: float = 6.0
    look: Look = _PLAIN


@dataclass(frozen=True, kw_only=True)
class QuadrantChart:
    """Texts are HTML: of the axes from low to high, of the quadrants from the top right one against the clock."""

    x_axis: tuple[str, str] = ("", "")
    y_axis: tuple[str, str] = ("", "")
    quadrants: tuple[str, str, str, str] = ("", "", "", "")
    points: tuple[QuadrantPoint, ...] = ()
    title: str = ""
