"""A layout text read and built: boxes that are yet to be laid out."""

from __future__ import annotations

from collections.abc import Mapping

from ..board.contents import Item
from .mistakes import Mistakes
from .parse import read_tree
from .reading.boxes_of import LayoutDraft, build_boxes


def read_layout(source: str, items: Mapping[str, Item]) -> LayoutDraft:
    """The boxes of a text; `items` are those on its board, which ids in it may name.

    Raises:
        BadArguments: with all that is wrong in it.
    """
    mistakes = Mistakes()
    draft = build_boxes(read_tree(source, mistakes), items, mistakes)
    mistakes.check()
    return draft
