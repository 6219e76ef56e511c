"""User journeys: from their text to a value."""

from __future__ import annotations

import math

from ...diagrams.charts.journey import Journey, JourneySection, JourneyTask
from ...diagrams.charts.keys import Keys
from ..labels import html_of
from ..source import Source
from .parse import StepText, parse


def read(source: Source) -> Journey:
    """Raises:
    MermaidError: the text isn't a user journey.
    """
    found = parse(source)
    keys = Keys()
    sections = tuple(
        JourneySection(
            key=keys.of("section", title),
            title=html_of(title),
            tasks=tuple(_task(task, title, keys) for task in tasks),
        )
        for title, tasks in found.sections
        if title or tasks
    )
    return Journey(sections=sections, title=found.title)


def _task(task: StepText, section: str, keys: Keys) -> JourneyTask:
    text = html_of(task.text)
    actors = tuple(html_of(actor) for actor in task.actors if actor)
    return JourneyTask(key=keys.of(section, text), text=text, score=_number(task.score), actors=actors)


def _number(said: str) -> float:
    """The number; of what is none, NaN, as Mermaid has it."""
    try:
        found = float(said or 0)
    except ValueError:
        return math.nan
    return found if math.isfinite(found) else math.nan
