"""The record of a diagram whose change is under way: what is new, what is to be changed, and what is to be deleted."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from .match import Current
from .record import REPLACED, Record, RecordedItem, RecordedLine


def unfinished_record(record: Record, current: Current, redrawn: Set[str]) -> Record:
    """The record as it will be, with what it takes to finish the change; `redrawn` are ids of lines to be drawn anew.

    What is to be changed is named by the place that it has and the text that it will have: so it is known by one of
    them before the change and after.
    """
    before = {one.key: one for one in current.record.entries if one.key in current.ids}

    def with_places(entries: Iterable[RecordedItem]) -> tuple[RecordedItem, ...]:
        return tuple(
            replace(one, x=before[one.key].x, y=before[one.key].y) if one.key in before else one for one in entries
        )

    def going(there: Iterable[str], staying: Iterable[RecordedItem]) -> tuple[RecordedItem, ...]:
        keys = {one.key for one in staying}
        return tuple(before[key] for key in there if key in before and key not in keys)

    return replace(
        record,
        state="drawing",
        nodes=with_places(record.nodes) + going(current.nodes, record.nodes),
        groups=with_places(record.groups) + going(current.groups, record.groups),
        lines=_lines(record, current, redrawn),
    )


def _lines(record: Record, current: Current, redrawn: Set[str]) -> tuple[RecordedLine, ...]:
    lines = {one.key: one for one in record.lines}
    going: list[RecordedLine] = []
    for one in current.record.lines:
        line = current.lines.get(one.key)
        if line is None:
            continue
        if line.id in redrawn and one.key in lines:
            lines[one.key] = replace(lines[one.key], id="")
            going.append(replace(one, key=one.key + REPLACED, id=line.id))
        elif one.key not in lines or line.id != lines[one.key].id:
            going.append(replace(one, id=line.id))
    return (*lines.values(), *going)
