"""What is too small to read in a picture, told as counts: by frame where there is one, else by place."""

from __future__ import annotations

from collections.abc import Iterator

from ..board.colours import PAPER
from ..board.geometry import Box, around
from ..text.rich_text import BOLD, plain
from .items.kinds import is_unseen
from .pen import Pen
from .scene import Scene
from .svg import rect
from .text import fonts
from .text.draw import draw_text
from .text.layout import lay_out

_VANISHING = 4.0
"""Pixels: an item smaller than this is not drawn by itself."""

_SMALL = 48.0
"""Pixels: items larger than this are told apart even where their text can't be read, and need no count."""

_CELL = 260.0
_FONT, _SMALL_FONT = 13.0, 10.5
_LEAST_BLOCK = 8.0


def too_small(shown: Scene, scale: float | None) -> set[str]:
    """Ids of the items that would hardly be a dot."""
    if scale is None:
        return set()
    return {identifier for identifier, box in shown.boxes.items() if max(box.width, box.height) * scale < _VANISHING}


def draw_crowds(shown: Scene, small: set[str], pen: Pen) -> str:
    """A block for items that are not drawn, and a count over all whose text can't be read."""
    scale = pen.scale or 1.0
    identifiers = {
        one
        for one in (pen.unread | small) & shown.boxes.keys()
        if max(shown.boxes[one].width, shown.boxes[one].height) * scale < _SMALL
        and not is_unseen(shown.contents.items[one])
    }
    return "".join(_crowd(group, frame, small, shown, pen) for frame, group in _groups(shown, identifiers, pen))


def _groups(shown: Scene, identifiers: set[str], pen: Pen) -> Iterator[tuple[Box | None, list[str]]]:
    """What is told together, with its frame if that is why."""
    cell = _CELL / (pen.scale or 1.0)
    groups: dict[object, tuple[Box | None, list[str]]] = {}
    for identifier in shown.boxes:
        if identifier not in identifiers:
            continue
        item, box = shown.contents.items[identifier], shown.boxes[identifier]
        frame = shown.boxes.get(item.parent_id or "")
        by_frame = frame is not None and cell / 4 <= frame.width <= cell * 2
        x, y = box.centre
        key = item.parent_id if by_frame else (x // cell, y // cell)
        groups.setdefault(key, (frame if by_frame else None, []))[1].append(identifier)
    yield from groups.values()


def _crowd(group: list[str], frame: Box | None, small: set[str], shown: Scene, pen: Pen) -> str:
    scale = pen.scale or 1.0
    drawn = ""
    hidden = [shown.boxes[identifier] for identifier in group if identifier in small]
    gone = around(hidden) if hidden else None
    if gone is not None:
        width, height = max(gone.width, _LEAST_BLOCK / scale), max(gone.height, _LEAST_BLOCK / scale)
        block = Box.centred(*gone.centre, width, height)
        drawn = rect(block, data_miro_part="crowd", rx=2 / scale, fill="#8a90a3")
    if len(group) == 1 and gone is None:
        return drawn
    size = (_SMALL_FONT if frame is not None and frame.width * scale < _CELL / 2 else _FONT) / scale
    laid = lay_out(plain(f"{len(group)} item" + "s" * (len(group) > 1), BOLD), size * 20, size, fonts.SANS, 1)
    x, y = around(shown.boxes[identifier] for identifier in group).centre
    if frame is not None:
        y = frame.bottom - size * 1.1
    elif gone is not None:
        y = gone.bottom + size * 1.5
    width, height = laid.width + size * 1.2, size * 1.7
    region = shown.region
    left = min(max(x - width / 2, region.x), region.right - width)
    top = min(max(y - height / 2, region.y), region.bottom - height)
    badge = Box(left, top, width, height)
    return (
        drawn
        + rect(badge, data_miro_part="count", rx=size * 0.85, fill="#1a1a1a", fill_opacity=0.72)
        + draw_text(laid, badge, PAPER, align="center", valign="middle", part="count-text")
    )
