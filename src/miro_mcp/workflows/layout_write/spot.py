"""Where the parts of a layout text go on the board: units of it keep together, each with a place of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ...board.contents import Contents, Item
from ...board.free_space import find_spot
from ...board.geometry import Box, around
from ...board.near import spot_near
from ...drawing.items.notes import PAPER_SHARE
from ...errors import BadArguments
from ...layout_text.boxes import LayoutBox
from ...layout_text.mistakes import Mistakes
from ...tools.registry import NEAR_SIDES


@dataclass(frozen=True)
class Unit:
    """A part at the top of a text and how far it goes on the board; `frame_id` is that of the frame it is put into."""

    box: LayoutBox
    x: float
    y: float
    frame_id: str | None = None
    stays: bool = False


@dataclass(frozen=True)
class Spot:
    """Where the whole is asked to be: the frame to go into, the top left corner."""

    frame_id: str | None = None
    corner: tuple[float, float] | None = None


def place_units(root: LayoutBox, contents: Contents, spot: Spot, mistakes: Mistakes, notes: list[str]) -> list[Unit]:
    """Raises:
    BadArguments: frame_id names no frame.
    """
    frame = _frame(contents, spot.frame_id)
    units: list[Unit] = []
    free: list[LayoutBox] = []
    for child in [root] if root.style.is_painted else root.children:
        near = child.element.attributes.get("near")
        if near is not None or "side" in child.element.attributes:
            units += _near(child, contents, near or "", mistakes)
        elif child.role == "frame" and child.item is not None:
            units.append(Unit(child, child.item.box.x - child.x, child.item.box.y - child.y))
        elif child.item is not None and frame is None:
            units.append(_staying(child))
        elif frame is None and (corner := _corner_of_existing(child)) is not None:
            units.append(Unit(child, corner[0] - child.x, corner[1] - child.y))
        else:
            free.append(child)
    units += _free(free, contents, frame, spot, mistakes, notes)
    return sorted(units, key=lambda unit: unit.box.element.place)


def _frame(contents: Contents, identifier: str | None) -> Item | None:
    if identifier is None:
        return None
    frame = contents.items.get(identifier)
    if frame is None or frame.kind != "frame":
        frames = ", ".join(one.id for one in contents.frames[:5]) or "none"
        raise BadArguments(
            f"miro_layout_write: frame_id: there is no frame {identifier} on this board. Its frames: {frames}. "
            "Nothing was sent."
        )
    return frame


def _free(
    boxes: list[LayoutBox],
    contents: Contents,
    frame: Item | None,
    spot: Spot,
    mistakes: Mistakes,
    notes: list[str],
) -> list[Unit]:
    """New parts, which keep their places to each other."""
    if not boxes:
        return []
    whole = around(box.box for box in boxes)
    if frame is not None:
        for box in boxes:
            for one in box.walk():
                if one.role == "frame":
                    mistakes.add(
                        one.element.place, "a frame can't go into the frame of frame_id; leave one of them out"
                    )
    if spot.corner is not None:
        left, top = spot.corner
        if frame is not None:
            left, top = left + frame.box.x, top + frame.box.y
        parent = frame
    else:
        named = {one.item.id for box in boxes for one in box.walk() if one.item is not None}
        kept = {identifier: item for identifier, item in contents.items.items() if identifier not in named}
        others = Contents(board=contents.board, items=kept)
        found, parent = find_spot(others, max(whole.width, 1.0), max(whole.height, 1.0), frame=frame)
        left, top = found.x, found.y
        if frame is not None and parent is None:
            notes.append(
                f"The frame has no free space of {whole.width:.0f} by {whole.height:.0f}, so it stands beside it."
            )
    inside = parent.id if parent else None
    return [Unit(box, left - whole.x, top - whole.y, inside) for box in boxes]


def _near(box: LayoutBox, contents: Contents, near: str, mistakes: Mistakes) -> list[Unit]:
    side = box.element.attributes.get("side")
    ids = [one.removeprefix("#") for one in near.replace(",", " ").split()]
    items = [contents.items[one] for one in ids if one in contents.items]
    if not ids or len(items) < len(ids):
        missing = next((one for one in ids if one not in contents.items), "")
        told = f"near: there is no item {missing[:40]!r} on this board" if missing else 'side goes with near="3458…"'
        mistakes.add(box.element.place_of("near"), told)
        return []
    if side is not None and side not in NEAR_SIDES:
        mistakes.add(box.element.place_of("side"), f"side is one of {', '.join(NEAR_SIDES)}")
        return []
    height = box.height / PAPER_SHARE if box.role == "sticky_note" else box.height
    kept = {
        identifier: item for identifier, item in contents.items.items() if box.item is None or box.item.id != identifier
    }
    found, frame = spot_near(Contents(board=contents.board, items=kept), box.width, height, items, side)
    if box.role == "frame":
        frame = None
    return [Unit(box, found.x - box.x, found.y - box.y, frame.id if frame else None)]


def _staying(box: LayoutBox) -> Unit:
    """An item that is changed without being placed keeps its centre, or its corner where its size changes."""
    assert box.item is not None
    left, top = box.item.box.x, box.item.box.y
    return Unit(box, left - box.x, top - box.y, box.item.parent_id, stays=True)


def _corner_of_existing(box: LayoutBox) -> tuple[float, float] | None:
    """The top left of the items named in a part without frames: it stays where it is."""
    boxes: list[Box] = []
    for one in box.walk():
        if one.role == "frame":
            return None
        if one.item is not None:
            boxes.append(one.item.box)
    whole = around(boxes)
    return (whole.x, whole.y) if boxes else None
