"""Elements of SVG as text: numbers, escaping, attributes, boxes, and what a style of the API says in them."""

from __future__ import annotations

import math

from ..board.colours import own_opacity
from ..board.contents import Raw, number
from ..board.geometry import Box
from ..catalogue.numbers import FARTHEST
from ..text.hidden import without_hidden

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": " ", "\n": " "})


def escape_xml(text: str) -> str:
    return without_hidden(text).translate(_ESCAPES)


def num(value: float) -> str:
    """A number with two decimals at most, and none of them in vain."""
    if not -FARTHEST < value < FARTHEST:
        value = math.copysign(FARTHEST, value) if value == value else 0.0
    if value == int(value):
        return str(int(value))
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *inside: str, **attributes: str | float | None) -> str:
    """An element. `_` in an attribute's name stands for `-`, `__` for `:`; what is None is left out."""
    given = "".join(
        f' {key.replace("__", ":").replace("_", "-")}="{escape_xml(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def rect(box: Box, **attributes: str | float | None) -> str:
    return element("rect", x=box.x, y=box.y, width=box.width, height=box.height, **attributes)


def dashes(name: object, width: float) -> dict[str, str | float | None]:
    """The attributes of a stroke style."""
    if name == "dashed":
        return {"stroke_dasharray": f"{max(width * 3, 6):g} {max(width * 2, 4):g}"}
    if name == "dotted":
        return {"stroke_dasharray": f"0.1 {max(width * 2, 4):g}", "stroke_linecap": "round"}
    return {}


def style_size(style: Raw, name: str, otherwise: float) -> float:
    """A positive size of a style."""
    return max(min(number(style.get(name)), 10_000.0), 0.0) or otherwise


def opacity_of(style: Raw, name: str, colour_name: str) -> float:
    given = style.get(name)
    share = 1.0 if given is None else max(0.0, min(number(given), 1.0))
    return share * own_opacity(style.get(colour_name))


def not_one(share: float) -> float | None:
    return None if share >= 1 else share
