"""The style properties there are: what each sets, by a reader of its value; and those that are refused or left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import values
from .values import Length, words_of

Declared = dict[str, Any]
"""Checked values by the longest names: `padding-top`, never `padding`."""

SIDES = ("top", "right", "bottom", "left")

_Reader = Callable[[str], Any]

_ALIGNMENT = values.one_of(
    "start", "end", "center", "stretch", "baseline", "space-between", "space-around", "space-evenly", "auto",
    flex_start="start", flex_end="end", left="start", right="end", self_start="start", self_end="end", normal="stretch",
    safe_center="center",
)  # fmt: skip


def _four(prefix: str, read: _Reader, suffix: str = "") -> Callable[[str], Declared]:
    """A shorthand of one to four values for the four sides."""

    def expand(value: str) -> Declared:
        parts = [read(part) for part in words_of(value)]
        if not 1 <= len(parts) <= 4:
            raise ValueError("one to four lengths")
        top, right = parts[0], parts[1 % len(parts)]
        sides = (top, right, parts[2] if len(parts) > 2 else top, parts[3] if len(parts) > 3 else right)
        return {f"{prefix}{side}{suffix}": part for side, part in zip(SIDES, sides, strict=True)}

    return expand


def _two(first: str, second: str, read: _Reader) -> Callable[[str], Declared]:
    def expand(value: str) -> Declared:
        parts = [read(part) for part in words_of(value)]
        if not 1 <= len(parts) <= 2:
            raise ValueError("one or two values")
        return {first: parts[0], second: parts[-1]}

    return expand


def _lines(name: str) -> Callable[[str], Declared]:
    def expand(value: str) -> Declared:
        parts = [values.grid_line(" ".join(part.split())) for part in value.split("/")]
        if len(parts) > 2:
            raise ValueError("lines like 2 / 5, span 2 or 1 / -1")
        return {f"{name}-start": parts[0], f"{name}-end": parts[1] if len(parts) > 1 else values.GridLine()}

    return expand


def _flex(value: str) -> Declared:
    if value in ("none", "auto", "initial"):
        grow, shrink = {"none": (0.0, 0.0), "auto": (1.0, 1.0), "initial": (0.0, 1.0)}[value]
        return {"flex-grow": grow, "flex-shrink": shrink, "flex-basis": None}
    numbers: list[float] = []
    basis: Length | None = Length(0.0)
    for part in words_of(value):
        if part.replace(".", "", 1).isdigit() and len(numbers) < 2:
            numbers.append(values.css_number(part))
        else:
            basis = values.positive_length(part)
    if not numbers and basis == Length(0.0):
        raise ValueError("flex like 1 or 0 0 200px")
    grow, shrink = [*numbers, *(1.0, 1.0)[len(numbers) :]]
    return {"flex-grow": grow, "flex-shrink": shrink, "flex-basis": basis}


_DIRECTION = values.one_of("row", "column", "row-reverse", "column-reverse")
_WRAP = values.one_of("wrap", "nowrap", wrap_reverse="wrap")


def _flex_flow(value: str) -> Declared:
    found: Declared = {}
    for part in words_of(value):
        name = "flex-wrap" if "wrap" in part else "flex-direction"
        found[name] = (_WRAP if "wrap" in part else _DIRECTION)(part)
    return found


def _gap_length(value: str) -> Length | None:
    return Length(values.pixels(value)) if value != "normal" else None


def _padding_length(value: str) -> Length:
    return Length(values.pixels(value))


def _margin_length(value: str) -> Length | None:
    found = values.read_length(value)
    if found and found.is_share:
        raise ValueError("a length like 24px, or auto")
    return found


def _radius(value: str) -> Length:
    first = words_of(value.partition("/")[0])
    found = values.positive_length(first[0]) if first else None
    if found is None:
        raise ValueError("a length like 8px or 50%")
    return found


def _decoration(value: str) -> frozenset[str]:
    return frozenset(values.words_of(value)) & {"underline", "line-through"}


SHORTHANDS: Mapping[str, Callable[[str], Declared]] = {
    "flex": _flex,
    "flex-flow": _flex_flow,
    "gap": _two("row-gap", "column-gap", _gap_length),
    "grid-gap": _two("row-gap", "column-gap", _gap_length),
    "padding": _four("padding-", _padding_length),
    "margin": _four("margin-", _margin_length),
    "inset": _four("", values.read_length),
    "place-items": _two("align-items", "justify-items", _ALIGNMENT),
    "place-self": _two("align-self", "justify-self", _ALIGNMENT),
    "place-content": _two("align-content", "justify-content", _ALIGNMENT),
    "grid-column": _lines("grid-column"),
    "grid-row": _lines("grid-row"),
    "background": lambda value: {"background-color": values.read_colour(value)},
}
PROPERTIES: Mapping[str, _Reader] = {
    "display": values.one_of(
        "flex", "grid", "block", "none", inline_flex="flex", inline_grid="grid", inline_block="block", inline="block",
        table="block", contents="block",
    ),
    "flex-direction": _DIRECTION,
    "flex-wrap": _WRAP,
    "flex-grow": values.css_number,
    "flex-shrink": values.css_number,
    "flex-basis": values.positive_length,
    "row-gap": _gap_length,
    "column-gap": _gap_length,
    **dict.fromkeys(
        ("justify-content", "justify-items", "justify-self", "align-content", "align-items", "align-self"), _ALIGNMENT
    ),
    "grid-template-columns": values.tracks,
    "grid-template-rows": values.tracks,
    "grid-auto-columns": values.tracks,
    "grid-auto-rows": values.tracks,
    "grid-auto-flow": values.one_of("row", "column", "row dense", "column dense", dense="row dense"),
    **dict.fromkeys(("grid-column-start", "grid-column-end", "grid-row-start", "grid-row-end"), values.grid_line),
    **dict.fromkeys(
        ("width", "height", "min-width", "min-height", "max-width", "max-height"), values.positive_length
    ),
    "aspect-ratio": values.ratio,
    **{f"padding-{side}": _padding_length for side in SIDES},
    **{f"margin-{side}": _margin_length for side in SIDES},
    "position": values.one_of("static", "relative", "absolute", fixed="absolute", sticky="relative"),
    **dict.fromkeys(SIDES, values.read_length),
    "background-color": values.read_colour,
    "color": values.read_colour,
    "fill": values.read_colour,
    "opacity": values.opacity,
    "border": values.border,
    "border-color": values.read_colour,
    "border-width": values.pixels,
    "border-style": values.LINE_STYLES,
    **{f"border-{side}": values.border for side in SIDES},
    "border-radius": _radius,
    "font-size": values.font_size,
    "font-weight": values.weight,
    "font-style": values.one_of("normal", "italic", oblique="italic"),
    "text-align": values.one_of("left", "center", "right", start="left", end="right", justify="left"),
    "text-decoration": _decoration,
    "vertical-align": values.one_of("top", "middle", "bottom", baseline="top", center="middle"),
    "stroke": values.read_colour,
    "stroke-width": values.pixels,
    "stroke-style": values.LINE_STYLES,
}  # fmt: skip
NAMES = SHORTHANDS.keys() | PROPERTIES.keys()

IGNORED = frozenset(
    {"box-shadow", "line-height", "letter-spacing", "overflow", "overflow-x", "overflow-y", "white-space", "cursor"}
    | {"list-style", "list-style-type", "transition", "box-sizing", "border-collapse", "border-spacing", "z-index"}
    | {"text-transform", "object-fit", "font", "font-family", "outline", "word-break", "overflow-wrap", "user-select"}
    | {"table-layout", "text-shadow", "filter", "visibility", "font-variant", "text-overflow", "animation"}
    | {"border-top-left-radius", "border-top-right-radius", "border-bottom-left-radius", "border-bottom-right-radius"}
    | {"caption-side", "text-indent", "word-spacing", "backdrop-filter", "hyphens", "appearance", "resize"}
)
"""Known, and nothing on a board."""

INSTEAD = {
    "float": "display:flex",
    "clear": "display:flex",
    "grid-area": "grid-column and grid-row",
    "grid-template-areas": "grid-column and grid-row",
    "grid-template": "grid-template-columns and grid-template-rows",
    "grid": "grid-template-columns",
    "background-image": "background with one colour",
    "columns": "display:grid",
    "column-count": "display:grid",
    "order": "the order in the text",
    "transform": "the layout; nothing is turned here",
    "rotate": "the layout; nothing is turned here",
}
"""Refused, and what does the same."""

INHERITED = ("color", "font-size", "font-weight", "font-style", "text-align", "text-decoration")
