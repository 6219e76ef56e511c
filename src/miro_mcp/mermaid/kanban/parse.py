"""Kanban boards: from indented text to cards in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, cast

from ..cursor import Cursor
from ..lexer import Token
from ..outline import read_outline
from ..source import Source, plain_text
from ..yaml import YamlError, load_yaml
from .tokens import EXAMPLE, TABLES, WORDS


@dataclass
class Entry:
    """A column or card as it stands in the text; `data` is what its braces say."""

    level: int
    id: str
    text: str
    markdown: bool = False
    data: dict[str, str] = field(default_factory=dict[str, str])


@dataclass
class KanbanText:
    columns: list[tuple[Entry, list[Entry]]] = field(default_factory=list[tuple[Entry, list[Entry]]])
    notes: dict[str, None] = field(default_factory=dict[str, None])


def parse(source: Source) -> KanbanText:
    """Raises:
    MermaidError: the text isn't a kanban board.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found = KanbanText()
        self.stray: Token | None = None

    @property
    def is_empty(self) -> bool:
        return not self.found.columns

    def parse(self) -> KanbanText:
        read_outline(self, "kanban")
        return self.found

    def note_icon(self) -> None:
        self.found.notes["Icons are left out."] = None

    def entry(self, indent: int) -> None:
        cursor = self.cursor
        token = cursor.next
        name = cursor.have("id")
        entry = Entry(indent, name.text.strip() if name else "", name.text if name else "")
        if cursor.have("opening"):
            words = cursor.expect("text", "markdown")
            cursor.expect("closing")
            entry.text, entry.markdown = words.text, words.kind == "markdown"
        while opening := cursor.have("data start"):
            entry.data |= self._data(opening)
        entry.text = entry.data.get("label") or entry.text
        self._add(entry, token)

    def _data(self, opening: Token) -> dict[str, str]:
        cursor = self.cursor
        text = "".join(re.sub(r"\n\s*", "<br/>", part) if part.startswith('"') else part for part in self._parts())
        cursor.close(opening, "data end")
        try:
            loaded = load_yaml(f"{text}\n" if "\n" in text else f"{{\n{text}\n}}")
        except YamlError as error:
            raise cursor.error_at(opening, f"data such as @{{ priority: High }} ({error})") from error
        if not isinstance(loaded, dict):
            raise cursor.error_at(opening, "data such as @{ priority: High }")
        data = {name: plain_text(value) for name, value in cast("dict[str, Any]", loaded).items()}
        shape = data.get("shape", "")
        if shape != shape.lower() or "_" in shape:
            raise cursor.error_at(opening, f"a shape in small letters, not '{shape}'")
        return data

    def _parts(self) -> list[str]:
        parts: list[str] = []
        while token := self.cursor.have("data"):
            parts.append(token.text)
        return parts

    def _add(self, entry: Entry, token: Token) -> None:
        """Cards are those further in, or out, than the first column; further out none may follow."""
        columns = self.found.columns
        if self.stray:
            raise self.cursor.error_at(self.stray, "a card further to the right than its column")
        if not columns or entry.level == columns[0][0].level:
            columns.append((entry, []))
            return
        columns[-1][1].append(entry)
        if entry.level < columns[0][0].level:
            self.stray = token
