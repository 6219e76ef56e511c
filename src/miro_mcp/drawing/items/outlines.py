"""The outline of every shape, as data: paths in the unit square, and where in it the text goes.

Forms that SVG has itself are named; polygons are points; the rest are paths of M, L, C and Z.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...board.geometry import Box
from ..svg import element, num, rect

Insets = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the width and height."""


@dataclass(frozen=True)
class ShapeOutline:
    """`form` is `rect`, `round`, `pill`, `ellipse`, or a path; `lines` are strokes on it. An open one has no inside."""

    form: str
    lines: str = ""
    text: Insets = (0, 0, 0, 0)
    is_open: bool = False


def draw_outline(outline: ShapeOutline, box: Box, **attributes: str | float | None) -> str:
    """The element of an outline that fills a box."""
    if outline.form in _RADII:
        radius = min(box.width, box.height) * _RADII[outline.form]
        return rect(box, rx=radius or None, **attributes)
    if outline.form == "ellipse":
        x, y = box.centre
        return element("ellipse", cx=x, cy=y, rx=box.width / 2, ry=box.height / 2, **attributes)
    if "C" in outline.form or outline.is_open:
        return element("path", d=placed_path(outline.form, box), **attributes)
    points = placed_path(outline.form, box).replace("M", "").replace("Z", "").replace("L", " ")
    return element("polygon", points=points, **attributes)


def placed_path(path: str, box: Box) -> str:
    """A path of the unit square, stretched over a box."""
    parts: list[str] = []
    is_x = True
    for token in path.split():
        if token.isalpha():
            parts.append(token)
            continue
        value = float(token)
        parts.append(num(box.x + value * box.width) + "," if is_x else num(box.y + value * box.height) + " ")
        is_x = not is_x
    return "".join(parts).replace(" L", "L").replace(" C", "C").replace(" Z", "Z").replace(" M", "M").strip()


def text_box(outline: ShapeOutline, box: Box) -> Box:
    left, top, right, bottom = outline.text
    return Box(
        box.x + left * box.width,
        box.y + top * box.height,
        (1 - left - right) * box.width,
        (1 - top - bottom) * box.height,
    )


def _polygon(*points: tuple[float, float]) -> str:
    return "M " + " L ".join(f"{x:g} {y:g}" for x, y in points) + " Z"


def _star(points: int, inner: float) -> str:
    corners = [
        (math.sin(turn) * reach, -math.cos(turn) * reach)
        for at in range(points * 2)
        for turn, reach in [(at * math.pi / points, 1 if at % 2 == 0 else inner)]
    ]
    return _polygon(*_stretched(corners))


def _stretched(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points moved and scaled so that they fill the unit square."""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    return [(round((x - left) / width, 4), round((y - top) / height, 4)) for x, y in points]


_CLOUD = (
    "M 0.2 0.93 C 0.07 0.93 0 0.82 0 0.7 C 0 0.57 0.08 0.47 0.17 0.45 C 0.14 0.27 0.26 0.13 0.4 0.17 "
    "C 0.47 0 0.72 0 0.78 0.24 C 0.9 0.24 0.96 0.36 0.94 0.49 C 1.01 0.57 1.02 0.71 0.95 0.81 "
    "C 0.9 0.9 0.83 0.94 0.74 0.92 C 0.69 1 0.58 1.02 0.5 0.95 C 0.42 1.02 0.27 1.02 0.2 0.93 Z"
)
_CALLOUT = (
    "M 0.1 0 L 0.9 0 C 0.96 0 1 0.05 1 0.12 L 1 0.66 C 1 0.73 0.96 0.78 0.9 0.78 L 0.45 0.78 L 0.22 1 L 0.25 0.78 "
    "L 0.1 0.78 C 0.04 0.78 0 0.73 0 0.66 L 0 0.12 C 0 0.05 0.04 0 0.1 0 Z"
)
_CAN = "M 0 0.12 C 0 0.05 0.22 0 0.5 0 C 0.78 0 1 0.05 1 0.12 L 1 0.88 C 1 0.95 0.78 1 0.5 1 C 0.22 1 0 0.95 0 0.88 Z"
_CAN_LID = "M 0 0.12 C 0 0.19 0.22 0.24 0.5 0.24 C 0.78 0.24 1 0.19 1 0.12"
_DRUM = "M 0.88 0 C 0.95 0 1 0.22 1 0.5 C 1 0.78 0.95 1 0.88 1 L 0.12 1 C 0.05 1 0 0.78 0 0.5 C 0 0.22 0.05 0 0.12 0 Z"
_DRUM_LID = "M 0.88 0 C 0.81 0 0.76 0.22 0.76 0.5 C 0.76 0.78 0.81 1 0.88 1"
_BRACE = (
    "M 1 0 C 0.72 0 0.5 0.05 0.5 0.12 L 0.5 0.38 C 0.5 0.45 0.28 0.5 0 0.5 C 0.28 0.5 0.5 0.55 0.5 0.62 L 0.5 0.88 "
    "C 0.5 0.95 0.72 1 1 1"
)
_BRACE_RIGHT = (
    "M 0 0 C 0.28 0 0.5 0.05 0.5 0.12 L 0.5 0.38 C 0.5 0.45 0.72 0.5 1 0.5 C 0.72 0.5 0.5 0.55 0.5 0.62 L 0.5 0.88 "
    "C 0.5 0.95 0.28 1 0 1"
)
_NOTE_CURLY = (
    "M 0.14 0 C 0.09 0 0.07 0.04 0.07 0.12 L 0.07 0.4 C 0.07 0.47 0.05 0.5 0 0.5 C 0.05 0.5 0.07 0.53 0.07 0.6 "
    "L 0.07 0.88 C 0.07 0.96 0.09 1 0.14 1"
)
_NOTE_CURLY_RIGHT = (
    "M 0.86 0 C 0.91 0 0.93 0.04 0.93 0.12 L 0.93 0.4 C 0.93 0.47 0.95 0.5 1 0.5 C 0.95 0.5 0.93 0.53 0.93 0.6 "
    "L 0.93 0.88 C 0.93 0.96 0.91 1 0.86 1"
)
_DOCUMENT = "M 0 0 L 1 0 L 1 0.86 C 0.8 0.72 0.65 0.76 0.5 0.86 C 0.35 0.98 0.18 1.02 0 0.9 Z"
_DOCUMENTS = (
    "M 0 0.14 L 0.07 0.14 L 0.07 0.07 L 0.14 0.07 L 0.14 0 L 1 0 L 1 0.74 L 0.93 0.73 L 0.93 0.81 L 0.86 0.8 "
    "L 0.86 0.88 C 0.7 0.76 0.56 0.78 0.43 0.88 C 0.3 0.98 0.16 1.02 0 0.92 Z"
)
_DOCUMENTS_LINES = "M 0.07 0.14 L 0.86 0.14 L 0.86 0.8 M 0.14 0.07 L 0.93 0.07 L 0.93 0.73"
_DELAY = "M 0 0 L 0.6 0 C 0.82 0 1 0.22 1 0.5 C 1 0.78 0.82 1 0.6 1 L 0 1 Z"
_DISPLAY = "M 0 0.5 L 0.2 0 L 0.8 0 C 0.92 0.08 1 0.28 1 0.5 C 1 0.72 0.92 0.92 0.8 1 L 0.2 1 Z"
_STORED = (
    "M 0.15 0 L 1 0 C 0.9 0.17 0.86 0.33 0.86 0.5 C 0.86 0.67 0.9 0.83 1 1 L 0.15 1 "
    "C 0.05 0.87 0 0.69 0 0.5 C 0 0.31 0.05 0.13 0.15 0 Z"
)

_RADII = {"rect": 0.0, "round": 0.12, "pill": 0.5}
_RECTANGLE = ShapeOutline("rect")
_CIRCLE = ShapeOutline("ellipse", text=(0.14, 0.14, 0.14, 0.14))
_RHOMBUS = ShapeOutline(_polygon((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)), text=(0.22, 0.22, 0.22, 0.22))
_PARALLELOGRAM = ShapeOutline(_polygon((0.2, 0), (1, 0), (0.8, 1), (0, 1)), text=(0.16, 0, 0.16, 0))
_CYLINDER = ShapeOutline(_CAN, _CAN_LID, (0.02, 0.24, 0.02, 0.08))
_PREDEFINED = ShapeOutline("rect", "M 0.1 0 L 0.1 1 M 0.9 0 L 0.9 1", (0.11, 0, 0.11, 0))

OUTLINES: dict[str, ShapeOutline] = {
    "rectangle": _RECTANGLE,
    "round_rectangle": ShapeOutline("round"),
    "circle": _CIRCLE,
    "triangle": ShapeOutline(_polygon((0.5, 0), (1, 1), (0, 1)), text=(0.24, 0.45, 0.24, 0)),
    "rhombus": _RHOMBUS,
    "parallelogram": _PARALLELOGRAM,
    "trapezoid": ShapeOutline(_polygon((0.2, 0), (0.8, 0), (1, 1), (0, 1)), text=(0.16, 0, 0.16, 0)),
    "pentagon": ShapeOutline(
        _polygon((0.5, 0), (1, 0.38), (0.81, 1), (0.19, 1), (0, 0.38)), text=(0.16, 0.22, 0.16, 0.03)
    ),
    "hexagon": ShapeOutline(
        _polygon((0.25, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0.25, 1), (0, 0.5)), text=(0.15, 0.05, 0.15, 0.05)
    ),
    "octagon": ShapeOutline(
        _polygon((0.29, 0), (0.71, 0), (1, 0.29), (1, 0.71), (0.71, 1), (0.29, 1), (0, 0.71), (0, 0.29)),
        text=(0.08, 0.08, 0.08, 0.08),
    ),
    "wedge_round_rectangle_callout": ShapeOutline(_CALLOUT, text=(0.02, 0.02, 0.02, 0.24)),
    "star": ShapeOutline(_star(5, 0.42), text=(0.26, 0.36, 0.26, 0.22)),
    "flow_chart_predefined_process": _PREDEFINED,
    "cloud": ShapeOutline(_CLOUD, text=(0.14, 0.25, 0.12, 0.12)),
    "cross": ShapeOutline(
        _polygon(
            (0.33, 0), (0.67, 0), (0.67, 0.33), (1, 0.33), (1, 0.67), (0.67, 0.67),
            (0.67, 1), (0.33, 1), (0.33, 0.67), (0, 0.67), (0, 0.33), (0.33, 0.33),
        ),
        text=(0.04, 0.33, 0.04, 0.33),
    ),
    "can": _CYLINDER,
    "right_arrow": ShapeOutline(
        _polygon((0, 0.25), (0.65, 0.25), (0.65, 0), (1, 0.5), (0.65, 1), (0.65, 0.75), (0, 0.75)),
        text=(0.02, 0.25, 0.16, 0.25),
    ),
    "left_arrow": ShapeOutline(
        _polygon((1, 0.25), (0.35, 0.25), (0.35, 0), (0, 0.5), (0.35, 1), (0.35, 0.75), (1, 0.75)),
        text=(0.16, 0.25, 0.02, 0.25),
    ),
    "left_right_arrow": ShapeOutline(
        _polygon(
            (0, 0.5), (0.25, 0), (0.25, 0.25), (0.75, 0.25), (0.75, 0),
            (1, 0.5), (0.75, 1), (0.75, 0.75), (0.25, 0.75), (0.25, 1),
        ),
        text=(0.14, 0.25, 0.14, 0.25),
    ),
    "left_brace": ShapeOutline(_BRACE, text=(0.5, 0, 0, 0), is_open=True),
    "right_brace": ShapeOutline(_BRACE_RIGHT, text=(0, 0, 0.5, 0), is_open=True),
    "flow_chart_connector": _CIRCLE,
    "flow_chart_magnetic_disk": _CYLINDER,
    "flow_chart_input_output": _PARALLELOGRAM,
    "flow_chart_decision": _RHOMBUS,
    "flow_chart_delay": ShapeOutline(_DELAY, text=(0, 0, 0.15, 0)),
    "flow_chart_display": ShapeOutline(_DISPLAY, text=(0.14, 0, 0.1, 0)),
    "flow_chart_document": ShapeOutline(_DOCUMENT, text=(0, 0, 0, 0.2)),
    "flow_chart_magnetic_drum": ShapeOutline(_DRUM, _DRUM_LID, (0.04, 0, 0.24, 0)),
    "flow_chart_internal_storage": ShapeOutline(
        "rect", "M 0.1 0 L 0.1 1 M 0 0.15 L 1 0.15", (0.1, 0.15, 0, 0)
    ),
    "flow_chart_manual_input": ShapeOutline(_polygon((0, 0.3), (1, 0), (1, 1), (0, 1)), text=(0, 0.25, 0, 0)),
    "flow_chart_manual_operation": ShapeOutline(_polygon((0, 0), (1, 0), (0.8, 1), (0.2, 1)), text=(0.14, 0, 0.14, 0)),
    "flow_chart_merge": ShapeOutline(_polygon((0, 0), (1, 0), (0.5, 1)), text=(0.24, 0, 0.24, 0.45)),
    "flow_chart_multidocuments": ShapeOutline(_DOCUMENTS, _DOCUMENTS_LINES, (0, 0.15, 0.14, 0.18)),
    "flow_chart_note_curly_left": ShapeOutline(_NOTE_CURLY, text=(0.14, 0, 0, 0), is_open=True),
    "flow_chart_note_curly_right": ShapeOutline(_NOTE_CURLY_RIGHT, text=(0, 0, 0.14, 0), is_open=True),
    "flow_chart_note_square": ShapeOutline("M 0.12 0 L 0 0 L 0 1 L 0.12 1", text=(0.04, 0, 0, 0), is_open=True),
    "flow_chart_offpage_connector": ShapeOutline(
        _polygon((0, 0), (1, 0), (1, 0.65), (0.5, 1), (0, 0.65)), text=(0, 0, 0, 0.25)
    ),
    "flow_chart_or": ShapeOutline("ellipse", "M 0.5 0 L 0.5 1 M 0 0.5 L 1 0.5", (0.14, 0.14, 0.14, 0.14)),
    "flow_chart_predefined_process_2": _PREDEFINED,
    "flow_chart_preparation": ShapeOutline(
        _polygon((0.15, 0), (0.85, 0), (1, 0.5), (0.85, 1), (0.15, 1), (0, 0.5)), text=(0.1, 0, 0.1, 0)
    ),
    "flow_chart_process": _RECTANGLE,
    "flow_chart_online_storage": ShapeOutline(_STORED, text=(0.08, 0, 0.15, 0)),
    "flow_chart_summing_junction": ShapeOutline(
        "ellipse", "M 0.146 0.146 L 0.854 0.854 M 0.854 0.146 L 0.146 0.854", (0.14, 0.14, 0.14, 0.14)
    ),
    "flow_chart_terminator": ShapeOutline("pill", text=(0.06, 0, 0.06, 0)),
}  # fmt: skip
UNKNOWN_OUTLINE = _RECTANGLE
"""What a shape of another name is drawn as."""
