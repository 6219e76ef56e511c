"""Where on a board its texts can be read: the frames that show them large enough, or how large a region may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ..board.geometry import Box
from .picture import draw_scene
from .scene import Scene, frame_region, part_in, scale_of, with_shape

MOST_FRAMES = 12
"""Frames that are tried, those with the most unread items first."""

_STEPS = 8
"""Times that a region is halved at most."""


def readable_frames(whole: Scene, unread: Collection[str]) -> tuple[str, ...]:
    """The frames of a board, of those with the most unread items, in whose pictures nothing is too small to read."""
    contents = whole.contents
    inside = Counter(parent for one in unread if (parent := contents.items[one].parent_id) in contents.items)
    fullest = [id for id, _ in inside.most_common(MOST_FRAMES) if id and contents.items[id].kind == "frame"]
    return tuple(one for one in fullest if _is_readable(whole, frame_region(contents.items[one])))


def readable_region(whole: Scene, shown: Scene, unread: Collection[str]) -> Box | None:
    """The largest region of a board, halved from what is shown, around an unread item, where nothing is too small."""
    if not unread:
        return None
    first = shown.boxes[min(unread, key=lambda one: (shown.boxes[one].y, shown.boxes[one].x))]
    width, height = shown.region.width, shown.region.height
    for _ in range(_STEPS):
        width, height = width / 2, height / 2
        region = Box.centred(*first.centre, width, height)
        if _is_readable(whole, region):
            return region
    return None


def _is_readable(whole: Scene, region: Box) -> bool:
    shown = part_in(whole, with_shape(region))
    return not draw_scene(shown, scale_of(shown.region)).unread
