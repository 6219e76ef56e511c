"""An XY chart as a value: bars and lines over categories or numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class XyPlot:
    """`key` is unique in its chart, `title` is HTML; a value stands for each category, from the first on."""

    key: str
    kind: Literal["bar", "line"]
    values: tuple[float, ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class XyChart:
    """Texts are HTML. Where there are no `categories`, values are spread over `x_range`.

    `y_range` is from and to; None leaves it to the values. Upright unless `across`: bars to the right then.
    """

    plots: tuple[XyPlot, ...]
    categories: tuple[str, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    x_title: str = ""
    y_title: str = ""
    across: bool = False
    title: str = ""
