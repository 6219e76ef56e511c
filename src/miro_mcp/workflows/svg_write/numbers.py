"""Numbers as calls carry them."""

from __future__ import annotations

FONT_SIZES, TEXT_SIZES, STROKES = (10.0, 288.0), (1.0, 10_000.0), (1.0, 24.0)
"""Bounds of a shape's and a connector's font size, of a text's, and of the width of lines, in board units."""

SAME = 0.02
"""Board units and degrees: drawings are rounded to a hundredth."""


def rounded(value: float) -> float:
    found = round(value, 2)
    return int(found) if found == int(found) else found


def within(notes: list[str], bounds: tuple[float, float], value: float, what: str) -> str:
    """A size as the API takes it: text, within its bounds."""
    kept = min(max(value, bounds[0]), bounds[1])
    if kept != value:
        notes.append(f"{what} {value:g} was taken as {kept:g}: {bounds[0]:g} to {bounds[1]:g} can be kept.")
    return f"{kept:g}"
