"""The sizes of a grid's columns or rows: each holds what is in it, the rest is shared as the tracks say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..values import Track

_NEAR = 0.001


class Content(NamedTuple):
    """What lies in some tracks, ends excluded, and the least and most that it would take of them."""

    start: int
    end: int
    least: float
    most: float


def free_sizes(tracks: Sequence[Track], contents: Sequence[Content], gap: float, *, most: bool) -> list[float]:
    """Sizes where no room is given: the least there may be, or the most that is wanted; shares stay in proportion."""
    small, large = _limits(tracks, contents, gap, None)
    sizes = large if most else small
    shares = _shares(tracks)
    if any(shares):
        unit = max(size / max(share, 1.0) for size, share in zip(sizes, shares, strict=True) if share)
        return [max(size, unit * share) if share else size for size, share in zip(sizes, shares, strict=True)]
    return sizes


def sizes_in(
    tracks: Sequence[Track], contents: Sequence[Content], gap: float, room: float, *, stretches: bool
) -> list[float]:
    """Sizes in a room that is at least what `free_sizes` tells as the least."""
    inner = room - gap * (len(tracks) - 1)
    small, large = _limits(tracks, contents, gap, room)
    shares = _shares(tracks)
    sizes = _grown(small, large, shares, inner)
    if any(shares):
        return _shared(sizes, small, shares, inner)
    free = inner - sum(sizes)
    autos = [at for at, one in enumerate(tracks) if one.most.kind == "auto"]
    if free > _NEAR and stretches:
        for at in autos:
            sizes[at] += free / len(autos)
    return sizes


def _shares(tracks: Sequence[Track]) -> list[float]:
    return [one.most.number if one.most.kind == "fr" else 0.0 for one in tracks]


def _limits(
    tracks: Sequence[Track], contents: Sequence[Content], gap: float, room: float | None
) -> tuple[list[float], list[float]]:
    """The least and the most of each track."""
    small = [one.least.number if one.least.kind == "px" else 0.0 for one in tracks]
    large = [_told(one, room) for one in tracks]
    open_ended = [one.most.kind in ("auto", "max", "min", "fr") for one in tracks]
    for start, end, least, most in contents:
        if end - start == 1:
            wanted = most if tracks[start].least.kind == "max" else least
            small[start] = max(small[start], wanted)
            if open_ended[start]:
                large[start] = max(large[start], least if tracks[start].most.kind == "min" else most)
    for content in sorted((one for one in contents if one.end - one.start > 1), key=lambda one: one.end - one.start):
        _spread(tracks, content, gap, small, content.least)
        _spread(tracks, content, gap, large, content.most, only=open_ended)
    return small, [max(one, other) for one, other in zip(small, large, strict=True)]


def _told(track: Track, room: float | None) -> float:
    if track.most.kind == "px":
        return track.most.number
    if track.most.kind == "%" and room is not None:
        return track.most.number * room
    return 0.0


def _spread(
    tracks: Sequence[Track],
    content: Content,
    gap: float,
    sizes: list[float],
    wanted: float,
    only: Sequence[bool] | None = None,
) -> None:
    """What lies over several tracks widens those that share, else those that aren't fixed, else all of them."""
    over = wanted - sum(sizes[content.start : content.end]) - gap * (content.end - content.start - 1)
    if over <= 0:
        return
    covered = range(content.start, content.end)
    sharing = [at for at in covered if tracks[at].most.kind == "fr"]
    loose = [at for at in covered if tracks[at].most.kind not in ("px", "%")]
    taking = sharing or loose or list(covered)
    if only is not None:
        taking = [at for at in taking if only[at]]
    for at in taking:
        sizes[at] += over / len(taking)


def _grown(small: Sequence[float], large: Sequence[float], shares: Sequence[float], inner: float) -> list[float]:
    """Each track up to the most it would take, all evenly, as far as there is room."""
    sizes = list(small)
    while True:
        growing = [at for at in range(len(sizes)) if not shares[at] and sizes[at] < large[at] - _NEAR]
        free = inner - sum(sizes)
        if not growing or free <= _NEAR:
            return sizes
        step = min(free / len(growing), *(large[at] - sizes[at] for at in growing))
        for at in growing:
            sizes[at] += step


def _shared(sizes: list[float], small: Sequence[float], shares: Sequence[float], inner: float) -> list[float]:
    """The room that is left, in proportion to the tracks' shares; one that needs more keeps what it needs."""
    sharing = {at for at, share in enumerate(shares) if share}
    while sharing:
        left = inner - sum(size for at, size in enumerate(sizes) if at not in sharing)
        unit = left / max(sum(shares[at] for at in sharing), 1.0)
        short = {at for at in sharing if unit * shares[at] < small[at] - _NEAR}
        if not short:
            for at in sharing:
                sizes[at] = max(unit * shares[at], small[at])
            return sizes
        sharing -= short
        for at in short:
            sizes[at] = small[at]
    return sizes
