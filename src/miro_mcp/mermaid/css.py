"""CSS of a Mermaid chart as Miro's styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import webcolors  # pyright: ignore[reportMissingTypeStubs] (it has types, but no marker)

from ..diagrams.graph import Direction, LineStyle, Look

DIRECTIONS: dict[str, Direction] = {"TB": "down", "TD": "down", "BT": "up", "BR": "down", "LR": "right", "RL": "left"}

BORDER_WIDTHS = (1.0, 24.0)
FONT_SIZES = (10.0, 288.0)
"""What the API takes, in board units."""

_NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(px|pt|em|rem|%)?\s*", re.ASCII)
_RGB = re.compile(r"rgba?\(\s*([0-9.]+)\s*,\s*([0-9.]+)\s*,\s*([0-9.]+)\s*(?:,\s*[0-9.]+\s*)?\)", re.ASCII)
_HEX = re.compile(r"#[0-9a-fA-F]{3,8}")
_IN_PIXELS = {"pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_KNOWN = frozenset(
    {"fill", "background", "background-color", "stroke", "border-color", "stroke-width", "stroke-dasharray", "color"}
    | {"font-size", "fill-opacity", "opacity", "stroke-opacity", "text-align"}
)
_QUIET = frozenset({"", "rx", "ry", "cursor", "font-family"})
"""Nothing of a diagram's meaning is lost without them."""

Declarations = tuple[tuple[str, str], ...]


def declarations(styles: Iterable[str], unknown: set[str]) -> Declarations:
    """Properties and values, each property once, as it was said last; `unknown` gets those that Miro doesn't have."""
    pairs: dict[str, str] = {}
    for style in styles:
        for part in style.replace("\\,", " ").split(";"):
            name, _, value = part.partition(":")
            name = name.strip().lower()
            if name in _KNOWN:
                pairs[name] = value.replace("!important", "").strip()
            elif name not in _QUIET:
                unknown.add(name)
    return tuple(pairs.items())


class Classes:
    """Style classes by name, each read once however many nodes have it."""

    def __init__(self, styles: Mapping[str, Iterable[str]], unknown: set[str]) -> None:
        self._declared = {name: declarations(said, unknown) for name, said in styles.items()}

    def of(self, names: Iterable[str]) -> Declarations:
        return tuple(pair for name in dict.fromkeys(names) for pair in self._declared.get(name, ()))


def css_look(pairs: Iterable[tuple[str, str]], unknown: set[str]) -> Look:
    """What Miro can show of it; `unknown` gets the names of what it can't."""
    look = Look()
    for name, value in pairs:
        changed = _changed(look, name, value)
        if changed is None:
            unknown.add(name)
        look = changed or look
    return look


def _changed(look: Look, name: str, value: str) -> Look | None:
    absent = value.lower() in ("none", "transparent")
    number, colour = length_of(value), css_colour(value)
    match name:
        case "fill" | "background" | "background-color" if absent:
            return replace(look, fill=None, fill_opacity=0.0)
        case "fill" | "background" | "background-color" if colour:
            return replace(look, fill=colour, fill_opacity=None)
        case "stroke" | "border-color" if absent:
            return replace(look, border=None, border_opacity=0.0)
        case "stroke" | "border-color" if colour:
            return replace(look, border=colour, border_opacity=None)
        case "stroke-width" if number is not None:
            return (
                replace(look, border_width=_within(number, BORDER_WIDTHS))
                if number
                else replace(look, border_opacity=0.0)
            )
        case "stroke-dasharray":
            return replace(look, border_style=line_of(value))
        case "color" if colour:
            return replace(look, colour=colour)
        case "font-size" if number is not None:
            return replace(look, font_size=_within(number, FONT_SIZES))
        case "fill-opacity" | "opacity" if number is not None and look.fill_opacity != 0:
            return replace(look, fill_opacity=min(number, 1.0))
        case "stroke-opacity" if number is not None and look.border_opacity != 0:
            return replace(look, border_opacity=min(number, 1.0))
        case "text-align" if value in ("left", "center", "right"):
            return replace(look, align=value)
        case _:
            return None


def css_colour(value: str) -> str | None:
    """A CSS colour as six hex digits; None for what isn't one, or for a variable."""
    value = value.strip()
    if _HEX.fullmatch(value):
        digits = value[1:].lower()
        if len(digits) in (3, 4):
            return "#" + "".join(digit * 2 for digit in digits[:3])
        return f"#{digits[:6]}" if len(digits) in (6, 8) else None
    if rgb := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(float(part)), 255):02x}" for part in rgb.groups() if part.count(".") < 2)

    try:
        return webcolors.name_to_hex(value)
    except ValueError:
        return None


def line_of(value: str) -> LineStyle:
    """The kind of line that a dash array is: short dashes are dots."""
    numbers = [float(number) for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", value, re.ASCII)]
    if not any(numbers):
        return "normal"
    return "dotted" if numbers[0] <= 3 else "dashed"


def length_of(value: str) -> float | None:
    """In board units, which are taken for CSS pixels."""
    match = _NUMBER.fullmatch(value)
    return float(match[1]) * _IN_PIXELS.get(match[2], 1.0) if match else None


def _within(number: float, bounds: tuple[float, float]) -> float:
    return min(max(number, bounds[0]), bounds[1])
