"""Laying out a tree of boxes."""

from __future__ import annotations

from ..boxes import LayoutBox
from .cells import place_in_cells
from .heights import Heights
from .widths import Widths


def lay_out_boxes(root: LayoutBox) -> list[str]:
    """Gives every box its place and size, the root's corner at 0, 0; tells what is larger than it was declared."""
    place_in_cells(root)
    widths = Widths()
    widths.give(root, widths.span(root).most)
    heights = Heights(widths)
    heights.place(root, 0.0, 0.0, heights.height(root))
    told = [
        *((box, "wide", box.width, given) for box, given in widths.grown.items()),
        *((box, "high", box.height, given) for box, given in heights.grown.items()),
    ]
    told.sort(key=lambda one: one[0].element.place)
    return [
        f"{box.element} is {is_now:.0f} {how} instead of {given:.0f}, for what is in it."
        for box, how, is_now, given in told
    ]
