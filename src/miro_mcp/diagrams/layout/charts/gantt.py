"""Gantt charts at their places: an axis of time above, sections one below the other, a row for each task."""

from __future__ import annotations

from datetime import datetime

from ....board.geometry import Box
from ...charts.gantt import Gantt, GanttSection, GanttTask
from ...graph import Graph, Group, Look, Node
from ..places import Layout
from .canvas import INK, QUIET, Canvas, band_look, label_size
from .time_axis import tick_texts, ticks

_ROW, _BAR = 40.0, 28.0
_AXIS = 34.0
_TITLE = 180.0
"""What a section's title is broken to."""
_WIDTH, _TICK_WIDTH = 1_000.0, 84.0
_BANDS = ("#eef2fb", "#dfe7f4")
_PLAIN = Look(fill="#cfdcfa", border="#3b6fe0", border_width=1.5, colour=INK, font_size=12)
_LOOKS = {
    "crit": Look(fill="#ffd9de", border="#d6455d", border_width=2, colour=INK, font_size=12),
    "active": Look(fill="#a9c2f8", border="#1f4fb8", border_width=2, colour=INK, font_size=12),
    "done": Look(fill="#e4e7ed", border="#8a94a6", border_width=1.5, colour=INK, font_size=12),
}


def lay_out_gantt(chart: Gantt) -> tuple[Graph, Layout]:
    return _GanttPlaces(chart).place()


class _GanttPlaces:
    def __init__(self, chart: Gantt) -> None:
        self.chart = chart
        self.canvas = Canvas()
        tasks = [task for section in chart.sections for task in section.tasks]
        self.start = min((task.start for task in tasks), default=datetime(2000, 1, 1))
        self.end = max((max(task.end, task.start) for task in tasks), default=self.start)
        self.times, self.interval = ticks(self.start, self.end, chart.tick)
        self.texts = tick_texts(self.times, self.interval, chart.date_format)
        self.width = max(_WIDTH, _TICK_WIDTH * len(self.times))
        titles = [label_size(f"<strong>{one.title}</strong>", 14, _TITLE)[0] for one in chart.sections if one.title]
        self.left = max([0.0, *titles]) + 12
        self.right = self.left + self.width

    def _x(self, time: datetime) -> float:
        span = (self.end - self.start).total_seconds()
        return self.left + (self.width * (time - self.start).total_seconds() / span if span > 0 else 0.0)

    def place(self) -> tuple[Graph, Layout]:
        rows = [
            (section, [task for task in section.tasks if "vert" not in task.tags]) for section in self.chart.sections
        ]
        verts = [task for section in self.chart.sections for task in section.tasks if "vert" in task.tags]
        bottom = _AXIS + sum(max(len(tasks), 1) * _ROW + 12 for _, tasks in rows)
        self._axis(bottom)
        for task in verts:
            self._vertical(task, bottom)
        y = _AXIS
        widest = self.right
        for number, (section, tasks) in enumerate(rows):
            height = max(len(tasks), 1) * _ROW + 8
            for row, task in enumerate(tasks):
                widest = max(widest, self._bar(task, y + 4 + _ROW * (row + 0.5), section.key))
            self._band(section, Box(0.0, y, 0.0, height), number)
            y += height + 4
        # All bands are as wide as the texts beside the bars need.
        self.canvas.groups = [(group, Box(box.x, box.y, widest + 12, box.height)) for group, box in self.canvas.groups]
        return self.canvas.finished(self.chart.title, self.chart.notes)

    def _axis(self, bottom: float) -> None:
        for number, (time, text) in enumerate(zip(self.times, self.texts, strict=True)):
            x = self._x(time)
            # By number: a rule that is moved stays behind what is there, a new one would lie on it.
            self.canvas.rule(f"grid:{number}", (x, _AXIS), (x, bottom))
            self.canvas.label(f"tick:{number}", text, (x, _AXIS / 2 - 4), colour=QUIET)

    def _vertical(self, task: GanttTask, bottom: float) -> None:
        x = self._x(task.start)
        self.canvas.rule(f"grid:{task.key}", (x, _AXIS), (x, bottom + 6), colour="#d6455d", width=3.0)
        self.canvas.label(task.key, task.text, (x, bottom + 20), colour="#a32039", link=task.link)

    def _band(self, section: GanttSection, box: Box, number: int) -> None:
        look = band_look(_BANDS[number % 2])
        self.canvas.group(Group(key=section.key, look=look), box)
        if section.title:
            at = (4.0, box.y + 4 + _ROW / 2)
            self.canvas.label(
                f"{section.key}:title", f"<strong>{section.title}</strong>", at, "left", size=14, widest=_TITLE
            )

    def _bar(self, task: GanttTask, y: float, group: str) -> float:
        """The right end of all that is drawn of a task."""
        look = next((look for tag, look in _LOOKS.items() if tag in task.tags), _PLAIN)
        left, right = self._x(task.start), self._x(max(task.end, task.start))
        width, _ = label_size(task.text)
        if "milestone" in task.tags:
            box = Box.centred((left + right) / 2, y, _BAR, _BAR)
            self.canvas.box(Node(key=task.key, text="", shape="rhombus", look=look, group=group), box)
        else:
            box = Box.between(left, y - _BAR / 2, max(right, left + 10), y + _BAR / 2)
            text = task.text if width <= box.width else ""
            shape = "round_rectangle" if box.width > _BAR else "rectangle"
            self.canvas.box(Node(key=task.key, text=text, shape=shape, look=look, group=group, link=task.link), box)
            if text:
                return box.right
        label = self.canvas.label(
            f"{task.key}:text", task.text, (box.right + 4, y), "left", group=group, link=task.link
        )
        return label.right
