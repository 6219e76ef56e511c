"""The lines of a text: new connectors with the sides they leave at, and those that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import cast, get_args

from ...board.contents import Connector, Contents, Item
from ...board.geometry import Box, cuts
from ...board.write import Payload
from ...catalogue.connectors import StrokeCap
from ...diagrams.graph import Curve, Edge, Graph, Node, Side
from ...diagrams.layout.places import Ends, Layout
from ...diagrams.lines.ends import line_ends
from ...drawing.items.kinds import drawn_box, solid_part
from ...drawing.lines.routes import find_route
from ...layout_text.boxes import LayoutBox
from ...layout_text.mistakes import Mistakes, meant
from ...layout_text.reading.boxes_of import LayoutDraft, LineGiven
from ...layout_text.values import read_colour
from ...text.rich_text import parse_html
from ..plans.steps import ChangeStep, Creation
from ..svg_write.document.texts import html_of_text
from ..svg_write.rules import CONNECTOR_UPDATE
from .change import is_same
from .detours import Sides, around_boxes
from .pieces import ItemPiece

_CAPS: tuple[str, ...] = get_args(StrokeCap)
_SHAPES: tuple[str, ...] = get_args(Curve)
_SIDES: tuple[str, ...] = get_args(Side)
_CAP_ALIASES = {"": "stealth", "true": "stealth", "end": "stealth", "filled_arrow": "stealth", "circle": "filled_oval"}
_LONGEST_CAPTION = 200
_BAR = 12.0
_ROOM = 48.0
"""Board units between boxes that a line with two bends needs, for it begins and ends with a stretch of its own."""
_CLEAR = 4.0
"""Board units: a line has to be this far inside a box to meet it."""


@dataclass
class PlannedLines:
    """`matched` are ids of connectors that the text's lines are already."""

    creations: list[Creation] = field(default_factory=list[Creation])
    changes: list[ChangeStep] = field(default_factory=list[ChangeStep])
    matched: set[str] = field(default_factory=set[str])


def plan_lines(draft: LayoutDraft, pieces: list[ItemPiece], contents: Contents, mistakes: Mistakes) -> PlannedLines:
    own = {piece.source.key: piece for piece in pieces if piece.source.key and not piece.is_bar}
    found = PlannedLines()
    by_ends: dict[tuple[str, str], list[Connector]] = {}
    for connector in contents.connectors:
        by_ends.setdefault((connector.start_id or "", connector.end_id or ""), []).append(connector)
    new: list[tuple[LineGiven, str, str, Payload]] = []
    for line in draft.lines:
        ends = [own[end].id if end in own else end for end in (line.start, line.end)]
        body = _body(line, mistakes)
        known = by_ends.get((ends[0], ends[1]), [])
        same = next((one for one in known if _caption_of(one) == _plain(line)), known[0] if len(known) == 1 else None)
        if same is not None:
            known.remove(same)
            found.matched.add(same.id)
            if step := _change(same, line, body):
                found.changes.append(step)
        else:
            new.append((line, ends[0], ends[1], body))
    ways = _Field(pieces, contents)
    ends_found = ways.ends_of({
        str(at): (start, end, body, _sides_given(line)) for at, (line, start, end, body) in enumerate(new)
    })  # fmt: skip
    for at, (line, start, end, body) in enumerate(new):
        if str(at) in ends_found:
            _lead(body, ends_found[str(at)], start, end)
        else:
            holder = _common_holder(draft.keys.get(line.start), draft.keys.get(line.end))
            chosen = ways.facing(start, end, holder)
            for name, identifier, side, given in zip(
                ("startItem", "endItem"), (start, end), chosen, _sides_given(line), strict=True
            ):
                body[name] = {"id": identifier} | ({"snapTo": given or side} if given or side else {})
        place = line.element.place
        found.creations.append(Creation(f"#{line.element.written}@{place[0]}:{place[1]}", "connector", body))
    found.changes += ways.led_around(one for one in contents.connectors if one.id not in found.matched)
    return found


class _Field:
    """What lines have to find their way between, once everything is in its place."""

    def __init__(self, pieces: Iterable[ItemPiece], contents: Contents) -> None:
        self._placed = {piece.id: piece for piece in pieces if piece.kind != "frame"}
        self._boxes: dict[str, Box] = {identifier: piece.paper for identifier, piece in self._placed.items()}
        for identifier, item in contents.items.items():
            if item.kind != "frame":
                self._boxes.setdefault(identifier, solid_part(item, drawn_box(item)))
        self._solid = {identifier for identifier, piece in self._placed.items() if _is_in_the_way(piece)}

    def facing(self, start: str, end: str, holder: LayoutBox | None) -> Sides | tuple[None, None]:
        """The sides that face each other, where both ends are known; `holder` is the box that holds both."""
        if start in self._boxes and end in self._boxes and start != end:
            return _facing(self._boxes[start], self._boxes[end], holder)
        return None, None

    def ends_of(
        self, lines: Mapping[str, tuple[str, str, Payload, tuple[Side | None, Side | None]]]
    ) -> dict[str, Ends]:
        """Where elbowed lines leave and arrive, and where their captions are, so that they read best together."""
        edges = [
            Edge(key=key, start=start, end=end, text=_caption_in(body), curve="elbowed", sides=given)
            for key, (start, end, body, given) in lines.items()
            if body["shape"] == "elbowed" and start in self._boxes and end in self._boxes and start != end
        ]
        if not edges:
            return {}
        keys = self._solid | {key for edge in edges for key in (edge.start, edge.end)}
        boxes = {key: self._boxes[key] for key in sorted(keys)}
        nodes = tuple(Node(key=key, text="", shape=self._shape_of(key)) for key in boxes)
        across = sum(abs(boxes[one.end].centre_x - boxes[one.start].centre_x) for one in edges)
        down = sum(abs(boxes[one.end].centre_y - boxes[one.start].centre_y) for one in edges)
        graph = Graph(nodes=nodes, edges=tuple(edges), direction="right" if across > down else "down")
        return line_ends(graph, Layout(boxes))

    def _shape_of(self, key: str) -> str:
        piece = self._placed.get(key)
        return str(piece.body.get("data", {}).get("shape", "rectangle")) if piece else "rectangle"

    def led_around(self, connectors: Iterable[Connector]) -> Iterator[ChangeStep]:
        """New sides for lines that are there already, between items that were placed, where they meet a box."""
        for one in connectors:
            start, end = one.start_id or "", one.end_id or ""
            if not (start in self._placed and end in self._placed) or start == end:
                continue
            if one.raw.get("shape") != "elbowed" or not self._meets_a_box(one, start, end):
                continue
            usual = _facing(self._boxes[start], self._boxes[end], None)
            edge = Edge(key=one.id, start=start, end=end, curve="elbowed")
            now = around_boxes([edge], {one.id: usual}, self._boxes, self._solid)[one.id]
            ends = {"startItem": {"id": start, "snapTo": now[0]}, "endItem": {"id": end, "snapTo": now[1]}}
            yield ChangeStep(one.id, "connector", CONNECTOR_UPDATE, {"connector_id": one.id, **ends}, ("sides",))

    def _meets_a_box(self, connector: Connector, start: str, end: str) -> bool:
        """Whether a line as it is would run through something, now that its ends are where they are."""
        route = find_route(connector, self._end(start), self._end(end))
        others = [self._boxes[one].inset(_CLEAR, _CLEAR) for one in self._solid - {start, end}]
        return any(cuts(first, second, box) for box in others for first, second in pairwise(route.points))

    def _end(self, identifier: str) -> tuple[Item, Box]:
        piece = self._placed[identifier]
        assert piece.item is not None
        x, y = piece.box.centre
        return replace(piece.item, x=x, y=y, width=piece.box.width, height=piece.box.height), piece.paper


def _sides_given(line: LineGiven) -> tuple[Side | None, Side | None]:
    attributes = line.element.attributes
    start, end = (attributes.get(name) for name in ("from-side", "to-side"))
    return cast("Side | None", start), cast("Side | None", end)


def _caption_in(body: Payload) -> str:
    captions = cast("list[Payload]", body.get("captions", []))
    return str(captions[0]["content"]) if captions else ""


def _lead(body: Payload, ends: Ends, start: str, end: str) -> None:
    body["startItem"], body["endItem"] = {"id": start, **ends.start}, {"id": end, **ends.end}
    for caption in cast("list[Payload]", body.get("captions", [])):
        caption["position"] = ends.caption
        if ends.align != "middle":
            caption["textAlignVertical"] = ends.align


def _body(line: LineGiven, mistakes: Mistakes) -> Payload:
    attributes = line.element.attributes
    arrow = attributes.get("arrow", "end")
    if arrow not in ("none", "both", "start", "end", "true", ""):
        mistakes.add(line.element.place_of("arrow"), "arrow is none, start, end or both")
    usual = {"start-cap": arrow in ("start", "both"), "end-cap": arrow not in ("none", "start")}
    body: Payload = {"shape": _one_of(line, "shape", _SHAPES, "elbowed", mistakes), "style": {}}
    for name, waysname in (("start-cap", "startStrokeCap"), ("end-cap", "endStrokeCap")):
        body["style"][waysname] = _one_of(line, name, _CAPS, "stealth" if usual[name] else "none", mistakes)
    for name in ("from-side", "to-side"):
        if name in attributes:
            _one_of(line, name, _SIDES, "", mistakes)
    body["style"] |= _look(line, mistakes)
    if line.caption:
        body["captions"] = [{"content": html_of_text(line.caption)}]
        if len(body["captions"][0]["content"]) > _LONGEST_CAPTION:
            mistakes.add(line.element.place, f"the text on a line has {_LONGEST_CAPTION} characters at most")
    return body


def _look(line: LineGiven, mistakes: Mistakes) -> Payload:
    values = line.style.values
    border = values.get("border")
    colour = values.get("stroke") or values.get("border-color") or values.get("color") or (border and border.colour)
    written = line.element.attributes.get("color")
    if written:
        try:
            colour = read_colour(written.lower()) or colour
        except ValueError as error:
            mistakes.add(line.element.place_of("color"), f"color={written[:40]!r} is not understood; it is {error}")
    width = values.get("stroke-width") or values.get("border-width") or (border and border.width)
    dash = values.get("stroke-style") or values.get("border-style") or (border and border.style)
    found: Payload = {}
    if colour:
        found["strokeColor"] = colour.hex
    if width:
        found["strokeWidth"] = f"{min(max(width, 1.0), 24.0):g}"
    if dash and dash != "none":
        found["strokeStyle"] = dash
    return found


def _one_of(line: LineGiven, name: str, names: tuple[str, ...], usual: str, mistakes: Mistakes) -> str:
    given = line.element.attributes.get(name)
    if given is None:
        return usual
    word = given.lower().replace("-", "_")
    word = _CAP_ALIASES.get(word, word) if name.endswith("cap") else word
    if word not in names:
        told = meant(word, names) or f"; it is one of {', '.join(names)}"
        mistakes.add(line.element.place_of(name), f"there is no {name} {given[:30]!r}{told}")
        return usual
    return word


def _plain(line: LineGiven) -> str:
    return "\n".join(paragraph.text for paragraph in line.caption).strip()


def _caption_of(connector: Connector) -> str:
    return "\n".join(one.text for caption in connector.captions[:1] for one in parse_html(caption)).strip()


def _change(connector: Connector, line: LineGiven, body: Payload) -> ChangeStep | None:
    """What the text says otherwise of a line that is there; what it doesn't say stays."""
    said = {"startStrokeCap": {"start-cap", "arrow"}, "endStrokeCap": {"end-cap", "arrow"}}
    given: Payload = {}
    style = {
        name: value
        for name, value in body["style"].items()
        if not is_same(connector.style.get(name), value)
        and (name not in said or said[name] & line.element.attributes.keys())
    }
    if style:
        given["style"] = style
    if "shape" in line.element.attributes and connector.raw.get("shape") != body["shape"]:
        given["shape"] = body["shape"]
    if _caption_of(connector) != _plain(line) and line.caption:
        given["captions"] = body["captions"]
    if not given:
        return None
    return ChangeStep(
        connector.id, "connector", CONNECTOR_UPDATE, {"connector_id": connector.id, **given}, tuple(sorted(given))
    )


def _is_in_the_way(piece: ItemPiece) -> bool:
    return not piece.is_background and min(piece.box.width, piece.box.height) > _BAR


def _facing(start: Box, end: Box, holder: LayoutBox | None) -> Sides:
    """The sides that face each other; aslant, those in the direction in which what holds both of them flows."""
    across = max(end.x - start.right, start.x - end.right)
    down = max(end.y - start.bottom, start.y - end.bottom)
    is_flat = across >= down
    if across > 0 and down > 0 and holder is not None and holder.style.flow != "grid":
        is_flat = holder.style.flow.startswith("row")
    if across > 0 and down > 0 and (across if is_flat else down) < _ROOM and (bent := _once_bent(start, end)):
        return bent
    if is_flat:
        return ("right", "left") if end.centre_x >= start.centre_x else ("left", "right")
    return ("bottom", "top") if end.centre_y >= start.centre_y else ("top", "bottom")


def _once_bent(start: Box, end: Box) -> Sides | None:
    """The sides of a line that bends once, between boxes too near for more bends; None where it would touch them."""
    right, below = end.centre_x > start.centre_x, end.centre_y > start.centre_y
    beyond_x = (end.centre_x - start.right) if right else (start.x - end.centre_x)
    beyond_y = (end.centre_y - start.bottom) if below else (start.y - end.centre_y)
    from_middle_x = (end.x - start.centre_x) if right else (start.centre_x - end.right)
    from_middle_y = (end.y - start.centre_y) if below else (start.centre_y - end.bottom)
    if min(beyond_x, from_middle_y) >= _BAR:
        return ("right" if right else "left", "top" if below else "bottom")
    if min(beyond_y, from_middle_x) >= _BAR:
        return ("bottom" if below else "top", "left" if right else "right")
    return None


def _common_holder(one: LayoutBox | None, other: LayoutBox | None) -> LayoutBox | None:
    if one is None or other is None or one.style.is_absolute or other.style.is_absolute:
        return None
    above: set[LayoutBox] = set()
    holder: LayoutBox | None = one
    while holder is not None:
        above.add(holder)
        holder = holder.parent
    holder = other
    while holder is not None and holder not in above:
        holder = holder.parent
    return holder
