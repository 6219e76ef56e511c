"""User journeys at their places: tasks one after the other, and below each how well it goes."""

from __future__ import annotations

import math
from itertools import pairwise

from ....board.geometry import Box
from ...charts.journey import Journey, JourneyTask
from ...graph import Edge, Graph, Look, Node
from ..places import Layout
from .canvas import INK, QUIET, Canvas, fitted_height, headed, tinted

_WIDTH, _GAP = 140.0, 16.0
_STEP = 44.0
"""Between two scores."""

_LEFT = 48.0
_MARK = 36.0
_WORST, _BEST = 1, 5
_MOODS = ("#f7b5bd", "#fbd3a8", "#fdeba6", "#cfeab0", "#a5dfbd")
_MOOD_BORDERS = ("#c22f45", "#c76a12", "#a88400", "#55901f", "#1f8a58")


def lay_out_journey(chart: Journey) -> tuple[Graph, Layout]:
    canvas = Canvas()
    tasks = [task for section in chart.sections for task in section.tasks]
    titles = [section.title for section in chart.sections if section.title]
    top = max((fitted_height(f"<strong>{title}</strong>", _WIDTH, 14) for title in titles), default=-8.0) + 8
    high = max((fitted_height(_said(task), _WIDTH, 12) for task in tasks), default=40.0)
    plot = top + high + 36
    width = len(tasks) * (_WIDTH + _GAP)
    for score in range(_WORST, _BEST + 1):
        y = plot + (_BEST - score) * _STEP
        canvas.rule(f"grid:{score}", (_LEFT - 8, y), (_LEFT + max(width, _WIDTH), y))
        canvas.label(f"tick:{score}", f"{score}", (_LEFT - 10, y), "right", colour=QUIET)
    x = _LEFT
    marks: list[str] = []
    for number, section in enumerate(chart.sections):
        if section.title:
            box = Box(x, 0.0, max(len(section.tasks), 1) * (_WIDTH + _GAP) - _GAP, top - 8)
            canvas.box(Node(key=section.key, text=f"<strong>{section.title}</strong>", look=headed(number)), box)
        for task in section.tasks:
            node = Node(key=task.key, text=_said(task), shape="round_rectangle", look=tinted(number))
            canvas.box(node, Box(x, top, _WIDTH, high))
            marks.append(_mark(canvas, task, x + _WIDTH / 2, plot))
            x += _WIDTH + _GAP
        x += (_WIDTH + _GAP) * (section.title != "" and not section.tasks)
    canvas.edges += [
        Edge(key=f"{start} {end}", start=start, end=end, end_cap="none", curve="straight", sides=("right", "left"))
        for start, end in pairwise(marks)
    ]
    return canvas.finished(chart.title, ())


def _said(task: JourneyTask) -> str:
    return f"<strong>{task.text}</strong>" + (f"<br>{', '.join(task.actors)}" if task.actors else "")


def _mark(canvas: Canvas, task: JourneyTask, x: float, plot: float) -> str:
    """The key of the circle that stands at a task's score."""
    is_known = not math.isnan(task.score)
    score = min(max(task.score, _WORST), _BEST) if is_known else _WORST
    mood = round(score) - _WORST if is_known else 0
    look = Look(fill=_MOODS[mood], border=_MOOD_BORDERS[mood], border_width=2, colour=INK, font_size=12)
    text = f"{task.score:g}" if is_known else "?"
    node = Node(key=f"{task.key}:score", text=text, shape="circle", look=look)
    canvas.box(node, Box.centred(x, plot + (_BEST - score) * _STEP, _MARK, _MARK))
    return node.key
