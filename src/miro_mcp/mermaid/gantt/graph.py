"""Gantt charts: from the words of tasks to times."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import cast

from ...diagrams.charts.gantt import Gantt, GanttSection, GanttTask, TaskTag
from ...diagrams.charts.keys import Keys
from ..cursor import Cursor
from ..labels import html_of, web_link
from ..source import Source
from .dates import after, date_in, read_date
from .parse import GanttText, TaskLine, parse

MOST_DAYS = 200_000
"""Days of all tasks that are looked at one by one because some are left out."""

_REFERENCE = re.compile(r"(after|until)\s+([\w\- ]+)", re.ASCII)
_TICK = re.compile(r"([1-9]\d{0,5})(millisecond|second|minute|hour|day|week|month)")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PASSES = 10
"""How often Mermaid looks for what a task refers to that comes later."""


def read(source: Source) -> Gantt:
    """Raises:
    MermaidError: the text isn't a Gantt chart, or a time in it is none.
    """
    cursor, found = parse(source)
    return _Times(cursor, found).chart()


class _Times:
    def __init__(self, cursor: Cursor, found: GanttText) -> None:
        self.cursor = cursor
        self.found = found
        self.form = found.settings.get("dateFormat", "YYYY-MM-DD")
        self.times: dict[int, tuple[datetime, datetime]] = {}
        self.by_id = {task.id: number for number, task in enumerate(found.tasks) if task.id}
        self.days = MOST_DAYS
        self.left_out, self.kept = (self._days(found.settings.get(name, "")) for name in ("excludes", "includes"))
        self.weekend = (4, 5) if found.settings.get("weekend", "").lower() == "friday" else (5, 6)

    def chart(self) -> Gantt:
        found = self.found
        for _ in range(_PASSES):
            waiting = [number for number in range(len(found.tasks)) if number not in self.times]
            for number in waiting:
                self._time(number)
            if not waiting:
                break
        for number, task in enumerate(found.tasks):
            if number not in self.times:
                raise self.cursor.error_at(task.token, "a task that doesn't wait for itself")
        keys = Keys()
        sections: list[GanttSection] = []
        lines: list[list[tuple[int, TaskLine]]] = [[] for _ in found.sections]
        for number, task in enumerate(found.tasks):
            lines[task.section].append((number, task))
        for title, inside in zip(found.sections, lines, strict=True):
            tasks = [self._task(number, task, title, keys) for number, task in inside]
            if tasks or title:
                key = keys.of("section", title)
                sections.append(GanttSection(key=key, title=html_of(title), tasks=tuple(tasks)))
        tick = _TICK.fullmatch(found.settings.get("tickInterval", ""))
        return Gantt(
            sections=tuple(sections),
            date_format=found.settings.get("axisFormat"),
            tick=(int(tick[1]), tick[2]) if tick else None,
            title=found.title,
            notes=tuple(found.notes),
        )

    def _task(self, number: int, task: TaskLine, section: str, keys: Keys) -> GanttTask:
        start, end = self.times[number]
        text = html_of(task.text)
        return GanttTask(
            key=keys.of(task.id) if task.id else keys.of(section, text),
            text=text,
            start=start,
            end=end,
            tags=cast("frozenset[TaskTag]", task.tags),
            link=web_link(self.found.links[task.id]) if task.id in self.found.links else None,
        )

    def _time(self, number: int) -> None:
        """The task's time, where all that it refers to is known."""
        task = self.found.tasks[number]
        start = self._start(number, task)
        end = self._end(start, task) if start else None
        if start is None or end is None:
            return
        if self.left_out and date_in(task.end, "YYYY-MM-DD") is None:
            end = self._moved(start, end, task)
        self.times[number] = start, end

    def _start(self, number: int, task: TaskLine) -> datetime | None:
        if not task.start:
            if number == 0:
                raise self.cursor.error_at(
                    task.token, "a start, as there is no task before it: 'Build it :2026-01-31, 3d'"
                )
            before = self.times.get(number - 1)
            return before[1] if before else None
        if reference := _REFERENCE.match(task.start):
            return self._referred(reference[2], "after") if reference[1] == "after" else self._no_date(task)
        return read_date(task.start, self.form) or self._no_date(task)

    def _no_date(self, task: TaskLine) -> datetime:
        form = f" in the form {self.form}" if self.form else ""
        raise self.cursor.error_at(task.token, f"a task whose start is a date{form}, not '{task.start}'")

    def _end(self, start: datetime, task: TaskLine) -> datetime | None:
        reference = _REFERENCE.match(task.end)
        if reference and reference[1] == "until":
            return self._referred(reference[2], "until")
        if found := date_in(task.end, self.form):
            return found + timedelta(days=1) if "inclusiveEndDates" in self.found.settings else found
        try:
            return after(start, task.end) or start
        except OverflowError:
            raise self.cursor.error_at(task.token, "a task that ends before the year 10000") from None

    def _referred(self, ids: str, word: str) -> datetime | None:
        """The latest end or earliest start of some tasks; None while one isn't known, today where there is none."""
        numbers = [self.by_id[one] for one in ids.split(" ") if one in self.by_id]
        if not numbers:
            today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
            self.found.notes[f"There is no task {ids.strip()!r} for '{word} {ids.strip()}', so it is today."] = None
            return today
        if any(number not in self.times for number in numbers):
            return None
        times = [self.times[number] for number in numbers]
        return max(end for _, end in times) if word == "after" else min(start for start, _ in times)

    def _moved(self, start: datetime, end: datetime, task: TaskLine) -> datetime:
        """The end, later by the days in between that are left out."""
        day = start + timedelta(days=1)
        try:
            while day <= end:
                self.days -= 1
                if self.days < 0:
                    raise self.cursor.error_at(task.token, f"at most {MOST_DAYS} days where some are left out")
                if self._is_left_out(day):
                    end += timedelta(days=1)
                day += timedelta(days=1)
        except OverflowError:
            raise self.cursor.error_at(task.token, "a task that ends before the year 10000") from None
        return end

    def _is_left_out(self, day: datetime) -> bool:
        date = day.strftime("%Y-%m-%d")
        if date in self.kept:
            return False
        if "weekends" in self.left_out and day.weekday() in self.weekend:
            return True
        return _DAY_NAMES[day.weekday()] in self.left_out or date in self.left_out

    def _days(self, said: str) -> frozenset[str]:
        """Names of days, and dates, which may be in the chart's own form."""
        words = re.split(r"[\s,]+", said.lower())
        dates = [date_in(word, self.form) for word in words]
        return frozenset(words) | {date.strftime("%Y-%m-%d") for date in dates if date}
