"""Free space on a board: where a box fits next to what is there, never over it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from .contents import Contents, Item
from .geometry import Box, Point, around, turned

GAP = 80.0
"""Board units kept free around something new."""

_INSET = 24.0
"""Board units kept free inside a frame."""

_LOOKED_AT = 80
"""So many of the nearest things are tried as neighbours, before the whole board is gone around."""

_TEXT_HEIGHT = 60.0
"""Board units kept for a text, of which the API doesn't tell how high it is."""


def space_taken(item: Item) -> Box:
    """The space an item takes, turned as it is; one whose size isn't told takes what is usual for its kind."""
    width, height = item.size
    if item.kind == "text" and not item.height:
        height = _TEXT_HEIGHT
    return turned(Box.centred(item.x, item.y, width, height), item.rotation)


def obstacles(items: Iterable[Item]) -> list[Box]:
    """What takes space on a board; a frame takes all of its own, whatever is in it."""
    listed = list(items)
    frames = {item.id for item in listed if item.kind == "frame"}
    return [space_taken(item) for item in listed if item.parent_id not in frames]


def find_spot(
    contents: Contents,
    width: float,
    height: float,
    *,
    frame: Item | None = None,
    point: Point | None = None,
    near: Sequence[Item] = (),
) -> tuple[Box, Item | None]:
    """Free space for something new, and the frame it is in.

    In `frame`, or beside it where it is full; else around `point`, beside the items of `near`, or beside everything.
    """
    taken = obstacles(contents.items.values())
    if frame is not None:
        spot = _spot_inside(contents, frame, width, height)
        if spot is not None:
            return spot, frame
        point, near = None, [frame]
    if point is None:
        point = beside([space_taken(item) for item in near] or taken, width, height, GAP if near else 2 * GAP)
    spot = free_spot(width, height, point, taken)
    assert spot is not None
    return spot, None


def _spot_inside(contents: Contents, frame: Item, width: float, height: float) -> Box | None:
    within = space_taken(frame).grown(-_INSET)
    if within.width < width or within.height < height:
        return None
    inside = [space_taken(item) for item in contents.children(frame.id)]
    return free_spot(width, height, within.centre, inside, within=within, gap=_INSET)


def beside(boxes: Sequence[Box], width: float, height: float, gap: float = GAP) -> Point:
    """The centre of a box that stands to the right of some others; the board's centre where there are none."""
    if not boxes:
        return 0.0, 0.0
    whole = around(boxes)
    top = whole.top if whole.height > height else whole.centre_y - height / 2
    return whole.right + gap + width / 2, top + height / 2


def free_spot(
    width: float,
    height: float,
    near: tuple[float, float],
    taken: Sequence[Box],
    *,
    within: Box | None = None,
    gap: float = GAP,
) -> Box | None:
    """The free place for a box whose centre is nearest to a point; None where `within` has none."""
    wanted = Box.centred(*near, width, height)
    if within is not None:
        wanted = _pulled_in(wanted, within)
    spots = sorted(_spots(wanted, taken, gap), key=lambda box: math.dist((box.centre_x, box.centre_y), near))
    for spot in spots:
        if (within is None or within.contains(spot)) and not any(spot.grown(gap - 0.01).overlaps(one) for one in taken):
            return spot
    if within is not None:
        return None
    return Box.centred(*beside(taken, width, height, gap), width, height)


def _pulled_in(box: Box, within: Box) -> Box:
    x = min(max(box.centre_x, within.left + box.width / 2), within.right - box.width / 2)
    y = min(max(box.centre_y, within.top + box.height / 2), within.bottom - box.height / 2)
    return Box.centred(x, y, box.width, box.height)


def _spots(wanted: Box, taken: Sequence[Box], gap: float) -> Iterator[Box]:
    """The wanted place, and those that touch the gap around things near it."""
    yield wanted
    nearest = sorted(taken, key=lambda box: _distance(box, wanted))[:_LOOKED_AT]
    halves = wanted.width / 2 + gap, wanted.height / 2 + gap
    whole = [around(taken)] if taken else []
    for box in [*nearest, *whole]:
        columns = (wanted.centre_x, box.left - halves[0], box.right + halves[0], box.left + wanted.width / 2)
        rows = (wanted.centre_y, box.top - halves[1], box.bottom + halves[1], box.top + wanted.height / 2)
        for x in columns:
            for y in rows:
                yield Box.centred(x, y, wanted.width, wanted.height)


def _distance(box: Box, other: Box) -> float:
    across = max(abs(box.centre_x - other.centre_x) - (box.width + other.width) / 2, 0.0)
    along = max(abs(box.centre_y - other.centre_y) - (box.height + other.height) / 2, 0.0)
    return math.hypot(across, along)
