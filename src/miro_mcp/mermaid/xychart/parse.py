"""XY charts: from lines to axes and plots."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, TABLES, TEXT, WORDS


@dataclass
class AxisText:
    title: str = ""
    categories: list[str] = field(default_factory=list[str])
    range: tuple[float, float] | None = None


@dataclass
class PlotText:
    kind: str
    title: str
    values: list[float]


@dataclass
class XyText:
    """What stands in the text; axes by x and y, each as it was said last."""

    title: str = ""
    across: bool = False
    axes: dict[str, AxisText] = field(default_factory=lambda: {"x-axis": AxisText(), "y-axis": AxisText()})
    plots: list[PlotText] = field(default_factory=list[PlotText])


def parse(source: Source) -> XyText:
    """Raises:
    MermaidError: the text isn't an XY chart.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = XyText(title=source.title)
    cursor.skip("newline")
    cursor.expect("xychart")
    if orientation := cursor.have("orientation"):
        found.across = orientation.text.lower() == "horizontal"
    cursor.skip("newline")
    while cursor.next.kind != END:
        _statement(cursor, found)
        cursor.skip("newline")
    return found


def _statement(cursor: Cursor, found: XyText) -> None:
    match cursor.next.kind:
        case "title":
            cursor.take()
            found.title = _text(cursor)
        case "x-axis" | "y-axis" as axis:
            cursor.take()
            found.axes[axis] = _axis(cursor, has_categories=axis == "x-axis")
        case "line" | "bar" as kind:
            cursor.take()
            title = "" if cursor.peek(0).kind == "[" else _text(cursor)
            found.plots.append(PlotText(kind, title, _values(cursor)))
        case _:
            if not take_accessible(cursor):
                raise cursor.error("title", "x-axis", "y-axis", "bar", "line")


def _axis(cursor: Cursor, *, has_categories: bool) -> AxisText:
    axis = AxisText()
    data = ("number", "[") if has_categories else ("number",)
    if cursor.next.kind not in data:
        axis.title = _text(cursor)
    if start := cursor.have("number"):
        cursor.expect("-->")
        axis.range = float(start.text), float(cursor.expect("number").text)
    elif has_categories and (opening := cursor.have("[")):
        axis.categories.append(_text(cursor))
        while cursor.have(","):
            axis.categories.append(_text(cursor))
        cursor.close(opening, "]")
    return axis


def _values(cursor: Cursor) -> list[float]:
    opening = cursor.expect("[")
    values: list[float] = []
    while True:
        values.append(float(cursor.expect("number").text))
        cursor.have("string")
        if not cursor.have(","):
            cursor.close(opening, "]")
            return values


def _text(cursor: Cursor) -> str:
    """A text in quotes, or words, with spaces where the text has them."""
    if token := cursor.have("string"):
        return token.text.strip()
    token = cursor.expect("letters") if cursor.next.kind not in TEXT else cursor.take()
    text, end = token.text, token.start + len(token.text)
    while cursor.next.kind in TEXT:
        token = cursor.take()
        text += (" " if token.start > end else "") + token.text
        end = token.start + len(token.text)
    return text
