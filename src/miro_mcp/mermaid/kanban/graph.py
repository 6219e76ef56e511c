"""Kanban boards: from their text to a value."""

from __future__ import annotations

from typing import Any, cast

from ...diagrams.charts.kanban import Kanban, KanbanCard, KanbanColumn
from ...diagrams.charts.keys import Keys
from ..labels import html_of, web_link
from ..source import Source
from .parse import Entry, parse


def read(source: Source) -> Kanban:
    """Raises:
    MermaidError: the text isn't a kanban board.
    """
    found = parse(source)
    keys = Keys()
    address = _ticket_address(source.config)
    columns = tuple(
        KanbanColumn(
            key=keys.of(column.id or column.text),
            title=html_of(column.text.strip(), markdown=column.markdown),
            cards=tuple(_card(card, address, keys) for card in cards),
        )
        for column, cards in found.columns
    )
    return Kanban(columns=columns, title=source.title, notes=tuple(found.notes))


def _card(card: Entry, address: str, keys: Keys) -> KanbanCard:
    ticket = card.data.get("ticket", "")
    return KanbanCard(
        key=keys.of(card.id or card.text),
        text=html_of(card.text.strip(), markdown=card.markdown),
        ticket=html_of(ticket),
        link=web_link(address.replace("#TICKET#", ticket)) if address and ticket else None,
        assigned=html_of(card.data.get("assigned", "")),
        priority=html_of(card.data.get("priority", "")),
    )


def _ticket_address(config: dict[str, Any]) -> str:
    kanban = config.get("kanban")
    return str(cast("dict[str, Any]", kanban).get("ticketBaseUrl") or "") if isinstance(kanban, dict) else ""
