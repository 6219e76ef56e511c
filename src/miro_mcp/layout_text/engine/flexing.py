"""How the boxes of a row share its length, and where things stand along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_NEAR = 0.001


class Flexing(NamedTuple):
    """One box of a row: its length before, the least and most it may have, and how it grows and shrinks.

    `start` is what growing begins from: nothing where the basis is 0, so that shares are of all the room.
    """

    base: float
    least: float
    most: float
    grow: float
    shrink: float
    start: float


def flexed(parts: Sequence[Flexing], room: float) -> list[float]:
    """Lengths that fill a room as far as the parts can."""
    sizes = [part.base for part in parts]
    free = room - sum(sizes)
    if free > _NEAR and any(part.grow for part in parts):
        _share(sizes, parts, room, [part.grow for part in parts], [part.start for part in parts], 1.0)
    elif free < -_NEAR:
        _share(sizes, parts, room, [part.shrink * part.base for part in parts], [part.base for part in parts], 0.0)
    return sizes


def _share(
    sizes: list[float],
    parts: Sequence[Flexing],
    room: float,
    factors: Sequence[float],
    start: Sequence[float],
    least_whole: float,
) -> None:
    """Gives every part with a factor its share of what is left; one at its least or most keeps that.

    Factors that don't add up to `least_whole` leave some of it.
    """
    flexible = {at for at, factor in enumerate(factors) if factor}
    while flexible:
        left = room - sum(start[at] if at in flexible else size for at, size in enumerate(sizes))
        whole = max(sum(factors[at] for at in flexible), least_whole)
        wanted = {at: start[at] + left * factors[at] / whole for at in flexible}
        bound = {at: min(max(size, parts[at].least), parts[at].most) for at, size in wanted.items()}
        excess = sum(bound.values()) - sum(wanted.values())
        # Where the bounds add length, those below their least are settled first, else those beyond their most.
        settled = {
            at
            for at in flexible
            if (bound[at] > wanted[at] + _NEAR and excess >= 0) or (bound[at] < wanted[at] - _NEAR and excess <= 0)
        }
        for at in settled or flexible:
            sizes[at] = bound[at]
        if not settled:
            return
        flexible -= settled


def starts(
    sizes: Sequence[float], gap: float, room: float, how: str, autos: Sequence[tuple[bool, bool]] = ()
) -> list[float]:
    """Where things of some sizes begin in a room; `autos` are their margins, before and after, that take what is free.

    Never less than the gap is between two.
    """
    free = max(room - sum(sizes) - gap * (len(sizes) - 1), 0.0)
    count = sum(map(sum, autos))
    share = free / count if count else 0.0
    at, between = (0.0, 0.0) if count else _justified(how, free, len(sizes))
    found: list[float] = []
    for index, size in enumerate(sizes):
        before, after = autos[index] if autos else (False, False)
        at += share * before
        found.append(at)
        at += size + gap + between + share * after
    return found


def _justified(how: str, free: float, count: int) -> tuple[float, float]:
    """What is free before the first, and between two."""
    match how:
        case "end":
            return free, 0.0
        case "center":
            return free / 2, 0.0
        case "space-between" if count > 1:
            return 0.0, free / (count - 1)
        case "space-around" if count:
            return free / count / 2, free / count
        case "space-evenly":
            return free / (count + 1), free / (count + 1)
        case _:
            return 0.0, 0.0
