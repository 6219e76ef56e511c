"""What styles say of size, opacity and strokes, in the words of SVG."""

from __future__ import annotations

from ..board.colours import own_opacity
from ..board.contents import Raw, number


def dashes(name: object, width: float) -> dict[str, str | float | None]:
    """The attributes of a stroke style."""
    if name == "dashed":
        return {"stroke_dasharray": f"{max(width * 3, 6):g} {max(width * 2, 4):g}"}
    if name == "dotted":
        return {"stroke_dasharray": f"0.1 {max(width * 2, 4):g}", "stroke_linecap": "round"}
    return {}


def amount(style: Raw, name: str, otherwise: float) -> float:
    """A positive size of a style."""
    return max(min(number(style.get(name)), 10_000.0), 0.0) or otherwise


def opacity_of(style: Raw, name: str, colour_name: str) -> float:
    given = style.get(name)
    share = 1.0 if given is None else max(0.0, min(number(given), 1.0))
    return share * own_opacity(style.get(colour_name))


def not_one(share: float) -> float | None:
    return None if share >= 1 else share
