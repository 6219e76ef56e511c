"""A spatial index: which boxes may meet a box, without asking all of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from .geometry import Box

_MOST_CELLS = 64
"""A box over more cells than this is kept apart, and met by everything."""


class Grid:
    """Boxes by name, in square cells about as large as a typical box."""

    def __init__(self, boxes: Mapping[str, Box]) -> None:
        self._boxes = boxes
        sides = sorted(max(box.width, box.height) for box in boxes.values())
        self._cell = max(sides[len(sides) // 2] * 2 if sides else 1.0, 1.0)
        self._cells: dict[tuple[int, int], list[str]] = {}
        self._large: list[str] = []
        for name, box in boxes.items():
            covered = self._covered(box)
            if covered is None:
                self._large.append(name)
                continue
            for cell in covered:
                self._cells.setdefault(cell, []).append(name)

    def near(self, box: Box) -> Iterator[str]:
        """The names of boxes that meet one, each once."""
        covered = self._covered(box)
        names = self._boxes if covered is None else [name for cell in covered for name in self._cells.get(cell, ())]
        for name in dict.fromkeys([*names, *self._large]):
            if self._boxes[name].overlaps(box):
                yield name

    def _covered(self, box: Box) -> list[tuple[int, int]] | None:
        left, right = math.floor(box.x / self._cell), math.floor(box.right / self._cell)
        top, bottom = math.floor(box.y / self._cell), math.floor(box.bottom / self._cell)
        if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            return None
        return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
