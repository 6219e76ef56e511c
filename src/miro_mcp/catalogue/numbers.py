"""Which numbers are taken: those that can be meant, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

LEAST = 1e-20
"""Less is not even what rounding leaves: where 0 is meant, computing with places of a board gives some 1e-14."""

FARTHEST = 1e9
"""Far beyond any board, and small enough for sums and products of such numbers to be exact to a hundredth."""

RULE = "must be 0, or a number whose size is from 1e-20 to 1e9"


def can_be_meant(number: float) -> bool:
    """Whether a number is finite, and 0 or neither extremely small nor extremely large."""
    return number == 0 or LEAST <= abs(number) <= FARTHEST


def extreme_numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """The fractions in a value that can't be meant, each with its place, as `geometry.width` or `items[0].x`.

    Whole numbers may be ids: their size says nothing.
    """
    if isinstance(value, float) and not can_be_meant(value):
        yield path, value
    elif isinstance(value, Mapping):
        for name, member in cast("Mapping[str, Any]", value).items():
            yield from extreme_numbers(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, member in enumerate(cast("list[Any]", value)):
            yield from extreme_numbers(member, f"{path}[{index}]")
