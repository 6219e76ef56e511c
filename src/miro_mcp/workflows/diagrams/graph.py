"""A diagram as a graph: nodes, edges and groups in Miro's words, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["down", "up", "right", "left"]
Line = Literal["normal", "dashed", "dotted"]
Curve = Literal["straight", "elbowed", "curved"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """Colours are hex, widths and font sizes in board units; None leaves it to Miro."""

    fill: str | None = None
    fill_opacity: float | None = None
    border: str | None = None
    border_style: Line | None = None
    border_width: float | None = None
    colour: str | None = None
    """Of the text."""
    font_size: float | None = None
    align: Literal["left", "center", "right"] | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """`key` is unique in its graph; `text` is plain or simple HTML as Miro's; `shape` has the API's name."""

    key: str
    text: str
    shape: str = "rectangle"
    group: str | None = None
    look: Look = Look()
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A line from `start` to `end`, keys of nodes or groups. Caps are stroke caps of Miro's, by their API names.

    `length` is how many ranks it spans at least; an invisible one only holds its ends apart.
    """

    key: str
    start: str
    end: str
    text: str = ""
    start_text: str = ""
    end_text: str = ""
    start_cap: str = "none"
    end_cap: str = "stealth"
    line: Line = "normal"
    width: float | None = None
    colour: str | None = None
    curve: Curve | None = None
    length: int = 1
    visible: bool = True


@dataclass(frozen=True, kw_only=True)
class Group:
    """A box around nodes and other groups; `parent` is the key of the group around it."""

    key: str
    title: str = ""
    parent: str | None = None
    direction: Direction | None = None
    look: Look = Look()


@dataclass(frozen=True, kw_only=True)
class Graph:
    """`notes` says what could not be carried over from where it was read, a sentence each."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    groups: tuple[Group, ...] = ()
    direction: Direction = "down"
    title: str = ""
    notes: tuple[str, ...] = field(default=())
