"""Where a new diagram goes: near a point, in a frame, beside items, else beside everything."""

from __future__ import annotations

from ...board.contents import Contents, Item
from ...board.free_space import GAP, beside, free_spot, obstacles, space_taken
from ...board.geometry import Box, around
from ...errors import BadArguments
from .arguments import WriteDiagram, has

_INSET = 24.0


def find_spot(
    arguments: WriteDiagram, contents: Contents, width: float, height: float
) -> tuple[Box, Item | None, list[str]]:
    """The space for a diagram of some size, the frame it is in, and what has to be said about it.

    Raises:
        BadArguments: an item that is named isn't there.
    """
    taken = obstacles(contents.items.values())
    if arguments.frame_id:
        return _in_frame(arguments, contents, width, height, taken)
    near = _point(arguments, contents, width, height, taken)
    spot = free_spot(width, height, near, taken)
    assert spot is not None
    return spot, None, []


def _in_frame(
    arguments: WriteDiagram, contents: Contents, width: float, height: float, taken: list[Box]
) -> tuple[Box, Item | None, list[str]]:
    frame = _item(contents, "frame_id", arguments.frame_id)
    if frame.kind != "frame":
        raise BadArguments(
            f"miro_diagram_write: frame_id: {frame.id} is a {frame.kind}, not a frame. Nothing was sent."
        )
    if arguments.framed:
        raise BadArguments("miro_diagram_write: framed: a frame can't be inside another. Nothing was sent.")
    inside = [space_taken(item) for item in contents.children(frame.id)]
    within = space_taken(frame).grown(-_INSET)
    spot = None
    if within.width >= width and within.height >= height:
        spot = free_spot(width, height, (within.centre_x, within.centre_y), inside, within=within, gap=_INSET)
    if spot is not None:
        return spot, frame, []
    outside = free_spot(width, height, beside([space_taken(frame)], width, height), taken)
    assert outside is not None
    note = f"The frame has no free space of {width:.0f} by {height:.0f}, so the diagram stands beside it."
    return outside, None, [note]


def _point(
    arguments: WriteDiagram, contents: Contents, width: float, height: float, taken: list[Box]
) -> tuple[float, float]:
    if has(arguments, "position"):
        return float(arguments.position.x or 0), float(arguments.position.y or 0)
    if arguments.near:
        boxes = [space_taken(_item(contents, "near", one)) for one in arguments.near]
        return beside([around(boxes)], width, height)
    return beside(taken, width, height, 2 * GAP)


def _item(contents: Contents, argument: str, identifier: str) -> Item:
    item = contents.items.get(identifier)
    if item is None:
        raise BadArguments(
            f"miro_diagram_write: {argument}: there is no item {identifier} on this board. Nothing was sent."
        )
    return item
