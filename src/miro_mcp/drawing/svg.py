"""Elements of SVG as text: numbers, escaping, attributes, boxes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
)
"""What XML can't hold, what is no character, and what reorders or hides text."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": " ", "\n": " "})

MOST = 1e9
"""Bound of a coordinate in board units."""


class Box(NamedTuple):
    """A rectangle in board units; x and y are its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, dx: float, dy: float) -> Box:
        """Smaller by so much at each side, never smaller than nothing."""
        dx, dy = min(dx, self.width / 2), min(dy, self.height / 2)
        return Box(self.x + dx, self.y + dy, self.width - 2 * dx, self.height - 2 * dy)

    def meets(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around others; None around nothing."""
    found = list(boxes)
    if not found:
        return None
    left, top = min(box.x for box in found), min(box.y for box in found)
    return Box(left, top, max(box.right for box in found) - left, max(box.bottom for box in found) - top)


def turned(box: Box, degrees: float) -> Box:
    """The upright box around a box that is turned about its centre."""
    if not degrees % 360:
        return box
    angle = math.radians(degrees)
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    width, height = box.width * cos + box.height * sin, box.width * sin + box.height * cos
    x, y = box.centre
    return Box(x - width / 2, y - height / 2, width, height)


def clean(text: str) -> str:
    """Text without what can't or mustn't be drawn."""
    return _FORBIDDEN.sub("", text)


def escape(text: str) -> str:
    return clean(text).translate(_ESCAPES)


def num(value: float) -> str:
    """A number with two decimals at most, and none of them in vain."""
    if not -MOST < value < MOST:
        value = math.copysign(MOST, value) if value == value else 0.0
    if value == int(value):
        return str(int(value))
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *inside: str, **attributes: str | float | None) -> str:
    """An element. `_` in an attribute's name stands for `-`, `__` for `:`; what is None is left out."""
    given = "".join(
        f' {key.replace("__", ":").replace("_", "-")}="{escape(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def rect(box: Box, **attributes: str | float | None) -> str:
    return element("rect", x=box.x, y=box.y, width=box.width, height=box.height, **attributes)
