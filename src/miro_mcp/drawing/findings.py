"""What looks wrong on a board, in words: overlaps, text that doesn't fit, lines through items, items out of frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple

from ..board.contents import Item, number
from ..board.geometry import Box, Point, Turned, cuts, meet, turned, turned_point
from ..board.grid import Grid
from ..text.rich_text import parse_html
from .items.kinds import is_unseen, solid_part
from .line_findings import line_faults
from .lines.routes import Route
from .readability.faults import FaultKind
from .scene import Scene
from .text.layout import LINE_HEIGHT

_MOST_TOLD = 12
"""Findings of one sort that are told one by one; the rest are counted."""

_MOST_COUNTED = 500
_MOST_COMPARED = 300_000
"""Pairs that are looked at: a board with everything on one heap has too many."""

_HEAP = "So much lies in one place that not all of it was looked at."

_TOUCHING = 0.03
"""Of the smaller item: an overlap below this is items that touch."""

_INSIDE = 0.97
_LETTER = 0.55
"""Width of a usual letter, in font sizes."""

_BAR = 12.0
"""Board units: an empty shape as narrow as this is a line that things may lie on."""

_LINE_FAULTS: Mapping[FaultKind, str] = {
    "shared": "Two lines lie on each other: {} and {}.",
    "exit": "Two ways out of a decision leave at one point: {} and {}.",
    "hairpin": "A line turns back on itself: {}.",
    "caption": "A caption covers something: that of {} covers {}.",
}

_CLEAR = 4.0
"""Board units: a line has to be this far inside an item to go through it."""


class FoundFault(NamedTuple):
    """One sentence, and the ids of what it is about."""

    told: str
    ids: frozenset[str]


def findings_in(
    shown: Scene, cut: frozenset[str], about: frozenset[str] | None = None, meant: frozenset[str] = frozenset()
) -> list[str]:
    """One sentence per finding, the worst kinds first; only those with something of `about`, if that is given.

    What is in `meant` lies over other things on purpose.
    """
    survey = _Survey(shown)

    def told(findings: Iterator[FoundFault], more: str) -> list[str]:
        return _told((one.told for one in findings if about is None or one.ids & about), more)

    findings = [
        *told((one for one in _overlaps(survey) if not one.ids & meant), "more overlaps"),
        *told(_through(survey), "more lines through items"),
        *told(_of_lines(survey), "more faults of lines"),
        *told(_outside(survey), "more items out of their frames"),
        *told((_too_long(survey, one) for one in shown.boxes if one in cut), "more such texts"),
        *(_loose(shown) if about is None else []),
    ]
    return [*findings, _HEAP] if survey.has_enough() else findings


class _Survey:
    """A scene with what all findings need of it: upright boxes, an index of them, and names."""

    def __init__(self, shown: Scene) -> None:
        self.shown = shown
        self.solid = {one: solid_part(self.item(one), box) for one, box in shown.boxes.items()}
        self.boxes = {one: turned(box, self.item(one).rotation) for one, box in self.solid.items()}
        self.order = {identifier: at for at, identifier in enumerate(shown.boxes)}
        self.grid = Grid({one: box for one, box in self.boxes.items() if self.item(one).kind != "frame"})
        self._compared = 0
        self.frames = [one for one in self.boxes if self.item(one).kind == "frame"]

    def item(self, identifier: str) -> Item:
        return self.shown.contents.items[identifier]

    def has_enough(self) -> bool:
        """Counts one more comparison, and tells whether there were too many."""
        self._compared += 1
        return self._compared > _MOST_COMPARED

    def name(self, identifier: str) -> str:
        item = self.item(identifier)
        told = " ".join(_text_of(item).split())
        short = told if len(told) <= 30 else told[:29] + "…"
        return f"{item.kind} {identifier}" + (f" “{short}”" if short else "")

    def is_unseen(self, identifier: str) -> bool:
        return is_unseen(self.item(identifier))

    def is_bar(self, identifier: str) -> bool:
        """Whether an item is an empty shape so narrow that it is a line: a lifeline, say."""
        item, box = self.item(identifier), self.solid[identifier]
        return item.kind == "shape" and min(box.width, box.height) <= _BAR and not _text_of(item)

    def is_backdrop(self, identifier: str) -> bool:
        """Whether an item is a shape without text that others lie on: a lane, a column."""
        if self.item(identifier).kind != "shape" or _text_of(self.item(identifier)):
            return False
        box = self.boxes[identifier]
        return any(one != identifier and box.contains(self.boxes[one], slack=1.0) for one in self.grid.near(box))

    def turned(self, identifier: str) -> Turned:
        return self.solid[identifier], self.item(identifier).rotation

    def local(self, identifier: str) -> Callable[[Point], Point]:
        """Turns a point of the board into one beside the item before its rotation."""
        rotation, centre = self.item(identifier).rotation, self.solid[identifier].centre
        return (lambda point: turned_point(point, centre, -rotation)) if rotation % 360 else lambda point: point


def _told(findings: Iterator[str], more: str) -> list[str]:
    counted = list(islice(findings, _MOST_COUNTED + 1))
    told, rest = counted[:_MOST_TOLD], len(counted) - _MOST_TOLD
    if len(counted) > _MOST_COUNTED:
        return [*told, f"And over {rest - 1} {more}."]
    return [*told, f"And {rest} {more}."] if rest > 0 else told


def _too_long(survey: _Survey, identifier: str) -> FoundFault:
    return FoundFault(f"The text of {survey.name(identifier)} doesn't fit it.", frozenset({identifier}))


def _overlaps(survey: _Survey) -> Iterator[FoundFault]:
    for first in survey.order:
        if survey.item(first).kind == "frame":
            for second in survey.frames:
                if survey.order[first] < survey.order[second] and _shared(survey, first, second) > _TOUCHING:
                    told = f"{survey.name(first)} and {survey.name(second)} overlap."
                    yield FoundFault(told, frozenset({first, second}))
            continue
        if survey.item(first).kind == "table_text":
            continue
        for second in survey.grid.near(survey.boxes[first]):
            if survey.has_enough():
                return
            if survey.item(second).kind == "table_text":
                continue  # A table's own texts lie on it.
            if survey.order[first] < survey.order[second] and (told := _overlap(survey, first, second)):
                yield FoundFault(told, frozenset({first, second}))


def _overlap(survey: _Survey, below: str, above: str) -> str | None:
    """What is wrong with an item that lies on another."""
    if survey.item(below).kind == survey.item(above).kind == "mindmap_node" and _joined(survey, below, above):
        return None
    if survey.is_unseen(below) or survey.is_unseen(above) or _is_a_line_below(survey, below, above):
        return None
    share = _shared(survey, below, above)
    if share <= _TOUCHING or not meet(survey.turned(below), survey.turned(above)):
        return None
    if share >= _INSIDE:
        if survey.boxes[above].area < survey.boxes[below].area:
            covers = survey.boxes[above].overlaps(_text_band(survey.item(below), survey.boxes[below]))
            return f"{survey.name(above)} covers text of {survey.name(below)}." if covers else None
        if _is_see_through(survey.item(above)):
            return None
        return f"{survey.name(above)} hides {survey.name(below)}."
    return f"{survey.name(above)} overlaps {survey.name(below)} by {share:.0%}."


def _is_a_line_below(survey: _Survey, below: str, above: str) -> bool:
    """Whether what lies below is a mere line, or neither has text and one of them is."""
    empty = not _text_of(survey.item(below)) and not _text_of(survey.item(above))
    return survey.is_bar(below) or (empty and survey.is_bar(above))


def _through(survey: _Survey) -> Iterator[FoundFault]:
    for connector, way in survey.shown.lines:
        ends = {connector.start_id or "", connector.end_id or ""}
        for identifier in survey.grid.near(way.extent):
            if survey.has_enough():
                return
            if identifier in ends or survey.is_unseen(identifier) or survey.is_bar(identifier):
                continue
            if any(_is_nested(survey, identifier, end) for end in ends):
                continue
            if _crosses(survey, way, identifier) and not survey.is_backdrop(identifier):
                told = f"Connector {connector.id} goes through {survey.name(identifier)}."
                yield FoundFault(told, frozenset({connector.id, identifier, *ends}))


def _of_lines(survey: _Survey) -> Iterator[FoundFault]:
    texts = {
        one: _written(survey.item(one), box)
        for one, box in survey.boxes.items()
        if survey.item(one).kind != "frame" and not survey.is_unseen(one) and not survey.is_bar(one)
    }
    for fault in line_faults(survey.shown, {one: box for one, box in texts.items() if box.area}):
        told = _LINE_FAULTS[fault.kind].format(*(_name_of(survey, one) for one in fault.ids))
        yield FoundFault(told, frozenset(fault.ids))


def _name_of(survey: _Survey, identifier: str) -> str:
    return survey.name(identifier) if identifier in survey.boxes else f"connector {identifier}"


def _outside(survey: _Survey) -> Iterator[FoundFault]:
    for identifier, box in survey.boxes.items():
        parent_id = survey.item(identifier).parent_id or ""
        if parent_id not in survey.boxes or survey.item(parent_id).kind != "frame":
            continue
        frame = survey.boxes[parent_id]
        if not frame.contains(box, slack=1.0):
            how = "sticks out of" if frame.overlaps(box) else "is outside of"
            told = f"{survey.name(identifier)} {how} its {survey.name(parent_id)}."
            yield FoundFault(told, frozenset({identifier, parent_id}))


def _loose(shown: Scene) -> list[str]:
    if not shown.loose:
        return []
    verb = "connector lacks an end, so it isn't" if shown.loose == 1 else "connectors lack an end, so they aren't"
    return [f"{shown.loose} {verb} drawn: Miro doesn't tell where that end is."]


def _text_of(item: Item) -> str:
    data = item.data
    for name in ("content", "title", "code"):
        if data.get(name):
            return " ".join(paragraph.text for paragraph in parse_html(str(data[name])[:400])).strip()
    return ""


def _text_band(item: Item, box: Box) -> Box:
    """About where an item's text is: all of the item, or a band of it where the text keeps to the top or bottom."""
    text = _text_of(item)
    if not text:
        return Box(box.x, box.y, 0, 0)
    side = item.style.get("textAlignVertical") if item.kind == "shape" else None
    if side not in ("top", "bottom"):
        return box
    size = number(item.style.get("fontSize")) or 14.0
    lines = 1 + int(len(text) * size * _LETTER / max(box.width, 1.0))
    height = min(lines * size * LINE_HEIGHT + size, box.height)
    return Box(box.x, box.y if side == "top" else box.bottom - height, box.width, height)


def _written(item: Item, box: Box) -> Box:
    """About where letters are: the band of the text, as wide as one line of it where that keeps to the left."""
    band = _text_band(item, box)
    if item.style.get("textAlign") != "left":
        return band
    size = number(item.style.get("fontSize")) or 14.0
    return band._replace(width=min(band.width, (len(_text_of(item)) * _LETTER + 1) * size))


def _shared(survey: _Survey, first: str, second: str) -> float:
    """How much of the smaller item lies on the other: 0 to 1."""
    one, other = survey.boxes[first], survey.boxes[second]
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / max(min(one.area, other.area), 0.01)


def _is_see_through(item: Item) -> bool:
    return item.kind in ("shape", "text") and str(item.style.get("fillOpacity", "0")) in ("0", "0.0")


def _joined(survey: _Survey, first: str, second: str) -> bool:
    return survey.item(first).parent_id == second or survey.item(second).parent_id == first


def _is_nested(survey: _Survey, identifier: str, end: str) -> bool:
    """Whether a line may go through an item because one of its ends lies in it, or holds it."""
    if end not in survey.boxes:
        return False
    one, other = survey.boxes[identifier], survey.boxes[end]
    if survey.is_unseen(end):
        return one.overlaps(other)
    return one.contains(other, slack=1.0) or other.contains(one, slack=1.0)


def _crosses(survey: _Survey, way: Route, identifier: str) -> bool:
    local, box = survey.local(identifier), survey.solid[identifier].inset(_CLEAR, _CLEAR)
    points = [local(point) for point in way.points]
    return any(cuts(one, other, box) for one, other in pairwise(points))
