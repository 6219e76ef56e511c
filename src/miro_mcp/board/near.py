"""Free space beside an item, on the side that was asked for: in one frame entirely, or outside of all."""

from __future__ import annotations

from collections.abc import Sequence

from ..tools.registry import NearSide
from .contents import Contents, Item
from .free_space import free_spot, obstacles, space_taken
from .geometry import Box, around

GAP = 24.0
"""Board units between an item and what is put beside it."""

_FAR = 100_000.0


def spot_near(
    contents: Contents, width: float, height: float, near: Sequence[Item], side: NearSide | None = None
) -> tuple[Box, Item | None]:
    """The free place beside items for something new, and the frame it is in.

    Without a side it is the nearest free place, to the right where all are free. Where their frame has no room for it
    on that side, it is beside the frame.
    """
    beside = around(space_taken(item) for item in near)
    frame = _common_frame(contents, near)
    if frame is not None:
        inner = space_taken(frame).grown(-GAP)
        inside = [space_taken(item) for item in contents.children(frame.id)]
        spot = _spot(width, height, beside, side, inside, inner)
        if spot is not None:
            return spot, frame
        beside = space_taken(frame)
    spot = _spot(width, height, beside, side, obstacles(contents.items.values()), None)
    assert spot is not None
    return spot, None


def _common_frame(contents: Contents, near: Sequence[Item]) -> Item | None:
    parents = {item.parent_id for item in near}
    frame = contents.items.get(parents.pop() or "") if len(parents) == 1 else None
    return frame if frame and frame.kind == "frame" else None


def _spot(
    width: float, height: float, beside: Box, side: NearSide | None, taken: Sequence[Box], within: Box | None
) -> Box | None:
    wanted = _wanted(beside, width, height, side or "right")
    part = _part(beside, side)
    room = part if within is None else _shared(part, within)
    if room is None or room.width < width or room.height < height:
        return None
    spot = free_spot(width, height, wanted, taken, within=room, gap=GAP)
    return spot or (None if within is not None else free_spot(width, height, wanted, taken, gap=GAP))


def _wanted(beside: Box, width: float, height: float, side: NearSide) -> tuple[float, float]:
    """The centre of what touches the gap on a side; beside something higher it begins at the same height."""
    x, y = beside.centre
    if side in ("left", "right"):
        y = beside.y + height / 2 if beside.height > height else y
        return (beside.right + GAP + width / 2 if side == "right" else beside.x - GAP - width / 2), y
    x = beside.x + width / 2 if beside.width > width else x
    return x, (beside.bottom + GAP + height / 2 if side == "bottom" else beside.y - GAP - height / 2)


def _part(beside: Box, side: NearSide | None) -> Box:
    """The part of the canvas on a side of something."""
    left, top, right, bottom = -_FAR, -_FAR, _FAR, _FAR
    match side:
        case "right":
            left = beside.right + GAP
        case "left":
            right = beside.x - GAP
        case "bottom":
            top = beside.bottom + GAP
        case "top":
            bottom = beside.y - GAP
        case None:
            pass
    return Box.between(left, top, max(right, left), max(bottom, top))


def _shared(one: Box, other: Box) -> Box | None:
    left, top = max(one.x, other.x), max(one.y, other.y)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    return Box.between(left, top, right, bottom) if right > left and bottom > top else None
