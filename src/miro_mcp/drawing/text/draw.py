"""Laid out text as SVG, aligned in a box; where it is too small to read, bars in its place."""

from __future__ import annotations

from ...board.colours import LINK, colour
from ...board.geometry import Box
from ...text.rich_text import Style
from ..svg import element, escape_xml, num, rect
from . import fonts
from .layout import ASCENT, LINE_HEIGHT, Laid, TextLine, TextRun

_ANCHORS = {"center": "middle", "right": "end"}
_SHIFTS = {"center": 0.5, "right": 1.0}


def draw_text(laid: Laid, box: Box, ink: str, *, align: str = "left", valign: str = "top", part: str = "text") -> str:
    """The text of a box, and the boxes of characters that no font has."""
    top = box.y + (box.height - laid.height) * {"middle": 0.5, "bottom": 1.0}.get(valign, 0.0)
    if valign == "top" or laid.height > box.height:
        top = box.y
    exact = any(line.indent or _is_mixed(line, laid.family) for line in laid.lines)
    spans: list[str] = []
    boxes: list[str] = []
    for line in laid.lines:
        size = laid.font_size * line.size
        baseline = top + size * ASCENT
        left = box.x + (box.width - (line.indent + line.width) * size) * _SHIFTS.get(align, 0.0) + line.indent * size
        anchor = left if exact else box.x + box.width * _SHIFTS.get(align, 0.0)
        if line.bullet:
            bullet = fonts.width(line.bullet, fonts.SANS, False, False) + 0.35
            spans.append(
                element("tspan", escape_xml(line.bullet), data_miro_part="bullet", x=left - bullet * size, y=baseline)
            )
        spans.append(_line(line, laid, anchor, baseline, size, ink))
        boxes += _boxes(line, left, baseline, size, ink)
        top += size * LINE_HEIGHT
    text = element(
        "text",
        *spans,
        data_miro_part=part,
        data_miro_cut="true" if laid.is_cut else None,
        font_family=fonts.font_named(laid.family),
        font_size=laid.font_size,
        fill=ink,
        text_anchor=None if exact else _ANCHORS.get(align),
    )
    return text + "".join(boxes)


def draw_bars(text_length: int, box: Box, size: float, ink: str, *, align: str = "left", valign: str = "top") -> str:
    """What stands for a text too small to read: one bar per line, about as many as the text would take."""
    room = max(box.width, 1.0)
    wanted = text_length * size * 0.5
    rows = max(1, min(int(wanted / room) + 1, int(box.height / (size * LINE_HEIGHT)) or 1, 40))
    top = box.y + (box.height - rows * size * LINE_HEIGHT) * {"middle": 0.5, "bottom": 1.0}.get(valign, 0.0)
    strokes: list[str] = []
    for row in range(rows):
        width = room if row < rows - 1 else max(min(wanted - room * (rows - 1), room), size)
        x = box.x + (room - width) * _SHIFTS.get(align, 0.0)
        strokes.append(f"M{num(x)},{num(top + (row + 0.6) * size * LINE_HEIGHT)}h{num(width)}")
    return element(
        "path", data_miro_part="bars", d="".join(strokes), stroke=ink, stroke_width=size * 0.5, stroke_opacity=0.35
    )


def _line(line: TextLine, laid: Laid, x: float, y: float, size: float, ink: str) -> str:
    shown = [
        _run(run, laid.family, ink, at) for run, at in zip(line.runs, _places(line, laid.family, x, size), strict=True)
    ]
    return element(
        "tspan",
        *(shown or [""]),
        x=x,
        y=y,
        font_size=None if line.size == 1 else size,
        data_miro_paragraph="true" if line.begins else None,
        data_miro_joined="true" if line.goes_on else None,
    )


def _places(line: TextLine, family: str, x: float, size: float) -> list[float | None]:
    """Where each run has to begin by its own, in a line that can't be left to the viewer."""
    mixed = _is_mixed(line, family)
    places: list[float | None] = []
    for run in line.runs:
        places.append(x if mixed else None)
        x += run.width * size
    return places


def _is_mixed(line: TextLine, family: str) -> bool:
    """Whether a line has a character without a font, or needs several fonts beside its own."""
    others = {run.family for run in line.runs} - {family}
    return None in others or len(others) > 1


def _run(run: TextRun, family: str, ink: str, x: float | None) -> str:
    style = run.style
    decoration = " ".join(
        word for word, on in (("underline", style.underline or style.href), ("line-through", style.strike)) if on
    )
    attributes: dict[str, str | float | None] = {
        "x": x,
        "font_family": None if run.family in (family, None) else fonts.font_named(run.family),
        "font_weight": "bold" if style.bold else None,
        "font_style": "italic" if style.italic else None,
        "text_decoration": decoration or None,
        "fill": _ink(style, ink),
        "data_miro_href": style.href,
    }
    if all(value is None for value in attributes.values()):
        return escape_xml(run.text)
    return element("tspan", escape_xml(run.text), **attributes)


def _ink(style: Style, ink: str) -> str | None:
    if style.colour:
        return colour(style.colour, ink)
    return LINK if style.href else None


def _boxes(line: TextLine, x: float, baseline: float, size: float, ink: str) -> list[str]:
    found: list[str] = []
    for run in line.runs:
        if run.family is None:
            at = x
            for character in run.text:
                if fonts.is_shown(character):
                    box = Box(at + 0.06 * size, baseline - 0.74 * size, 0.5 * size, 0.74 * size)
                    found.append(rect(box, data_miro_part="box", fill="none", stroke=ink, stroke_width=0.06 * size))
                    at += fonts.UNCOVERED_WIDTH * size
        x += run.width * size
    return found
