"""A Gantt chart as a value: tasks in sections, each from a time to a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TaskTag = Literal["active", "done", "crit", "milestone", "vert"]


@dataclass(frozen=True, kw_only=True)
class GanttTask:
    """`key` is unique in its chart, `text` is HTML; times have no zone, as in Mermaid's text.

    A milestone stands at the middle of its time, a `vert` one is a line through the whole chart at its start.
    """

    key: str
    text: str
    start: datetime
    end: datetime
    tags: frozenset[TaskTag] = frozenset()
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class GanttSection:
    """One without a title holds the tasks that stand before any section."""

    key: str
    title: str
    tasks: tuple[GanttTask, ...]


@dataclass(frozen=True, kw_only=True)
class Gantt:
    """`date_format` says how the axis's dates are written, in C's signs; None leaves it to the time that is shown.

    `tick` is an interval of the axis, a number and its unit. `title` is plain text, `notes` what could not be carried
    over.
    """

    sections: tuple[GanttSection, ...]
    date_format: str | None = None
    tick: tuple[int, str] | None = None
    title: str = ""
    notes: tuple[str, ...] = ()
