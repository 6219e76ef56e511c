"""Quadrant charts at their places: four squares, the axes' texts outside, points with their texts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ....board.geometry import Box
from ...charts.quadrant import QuadrantChart, QuadrantPoint
from ...graph import Graph, Look, Node
from ..places import Layout
from .canvas import QUIET, Anchor, Canvas, label_size

_SIDE = 720.0
_HALF = _SIDE / 2
_FILLS = ("#e3f4ea", "#e6eeff", "#f1f3f7", "#fff4d9")
_CORNERS = ((_HALF, 0.0), (0.0, 0.0), (0.0, _HALF), (_HALF, _HALF))
_EDGE = 14.0
"""Left free at the sides, so that points at 0 and 1 stay inside."""

_WIDEST = 150.0
"""What a text beside the chart or a point is broken to."""

_MOST_COMPARED = 600
"""Points and texts: where there are more, nobody could read them anyway."""

_POINT = Look(fill="#3b6fe0", border="#ffffff", border_width=2)


def lay_out_quadrant(chart: QuadrantChart) -> tuple[Graph, Layout]:
    canvas = Canvas()
    taken: list[Box] = []
    for number, ((x, y), fill) in enumerate(zip(_CORNERS, _FILLS, strict=True), 1):
        look = Look(fill=fill, border="#b9c3d4", border_width=1)
        canvas.box(Node(key=f"grid:{number}", text="", look=look), Box(x, y, _HALF, _HALF))
    for number, ((x, y), text) in enumerate(zip(_CORNERS, chart.quadrants, strict=True), 1):
        if text:
            width, height = label_size(f"<strong>{text}</strong>", 16, _HALF - 40)
            at = (x + _HALF / 2, y + 12 + height / 2)
            taken.append(canvas.label(f"quadrant-{number}", f"<strong>{text}</strong>", at, size=16, widest=width))
    _axes(canvas, chart)
    taken += [_dot(point) for point in chart.points]
    for point in chart.points:
        look = replace(_POINT, **{name: value for name, value in vars(point.look).items() if value is not None})
        canvas.box(Node(key=point.key, text="", shape="circle", look=look), _dot(point))
    for point in chart.points:
        (x, y), anchor = _place(point, taken)
        taken.append(canvas.label(f"{point.key}:text", point.text, (x, y), anchor, widest=_WIDEST))
    return canvas.finished(chart.title, ())


def _axes(canvas: Canvas, chart: QuadrantChart) -> None:
    (left, right), (bottom, top) = chart.x_axis, chart.y_axis
    # A single text stands for the whole axis.
    places = [("x-axis:low", left, _SIDE / 4 if right else _HALF), ("x-axis:high", right, _SIDE * 3 / 4)]
    for key, text, x in places:
        if text:
            _, height = label_size(text, 14, _HALF - 20)
            canvas.label(key, text, (x, _SIDE + 8 + height / 2), size=14, widest=_HALF - 20, colour=QUIET)
    places = [("y-axis:low", bottom, _SIDE * 3 / 4 if top else _HALF), ("y-axis:high", top, _SIDE / 4)]
    for key, text, y in places:
        if text:
            canvas.label(key, text, (-8.0, y), "right", size=14, widest=_WIDEST, colour=QUIET)


def _dot(point: QuadrantPoint) -> Box:
    side = _SIDE - 2 * _EDGE
    return Box.centred(_EDGE + point.x * side, _EDGE + (1 - point.y) * side, 2 * point.radius, 2 * point.radius)


def _place(point: QuadrantPoint, taken: list[Box]) -> tuple[tuple[float, float], Anchor]:
    """Where the text of a point covers nothing, if there is such a place."""
    width, height = label_size(point.text, 12, _WIDEST)
    choices = list(_choices(_dot(point), height))
    if len(taken) > _MOST_COMPARED:
        return choices[0]
    squares = [Box(x, y, _HALF, _HALF) for x, y in _CORNERS]
    for (x, y), anchor in choices:
        left = x - {"left": 0.0, "center": width / 2, "right": width}[anchor]
        box = Box(left, y - height / 2, width, height)
        if any(square.contains(box) for square in squares) and not any(box.overlaps(other) for other in taken):
            return (x, y), anchor
    return choices[0]


def _choices(dot: Box, height: float) -> Iterator[tuple[tuple[float, float], Anchor]]:
    x, y = dot.centre
    yield (x, dot.bottom + height / 2), "center"
    yield (dot.right, y), "left"
    yield (dot.left, y), "right"
    yield (x, dot.top - height / 2), "center"
    yield (dot.right, dot.bottom + height / 2), "right"
    yield (dot.left, dot.bottom + height / 2), "left"
    for away in (0.6, 1.2, 2.0):
        yield (dot.right, y + away * height), "left"
        yield (dot.right, y - away * height), "left"
        yield (dot.left, y + away * height), "right"
        yield (dot.left, y - away * height), "right"
