"""Boxes as the items they become: kind, body and place of each, in the order they lie in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from ...board.colours import INK, readable_on
from ...board.contents import Item
from ...board.geometry import Box
from ...board.write import Payload
from ...catalogue.shapes import BasicShape
from ...drawing.items.notes import PAPER_SHARE
from ...drawing.text.layout import LINE_HEIGHT
from ...layout_text.boxes import KINDS, LayoutBox, TagGiven
from ...layout_text.engine.measure import most_width, text_height
from ...layout_text.engine.widths import aligned
from ...layout_text.style import BoxStyle
from ...layout_text.values import BLACK, Border, Colour
from ..svg_write.document.texts import html_of_text
from .spot import Unit

_BASIC = frozenset(get_args(BasicShape))
_ROUND = 0.12
"""Of a round rectangle's shorter side: the radius of its corners, whatever is asked for."""

_ROUNDER = 2.5
"""Times as round as asked for: from here on square corners are nearer to what was meant."""

_PILL = 0.5
_BORDERS = (1.0, 24.0)
_ROOMY = 2.0
"""Lines of free height from which a text starts at the top, as in CSS, where nothing is said."""

_DARKER = 0.82


@dataclass
class ItemPiece:
    """One item as the text wants it. `box` is in board coordinates, with what the board counts in (a note's shadow)."""

    label: str
    kind: str
    body: Payload
    box: Box
    source: LayoutBox
    frame: ItemPiece | str | None = None
    """The frame it is in: one of the text's, or the id of one on the board."""
    item: Item | None = None
    only_placed: bool = False
    is_fixed: bool = False
    """Whether it stays where it is."""
    tags: tuple[TagGiven, ...] | None = None
    layer: int = 1
    is_background: bool = False
    is_bar: bool = False
    """Whether it is the border of a single side."""

    @property
    def id(self) -> str:
        """What stands for it in calls: its id, or its label while it is to be made."""
        return self.item.id if self.item else self.label

    @property
    def frame_id(self) -> str | None:
        return self.frame.id if isinstance(self.frame, ItemPiece) else self.frame

    @property
    def is_basic(self) -> bool:
        """Whether bulk creation takes it: it knows no flowchart shapes."""
        return self.body.get("data", {}).get("shape", "rectangle") in _BASIC | {"square"}

    @property
    def paper(self) -> Box:
        """What of it lines end at."""
        return self.box._replace(height=self.box.height * PAPER_SHARE) if self.kind == "sticky_note" else self.box


@dataclass
class Composition:
    """Pieces, frames before what is in them; `notes` tells what looks otherwise than it was asked for."""

    pieces: list[ItemPiece] = field(default_factory=list[ItemPiece])
    by_box: dict[LayoutBox, ItemPiece] = field(default_factory=dict[LayoutBox, ItemPiece])
    notes: list[str] = field(default_factory=list[str])
    labels: Counter[str] = field(default_factory=Counter[str])

    def add(self, piece: ItemPiece) -> None:
        """Adds a piece, its label made its own."""
        self.labels[piece.label] += 1
        if self.labels[piece.label] > 1:
            piece.label += f"~{self.labels[piece.label]}"
        self.pieces.append(piece)


def compose(units: Iterable[Unit]) -> Composition:
    """The pieces of the parts of a text."""
    found = Composition()
    for unit in units:
        _compose(unit.box, (unit.x, unit.y), unit.frame_id, found, is_fixed=unit.stays)
    _layer(found.pieces)
    return found


def _compose(
    box: LayoutBox, offset: tuple[float, float], frame: ItemPiece | str | None, found: Composition, *, is_fixed: bool
) -> None:
    piece = _piece(box, offset, frame, found.notes)
    if piece is not None:
        piece.is_fixed = is_fixed
        found.add(piece)
        found.by_box[box] = piece
        if box.role == "frame":
            frame = piece
    if box.item is None:
        for bar in _bars(box, offset, frame):
            found.add(bar)
    for child in box.children:
        _compose(child, offset, frame, found, is_fixed=False)


def _piece(
    box: LayoutBox, offset: tuple[float, float], frame: ItemPiece | str | None, notes: list[str]
) -> ItemPiece | None:
    if box.role == "group" and not box.style.is_painted:
        return None
    if box.role == "shape" and not (box.paragraphs or box.style.is_painted or box.item):
        return None
    place = box.box.moved(*offset)
    kind = box.item.kind if box.role == "item" and box.item else KINDS[box.role]
    if box.role == "text":
        place = place._replace(height=text_height(box, box.width))
    if kind == "sticky_note":
        place = place._replace(height=place.height / PAPER_SHARE)
    body = _BODIES[box.role](box, notes)
    piece = ItemPiece(
        box.label, kind, body, place, box, None if kind == "frame" else frame, box.item, box.role == "item"
    )
    piece.tags = box.tags
    piece.is_background = box.role == "group"
    return piece


def _frame(box: LayoutBox, _: list[str]) -> Payload:
    background = box.style.background
    return {
        "type": "frame",
        "data": {"title": box.element.attributes.get("title", ""), "format": "custom", "type": "freeform"},
        "style": {"fillColor": background.hex if background else "#ffffff"},
        "geometry": _size(box, "width", "height"),
    }


def _shape(box: LayoutBox, notes: list[str]) -> Payload:
    data: Payload = {"shape": _form(box, notes)}
    style: Payload = {**_fill(box.style), **_line(box.style.border), "fontFamily": "open_sans"}
    if box.role == "shape" and box.paragraphs:
        data["content"] = html_of_text(box.paragraphs)
        style |= _lettering(box)
    return {"type": "shape", "data": data, "style": style, "geometry": _size(box, "width", "height")}


def _text(box: LayoutBox, _: list[str]) -> Payload:
    style: Payload = {
        "color": _ink(box.style, INK).hex,
        "fillOpacity": "0.0",
        "fontFamily": "open_sans",
        "fontSize": f"{box.style.font_size:g}",
        "textAlign": box.style.align or ("right" if _stands_at_the_end(box) else "left"),
    }
    content = html_of_text(box.paragraphs)
    return {"type": "text", "data": {"content": content}, "style": style, "geometry": _size(box, "width")}


def _stands_at_the_end(box: LayoutBox) -> bool:
    """Whether a text is held at the right: what it has of spare width is then at its left."""
    if box.parent is None:
        return False
    style = box.parent.style
    if style.flow == "row":
        is_last = box.parent.in_flow[-1] is box and len(box.parent.in_flow) > 1
        return style.word("justify-content", "start") == "end" or (
            is_last and style.word("justify-content", "start") == "space-between"
        )
    return aligned(box.parent, box, "justify" if style.flow == "grid" else "align") == "end"


def _sticky_note(box: LayoutBox, _: list[str]) -> Payload:
    assert box.natural is not None
    form = "rectangle" if box.natural[0] > 1.2 * box.natural[1] else "square"
    style: Payload = {"textAlign": "center", "textAlignVertical": "middle"}
    style |= {"fillColor": box.colour} if box.colour else {}
    data: Payload = {"content": html_of_text(box.paragraphs), "shape": form}
    return {"type": "sticky_note", "data": data, "style": style, "geometry": _size(box, "width")}


def _card(box: LayoutBox, _: list[str]) -> Payload:
    card = box.card
    data: Payload = {"title": box.text.replace("\n", " ")}
    if card.description:
        data["description"] = html_of_text(card.description)
    data |= {"dueDate": card.due} if card.due else {}
    data |= {"assigneeId": card.assignee} if card.assignee else {}
    style: Payload = {"cardTheme": box.colour} if box.colour else {}
    return {"type": "card", "data": data, "style": style, "geometry": _size(box, "width")}


def _picture(box: LayoutBox, _: list[str]) -> Payload:
    data: Payload = {"url": box.source}
    title = box.element.attributes.get("title") or box.element.attributes.get("alt")
    data |= {"title": title} if title and box.role == "image" else {}
    return {"type": KINDS[box.role], "data": data, "geometry": _size(box, "width")}


def _placed_item(box: LayoutBox, _: list[str]) -> Payload:
    """What an existing item that is only placed gets beside its place."""
    assert box.item is not None
    kind = box.item.kind
    name = {"sticky_note": "fillColor", "card": "cardTheme"}.get(kind, "fillColor")
    style: Payload = {name: box.colour} if box.colour else {}
    if box.colour and kind == "shape":
        style["fillOpacity"] = "1"
    sized = box.style.is_given("width", "height")
    return {"type": kind, "style": style, "geometry": _size(box, "width") if sized else {}}


_BODIES = {
    "frame": _frame,
    "group": _shape,
    "shape": _shape,
    "text": _text,
    "sticky_note": _sticky_note,
    "card": _card,
    "image": _picture,
    "embed": _picture,
    "item": _placed_item,
}


def outlined(piece: ItemPiece) -> str:
    """Makes a background a mere outline, since what is new lies over what is there; tells so."""
    background = piece.source.style.background
    style = piece.body["style"]
    style["fillOpacity"] = "0.0"
    if piece.source.style.border is None and background:
        style |= _line(Border(2.0, "normal", Colour(_darker(background.hex))))
    return (
        f"{piece.source.element} is an outline: what is new lies over what is there, so its background would cover the "
        "items in it. A <frame> lies below them."
    )


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * _DARKER):02x}" for at in (1, 3, 5))


def _size(box: LayoutBox, *names: str) -> Payload:
    return {name: round(max(getattr(box, name), 1.0), 1) for name in names}


def _form(box: LayoutBox, notes: list[str]) -> str:
    if box.is_explicit:
        return box.form
    given = box.style.length("border-radius")
    side = min(box.width, box.height)
    radius = (given.of(side) or 0.0) if given else 0.0
    if radius >= side * _PILL - 0.5 and abs(box.width - box.height) < 2 and side > 0:
        return "circle"
    if radius < 1:
        return "rectangle"
    if _largest_alike(box) * _ROUND > radius * _ROUNDER:
        notes.append("Large boxes with small rounded corners have square ones: Miro's would be far rounder.")
        return "rectangle"
    return "round_rectangle"


def _largest_alike(box: LayoutBox) -> float:
    """The longest of the shorter sides of the boxes beside it with the same corners: they are to look alike."""
    radius = box.style.length("border-radius")
    beside = box.parent.children if box.parent else [box]
    return max(min(one.width, one.height) for one in beside if one.style.length("border-radius") == radius)


def _fill(style: BoxStyle) -> Payload:
    background = style.background
    if background is None:
        return {"fillOpacity": "0.0"}
    return {"fillColor": background.hex, "fillOpacity": f"{round(background.opacity * style.opacity, 3):g}"}


def _line(border: Border | None) -> Payload:
    if border is None or not border.width:
        return {"borderOpacity": "0.0"}
    width = min(max(border.width, _BORDERS[0]), _BORDERS[1])
    return {
        "borderColor": border.colour.hex, "borderOpacity": f"{border.colour.opacity:g}",
        "borderWidth": f"{width:g}", "borderStyle": border.style,
    }  # fmt: skip


def _ink(style: BoxStyle, otherwise: str) -> Colour:
    return style.colour or Colour(otherwise)


def _lettering(box: LayoutBox) -> Payload:
    background = box.style.background
    usual = readable_on(background.hex) if background and background.opacity * box.style.opacity > 0.5 else BLACK.hex
    across, down = _alignment(box)
    return {
        "color": _ink(box.style, usual).hex,
        "fontSize": f"{box.style.font_size:g}",
        "textAlign": across,
        "textAlignVertical": down,
    }


def _alignment(box: LayoutBox) -> tuple[str, str]:
    """How the text of a shape stands in it, across and down."""
    style, values = box.style, box.style.values
    words = {"start": "top", "end": "bottom", "center": "middle", "top": "top", "bottom": "bottom", "middle": "middle"}
    across, down = style.align, values.get("vertical-align")
    if values.get("display") in ("flex", "grid"):
        along = style.word("justify-content", style.word("justify-items", "start"))
        cross = style.word("align-items", style.word("align-content", "stretch"))
        if style.flow.startswith("column"):
            along, cross = cross, along
        across = across or {"center": "center", "end": "right", "space-around": "center"}.get(along)
        down = down or {"center": "center", "end": "bottom", "start": "top"}.get(cross)
    if across is None and _is_shrunk(box):
        across = "center"
    if down is None:
        spare = box.height - text_height(box, box.width)
        is_tall = style.length("height") is None and not box.is_explicit and not box.is_cell
        lines = _ROOMY * style.font_size * LINE_HEIGHT
        down = "top" if is_tall and across in (None, "left") and spare > lines else "middle"
    return across or "left", words.get(down, "middle")


def _is_shrunk(box: LayoutBox) -> bool:
    """Whether it is one line that is as wide as its text: centred, both sides look alike."""
    is_one_line = text_height(box, box.width) < text_height(box, 1e6) + 1
    return is_one_line and abs(box.width - most_width(box)) < 1


def _bars(box: LayoutBox, offset: tuple[float, float], frame: ItemPiece | str | None) -> Iterator[ItemPiece]:
    """Borders of single sides, each a narrow shape."""
    place = box.box.moved(*offset)
    for side, border in box.style.bars.items():
        width = max(border.width, 1.0)
        bar = {
            "top": Box(place.x, place.y, place.width, width),
            "bottom": Box(place.x, place.bottom - width, place.width, width),
            "left": Box(place.x, place.y, width, place.height),
            "right": Box(place.right - width, place.y, width, place.height),
        }[side]
        style: Payload = {"fillColor": border.colour.hex, "fillOpacity": "1", "borderOpacity": "0.0"}
        body: Payload = {
            "type": "shape",
            "data": {"shape": "rectangle"},
            "style": style,
            "geometry": {"width": round(max(bar.width, 1.0), 1), "height": round(max(bar.height, 1.0), 1)},
        }
        yield ItemPiece(f"{box.label}.{side}", "shape", body, bar, box, frame, is_bar=True)


def _layer(pieces: list[ItemPiece]) -> None:
    """An item is made after those before it that it lies over."""
    done: list[ItemPiece] = []
    for piece in pieces:
        if piece.kind == "frame":
            piece.layer = 0
            continue
        below = [one.layer for one in done if one.box.grown(-0.5).overlaps(piece.box)]
        piece.layer = 1 + max(below, default=0)
        done.append(piece)
