"""A chart being drawn: boxes, labels, rules and lines at their places, which become a graph and its layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from ....board.geometry import Box, Point
from ...graph import Edge, Graph, Group, Look, Node
from ..places import Layout
from ..sizes import text_block

INK, QUIET, RULE = "#1f2937", "#5b6678", "#d5dbe6"
CLEAR = Look(fill_opacity=0.0, border_opacity=0.0)
POINT_SIZE = 8.0
"""Side of the invisible shapes that lines end at, in board units, as all here."""

PALETTE = (
    ("#dce7ff", "#3b6fe0", "#2f5fd0"),
    ("#d9f2e4", "#2a9d68", "#1d7a4e"),
    ("#ffefc7", "#d99400", "#8a5a00"),
    ("#eadfff", "#7c5cd6", "#6545c0"),
    ("#ffdfe3", "#d6455d", "#b8344c"),
    ("#d3f1f4", "#17808f", "#0f6b78"),
    ("#ffe2d1", "#cf6420", "#a84a10"),
    ("#e4e7ed", "#6b7280", "#4b5565"),
)
"""Of parts that belong together: a fill, its border, and a fill that white text can be read on."""

Anchor = Literal["left", "center", "right"]


def colours(number: int) -> tuple[str, str]:
    """Fill and border of the part of some number."""
    fill, border, _ = PALETTE[number % len(PALETTE)]
    return fill, border


def tinted(number: int, size: float = 12.0) -> Look:
    """Of a box with dark text."""
    fill, border = colours(number)
    return Look(fill=fill, border=border, border_width=1.5, colour=INK, font_size=size)


def headed(number: int) -> Look:
    """Of a heading, its text white."""
    strong = PALETTE[number % len(PALETTE)][2]
    return Look(fill=strong, border=strong, border_width=1, colour="#ffffff", font_size=14)


def band_look(fill: str) -> Look:
    """Of a group behind other parts; half see-through, since one that comes later lies on those that are there."""
    return Look(fill=fill, fill_opacity=0.5, border=fill, border_width=1)


@dataclass
class Canvas:
    """What lies behind is put first."""

    nodes: list[tuple[Node, Box]] = field(default_factory=list[tuple[Node, Box]])
    groups: list[tuple[Group, Box]] = field(default_factory=list[tuple[Group, Box]])
    edges: list[Edge] = field(default_factory=list[Edge])

    taken: set[str] = field(default_factory=set[str])

    def box(self, node: Node, box: Box) -> None:
        self.nodes.append((replace(node, key=self._free(node.key)), box))

    def group(self, group: Group, box: Box) -> None:
        self.groups.append((replace(group, key=self._free(group.key)), box))

    def _free(self, key: str) -> str:
        """The key, or one like it: what somebody said may be like the key of a part of the chart's own."""
        while key in self.taken:
            key += "'"
        self.taken.add(key)
        return key

    def label(
        self,
        key: str,
        text: str,
        at: Point,
        anchor: Anchor = "center",
        *,
        size: float = 12.0,
        widest: float = 10_000.0,
        colour: str = INK,
        group: str | None = None,
        link: str | None = None,
    ) -> Box:
        """A text without a border, its left edge, centre or right edge at a point, centred on it in height."""
        width, height = label_size(text, size, widest)
        left = at[0] - {"left": 0.0, "center": width / 2, "right": width}[anchor]
        box = Box(left, at[1] - height / 2, width, height)
        look = replace(CLEAR, font_size=size, align=anchor, colour=colour)
        self.box(Node(key=key, text=text, look=look, group=group, link=link), box)
        return box

    def rule(self, key: str, start: Point, end: Point, *, colour: str = RULE, width: float = 1.0) -> None:
        """An upright or level line, as a thin box."""
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        box = Box.between(left - width / 2, top - width / 2, right + width / 2, bottom + width / 2)
        self.box(Node(key=key, text="", look=Look(fill=colour, border_opacity=0.0)), box)

    def point(self, key: str, at: Point) -> str:
        """A place that lines can end at."""
        self.box(Node(key=f"point:{key}", text="", look=CLEAR), Box.centred(*at, POINT_SIZE, POINT_SIZE))
        return f"point:{key}"

    def finished(self, title: str, notes: Iterable[str]) -> tuple[Graph, Layout]:
        """The graph, and all its places, the top left corner at 0, 0."""
        every = [box for _, box in (*self.nodes, *self.groups)]
        left, top = min((box.left for box in every), default=0.0), min((box.top for box in every), default=0.0)
        graph = Graph(
            nodes=tuple(replace(node, width=box.width, height=box.height) for node, box in self.nodes),
            edges=tuple(self.edges),
            groups=tuple(group for group, _ in self.groups),
            title=title,
            notes=tuple(notes),
        )
        nodes = {node.key: box.moved(-left, -top) for node, box in self.nodes}
        return graph, Layout(nodes, {group.key: box.moved(-left, -top) for group, box in self.groups})


def fitted_height(text: str, width: float, size: float) -> float:
    """How high a shape of some width has to be for its text."""
    return max(text_block(text, width - 28, size)[1] + 20, 36.0)


def label_size(text: str, size: float = 12.0, widest: float = 10_000.0) -> tuple[float, float]:
    """Width and height of a shape that holds a text broken to a width."""
    width, height = text_block(text, widest, size)
    return width + 16, height + 10
