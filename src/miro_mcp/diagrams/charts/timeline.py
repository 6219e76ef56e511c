"""A timeline as a value: periods in order, each with what happened in it."""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import Direction


@dataclass(frozen=True, kw_only=True)
class TimelineEvent:
    """`key` is unique in its chart, `text` is HTML."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TimelinePeriod:
    key: str
    text: str
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, kw_only=True)
class TimelineSection:
    """One without a title holds the periods that stand before any section."""

    key: str
    title: str
    periods: tuple[TimelinePeriod, ...]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """Time runs to the right or down; `title` is plain text."""

    sections: tuple[TimelineSection, ...]
    direction: Direction = "right"
    title: str = ""
