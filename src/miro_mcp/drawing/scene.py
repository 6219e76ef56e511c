"""What of a board is in a picture: a region, chosen items, or all of it, and how large."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..board.contents import Connector, Contents, Item
from ..board.geometry import Box, around, turned
from .items.kinds import drawn_box, solid_part
from .lines.routes import Route, find_route

LONGEST_SIDE, MOST_PIXELS = 1568, 1_150_000
"""Pixels of a picture: what vision models take without making it smaller."""

_LARGEST_SCALE = 2.0
_LEAST_SIDE = 96.0
"""Pixels: a region flatter than this is shown with more around it."""

_MARGIN = 0.02


@dataclass(frozen=True)
class Scene:
    """What of a board is in a picture. Boxes are before rotation; each connector comes with its way."""

    contents: Contents
    region: Box
    boxes: Mapping[str, Box]
    lines: tuple[tuple[Connector, Route], ...]
    loose: int
    """Connectors that lack an end, of which the API doesn't tell where they are."""

    @property
    def items(self) -> list[Item]:
        return [self.contents.items[identifier] for identifier in self.boxes]

    def upright(self, identifier: str) -> Box:
        """The box around an item as it is turned."""
        return turned(self.boxes[identifier], self.contents.items[identifier].rotation)


def scene_of(contents: Contents, region: Box | None = None, chosen: Iterable[str] | None = None) -> Scene:
    """The part of a board that is in a region, or the chosen items with what is in them and between them; else all."""
    boxes = {identifier: drawn_box(item) for identifier, item in contents.items.items()}
    lines, loose = _lines(contents, boxes)
    if chosen is not None:
        wanted = _with_children(contents, set(chosen))
        for connector, _ in lines:
            if connector.id in wanted:
                wanted |= {connector.start_id or "", connector.end_id or ""}
        boxes = {identifier: box for identifier, box in boxes.items() if identifier in wanted}
        lines = [one for one in lines if {one[0].start_id, one[0].end_id} <= wanted]
    found = Scene(contents, Box(0, 0, 1, 1), boxes, tuple(lines), loose)
    return replace(found, region=_everything(found)) if region is None else part_in(found, region)


def part_in(shown: Scene, region: Box) -> Scene:
    """What of a scene is in a region."""
    boxes = {one: box for one, box in shown.boxes.items() if shown.upright(one).overlaps(region)}
    lines = tuple(one for one in shown.lines if one[1].extent.overlaps(region))
    return Scene(shown.contents, region, boxes, lines, shown.loose)


def frame_region(frame: Item) -> Box:
    """The region that shows a frame with its title."""
    box = turned(drawn_box(frame), frame.rotation)
    side = max(box.width, box.height)
    margin, title = side * _MARGIN, max(side / LONGEST_SIDE * 20, 20.0)
    return Box(box.x - margin, box.y - margin - title, box.width + 2 * margin, box.height + 2 * margin + title)


def scale_of(region: Box, max_px: int | None = None) -> float:
    """Pixels per board unit: as large as a vision model takes it, or with a longest side of `max_px`."""
    longest = max(region.width, region.height)
    if max_px is not None and max_px > LONGEST_SIDE:
        return max_px / longest
    usual = min(LONGEST_SIDE / longest, math.sqrt(MOST_PIXELS / region.area), _LARGEST_SCALE)
    return usual if max_px is None else min(usual, max_px / longest)


def _lines(contents: Contents, boxes: Mapping[str, Box]) -> tuple[list[tuple[Connector, Route]], int]:
    found: list[tuple[Connector, Route]] = []
    loose = 0
    for connector in contents.connectors:
        start, end = connector.start_id or "", connector.end_id or ""
        if start in boxes and end in boxes:
            first, second = contents.items[start], contents.items[end]
            way = find_route(
                connector, (first, solid_part(first, boxes[start])), (second, solid_part(second, boxes[end]))
            )
            found.append((connector, way))
        elif not start or not end:
            loose += 1
    return found, loose


def _with_children(contents: Contents, wanted: set[str]) -> set[str]:
    below: dict[str, list[str]] = {}
    for item in contents.items.values():
        if item.parent_id:
            below.setdefault(item.parent_id, []).append(item.id)
    found, ahead = set(wanted), list(wanted)
    while ahead:
        children = [child for child in below.get(ahead.pop(), []) if child not in found]
        found |= set(children)
        ahead += children
    return found


def _everything(shown: Scene) -> Box:
    """A region around all that is shown: with a margin, room for frames' titles, and no flatter than can be seen."""
    extents = [shown.upright(identifier) for identifier in shown.boxes]
    extents += [way.extent for _, way in shown.lines]
    whole = around(extents) if extents else Box(-400, -300, 800, 600)
    margin = max(max(whole.width, whole.height) * _MARGIN, 20.0)
    title = max(whole.width, whole.height) / LONGEST_SIDE * 20 if any(i.kind == "frame" for i in shown.items) else 0.0
    return with_shape(
        Box(whole.x - margin, whole.y - margin - title, whole.width + 2 * margin, whole.height + 2 * margin + title)
    )


def with_shape(region: Box) -> Box:
    """A region that isn't too flat to be a picture, around the same centre."""
    least = max(region.width, region.height) * _LEAST_SIDE / LONGEST_SIDE
    width, height = max(region.width, least), max(region.height, least)
    return Box.centred(*region.centre, width, height)
