"""The whole way of a layout text: read, built, laid out."""

from __future__ import annotations

from collections.abc import Mapping

from ..board.contents import Item
from .build.build import LayoutDraft, build
from .engine.solve import solve
from .mistakes import Mistakes
from .parse import read_tree


def lay_out_text(source: str, items: Mapping[str, Item]) -> LayoutDraft:
    """The boxes of a text, its corner at 0, 0; `items` are those on its board, which ids in it may name.

    Raises:
        BadArguments: with all that is wrong in it.
    """
    mistakes = Mistakes()
    draft = build(read_tree(source, mistakes), items, mistakes)
    mistakes.check()
    draft.notes += solve(draft.root)
    return draft
