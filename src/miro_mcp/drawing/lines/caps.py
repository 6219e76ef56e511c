"""What is at a connector's ends, as data: every stroke cap of the API, drawn with its tip at the origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...board.geometry import Point
from ..svg import element, num


@dataclass(frozen=True)
class CapPart:
    """`points` are in cap sizes; x counts from the tip against the line's direction. A circle has its centre only."""

    points: tuple[Point, ...]
    paint: Literal["filled", "hollow", "stroke", "circle", "disc"]


@dataclass(frozen=True)
class Cap:
    """`trim` is how much of the line gives way to it, in cap sizes."""

    parts: tuple[CapPart, ...] = ()
    trim: float = 0.0
    rounded: bool = False


_STEALTH = ((0.0, 0.0), (1.6, 0.7), (1.2, 0.0), (1.6, -0.7))
_ROUNDED = ((0.22, 0.0), (1.5, 0.55), (1.2, 0.0), (1.5, -0.55))
_TRIANGLE = ((0.0, 0.0), (1.5, 0.75), (1.5, -0.75))
_DIAMOND = ((0.0, 0.0), (0.95, 0.6), (1.9, 0.0), (0.95, -0.6))
_RADIUS = 0.5
_FOOT = (
    CapPart(((1.4, 0.0), (0.0, 0.8)), "stroke"),
    CapPart(((1.4, 0.0), (0.0, -0.8)), "stroke"),
    CapPart(((1.4, 0.0), (0.0, 0.0)), "stroke"),
)


def _bar(x: float) -> CapPart:
    return CapPart(((x, 0.7), (x, -0.7)), "stroke")


STROKE_CAPS: dict[str, Cap] = {
    "none": Cap(),
    "stealth": Cap((CapPart(_STEALTH, "filled"),), 1.1),
    "rounded_stealth": Cap((CapPart(_ROUNDED, "filled"),), 1.1, rounded=True),
    "diamond": Cap((CapPart(_DIAMOND, "hollow"),), 1.9),
    "filled_diamond": Cap((CapPart(_DIAMOND, "filled"),), 1.8),
    "oval": Cap((CapPart(((_RADIUS, 0.0),), "circle"),), 2 * _RADIUS),
    "filled_oval": Cap((CapPart(((_RADIUS, 0.0),), "disc"),), 2 * _RADIUS),
    "arrow": Cap((CapPart(((1.3, 0.8), (0.0, 0.0), (1.3, -0.8)), "stroke"),)),
    "triangle": Cap((CapPart(_TRIANGLE, "hollow"),), 1.5),
    "filled_triangle": Cap((CapPart(_TRIANGLE, "filled"),), 1.4),
    "erd_one": Cap((_bar(1.0),)),
    "erd_many": Cap(_FOOT),
    "erd_only_one": Cap((_bar(0.8), _bar(1.4))),
    "erd_zero_or_one": Cap((_bar(0.7), CapPart(((1.6, 0.0),), "circle"))),
    "erd_one_or_many": Cap((*_FOOT, _bar(1.8))),
    "erd_zero_or_many": Cap((*_FOOT, CapPart(((1.9, 0.0),), "circle"))),
}
UNKNOWN_CAP = STROKE_CAPS["none"]


def cap_size(stroke_width: float) -> float:
    """The size of caps on a line, in board units."""
    return 5.0 + 2.4 * stroke_width


def draw_cap(cap: Cap, tip: Point, direction: Point, stroke_width: float, ink: str) -> str:
    """A cap whose tip is at a point, on a line that arrives there in a direction."""
    size = cap_size(stroke_width)
    stroke: dict[str, str | float | None] = {
        "data_miro_part": "cap",
        "stroke": ink,
        "stroke_width": stroke_width * (2.2 if cap.rounded else 1.0),
        "stroke_linejoin": "round" if cap.rounded else None,
    }
    drawn: list[str] = []
    for part in cap.parts:
        placed = [
            (
                tip[0] - direction[0] * x * size - direction[1] * y * size,
                tip[1] - direction[1] * x * size + direction[0] * y * size,
            )
            for x, y in part.points
        ]
        fill = {"filled": ink, "disc": ink, "stroke": "none"}.get(part.paint, "#ffffff")
        if part.paint in ("circle", "disc"):
            (x, y), radius = placed[0], _RADIUS * size
            drawn.append(element("circle", cx=x, cy=y, r=radius, fill=fill, **stroke))
            continue
        points = " ".join(f"{num(x)},{num(y)}" for x, y in placed)
        drawn.append(element("polyline" if part.paint == "stroke" else "polygon", points=points, fill=fill, **stroke))
    return "".join(drawn)
