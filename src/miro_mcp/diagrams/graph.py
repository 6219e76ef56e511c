"""A diagram as a graph: nodes, edges and groups in Miro's words, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["down", "up", "right", "left"]
LineStyle = Literal["normal", "dashed", "dotted"]
Curve = Literal["straight", "elbowed", "curved"]
LayoutName = Literal["flow", "columns", "rows", "tree", "stacked", "mind map"]
Side = Literal["top", "right", "bottom", "left"]
VerticalAlign = Literal["top", "middle", "bottom"]

RULE = "\u2014" * 8
"""A line of a node's text that is drawn as a rule, as wide as the node: dashes that meet, which every font has."""

CARD = "card"


@dataclass(frozen=True, kw_only=True)
class Look:
    """Colours are hex, widths and font sizes in board units; None leaves it to Miro."""

    fill: str | None = None
    fill_opacity: float | None = None
    border: str | None = None
    border_opacity: float | None = None
    border_style: LineStyle | None = None
    border_width: float | None = None
    colour: str | None = None
    """Of the text."""
    font_size: float | None = None
    align: Literal["left", "center", "right"] | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """`key` is unique in its graph; `shape` has the API's name; `text` is simple HTML as Miro's own.

    In HTML `<`, `>` and `&` are escaped, lines part at `<br>`, and `<strong>`, `<em>`, `<u>`, `<s>` and `<a href>` may
    occur. A `width` or `height` is in board units; None leaves it to the text.

    The shape CARD is Miro's own card: its theme is the look's border, and it may have a description, HTML too.
    """

    key: str
    text: str
    shape: str = "rectangle"
    group: str | None = None
    look: Look = Look()
    link: str | None = None
    width: float | None = None
    height: float | None = None
    description: str = ""
    rank: int | None = None
    """Nodes of one number stand beside each other, across the flow."""
    column: int | None = None
    """Where a node stands in its rank, from the left or the top."""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A line from `start` to `end`, keys of nodes or groups. Caps are stroke caps of Miro's, by their API names.

    Texts are HTML as a node's; `colour` is the line's, `text_colour` that of its texts. `length` is how many ranks it
    spans at least; an invisible one only holds its ends apart.
    """

    key: str
    start: str
    end: str
    text: str = ""
    start_text: str = ""
    end_text: str = ""
    start_cap: str = "none"
    end_cap: str = "stealth"
    line: LineStyle = "normal"
    width: float | None = None
    colour: str | None = None
    text_colour: str | None = None
    curve: Curve | None = None
    length: int = 1
    visible: bool = True
    sides: tuple[Side | None, Side | None] = (None, None)
    """Of the items at its start and end; None leaves it to what lies where."""
    caption_at: float | None = None
    """Percent of the line where its caption is to be; None leaves it to what lies where."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """A box around nodes and other groups; `title` is HTML, `parent` the key of the group around it."""

    key: str
    title: str = ""
    parent: str | None = None
    direction: Direction | None = None
    look: Look = Look()


@dataclass(frozen=True, kw_only=True)
class Graph:
    """`title` is plain text; `notes` says what could not be carried over from where it was read, a sentence each."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    direction: Direction = "down"
    layout: LayoutName | None = None
    """None leaves it to what reads best."""
    title: str = ""
    notes: tuple[str, ...] = field(default=())
