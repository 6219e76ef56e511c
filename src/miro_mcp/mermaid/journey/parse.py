"""User journeys: from lines to sections of tasks with scores."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS


@dataclass
class StepText:
    """A task's text, its score as it was written, and who takes part."""

    text: str
    score: str
    actors: list[str]


@dataclass
class JourneyText:
    """Sections with their tasks, in the text's order; the first has no title."""

    title: str = ""
    sections: list[tuple[str, list[StepText]]] = field(default_factory=lambda: [("", list[StepText]())])


def parse(source: Source) -> JourneyText:
    """Raises:
    MermaidError: the text isn't a user journey.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = JourneyText(title=source.title)
    cursor.expect("journey")
    while (token := cursor.next).kind != END:
        match token.kind:
            case "newline":
                cursor.take()
            case "title":
                found.title = cursor.take().text[6:].strip()
            case "section":
                found.sections.append((cursor.take().text[8:].strip(), []))
            case "task":
                text = cursor.take().text.strip()
                score, *rest = cursor.expect("data").text[1:].split(":")
                actors = [name.strip() for name in rest[0].split(",")] if rest else []
                found.sections[-1][1].append(StepText(text, score.strip(), actors))
            case _:
                if not take_accessible(cursor):
                    raise cursor.error("a task", "a section")
    return found
