"""Gantt charts: from lines to sections with the words of their tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END, Token
from ..lines import take_accessible
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS

_SETTING = re.compile(r"\s+")
TAGS = ("active", "done", "crit", "milestone", "vert")


@dataclass
class TaskLine:
    """A task's line: its `id` where it has one, and what is said of its start and end, each maybe nothing."""

    token: Token
    text: str
    tags: frozenset[str]
    id: str = ""
    start: str = ""
    end: str = ""
    section: int = 0


@dataclass
class GanttText:
    """What stands in the text, in its order; settings are as they were said last."""

    title: str = ""
    sections: list[str] = field(default_factory=lambda: [""])
    tasks: list[TaskLine] = field(default_factory=list[TaskLine])
    settings: dict[str, str] = field(default_factory=dict[str, str])
    links: dict[str, str] = field(default_factory=dict[str, str])
    notes: dict[str, None] = field(default_factory=dict[str, None])


def parse(source: Source) -> tuple[Cursor, GanttText]:
    """Raises:
    MermaidError: the text isn't a Gantt chart.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = GanttText(title=source.title)
    cursor.skip("newline")
    cursor.expect("gantt")
    while cursor.next.kind != END:
        _line(cursor, found)
    return cursor, found


def _line(cursor: Cursor, found: GanttText) -> None:
    token = cursor.next
    match token.kind:
        case "newline" | "ignored":
            cursor.take()
        case "dateFormat" | "axisFormat" | "tickInterval" | "includes" | "excludes" | "weekend" | "inclusiveEndDates":
            said = _SETTING.split(cursor.take().text.strip(), maxsplit=1)
            found.settings[token.kind] = said[1].strip() if len(said) > 1 else "yes"
        case "title":
            found.title = cursor.take().text[6:].strip()
        case "section":
            found.sections.append(cursor.take().text[8:].strip())
        case "task":
            name = cursor.take()
            found.tasks.append(_task(name, cursor.expect("data"), len(found.sections) - 1, cursor))
        case "click":
            _click(cursor, found)
        case _:
            if not take_accessible(cursor):
                raise cursor.error("a task, a section or a setting")


def _task(name: Token, data: Token, section: int, cursor: Cursor) -> TaskLine:
    parts = data.text[1:].split(",")
    tags: list[str] = []
    while parts and parts[0].strip() in TAGS:
        tags.append(parts.pop(0).strip())
    parts = [part.strip() for part in parts]
    if not parts:
        parts = [""]
    if len(parts) > 3:
        raise cursor.error_at(data, "at most an id, a start and an end or duration")
    task = TaskLine(name, name.text.strip(), frozenset(tags), section=section, end=parts[-1])
    if len(parts) > 1:
        task.start = parts[-2]
    if len(parts) > 2:
        task.id = parts[0]
    return task


def _click(cursor: Cursor, found: GanttText) -> None:
    ids = cursor.take().text.split(",")
    if cursor.next.kind not in ("href", "call"):
        raise cursor.error("href", "call")
    while token := cursor.have("href", "call"):
        cursor.expect("end")
        if token.kind == "href":
            found.links |= {one.strip(): token.text for one in ids}
        else:
            found.notes["Functions that a click calls are left out."] = None
