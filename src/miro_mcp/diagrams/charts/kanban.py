"""A kanban board as a value: cards in columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class KanbanCard:
    """`key` is unique in its board; texts are HTML, `link` is the ticket's page."""

    key: str
    text: str
    ticket: str = ""
    link: str | None = None
    assigned: str = ""
    priority: str = ""


@dataclass(frozen=True, kw_only=True)
class KanbanColumn:
    key: str
    title: str
    cards: tuple[KanbanCard, ...]


@dataclass(frozen=True, kw_only=True)
class Kanban:
    """`title` is plain text, `notes` what could not be carried over."""

    columns: tuple[KanbanColumn, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
