"""Indented text, as mind maps and kanban boards have it: an entry a line, and how far each is indented."""

from __future__ import annotations

from typing import Protocol

from .cursor import Cursor
from .lexer import END


class OutlineReader(Protocol):
    """What a kind of outline does with its parts; `is_empty` is whether there was no entry yet."""

    cursor: Cursor

    @property
    def is_empty(self) -> bool: ...

    def entry(self, indent: int) -> None:
        """Reads the entry that comes next."""
        ...

    def note_icon(self) -> None: ...


def read_outline(reader: OutlineReader, word: str) -> None:
    """Reads a text that begins with a word, to its end.

    Raises:
        MermaidError: it isn't an outline.
    """
    cursor = reader.cursor
    if cursor.have("blank line"):
        cursor.skip("blank line", "newline")
    cursor.expect(word)
    cursor.have("newline")
    while True:
        _statement(reader)
        cursor.expect("newline", "end of file", "blank line")
        cursor.skip("newline", "end of file")
        if cursor.next.kind == END:
            return


def _statement(reader: OutlineReader) -> None:
    cursor = reader.cursor
    indent = cursor.have("indent")
    match cursor.next.kind:
        case "id" | "opening":
            reader.entry(len(indent.text) if indent else 0)
        case "icon" | "class":
            if reader.is_empty:
                raise cursor.error("id")
            if cursor.take().kind == "icon":
                reader.note_icon()
        case _ if indent:
            pass
        case _:
            if not cursor.have("blank line"):
                raise cursor.error("id")
