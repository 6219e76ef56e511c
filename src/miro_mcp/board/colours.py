"""Colours: those Miro gives names, those the API gives as hex, and what can be read on them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")

STICKY = {
    "gray": "#f5f6f8",
    "light_yellow": "#fff9b1",
    "yellow": "#f5d128",
    "orange": "#ff9d48",
    "light_green": "#d5f692",
    "green": "#d0e17a",
    "dark_green": "#93d275",
    "cyan": "#67c6c0",
    "light_pink": "#ffcee0",
    "pink": "#ea94bb",
    "violet": "#b384bb",
    "red": "#f16c7f",
    "light_blue": "#a6ccf5",
    "blue": "#23bfe7",
    "dark_blue": "#7b92ff",
    "black": "#000000",
}
TAG = {
    "red": "#f24726",
    "light_green": "#cee741",
    "cyan": "#12cdd4",
    "yellow": "#fac710",
    "magenta": "#da0063",
    "green": "#8fd14f",
    "blue": "#2d9bf0",
    "gray": "#b8bcc8",
    "violet": "#9510ac",
    "dark_green": "#0ca789",
    "dark_blue": "#414bb2",
    "black": "#1a1a1a",
}
INK, FAINT, EDGE, PAPER, ACCENT, LINK = "#1a1a1a", "#6f7489", "#c9cdd8", "#ffffff", "#2d9bf0", "#2a5bd7"


def colour(value: object, otherwise: str) -> str:
    """A hex colour as SVG takes it, six digits; what is none becomes the other. Its own opacity is `opacity`'s."""
    if not isinstance(value, str) or not _HEX.fullmatch(value.strip()):
        return otherwise
    digits = value.strip()[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits[:6].lower()}"


def own_opacity(value: object) -> float:
    """What a colour of four or eight digits says of its opacity: 0 to 1."""
    if not isinstance(value, str) or not _HEX.fullmatch(value.strip()):
        return 1.0
    digits = value.strip()[1:]
    if len(digits) == 4:
        return int(digits[3] * 2, 16) / 255
    return int(digits[6:8], 16) / 255 if len(digits) == 8 else 1.0


def readable_on(background: str) -> str:
    """Black or white, whichever can be read on a colour."""
    red, green, blue = (int(background[at : at + 2], 16) for at in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else PAPER


def mixed(first: str, second: str, share: float) -> str:
    """A colour between two; `share` is that of the second."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def nearest_note_colour(colour: str) -> str:
    """The named colour of sticky notes that is nearest to a colour."""
    return min(STICKY, key=lambda name: _distance(STICKY[name], colour))


def _distance(one: str, other: str) -> float:
    """How different two colours look: differences weighted as the eye does at their mean red."""
    (r1, g1, b1), (r2, g2, b2) = (_parts(colour) for colour in (one, other))
    red = (r1 + r2) / 2 / 256
    return (2 + red) * (r1 - r2) ** 2 + 4 * (g1 - g2) ** 2 + (3 - red) * (b1 - b2) ** 2


def _parts(colour: str) -> Iterable[int]:
    return (int(colour[at : at + 2], 16) for at in (1, 3, 5))
