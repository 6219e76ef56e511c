"""Parts of a chart that say something else now: where one stands in another's place, it is the same part renamed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from .graph import Graph
from .kind import SEQUENCE, kind_named
from .record import Found, RecordedItem

MOST_COMPARED = 2_000
"""Keys: what is longer than this is compared key by key alone."""


def with_new_keys(found: Found, graph: Graph) -> Found:
    """The record with the keys that its parts have in the graph; those of charts are what the parts say."""
    record = found.record
    kind = kind_named(record.kind)
    if not kind.places_matter or kind is SEQUENCE:
        return found
    names = _renamed([one.key for one in record.nodes], [node.key for node in graph.nodes])
    names |= _renamed([one.key for one in record.groups], [group.key for group in graph.groups])
    lines = _renamed([one.key for one in record.lines], [edge.key for edge in graph.edges])

    def entries(items: Iterable[RecordedItem]) -> tuple[RecordedItem, ...]:
        return tuple(
            replace(one, key=names.get(one.key, one.key), owner=names.get(one.owner, one.owner)) for one in items
        )

    changed = replace(
        record,
        nodes=entries(record.nodes),
        groups=entries(record.groups),
        lines=tuple(
            replace(
                one,
                key=lines.get(one.key, one.key),
                start=names.get(one.start, one.start),
                end=names.get(one.end, one.end),
            )
            for one in record.lines
        ),
    )
    return replace(found, record=changed)


def _renamed(before: list[str], after: list[str]) -> dict[str, str]:
    """New keys by old ones: of runs that stand between the same neighbours and are equally long."""
    gone, new = set(before) - set(after), set(after) - set(before)
    if not gone or not new or len(before) + len(after) > MOST_COMPARED:
        return {}
    names: dict[str, str] = {}
    for tag, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == other_end - other_start:
            pairs = zip(before[start:end], after[other_start:other_end], strict=True)
            names |= {old: key for old, key in pairs if old in gone and key in new}
    return names
