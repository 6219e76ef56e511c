"""A block diagram as a value: blocks in rows of so many columns, and lines between them."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import Edge, Look

_PLAIN = Look()


@dataclass(frozen=True, kw_only=True)
class GridBlock:
    """`key` is unique in its chart, `text` is HTML, `shape` has the API's name.

    It is `span` columns wide. One with `blocks` is a box around them; one that isn't shown is a space.
    """

    key: str
    text: str = ""
    shape: str = "rectangle"
    span: int = 1
    look: Look = _PLAIN
    visible: bool = True
    blocks: tuple[GridBlock, ...] | None = None
    columns: int | None = None
    """Of its own blocks; None puts all of them into one row."""


@dataclass(frozen=True, kw_only=True)
class BlockChart:
    """`root` holds all blocks; `title` is plain text, `notes` what could not be carried over."""

    root: GridBlock
    edges: tuple[Edge, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()
