"""Which cells of its grid each child takes, as CSS places them; `-1` counts rows that aren't declared, too."""

from __future__ import annotations

from typing import NamedTuple

from ..boxes import Cells, LayoutBox
from ..style import Axis


class _Range(NamedTuple):
    """Tracks along one axis, from 0; without a start they are yet to be found, without a span they go to the end."""

    start: int | None
    span: int | None


class _Wanted(NamedTuple):
    box: LayoutBox
    outer: _Range
    inner: _Range


class _Grid:
    """Cells as they are taken. Children fill the inner axis first: columns, unless the grid flows by columns."""

    def __init__(self, box: LayoutBox) -> None:
        self._style = box.style
        self._inner: Axis = "row" if box.style.fills_columns else "column"
        self._outer: Axis = "column" if box.style.fills_columns else "row"
        self._wanted = [
            _Wanted(child, self._range(child, self._outer), self._range(child, self._inner)) for child in box.in_flow
        ]
        reached = [(one.inner.start or 0) + (one.inner.span or 1) for one in self._wanted]
        self._width = max(len(box.style.tracks(self._inner)), 1, *reached) if reached else 1
        self._taken: set[tuple[int, int]] = set()
        self.found: dict[LayoutBox, tuple[_Range, _Range]] = {}

    def fill(self) -> None:
        fixed = [one for one in self._wanted if one.outer.start is not None and one.outer.span is not None]
        for one in sorted(fixed, key=lambda one: one.inner.start is None):
            self._take(one, one.outer.start or 0, self._first_inner(one))
        at = (0, 0)
        for one in self._wanted:
            if one.outer.start is None:
                at = self._find(one, (0, 0) if self._style.is_dense else at)
                self._take(one, *at)
        last = max([len(self._style.tracks(self._outer)), *(end(outer) for outer, _ in self.found.values())], default=0)
        for one in self._wanted:
            if one.outer.start is not None and one.outer.span is None:
                begin = one.outer.start
                self._take(
                    _Wanted(one.box, _Range(begin, max(last - begin, 1)), one.inner), begin, one.inner.start or 0
                )

    def size(self) -> tuple[int, int]:
        """How many tracks there are, the outer ones first."""
        outer = max([len(self._style.tracks(self._outer)), 1, *(end(one) for one, _ in self.found.values())])
        return outer, max([self._width, *(end(one) for _, one in self.found.values())])

    def _range(self, child: LayoutBox, axis: Axis) -> _Range:
        begin, finish = child.style.lines(axis)
        first, last = self._line(begin.line, axis), self._line(finish.line, axis)
        span = begin.span or finish.span or 1
        if first is not None and finish.line is not None:
            return _Range(first, None) if last is None else _Range(min(first, last), max(abs(last - first), 1))
        if first is not None:
            return _Range(first, span)
        if last is not None:
            return _Range(max(last - span, 0), span)
        return _Range(None, span)

    def _line(self, line: int | None, axis: Axis) -> int | None:
        """A line from 0; None where it isn't told, or is counted from an end that isn't known yet."""
        if line is None or line > 0:
            return None if line is None else line - 1
        declared = len(self._style.tracks(axis))
        return max(declared + 1 + line, 0) if declared else None

    def _first_inner(self, one: _Wanted) -> int:
        if one.inner.start is not None:
            return one.inner.start
        at = 0
        while not self._is_free(one.outer.start or 0, at, one):
            at += 1
        return at

    def _find(self, one: _Wanted, at: tuple[int, int]) -> tuple[int, int]:
        outer, inner = at
        if one.inner.start is not None:
            outer += one.inner.start < inner
            while not self._is_free(outer, one.inner.start, one):
                outer += 1
            return outer, one.inner.start
        span = one.inner.span or 1
        while (inner + span > self._width and inner) or not self._is_free(outer, inner, one):
            inner += 1
            if inner + span > self._width:
                outer, inner = outer + 1, 0
        return outer, inner

    def _spans(self, one: _Wanted, inner: int) -> tuple[int, int]:
        return one.outer.span or 1, one.inner.span or max(self._width - inner, 1)

    def _is_free(self, outer: int, inner: int, one: _Wanted) -> bool:
        down, across = self._spans(one, inner)
        return not any((outer + y, inner + x) in self._taken for y in range(down) for x in range(across))

    def _take(self, one: _Wanted, outer: int, inner: int) -> None:
        down, across = self._spans(one, inner)
        self.found[one.box] = _Range(outer, down), _Range(inner, across)
        self._taken |= {(outer + y, inner + x) for y in range(down) for x in range(across)}


def end(tracks: _Range) -> int:
    return (tracks.start or 0) + (tracks.span or 1)


def place_in_cells(box: LayoutBox) -> None:
    """Gives every child of every grid in a box its cells."""
    for one in box.walk():
        if one.style.flow != "grid" or one.is_leaf:
            continue
        grid = _Grid(one)
        grid.fill()
        for child, (outer, inner) in grid.found.items():
            rows, columns = (inner, outer) if one.style.fills_columns else (outer, inner)
            child.cells = Cells(columns.start or 0, end(columns), rows.start or 0, end(rows))
        outer_size, inner_size = grid.size()
        one.tracks = (outer_size, inner_size) if one.style.fills_columns else (inner_size, outer_size)
