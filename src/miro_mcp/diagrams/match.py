"""Which items on a board are a diagram's nodes, groups and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..board.contents import Connector, Contents, Item
from .own import Ownership, distance_from
from .record import Found, Record, RecordedItem, is_part

_MOST_TOLD = 20


@dataclass
class Current:
    """A diagram as it is on its board, by key.

    `unchanged` are the keys of what is as it was drawn, `adopted` of what a call had drawn that was cut off. `not_own`
    are ids on the board that the record names though
    they are not what was drawn: other people's, or changed past recognition.
    """

    found: Found
    nodes: dict[str, Item] = field(default_factory=dict[str, Item])
    groups: dict[str, Item] = field(default_factory=dict[str, Item])
    lines: dict[str, Connector] = field(default_factory=dict[str, Connector])
    title: Item | None = None
    unchanged: frozenset[str] = frozenset()
    adopted: frozenset[str] = frozenset()
    not_own: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        return self.found.record

    @property
    def notes(self) -> list[str]:
        """What is to be said of it."""
        if not self.not_own:
            return []
        more = f" and {len(self.not_own) - _MOST_TOLD} more" if len(self.not_own) > _MOST_TOLD else ""
        told = f"{', '.join(self.not_own[:_MOST_TOLD])}{more}"
        return [
            f"Diagram {self.found.id} names these as its own, but they are not what was drawn (somebody else's, or "
            f"changed past recognition), so they are left alone: {told}."
        ]

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
    taken = {one.id for other in all_found if other is not found and other.is_original for one in other.record.entries}
    current = Current(found)
    ownership = Ownership(found, contents.items, contents.connectors)
    title = contents.items.get(record.title) if found.is_original else None
    current.title = title if title is not None and ownership.owns_title(title) else None
    matched = _match(found, contents, taken, ownership)
    current.nodes = {one.key: matched[one.key] for one in record.nodes if one.key in matched}
    current.groups = {one.key: matched[one.key] for one in record.groups if one.key in matched}
    current.unchanged = frozenset(
        one.key for one in record.entries if one.key in matched and ownership.is_unchanged(one, matched[one.key])
    )
    current.lines = _lines(current, contents, ownership)
    without_id = {one.key for one in (*record.entries, *record.lines) if not one.id}
    current.adopted = frozenset(without_id & (matched.keys() | current.lines.keys()))
    current.not_own = _not_own(current, contents) if found.is_original else ()
    return current


def _match(found: Found, contents: Contents, taken: set[str], ownership: Ownership) -> dict[str, Item]:
    record, holder = found.record, found.items[0]
    matched: dict[str, Item] = {}
    if found.is_original:
        named = {one.key: (one, contents.items[one.id]) for one in record.entries if one.id in contents.items}
        matched = {key: item for key, (one, item) in named.items() if ownership.owns(one, item)}
        taken = taken | {item.id for _, item in named.values()}
    free = [
        item
        for item in contents.items.values()
        if item.id not in taken and item.kind in ownership.kinds and not is_part(item)
    ]
    missing = [one for one in record.entries if one.key not in matched]

    def take(fits: Callable[[RecordedItem, Item], bool]) -> None:
        """Matches entries with items that are theirs, the nearest first."""
        for one in missing:
            fitting = [
                item for item in free if one.key not in matched and fits(one, item) and ownership.owns(one, item)
            ]
            if fitting:
                best = min(fitting, key=lambda item: distance_from(one, item, holder))
                matched[one.key] = best
                free.remove(best)

    take(ownership.is_unchanged)
    if not found.is_original or record.state == "drawing":
        take(ownership.has_place)
    if not found.is_original:
        take(ownership.has_text)
    return matched


def _not_own(current: Current, contents: Contents) -> tuple[str, ...]:
    record = current.record
    lines = {one.id for one in contents.connectors}
    named = [*(one.id for one in record.entries), record.title, *(one.id for one in record.lines)]
    own = {*current.ids.values(), *(line.id for line in current.lines.values())}
    own |= {current.title.id} if current.title else set[str]()
    return tuple(dict.fromkeys(one for one in named if one not in own and (one in contents.items or one in lines)))


def _lines(current: Current, contents: Contents, ownership: Ownership) -> dict[str, Connector]:
    by_id = {one.id: one for one in contents.connectors if ownership.owns_line(one, current.ids.values())}
    found = {one.key: by_id[one.id] for one in current.record.lines if one.id in by_id and current.found.is_original}
    used = {one.id for one in found.values()}
    ids = current.ids
    for line in current.record.lines:
        ends = ids.get(line.start), ids.get(line.end)
        is_expected = not current.found.is_original or current.record.state == "drawing"
        if line.key in found or None in ends or not is_expected:
            continue
        joined = [one for one in by_id.values() if (one.start_id, one.end_id) == ends and one.id not in used]
        if joined:
            found[line.key] = joined[0]
            used.add(joined[0].id)
    return found
