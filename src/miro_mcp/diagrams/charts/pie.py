"""A pie chart as a value: parts of a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PieSlice:
    """`key` is unique in its chart, `text` is HTML, `value` isn't negative."""

    key: str
    text: str
    value: float


@dataclass(frozen=True, kw_only=True)
class PieChart:
    """`shows_values` puts the values beside the shares; `title` is plain text."""

    slices: tuple[PieSlice, ...]
    shows_values: bool = False
    title: str = ""
