"""The second pass: the height that each box needs at its width, from the innermost up, and then where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from ..boxes import LayoutBox
from ..values import Length
from .flexing import starts
from .measure import card_height, text_height
from .tracks import Content, free_sizes, sizes_in
from .widths import LEAST_FRAME, Widths, aligned, inset, padded, stretches, tracks_of

_SHARES = {"center": 0.5, "end": 1.0}


class Heights:
    """`grown` are the boxes higher than they were declared, with what was declared."""

    def __init__(self, widths: Widths) -> None:
        self._widths = widths
        self._known: dict[LayoutBox, float] = {}
        self.grown: dict[LayoutBox, float] = {}

    def height(self, box: LayoutBox) -> float:
        """What a box needs, or what it is declared to have where that is more."""
        found = self._known.get(box)
        if found is None:
            found = self._needed(box)
            if box.natural is None:
                found = self._declared(box, found)
            self._known[box] = found
        return found

    def place(self, box: LayoutBox, x: float, y: float, height: float) -> None:
        box.x, box.y, box.height = x, y, height
        if not box.is_leaf and box.in_flow:
            top, _, _, left = box.style.padding
            inner = box.width - padded(box.style, "column"), height - padded(box.style, "row")
            if box.style.flow == "grid":
                self._place_grid(box, x + left, y + top, *inner)
            elif box.style.flow.startswith("row"):
                self._place_rows(box, x + left, y + top, *inner)
            else:
                self._place_column(box, x + left, y + top, *inner)
        for child in box.children:
            if child.style.is_absolute:
                self._place_absolute(box, child)
            elif child.style.is_shifted:
                _shift(child, *_offset(child, box))

    def _needed(self, box: LayoutBox) -> float:
        if box.natural:
            if box.role == "card" and not (box.item and box.item.kind != "card"):
                return card_height(box, box.width)
            return box.width * box.natural[1] / box.natural[0]
        if box.is_leaf:
            return text_height(box, box.width) if box.paragraphs else 0.0
        return self._inner(box) + padded(box.style, "row")

    def _inner(self, box: LayoutBox) -> float:
        children, gap = box.in_flow, box.style.gap("row")
        if not children:
            return 0.0
        if box.style.flow == "grid":
            rows = free_sizes(tracks_of(box, "row"), self._row_contents(box), gap, most=True)
        elif box.style.flow.startswith("row"):
            lines = self._widths.lines(box, box.width - padded(box.style, "column"))
            rows = [max(self._outer(child) for child in line) for line in lines]
        else:
            rows = [self._outer(child) for child in children]
        return sum(rows) + gap * (len(rows) - 1)

    def _declared(self, box: LayoutBox, needed: float) -> float:
        style = box.style
        if ratio := style.values.get("aspect-ratio"):
            needed = max(needed, box.width / ratio)
        given = _units(style.length("height"))
        if given is not None and needed > given + 0.75:
            self.grown[box] = given
        floor = LEAST_FRAME if box.role == "frame" else 0.0
        return max(needed, given or 0.0, _units(style.length("min-height")) or 0.0, floor)

    def _outer(self, child: LayoutBox) -> float:
        return self.height(child) + child.style.margin[0] + child.style.margin[2]

    def _row_contents(self, box: LayoutBox) -> list[Content]:
        return [
            Content(child.cells.row, child.cells.row_end, self._outer(child), self._outer(child))
            for child in box.in_flow
            if child.cells
        ]

    def _place_grid(self, box: LayoutBox, x: float, y: float, width: float, height: float) -> None:
        style, columns = box.style, self._widths.columns[box]
        across, down = style.gap("column"), style.gap("row")
        rows = sizes_in(tracks_of(box, "row"), self._row_contents(box), down, height, stretches=stretches(style, "row"))
        lefts = starts(columns, across, width, style.word("justify-content", "start"))
        tops = starts(rows, down, height, style.word("align-content", "start"))
        for child in box.in_flow:
            if child.cells is None:
                continue
            left, right = lefts[child.cells.column], _end(lefts, columns, child.cells.column_end)
            top, bottom = tops[child.cells.row], _end(tops, rows, child.cells.row_end)
            how = aligned(box, child, "justify"), aligned(box, child, "align")
            self._put(child, (x + left, y + top, right - left, bottom - top), *how)

    def _place_rows(self, box: LayoutBox, x: float, y: float, width: float, height: float) -> None:
        style, gap = box.style, box.style.gap("row")
        lines = self._widths.lines(box, width)
        needed = [max(self._outer(child) for child in line) for line in lines]
        free = max(height - sum(needed) - gap * (len(lines) - 1), 0.0)
        if len(lines) == 1 or stretches(style, "row"):
            needed = [one + free / len(lines) for one in needed]
            free = 0.0
        tops = starts(needed, gap, sum(needed) + gap * (len(lines) - 1) + free, style.word("align-content", "start"))
        for line, top, tall in zip(lines, tops, needed, strict=True):
            row = line[::-1] if style.flow.endswith("reverse") else line
            sizes = [child.width + child.style.margin[1] + child.style.margin[3] for child in row]
            lefts = starts(sizes, style.gap("column"), width, _justified(box), _autos(row, "left", "right"))
            for child, left, size in zip(row, lefts, sizes, strict=True):
                self._put(child, (x + left, y + top, size, tall), "start", aligned(box, child, "align"))

    def _place_column(self, box: LayoutBox, x: float, y: float, width: float, height: float) -> None:
        style, gap = box.style, box.style.gap("row")
        column = box.in_flow[::-1] if style.flow.endswith("reverse") else box.in_flow
        sizes = [self._outer(child) for child in column]
        free = height - sum(sizes) - gap * (len(column) - 1)
        grow = [0.0 if child.keeps_proportions else child.style.grow for child in column]
        if free > 0.01 and sum(grow):
            sizes = [size + free * share / max(sum(grow), 1.0) for size, share in zip(sizes, grow, strict=True)]
        tops = starts(sizes, gap, height, _justified(box), _autos(column, "top", "bottom"))
        for child, top, size, share in zip(column, tops, sizes, grow, strict=True):
            down = "stretch" if share else "start"
            self._put(child, (x, y + top, width, size), aligned(box, child, "align"), down)

    def _put(self, child: LayoutBox, area: tuple[float, float, float, float], across: str, down: str) -> None:
        """Places a child in the area it has, margins included."""
        x, y, width, height = area
        style, needed = child.style, self.height(child)
        top, right, bottom, left = style.margin
        room = height - top - bottom
        given = style.length("height")
        if not child.keeps_proportions:
            if given and given.is_share:
                needed = max(needed, given.number * room)
            elif down == "stretch" and not given and child.role != "text":
                needed = max(needed, room)
        spare = max(width - child.width - left - right, 0.0), max(room - needed, 0.0)
        across = _auto(child, "left", "right") or across
        self.place(
            child, x + left + spare[0] * _SHARES.get(across, 0.0), y + top + spare[1] * _SHARES.get(down, 0.0), needed
        )

    def _place_absolute(self, box: LayoutBox, child: LayoutBox) -> None:
        style = child.style
        left, right = inset(style, "left", box.width), inset(style, "right", box.width)
        top, bottom = inset(style, "top", box.height), inset(style, "bottom", box.height)
        height = self.height(child)
        given = style.length("height")
        if not child.keeps_proportions:
            if given and given.is_share:
                height = max(height, given.number * box.height)
            elif top is not None and bottom is not None and not given:
                height = max(height, box.height - top - bottom)
        x, y = box.style.padding[3], box.style.padding[0]
        if left is not None:
            x = left
        elif right is not None:
            x = box.width - child.width - right
        if top is not None:
            y = top
        elif bottom is not None:
            y = box.height - height - bottom
        self.place(child, box.x + x + style.margin[3], box.y + y + style.margin[0], height)


def _units(given: Length | None) -> float | None:
    return given.number if given and not given.is_share else None


def _end(begins: Sequence[float], sizes: Sequence[float], end: int) -> float:
    return begins[end - 1] + sizes[end - 1]


def _justified(box: LayoutBox) -> str:
    return box.style.word("justify-content", "start")


def _autos(children: Sequence[LayoutBox], before: str, after: str) -> list[tuple[bool, bool]]:
    return [(child.style.has_auto_margin(before), child.style.has_auto_margin(after)) for child in children]


def _auto(child: LayoutBox, before: str, after: str) -> str | None:
    """How auto margins align a child."""
    first, last = child.style.has_auto_margin(before), child.style.has_auto_margin(after)
    return "center" if first and last else "end" if first else "start" if last else None


def _offset(child: LayoutBox, box: LayoutBox) -> tuple[float, float]:
    left, right = inset(child.style, "left", box.width), inset(child.style, "right", box.width)
    top, bottom = inset(child.style, "top", box.height), inset(child.style, "bottom", box.height)
    return left if left is not None else -(right or 0.0), top if top is not None else -(bottom or 0.0)


def _shift(box: LayoutBox, x: float, y: float) -> None:
    for one in box.walk():
        one.x += x
        one.y += y
