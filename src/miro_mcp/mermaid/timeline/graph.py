"""Timelines: from their text to a value."""

from __future__ import annotations

from ...diagrams.charts.keys import Keys
from ...diagrams.charts.timeline import Timeline, TimelineEvent, TimelinePeriod, TimelineSection
from ..labels import html_of
from ..source import Source
from .parse import PeriodText, parse


def read(source: Source) -> Timeline:
    """Raises:
    MermaidError: the text isn't a timeline.
    """
    found = parse(source)
    keys = Keys()
    sections = tuple(
        TimelineSection(
            key=keys.of("section", title),
            title=html_of(title),
            periods=tuple(_period(period, title, keys) for period in periods),
        )
        for title, periods in found.sections
        if title or periods
    )
    return Timeline(sections=sections, direction="down" if found.down else "right", title=found.title)


def _period(period: PeriodText, section: str, keys: Keys) -> TimelinePeriod:
    text = html_of(period.text)
    key = keys.of(section, text)
    events = tuple(TimelineEvent(key=keys.of(key, event), text=html_of(event)) for event in period.events)
    return TimelinePeriod(key=key, text=text, events=events)
