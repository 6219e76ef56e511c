"""Tables: their cells in rows and columns, and what a cell looks like where nothing is said."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..elements import Element
from ..mistakes import Mistakes
from ..properties import Declared
from ..sheet import StyleSheet
from ..style import BoxStyle
from ..values import AUTO_TRACK, Border, Colour, GridLine, Length, Track, TrackSize, positive_length

MOST_SPANNED = 200

_LINE = Border(1.0, "normal", Colour("#c9cdd8"))
_PAPER, _HEAD = Colour("#ffffff"), Colour("#eef0f5")
_OF_ROWS = ("color", "font-size", "font-weight", "font-style", "text-align", "background-color", "height")
_NOT_OF_TABLES = ("border", "border-radius", "background-color", "display", "border-color", "border-width")


@dataclass(frozen=True)
class TableCell:
    """`style` has its place in the grid."""

    element: Element
    style: BoxStyle
    declared: frozenset[str]


@dataclass
class Table:
    """`style` is that of the grid."""

    style: BoxStyle
    cells: list[TableCell]
    caption: Element | None = None
    hints: list[Length | None] = field(default_factory=list["Length | None"])


def read_table(element: Element, style: BoxStyle, sheet: StyleSheet, mistakes: Mistakes) -> Table:
    table = Table(style, [])
    taken: set[tuple[int, int]] = set()
    widths: dict[int, Length] = {}
    for at, row in enumerate(_rows(element, table, mistakes, widths), 1):
        column = 1
        in_row = sheet.declared_for(row)
        for cell in row.elements:
            if cell.name not in ("td", "th"):
                mistakes.add(cell.place, f"<{cell.written}> in a <tr>; its cells are <td> and <th>")
                continue
            while (at, column) in taken:
                column += 1
            across, down = _spans(cell, mistakes)
            taken |= {(at + y, column + x) for y in range(down) for x in range(across)}
            declared = dict(sheet.declared_for(cell))
            width = declared.pop("width", None) or _width(cell, mistakes)
            if width and across == 1:
                widths.setdefault(column, width)
            lines: Declared = {
                "grid-column-start": GridLine(line=column), "grid-column-end": GridLine(span=across),
                "grid-row-start": GridLine(line=at), "grid-row-end": GridLine(span=down),
            }  # fmt: skip
            own = {name: in_row[name] for name in _OF_ROWS if name in in_row} | declared
            table.cells.append(TableCell(cell, _cell_style(cell, row, style, own).changed(lines), frozenset(own)))
            column += across
    count = max((column for _, column in taken), default=1)
    tracks = tuple(_track(widths.get(at)) for at in range(1, count + 1))
    kept = {name: value for name, value in style.values.items() if name not in _NOT_OF_TABLES}
    grid: Declared = {"row-gap": Length(0.0), "column-gap": Length(0.0), "grid-template-columns": tracks}
    table.style = BoxStyle({**grid, **kept, "display": "grid"})
    return table


def _rows(element: Element, table: Table, mistakes: Mistakes, widths: dict[int, Length]) -> list[Element]:
    rows: list[Element] = []
    for child in element.elements:
        if child.name == "tr":
            rows.append(child)
        elif child.name in ("thead", "tbody", "tfoot"):
            rows += [row for row in child.elements if row.name == "tr"]
            for other in child.elements:
                if other.name != "tr":
                    mistakes.add(other.place, f"<{other.written}> in a <{child.written}>; its rows are <tr>")
        elif child.name == "caption":
            table.caption = child
        elif child.name in ("colgroup", "col"):
            for at, column in enumerate(child.elements if child.name == "colgroup" else [child], 1):
                if width := _width(column, mistakes):
                    widths[at] = width
        else:
            mistakes.add(child.place, f"<{child.written}> in a <table>; its rows are <tr>")
    return rows


def _width(element: Element, mistakes: Mistakes) -> Length | None:
    given = element.attributes.get("width")
    if not given:
        return None
    try:
        return positive_length(given)
    except ValueError as error:
        mistakes.add(element.place_of("width"), f"width={given[:20]!r} is no length; it is {error}")
        return None


def _spans(cell: Element, mistakes: Mistakes) -> tuple[int, int]:
    found: list[int] = []
    for name in ("colspan", "rowspan"):
        given = cell.attributes.get(name, "1")
        if not (given.isascii() and given.isdigit() and 1 <= int(given) <= MOST_SPANNED):
            mistakes.add(cell.place_of(name), f"{name} is a number from 1 to {MOST_SPANNED}")
            given = "1"
        found.append(int(given))
    return found[0], found[1]


def _track(width: Length | None) -> Track:
    if width is None:
        return AUTO_TRACK
    size = TrackSize("%" if width.is_share else "px", width.number)
    return Track(AUTO_TRACK.least if width.is_share else size, size)


def _cell_style(cell: Element, row: Element, style: BoxStyle, own: Declared) -> BoxStyle:
    usual: Declared = {**style.inherited, "border": _LINE, "background-color": _PAPER}
    is_head = cell.name == "th"
    if is_head or (row.parent and row.parent.name == "thead"):
        usual |= {"background-color": _HEAD, "font-weight": True}
    if cell.attributes.get("align") in ("left", "center", "right"):
        usual["text-align"] = cell.attributes["align"]
    return BoxStyle({**usual, **own})
