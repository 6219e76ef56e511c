"""The first pass: how narrow and wide each box may be, then the width of each, from the outermost down."""

from __future__ import annotations

from typing import NamedTuple

from ..boxes import LayoutBox
from ..style import Axis, BoxStyle
from ..values import Track
from .flexing import Flexing, flexed
from .measure import CARD_WIDTH, least_width, most_width
from .tracks import Content, free_sizes, sizes_in

LEAST_FRAME = 100.0
_UNBOUND = 1e9


class WidthRange(NamedTuple):
    """The least and the most width that a box would take, borders and padding included."""

    least: float
    most: float


class Widths:
    """`columns` are those of each grid, once it has its width; `grown` the boxes wider than they were declared."""

    def __init__(self) -> None:
        self._spans: dict[LayoutBox, WidthRange] = {}
        self.columns: dict[LayoutBox, list[float]] = {}
        self.grown: dict[LayoutBox, float] = {}

    def span(self, box: LayoutBox) -> WidthRange:
        found = self._spans.get(box)
        if found is None:
            found = self._natural(box) if box.natural else self._spanned(box)
            self._spans[box] = found
        return found

    def give(self, box: LayoutBox, width: float) -> None:
        """Gives a box its width, and so everything in it."""
        box.width = width
        if box.is_leaf:
            return
        inner = max(width - padded(box.style, "column"), 0.0)
        self._give_children(box, inner)
        for child in box.children:
            if child.style.is_absolute:
                self.give(child, self._absolute(child, width))

    def lines(self, box: LayoutBox, inner: float) -> list[list[LayoutBox]]:
        """The rows into which a row wraps."""
        children = box.in_flow
        if not box.style.wraps:
            return [children] if children else []
        gap = box.style.gap("column")
        lines: list[list[LayoutBox]] = []
        used = 0.0
        for child in children:
            base = self._flexing(child, inner).base
            if lines and used + gap + base <= inner + 0.01:
                lines[-1].append(child)
                used += gap + base
            else:
                lines.append([child])
                used = base
        return lines

    def _natural(self, box: LayoutBox) -> WidthRange:
        assert box.natural is not None
        width, height = box.style.length("width"), box.style.length("height")
        if width and not width.is_share:
            own = width.number
        elif height and not height.is_share and box.role != "card":
            own = height.number * box.natural[0] / box.natural[1]
        else:
            own = CARD_WIDTH if box.role == "card" and box.item is None else box.natural[0]
        return WidthRange(own, own)

    def _spanned(self, box: LayoutBox) -> WidthRange:
        style = box.style
        if box.is_leaf:
            least, most = least_width(box), most_width(box)
        else:
            around = padded(style, "column")
            least, most = (inner + around for inner in self._inner(box))
        given = style.length("width")
        if given and not given.is_share:
            if least > given.number + 0.75:
                self.grown[box] = given.number
            least = max(given.number, least)
            most = least
        most = max(least, min(most, _limit(style, None)))
        floor = style.length("min-width")
        floored = max(
            floor.number if floor and not floor.is_share else 0.0, LEAST_FRAME if box.role == "frame" else 0.0
        )
        return WidthRange(max(least, floored), max(most, floored))

    def _inner(self, box: LayoutBox) -> WidthRange:
        children, gap = box.in_flow, box.style.gap("column")
        if not children:
            return WidthRange(0.0, 0.0)
        if box.style.flow == "grid":
            tracks, contents = tracks_of(box, "column"), self._column_contents(box)
            least, most = (free_sizes(tracks, contents, gap, most=most) for most in (False, True))
            gaps = gap * (len(tracks) - 1)
            return WidthRange(sum(least) + gaps, sum(most) + gaps)
        if box.style.flow.startswith("row"):
            parts = [self._flexing(child, None) for child in children]
            gaps = gap * (len(children) - 1)
            floors = [part.least if part.shrink else part.base for part in parts]
            least = max(floors) if box.style.wraps else sum(floors) + gaps
            return WidthRange(least, sum(part.base for part in parts) + gaps)
        outer = [self._outer(child) for child in children]
        return WidthRange(max(one.least for one in outer), max(one.most for one in outer))

    def _outer(self, child: LayoutBox) -> WidthRange:
        around = child.style.margin[1] + child.style.margin[3]
        span = self.span(child)
        return WidthRange(span.least + around, span.most + around)

    def _column_contents(self, box: LayoutBox) -> list[Content]:
        return [
            Content(child.cells.column, child.cells.column_end, *self._outer(child))
            for child in box.in_flow
            if child.cells
        ]

    def _flexing(self, child: LayoutBox, inner: float | None) -> Flexing:
        style, outer = child.style, self._outer(child)
        around = style.margin[1] + style.margin[3]
        basis = style.values["flex-basis"] if style.values.get("flex-basis") else style.length("width")
        basis = None if child.keeps_proportions else basis
        wanted = basis.of(inner) if basis else None
        limit = _limit(style, inner) + around
        base = outer.most if wanted is None or (inner is None and style.grow) else wanted + around
        base = max(outer.least, min(base, limit))
        is_share = basis is not None and basis.is_share
        shrink = 0.0 if child.keeps_proportions else 1.0 if is_share else style.shrink
        grow = 0.0 if child.keeps_proportions else style.grow
        starts_empty = grow > 0 and wanted == 0
        return Flexing(base, outer.least, max(limit, outer.least), grow, shrink, 0.0 if starts_empty else base)

    def _give_children(self, box: LayoutBox, inner: float) -> None:
        style, gap = box.style, box.style.gap("column")
        if style.flow == "grid":
            columns = sizes_in(
                tracks_of(box, "column"), self._column_contents(box), gap, inner, stretches=stretches(style, "column")
            )
            self.columns[box] = columns
            for child in box.in_flow:
                if child.cells:
                    begin, end = child.cells.column, child.cells.column_end
                    area = sum(columns[begin:end]) + gap * (end - begin - 1)
                    self.give(child, self._fitted(child, area, aligned(box, child, "justify")))
        elif style.flow.startswith("row"):
            for line in self.lines(box, inner):
                parts = [self._flexing(child, inner) for child in line]
                for child, size in zip(line, flexed(parts, inner - gap * (len(line) - 1)), strict=True):
                    self.give(child, max(size - child.style.margin[1] - child.style.margin[3], 0.0))
        else:
            for child in box.in_flow:
                self.give(child, self._fitted(child, inner, aligned(box, child, "align")))

    def _fitted(self, child: LayoutBox, area: float, how: str) -> float:
        """The width of a child that has an area for itself."""
        style, span = child.style, self.span(child)
        room = max(area - style.margin[1] - style.margin[3], 0.0)
        given = style.length("width")
        if given and given.is_share:
            wanted = given.number * room
            return wanted if child.keeps_proportions else max(wanted, span.least)
        if given or child.keeps_proportions:
            return span.most
        centred = style.has_auto_margin("left") or style.has_auto_margin("right")
        wanted = room if how == "stretch" and not centred else min(span.most, room)
        return max(span.least, min(wanted, _limit(style, area)))

    def _absolute(self, child: LayoutBox, width: float) -> float:
        left, right = inset(child.style, "left", width), inset(child.style, "right", width)
        span, given = self.span(child), child.style.length("width")
        if given:
            return max(given.of(width) or 0.0, 0.0 if child.keeps_proportions else span.least)
        if child.keeps_proportions:
            return span.most
        room = width - (left or 0.0) - (right or 0.0)
        return max(span.least, room if left is not None and right is not None else min(span.most, room))


def padded(style: BoxStyle, axis: Axis) -> float:
    top, right, bottom, left = style.padding
    return left + right if axis == "column" else top + bottom


def tracks_of(box: LayoutBox, axis: Axis) -> list[Track]:
    """The columns or rows of a grid, those that aren't declared too."""
    declared, auto = list(box.style.tracks(axis)), box.style.auto_tracks(axis)
    count = box.tracks[0 if axis == "column" else 1]
    return declared + [auto[at % len(auto)] for at in range(max(count - len(declared), 0))]


def stretches(style: BoxStyle, axis: Axis) -> bool:
    """Whether auto tracks take what is left."""
    name = "justify-content" if axis == "column" else "align-content"
    return style.word(name, "stretch") in ("stretch", "auto")


def aligned(box: LayoutBox, child: LayoutBox, name: str) -> str:
    """How a child stands across: `align` or `justify`."""
    own = child.style.word(f"{name}-self", "auto")
    found = box.style.word(f"{name}-items", "stretch") if own == "auto" else own
    return "start" if found == "baseline" else found


def inset(style: BoxStyle, side: str, whole: float) -> float | None:
    given = style.length(side)
    return given.of(whole) if given else None


def _limit(style: BoxStyle, whole: float | None) -> float:
    given = style.length("max-width")
    found = given.of(whole) if given else None
    return _UNBOUND if found is None else found
