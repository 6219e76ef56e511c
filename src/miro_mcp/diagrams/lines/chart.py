"""A diagram at its places, as the search for lines sees it: boxes that stay, and lines with what matters of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ...board.geometry import Box, Point, around
from ...drawing.lines.connectors import CAPTION_MARGIN, laid_caption
from ...drawing.readability.captions import Size
from ...drawing.readability.obstacles import Surroundings
from ...drawing.readability.pairs import Strand
from ...drawing.readability.stretches import Edges, Way, box_edges
from ...text.rich_text import parse_html
from ..graph import Edge, Graph, Group, Side
from ..layout.places import Layout
from ..layout.sizes import CAPTION_SIZE

DECISION = "rhombus"
_TITLE_LETTER, _TITLE_LINE = 7.5, 19.0
"""Board units of a usual letter in a group's title, and of one of its lines."""

_IN_LINE = 4.0
_FOOT = 26.0
"""Board units that a crow's foot takes of its line."""

ONWARD: Mapping[str, tuple[str, int, Side]] = {
    "down": ("y", 1, "bottom"),
    "up": ("y", -1, "top"),
    "right": ("x", 1, "right"),
    "left": ("x", -1, "left"),
}
"""By direction: the axis ranks follow on, which way, and the side that lines leave by."""


@dataclass(frozen=True)
class Line:
    """One edge to be drawn. `ways_back` goes against the diagram's direction; `comb` is one branch of a tree's fork.

    `between` is how many lines join the same two items.
    """

    number: int
    edge: Edge
    strand: Strand
    caption: Size | None
    end_texts: tuple[tuple[float, Size], ...]
    goes_back: bool
    comb: bool
    between: int
    heads: tuple[int, ...]
    """Indices of the points of a way that have arrows."""


class Chart:
    """`boxes` are those of nodes and groups, by key."""

    def __init__(self, graph: Graph, layout: Layout) -> None:
        self.direction = graph.direction
        self.boxes: dict[str, Box] = {**layout.nodes, **layout.groups}
        self.shapes = {node.key: node.shape for node in graph.nodes}
        self.around = surroundings(graph, layout)
        bounds = around(self.boxes.values())
        self.bounds: Edges = box_edges(bounds)
        edges = [
            edge
            for edge in graph.edges
            if edge.visible and edge.start != edge.end and edge.start in self.boxes and edge.end in self.boxes
        ]
        self.below: dict[str, list[str]] = defaultdict(list)
        self.over: dict[str, list[str]] = defaultdict(list)
        for edge in edges:
            self.below[edge.start].append(edge.end)
            self.over[edge.end].append(edge.start)
        forks = self._forks()
        self.lines = [self._line(number, edge, forks) for number, edge in enumerate(edges)]

    def is_decision(self, key: str) -> bool:
        """Whether lines out of it are ways that something is decided for."""
        return self.shapes.get(key) == DECISION and len(self.below[key]) > 1

    def degree(self, key: str) -> int:
        return len(self.below[key]) + len(self.over[key])

    def joining(self, one: str, other: str) -> int:
        """How many lines join two items."""
        return self.below[one].count(other) + self.below[other].count(one)

    def _forks(self) -> set[str]:
        """Items whose followers stand in one rank, as in an organization chart."""
        axis = ONWARD[self.direction][0]
        is_tree = all(len(set(above)) <= 1 for above in self.over.values()) and DECISION not in self.shapes.values()
        found: set[str] = set()
        for key, below in self.below.items():
            children = set(below)
            if self.shapes.get(key) == DECISION or len(children) < (2 if is_tree else 3):
                continue
            if key in self.around.nodes and children <= self.around.nodes.keys():
                places = [_middle(self.boxes[child], axis) for child in children]
                if max(places) - min(places) < _IN_LINE:
                    found.add(key)
        return found

    def _line(self, number: int, edge: Edge, forks: set[str]) -> Line:
        axis, sign, _ = ONWARD[self.direction]
        ahead = (_middle(self.boxes[edge.end], axis) - _middle(self.boxes[edge.start], axis)) * sign
        caps = edge.start_cap + edge.end_cap
        at_ends = ((0.15, edge.start_text), (0.85, edge.end_text))
        return Line(
            number=number,
            edge=edge,
            strand=Strand(
                edge.key,
                edge.start,
                edge.end,
                (edge.line, edge.colour, edge.width),
                captioned=bool(edge.text),
                crow="erd" in caps or bool(edge.start_text or edge.end_text),
                decides=self.shapes.get(edge.start) == DECISION,
            ),
            caption=caption_area(edge.text) if edge.text else None,
            end_texts=tuple((share, caption_area(text)) for share, text in at_ends if text),
            goes_back=ahead < -1,
            comb=edge.start in forks and ahead >= -1 and not edge.text,
            between=self.joining(edge.start, edge.end),
            heads=tuple(at for at, cap in ((0, edge.start_cap), (-1, edge.end_cap)) if cap != "none"),
        )


def surroundings(graph: Graph, layout: Layout) -> Surroundings:
    titles = {
        group.key: title_edges(group, layout.groups[group.key])
        for group in graph.groups
        if group.title and group.key in layout.groups
    }
    return Surroundings(
        {key: box_edges(box) for key, box in layout.nodes.items()},
        {key: box_edges(box) for key, box in layout.groups.items()},
        titles,
        enclosing(graph),
    )


def enclosing(graph: Graph) -> dict[str, frozenset[str]]:
    """The groups around each node and group."""
    owner = {node.key: node.group for node in graph.nodes} | {group.key: group.parent for group in graph.groups}
    found: dict[str, frozenset[str]] = {}
    for key in owner:
        above: dict[str, None] = {}
        at = owner[key]
        while at and at in owner and at not in above:
            above[at] = None
            at = owner[at]
        found[key] = frozenset(above)
    return found


def title_edges(group: Group, box: Box) -> Edges:
    """About where the title of a group is read."""
    letters = sum(len(paragraph.text) for paragraph in parse_html(group.title))
    width = _TITLE_LETTER * letters + 14
    rows = min(3, max(1, -int(-width // max(box.width, 1))))
    right = min(box.right, box.left + 10 + _TITLE_LETTER * letters)
    return box.left + 4, box.top + 3, right, box.top + 3 + _TITLE_LINE * rows


@lru_cache(4096)
def caption_area(text: str) -> Size:
    """The paper that a caption covers."""
    laid = laid_caption(text, CAPTION_SIZE)
    return laid.width + 2 * CAPTION_MARGIN[0], laid.height + 2 * CAPTION_MARGIN[1]


def heads_of(line: Line, way: Way) -> Iterable[Point]:
    """The points that captions keep clear of: those of arrows, and for crow's feet where they begin."""
    for at in line.heads:
        yield way.points[at]
        if line.strand.crow and way.length > 2 * _FOOT:
            yield way.at(_FOOT / way.length if at == 0 else 1 - _FOOT / way.length)[0]


def _middle(box: Box, axis: str) -> float:
    return box.centre_x if axis == "x" else box.centre_y
