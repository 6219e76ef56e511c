"""The faults that a drawing can have, and what each costs: what a search keeps small, findings tell and tests hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

FaultKind = Literal[
    "through", "title", "own", "near", "foreign", "border", "hairpin", "crossing", "shared", "close", "meeting", "exit",
    "caption", "arrowhead", "crowded", "corner", "outside", "hidden", "edge", "tight", "tight groups", "off axis",
    "unaligned",
]  # fmt: skip

WEIGHTS: dict[FaultKind, float] = {
    "through": 100.0,  # a line through a node
    "title": 60.0,  # a line over a group's title
    "own": 120.0,  # a line through the inside of its own end
    "near": 10.0,  # a line that hugs a node
    "foreign": 6.0,  # a line across a group that holds neither of its ends
    "border": 20.0,  # a line that lies on a group's border
    "hairpin": 25.0,  # a line that turns back on itself
    "crossing": 14.0,
    "shared": 40.0,  # two lines on each other
    "close": 5.0,  # two lines beside each other that are hard to tell apart
    "meeting": 12.0,  # one line arrives where the other leaves
    "exit": 20.0,  # captioned ways out of a decision that leave at one point
    "caption": 30.0,  # a caption over a node, a title, a line or another caption
    "arrowhead": 30.0,  # a caption over the head of its own line
    "crowded": 6.0,  # a caption that all but touches a node
    "corner": 4.0,  # a caption over a corner of its own line
    "outside": 12.0,  # a caption out of the picture
    "hidden": 6.0,  # a caption that covers nearly all of its line
    "edge": 1.5,  # a caption across a group's border
    "tight": 25.0,  # two nodes too near each other
    "tight groups": 12.0,
    "off axis": 8.0,  # a parent that isn't over the middle of its children
    "unaligned": 5.0,  # a group in line with no other
}
SHARED_LENGTH = 0.05
"""What each board unit costs that two lines lie on each other."""


class DrawingFault(NamedTuple):
    """One fault; `ids` are of the lines, nodes or groups that it concerns."""

    kind: FaultKind
    ids: tuple[str, ...]
    amount: float = 1.0
    """How often it is there."""
    length: float = 0.0
    """Board units along which two lines lie on each other."""


def faults_cost(faults: Iterable[DrawingFault]) -> float:
    return sum(WEIGHTS[fault.kind] * fault.amount + SHARED_LENGTH * fault.length for fault in faults)
