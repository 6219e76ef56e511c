"""XY charts at their places: bars side by side over their categories, lines from mark to mark, axes with figures."""

from __future__ import annotations

import math
from itertools import pairwise

from ....board.geometry import Box, Point
from ...charts.xy_chart import XyChart, XyPlot
from ...graph import Edge, Graph, Look, Node, Side
from ..places import Layout
from .canvas import INK, PALETTE, QUIET, Canvas, label_size

_LEAST_STEP, _MOST_STEP = 34.0, 120.0
"""Between two categories."""

_VALUES, _TICKS = 420.0, 6
_WIDTH = 720.0
_MARK = 12.0
_LABEL = 14.0
_WIDEST = 160.0


def lay_out_xy_chart(chart: XyChart) -> tuple[Graph, Layout]:
    return _XyPlaces(chart).place()


class _XyPlaces:
    """Along is the way of the categories, up that of the values."""

    def __init__(self, chart: XyChart) -> None:
        self.chart = chart
        self.canvas = Canvas()
        self.names = _names(chart)
        self.plots = [(plot, plot.values[: len(self.names)]) for plot in chart.plots]
        values = [value for _, cut in self.plots for value in cut]
        self.ticks = _ticks(chart, values)
        self.low, self.high = self.ticks[0], self.ticks[-1]
        widest = max((label_size(name, 12, _WIDEST)[0] for name in self.names), default=0.0)
        least = _LEAST_STEP if chart.across else max(widest, _LEAST_STEP)
        self.step = min(max(_WIDTH / max(len(self.names), 1), least), max(_MOST_STEP, least))
        self.length = self.step * max(len(self.names), 1)

    def place(self) -> tuple[Graph, Layout]:
        self._value_axis()
        self._categories()
        bars = [(plot, values) for plot, values in self.plots if plot.kind == "bar"]
        for number, (plot, values) in enumerate(self.plots):
            colour = PALETTE[number % len(PALETTE)]
            if plot.kind == "bar":
                place = next(at for at, (one, _) in enumerate(bars) if one is plot)
                self._bars(plot, values, place, len(bars), colour)
        for number, (plot, values) in enumerate(self.plots):
            if plot.kind == "line":
                self._line(plot, values, PALETTE[number % len(PALETTE)][1])
        self._legend()
        return self.canvas.finished(self.chart.title, ())

    def _at(self, along: float, value: float) -> Point:
        up = _VALUES * (min(max(value, self.low), self.high) - self.low) / ((self.high - self.low) or 1.0)
        return (up, along) if self.chart.across else (along, _VALUES - up)

    def _value_axis(self) -> None:
        widest = 0.0
        for number, tick in enumerate(self.ticks):
            self.canvas.rule(f"grid:{number}", self._at(0.0, tick), self._at(self.length, tick))
            x, y = self._at(0.0, tick)
            text = f"{tick:g}" if abs(tick) < 1e6 or abs(tick) >= 1e15 else f"{tick:,.0f}"
            widest = max(widest, label_size(text)[0])
            if self.chart.across:
                self.canvas.label(f"tick:{number}", text, (x, self.length + _LABEL), colour=QUIET)
            else:
                self.canvas.label(f"tick:{number}", text, (x - 6, y), "right", colour=QUIET)
        if self.chart.y_title:
            at = (_VALUES / 2, self.length + 46) if self.chart.across else (0.0, -30.0)
            anchor = "center" if self.chart.across else "left"
            self.canvas.label("axis/y", f"<strong>{self.chart.y_title}</strong>", at, anchor, size=13, colour=QUIET)

    def _categories(self) -> None:
        for number, name in enumerate(self.names):
            x, y = self._at(self.step * (number + 0.5), self.low)
            if self.chart.across:
                self.canvas.label(f"tick:x:{number}", name, (-6.0, y), "right", widest=_WIDEST, colour=INK)
            else:
                _, height = label_size(name, 12, _WIDEST)
                at = (x, _VALUES + 8 + height / 2)
                self.canvas.label(f"tick:x:{number}", name, at, widest=_WIDEST, colour=INK)
        if self.chart.x_title:
            text = f"<strong>{self.chart.x_title}</strong>"
            if self.chart.across:
                self.canvas.label("axis/x", text, (0.0, -24.0), "left", size=13, colour=QUIET)
            else:
                self.canvas.label("axis/x", text, (self.length / 2, _VALUES + 56), size=13, colour=QUIET)

    def _bars(
        self, plot: XyPlot, values: tuple[float, ...], place: int, count: int, colour: tuple[str, str, str]
    ) -> None:
        fill, border, _ = colour
        wide = self.step * 0.7 / count
        zero = min(max(0.0, self.low), self.high)
        for number, value in enumerate(values):
            start = self.step * (number + 0.15) + wide * place
            (x, y), (right, bottom) = self._at(start, value), self._at(start + wide, zero)
            box = Box(min(x, right), min(y, bottom), max(abs(right - x), 1.0), max(abs(bottom - y), 1.0))
            look = Look(fill=fill, border=border, border_width=1.5)
            self.canvas.box(Node(key=f"{plot.key}/{number}", text="", look=look), box)

    def _line(self, plot: XyPlot, values: tuple[float, ...], colour: str) -> None:
        keys: list[str] = []
        for number, value in enumerate(values):
            key = f"{plot.key}/{number}"
            look = Look(fill=colour, border="#ffffff", border_width=1)
            at = self._at(self.step * (number + 0.5), value)
            self.canvas.box(Node(key=key, text="", shape="circle", look=look), Box.centred(*at, _MARK, _MARK))
            keys.append(key)
        sides: tuple[Side, Side] = ("bottom", "top") if self.chart.across else ("right", "left")
        self.canvas.edges += [
            Edge(
                key=f"{start} {end}",
                start=start,
                end=end,
                end_cap="none",
                curve="straight",
                width=3,
                colour=colour,
                sides=sides,
            )
            for start, end in pairwise(keys)
        ]

    def _legend(self) -> None:
        x, y = (_VALUES if self.chart.across else self.length) + 28, 12.0
        for number, (plot, _) in enumerate(self.plots):
            if plot.title:
                fill, border, _ = PALETTE[number % len(PALETTE)]
                look = Look(fill=fill if plot.kind == "bar" else border, border=border, border_width=1.5)
                shape = "rectangle" if plot.kind == "bar" else "circle"
                box = Box.centred(x, y, 14, 14)
                self.canvas.box(Node(key=f"point:{plot.key}", text="", shape=shape, look=look), box)
                self.canvas.label(f"{plot.key}:title", plot.title, (x + 10, y), "left", widest=_WIDEST)
                y += label_size(plot.title, 12, _WIDEST)[1] + 4


def _names(chart: XyChart) -> list[str]:
    """What stands below the values, as many as there are."""
    if chart.categories:
        return list(chart.categories)
    count = max((len(plot.values) for plot in chart.plots), default=0)
    low, high = chart.x_range or (1.0, float(max(count, 1)))
    step = (high - low) / (count - 1) if count > 1 else 0.0
    return [f"{round(low + number * step, 4):g}" for number in range(count)]


def _ticks(chart: XyChart, values: list[float]) -> list[float]:
    """Round numbers from below the lowest value to above the highest; where a range is given, it is kept to."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if any(plot.kind == "bar" for plot in chart.plots):
        low, high = min(low, 0.0), max(high, 0.0)
    if chart.y_range:
        low, high = sorted(chart.y_range)
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / _TICKS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    found = [round(number * step, 12) for number in range(first, last + 1)]
    return [low, *(tick for tick in found if low < tick < high), high] if chart.y_range else found
