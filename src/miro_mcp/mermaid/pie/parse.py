"""Pie charts: from lines to parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END
from ..lines import end_line, take_title, unquoted
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS


@dataclass
class PieText:
    """Values by name; of a name that is there twice the first counts, as in Mermaid."""

    title: str = ""
    shows_values: bool = False
    values: dict[str, float] = field(default_factory=dict[str, float])


def parse(source: Source) -> PieText:
    """Raises:
    MermaidError: the text isn't a pie chart.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = PieText(title=source.title)
    cursor.skip("newline")
    cursor.expect("pie")
    found.shows_values = cursor.have("showData") is not None
    while cursor.next.kind != END:
        if cursor.have("newline"):
            continue
        if (title := take_title(cursor)) is not None:
            found.title = title or found.title
            continue
        name = unquoted(cursor.expect("string").text)
        cursor.expect(":")
        number = cursor.expect("number")
        value = float(number.text)
        if not 0 <= value < 1e300:
            raise cursor.error_at(number, "a number that isn't negative")
        found.values.setdefault(name, value)
        end_line(cursor)
    return found
