"""A board as sections of lines: what is in each frame, outside of them, and in mind maps, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...board.contents import Connector, Contents, Item
from ...board.order import clusters, in_reading_order
from ...board.words import amounts, attributes_of, caption_of, colour_word, shortened, tag_word, text_of
from .choose import Choice, frame_of

_MIND_MAP = "mindmap_node"


Edges = Sequence[tuple[str, str]]
"""Arrows, and what they lead to with captions."""


@dataclass
class OutlineLine:
    """What comes before a text, and the text, put into words when the line is first told.

    `amount` is how many things it tells; none if it parts others.
    """

    words: Callable[[], tuple[str, str]]
    amount: int = 1
    item: Item | None = None

    @classmethod
    def of(cls, start: str, amount: int = 1) -> OutlineLine:
        """One without a text."""
        return cls(lambda: (start, ""), amount)

    def told(self, length: int | None = None, leaving: Mapping[str, Edges] | None = None) -> str:
        """The line with its text cut to a number of characters, and the connectors that leave its item, if given."""
        start, text = self._words
        edges = leaving.get(self.item.id) if leaving and self.item else None
        start = f"{start} {_joined(edges)}" if edges else start
        text = text if length is None else shortened(text, length)
        return f"{start}: {text}" if text else start

    @cached_property
    def _words(self) -> tuple[str, str]:
        return self.words()


@dataclass(frozen=True)
class OutlineSection:
    """A frame with what is in it, or what lies outside of frames, or the mind maps."""

    title: OutlineLine
    frame: Item | None
    counts: Counter[str]
    lines: Sequence[OutlineLine]

    def head(self, *, with_counts: bool, length: int | None = None) -> str:
        """Two lines; a frame's own line is like any item's."""
        total = self.counts.total()
        counts = f": {amounts(self.counts.most_common())}" if with_counts and total else ""
        return f"## {self.title.told(length)}\n{things(total)}{counts}"


def sections_of(contents: Contents, chosen: Mapping[str, Item]) -> list[OutlineSection]:
    """Every section that has one of the chosen items, or is a frame that is one."""
    teller = _Teller(contents)
    members: dict[str | None, list[Item]] = {}
    nodes: dict[str, Item] = {}
    for id, item in chosen.items():
        if item.kind == _MIND_MAP:
            nodes[id] = item
        elif item.kind == "frame":
            members.setdefault(id, [])
        else:
            members.setdefault(frame_of(item, contents), []).append(item)
    outside = members.pop(None, [])
    frames = in_reading_order([contents.items[id] for id in members if id is not None])
    sections = [teller.section(frame, members[frame.id]) for frame in frames]
    if outside:
        sections.append(teller.section(None, outside))
    if nodes:
        sections.append(
            OutlineSection(
                OutlineLine.of("Mind maps"), None, Counter({_MIND_MAP: len(nodes)}), list(teller.trees(nodes))
            )
        )
    return sections


def edges_of(choice: Choice, leaving: Mapping[str, Edges], *, on_items: bool = True) -> list[OutlineLine]:
    """Connectors as lines that begin with an item's id; those that leave it share the line.

    Arrows say which ends have a cap. An end that is attached to nothing is a question mark. Without `on_items` only
    those that no item of the choice has on its own line.
    """
    order = {id: place for place, id in enumerate(choice.items)}
    starts = sorted(leaving, key=lambda start: order.get(start, len(order)))
    return [
        OutlineLine(lambda start=start: (f"{start} {_joined(leaving[start])}", ""), amount=len(leaving[start]))
        for start in starts
        if on_items or start not in order
    ]


def leaving_of(connectors: Iterable[Connector], *, with_ids: bool) -> dict[str, Edges]:
    """The connectors by the id of the item that they leave; `with_ids` with their own ids."""
    leaving: dict[str, list[tuple[str, str]]] = {}
    for connector in connectors:
        start, arrow, end = _direction(connector)
        told = " ".join(filter(None, (end, caption_of(connector), f"[{connector.id}]" if with_ids else "")))
        leaving.setdefault(start, []).append((arrow, told))
    return dict(leaving)


def _joined(edges: Edges) -> str:
    """Edges by their arrows: `-> 1 "yes", 2 -- 3`."""
    arrows = dict.fromkeys(arrow for arrow, _ in edges)
    return " ".join(f"{arrow} {', '.join(told for kind, told in edges if kind == arrow)}" for arrow in arrows)


def _direction(connector: Connector) -> tuple[str, str, str]:
    """From where, how, and to where; a line that has a cap at its start alone is told from its other end."""
    start, end = connector.start_id or "?", connector.end_id or "?"
    caps = [connector.style.get(name, "none") not in ("none", None) for name in ("startStrokeCap", "endStrokeCap")]
    if caps == [True, False]:
        return end, "->", start
    return start, {(True, True): "<->", (False, True): "->"}.get((caps[0], caps[1]), "--"), end


def groups_of(contents: Contents, choice: Choice) -> list[OutlineLine]:
    """The groups that items of the choice are in, by the names that the items' lines use."""
    return [
        OutlineLine.of(f"{name} {id}: {things(len(members))}")
        for (id, members), name in zip(contents.groups.items(), _names(contents), strict=True)
        if any(member in choice.items for member in members)
    ]


def _names(contents: Contents) -> list[str]:
    return [f"g{number}" for number in range(1, len(contents.groups) + 1)]


class _Teller:
    def __init__(self, contents: Contents) -> None:
        self._tags = {
            id: [tag_word(contents.tags[tag_id].title) for tag_id in tag_ids if tag_id in contents.tags]
            for id, tag_ids in contents.tags_of.items()
        }
        self._groups: dict[str, list[str]] = {}
        for name, members in zip(_names(contents), contents.groups.values(), strict=True):
            for id in members:
                self._groups.setdefault(id, []).append(name)

    def section(self, frame: Item | None, items: Sequence[Item]) -> OutlineSection:
        colours = _telling_colours(items)
        title = OutlineLine.of("Outside of frames") if frame is None else self._title(frame)
        counts = Counter(item.kind for item in items)
        return OutlineSection(title, frame, counts, list(self._lines(clusters(items), colours)))

    def trees(self, nodes: Mapping[str, Item]) -> Iterator[OutlineLine]:
        """Each node below its parent, two spaces further in."""
        children: dict[str | None, list[Item]] = {}
        for node in nodes.values():
            children.setdefault(node.parent_id if node.parent_id in nodes else None, []).append(node)
        told: set[str] = set()
        # Nodes that are each other's parents hang on no root: they are told after the trees.
        for root in (*in_reading_order(children.get(None, [])), *nodes.values()):
            stack = [(root, 0)]
            while stack:
                node, depth = stack.pop()
                if node.id in told:
                    continue
                told.add(node.id)
                yield self._line(node, "  " * min(depth, 20))
                stack += [(child, depth + 1) for child in reversed(children.get(node.id, []))]

    def _title(self, frame: Item) -> OutlineLine:
        start = f"{frame.id} frame {frame.width:.0f}x{frame.height:.0f} at {frame.box.left:.0f},{frame.box.top:.0f}"
        return OutlineLine(lambda: (start, text_of(frame)), item=frame)

    def _lines(self, found: Sequence[Sequence[Item]], colours: frozenset[str]) -> Iterator[OutlineLine]:
        after_cluster = False
        for cluster in found:
            is_cluster = len(cluster) > 1 and len(found) > 1
            if is_cluster:
                yield OutlineLine.of("together:", amount=0)
            elif after_cluster:
                yield OutlineLine.of("apart:", amount=0)
            after_cluster = is_cluster
            for item in cluster:
                yield self._line(item, "", with_colour=item.kind in colours)

    def _line(self, item: Item, indent: str, *, with_colour: bool = False) -> OutlineLine:
        def words() -> tuple[str, str]:
            colour = colour_word(item) if with_colour else ""
            about = (colour, *attributes_of(item), *self._tags.get(item.id, ()), *self._groups.get(item.id, ()))
            return " ".join((f"{indent}{item.id} {item.kind}", *filter(None, about))), text_of(item)

        return OutlineLine(words, item=item)


def _telling_colours(items: Iterable[Item]) -> frozenset[str]:
    """The kinds whose items differ in colour."""
    colours: dict[str, set[str]] = {}
    for item in items:
        colours.setdefault(item.kind, set()).add(colour_word(item))
    return frozenset(kind for kind, found in colours.items() if len(found) > 1)


def things(count: int, name: str = "item") -> str:
    return f"1 {name}" if count == 1 else f"{count} {name}s"
