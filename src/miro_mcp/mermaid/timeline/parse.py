"""Timelines: from lines to sections of periods."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS


@dataclass
class PeriodText:
    text: str
    events: list[str] = field(default_factory=list[str])


@dataclass
class TimelineText:
    """Sections with their periods, in the text's order; the first has no title."""

    title: str = ""
    down: bool = False
    sections: list[tuple[str, list[PeriodText]]] = field(default_factory=lambda: [("", list[PeriodText]())])


def parse(source: Source) -> TimelineText:
    """Raises:
    MermaidError: the text isn't a timeline.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = TimelineText(title=source.title)
    found.down = cursor.expect("timeline", "timeline down").kind == "timeline down"
    period: PeriodText | None = None
    while (token := cursor.next).kind != END:
        match token.kind:
            case "newline":
                cursor.take()
            case "title":
                found.title = cursor.take().text[6:].strip()
            case "section":
                found.sections.append((cursor.take().text[8:].strip(), []))
            case "period":
                period = PeriodText(cursor.take().text.strip())
                found.sections[-1][1].append(period)
            case "event":
                if period is None:
                    raise cursor.error("a period before its first event")
                period.events.append(cursor.take().text[2:].strip())
            case _:
                if not take_accessible(cursor):
                    raise cursor.error("period", "event", "a section")
    return found
