"""The style of a box: what is declared for it, and what follows where nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from .properties import INHERITED, SIDES, Declared
from .values import AUTO_TRACK, BLACK, Border, Colour, GridLine, Length, Track

Axis = Literal["column", "row"]
Flow = Literal["grid", "row", "column", "row-reverse", "column-reverse"]

GAP = 16.0
FONT_SIZE = 16.0


@dataclass(frozen=True)
class BoxStyle:
    """`values` are by the longest names of properties."""

    values: Declared

    def with_defaults(self, defaults: Declared) -> BoxStyle:
        return BoxStyle({**defaults, **self.values})

    def changed(self, values: Declared) -> BoxStyle:
        return BoxStyle({**self.values, **values})

    @property
    def inherited(self) -> Declared:
        return {name: self.values[name] for name in INHERITED if name in self.values}

    def length(self, name: str) -> Length | None:
        return self.values.get(name)

    def is_given(self, *names: str) -> bool:
        return any(self.values.get(name) is not None for name in names)

    @property
    def flow(self) -> Flow:
        if self.values.get("display") == "grid":
            return "grid"
        usual = "row" if self.values.get("display") == "flex" else "column"
        return self.values.get("flex-direction", usual)

    @property
    def wraps(self) -> bool:
        return self.values.get("flex-wrap") == "wrap"

    @property
    def is_absolute(self) -> bool:
        return self.values.get("position") == "absolute"

    @property
    def is_shifted(self) -> bool:
        return self.values.get("position") == "relative" and self.is_given(*SIDES)

    def gap(self, axis: Axis) -> float:
        """Between columns or between rows."""
        given = self.length(f"{axis}-gap")
        return GAP if given is None else given.number

    @property
    def padding(self) -> tuple[float, float, float, float]:
        top, right, bottom, left = (self.length(f"padding-{side}") or Length(0.0) for side in SIDES)
        return top.number, right.number, bottom.number, left.number

    @property
    def margin(self) -> tuple[float, float, float, float]:
        """Auto ones count as nothing."""
        top, right, bottom, left = (self.length(f"margin-{side}") or Length(0.0) for side in SIDES)
        return top.number, right.number, bottom.number, left.number

    def has_auto_margin(self, side: str) -> bool:
        return self.values.get(f"margin-{side}", 0) is None

    @property
    def grow(self) -> float:
        return self.values.get("flex-grow", 0.0)

    @property
    def shrink(self) -> float:
        return self.values.get("flex-shrink", 1.0)

    def tracks(self, axis: Axis) -> tuple[Track, ...]:
        return self.values.get(f"grid-template-{axis}s", ())

    def auto_tracks(self, axis: Axis) -> tuple[Track, ...]:
        return self.values.get(f"grid-auto-{axis}s") or (AUTO_TRACK,)

    def lines(self, axis: Axis) -> tuple[GridLine, GridLine]:
        begin, end = (self.values.get(f"grid-{axis}-{name}") or GridLine() for name in ("start", "end"))
        return begin, end

    @property
    def fills_columns(self) -> bool:
        return str(self.values.get("grid-auto-flow", "row")).startswith("column")

    @property
    def is_dense(self) -> bool:
        return "dense" in str(self.values.get("grid-auto-flow", "row"))

    def word(self, name: str, usual: str) -> str:
        return cast("str", self.values.get(name) or usual)

    @property
    def background(self) -> Colour | None:
        return self.values.get("background-color") or self.values.get("fill")

    @property
    def opacity(self) -> float:
        return self.values.get("opacity", 1.0)

    @property
    def border(self) -> Border | None:
        """The one around the whole box."""
        given: Border | None = self.values.get("border")
        colour: Colour | None = self.values.get("border-color") or self.values.get("stroke")
        width: float | None = self.values.get("border-width") or self.values.get("stroke-width")
        style: str | None = self.values.get("border-style") or self.values.get("stroke-style")
        if given is None and not (width or (style and style != "none") or self.values.get("stroke")):
            return None
        if style == "none" or self.values.get("border-width") == 0 or ("border" in self.values and given is None):
            return None
        base = given or Border(1.0, "normal", BLACK)
        return Border(width or base.width, style or base.style, colour or base.colour)

    @property
    def bars(self) -> dict[str, Border]:
        """Borders of single sides."""
        given = {side: cast("Border | None", self.values.get(f"border-{side}")) for side in SIDES}
        return {side: border for side, border in given.items() if border is not None}

    @property
    def is_painted(self) -> bool:
        return self.background is not None or self.border is not None

    @property
    def colour(self) -> Colour | None:
        return self.values.get("color")

    @property
    def font_size(self) -> float:
        return self.values.get("font-size", FONT_SIZE)

    @property
    def align(self) -> str | None:
        return self.values.get("text-align")
