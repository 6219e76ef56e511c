"""Where on a board its texts can be read: the frames that show them large enough, or how large a region may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ..board.contents import Contents
from ..board.geometry import Box
from .picture import draw_scene
from .scene import Scene, frame_region, scale_of, scene_of, with_shape

MOST_FRAMES = 12
"""Frames that are tried, those with the most unread items first."""

_STEPS = 8
"""Times that a region is halved at most."""


def readable_frames(contents: Contents, unread: Collection[str]) -> tuple[str, ...]:
    """The frames, of those with the most unread items, in whose pictures nothing is too small to read."""
    inside = Counter(parent for one in unread if (parent := contents.items[one].parent_id) in contents.items)
    fullest = [id for id, _ in inside.most_common(MOST_FRAMES) if id and contents.items[id].kind == "frame"]
    return tuple(one for one in fullest if _is_readable(contents, frame_region(contents.items[one])))


def readable_region(shown: Scene, unread: Collection[str]) -> Box | None:
    """The largest region around an unread item, halved from the whole, in which nothing is too small to read."""
    if not unread:
        return None
    first = shown.boxes[min(unread, key=lambda one: (shown.boxes[one].y, shown.boxes[one].x))]
    width, height = shown.region.width, shown.region.height
    for _ in range(_STEPS):
        width, height = width / 2, height / 2
        region = Box.centred(*first.centre, width, height)
        if _is_readable(shown.contents, region):
            return region
    return None


def _is_readable(contents: Contents, region: Box) -> bool:
    shown = scene_of(contents, with_shape(region))
    return not draw_scene(shown, scale_of(shown.region)).unread
