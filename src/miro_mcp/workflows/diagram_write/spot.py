"""Where a new diagram goes, from what was asked for: in a frame, near a point, beside items, else beside everything."""

from __future__ import annotations

from ...board.contents import Contents, Item
from ...board.free_space import find_spot
from ...board.geometry import Box
from ...errors import BadArguments
from .arguments import WriteDiagram, has


def diagram_spot(
    arguments: WriteDiagram, contents: Contents, width: float, height: float
) -> tuple[Box, Item | None, list[str]]:
    """The space for a diagram of some size, the frame it is in, and what has to be said about it.

    Raises:
        BadArguments: an item that is named isn't there.
    """
    if arguments.frame_id:
        spot, frame = find_spot(contents, width, height, frame=_frame(arguments, contents))
        note = f"The frame has no free space of {width:.0f} by {height:.0f}, so the diagram stands beside it."
        return spot, frame, [] if frame else [note]
    point, near = None, list[Item]()
    if has(arguments, "position"):
        point = float(arguments.position.x or 0), float(arguments.position.y or 0)
    elif arguments.near:
        near = [_item(contents, "near", one) for one in arguments.near]
    spot, _ = find_spot(contents, width, height, point=point, near=near)
    return spot, None, []


def _frame(arguments: WriteDiagram, contents: Contents) -> Item:
    frame = _item(contents, "frame_id", arguments.frame_id)
    if frame.kind != "frame":
        raise BadArguments(
            f"miro_diagram_write: frame_id: {frame.id} is a {frame.kind}, not a frame. Nothing was sent."
        )
    if arguments.framed:
        raise BadArguments("miro_diagram_write: framed: a frame can't be inside another. Nothing was sent.")
    return frame


def _item(contents: Contents, argument: str, identifier: str) -> Item:
    item = contents.items.get(identifier)
    if item is None:
        raise BadArguments(
            f"miro_diagram_write: {argument}: there is no item {identifier} on this board. Nothing was sent."
        )
    return item
