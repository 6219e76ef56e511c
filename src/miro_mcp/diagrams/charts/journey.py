"""A user journey as a value: what somebody does, how well it goes, and who takes part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class JourneyTask:
    """`key` is unique in its chart, `text` and `actors` are HTML; a `score` is usually from 1, bad, to 5, good."""

    key: str
    text: str
    score: float
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JourneySection:
    """One without a title holds the tasks that stand before any section."""

    key: str
    title: str
    tasks: tuple[JourneyTask, ...]


@dataclass(frozen=True, kw_only=True)
class Journey:
    """`title` is plain text."""

    sections: tuple[JourneySection, ...]
    title: str = ""
