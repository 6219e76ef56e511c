"""Which items on a board are a diagram's nodes, groups and lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..board.contents import Connector, Contents, Item
from .record import Found, Record, RecordedItem, is_part, text_print

_NEAR = 2.0
"""Board units that a place may be off by."""

_NOT_NODES = frozenset({"frame", "mindmap_node"})


@dataclass
class Current:
    """A diagram as it is on its board, by key."""

    found: Found
    nodes: dict[str, Item] = field(default_factory=dict[str, Item])
    groups: dict[str, Item] = field(default_factory=dict[str, Item])
    lines: dict[str, Connector] = field(default_factory=dict[str, Connector])
    title: Item | None = None

    @property
    def record(self) -> Record:
        return self.found.record

    @property
    def ids(self) -> dict[str, str]:
        return {key: item.id for key, item in (self.nodes | self.groups).items()}

    @property
    def frame_id(self) -> str | None:
        """The frame that most of it is in."""
        parents = [item.parent_id for item in (*self.nodes.values(), *self.groups.values())]
        parents = parents or [self.found.items[0].parent_id]
        return max(set(parents), key=lambda one: (parents.count(one), str(one)))


def match_items(found: Found, contents: Contents, all_found: Iterable[Found] = ()) -> Current:
    """Finds a diagram's parts by their ids; in a copy, whose ids are others, by place and text."""
    record = found.record
    taken = {
        one.id for other in all_found if other is not found and other.is_original for one in _entries(other.record)
    }
    current = Current(found)
    if found.is_original:
        current.title = contents.items.get(record.title) if record.title else None
    matched = _match(found, contents, taken)
    current.nodes = {one.key: matched[one.key] for one in record.nodes if one.key in matched}
    current.groups = {one.key: matched[one.key] for one in record.groups if one.key in matched}
    current.lines = _lines(current, contents)
    return current


def _entries(record: Record) -> tuple[RecordedItem, ...]:
    return (*record.nodes, *record.groups)


def _match(found: Found, contents: Contents, taken: set[str]) -> dict[str, Item]:
    record, holder = found.record, found.items[0]
    matched: dict[str, Item] = {}
    if found.is_original:
        matched = {one.key: contents.items[one.id] for one in _entries(record) if one.id in contents.items}
        taken = taken | {item.id for item in matched.values()}
    free = [
        item
        for item in contents.items.values()
        if item.id not in taken and item.kind not in _NOT_NODES and not is_part(item)
    ]
    missing = [one for one in _entries(record) if one.key not in matched]
    if not missing:
        return matched
    prints = {item.id: text_print(str(item.data.get("content") or item.data.get("title") or "")) for item in free}

    def distance(one: RecordedItem, item: Item) -> float:
        return max(abs(item.x - holder.x - one.x), abs(item.y - holder.y - one.y))

    def take(may: int) -> None:
        """Matches entries with items: 0 by place and text, 1 by place, 2 by text, the nearest first."""
        for one in missing:
            if one.key in matched:
                continue
            fitting = [
                item
                for item in free
                if (may == 2 or distance(one, item) <= _NEAR) and (may == 1 or prints[item.id] == one.print)
            ]
            if fitting:
                best = min(fitting, key=lambda item: distance(one, item))
                matched[one.key] = best
                free.remove(best)

    take(0)
    if not found.is_original or record.state == "drawing":
        take(1)
    if not found.is_original:
        take(2)
    return matched


def _lines(current: Current, contents: Contents) -> dict[str, Connector]:
    by_id = {one.id: one for one in contents.connectors}
    found = {one.key: by_id[one.id] for one in current.record.lines if one.id in by_id and current.found.is_original}
    used = {one.id for one in found.values()}
    ids = current.ids
    for line in current.record.lines:
        ends = ids.get(line.start), ids.get(line.end)
        is_expected = not current.found.is_original or current.record.state == "drawing"
        if line.key in found or None in ends or not is_expected:
            continue
        joined = [one for one in contents.connectors if (one.start_id, one.end_id) == ends and one.id not in used]
        if joined:
            found[line.key] = joined[0]
            used.add(joined[0].id)
    return found
