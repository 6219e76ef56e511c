"""New elements of a drawing as the items they become."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import get_args

from ...board.colours import STICKY, nearest_note_colour
from ...board.geometry import Box
from ...board.write import Payload
from ...catalogue.shapes import BasicShape, FlowchartShape
from ...drawing.items.notes import PAPER_SHARE
from ...drawing.text import fonts
from ...drawing.text.layout import ASCENT, lay_out
from ...text.rich_text import Paragraph
from .document.markup import length, told
from .document.outline import DrawnOutline, outline_of
from .document.paint import dash_of, number_of, paint_of
from .document.parse import DrawnElement, New
from .document.place import Placement, box_given_on, start_of
from .document.texts import Said, html_of_text, read_text
from .numbers import FONT_SIZES, STROKES, TEXT_SIZES, rounded, within

_FONT = 14.0
_BASIC = frozenset(get_args(BasicShape))
_FORMS = _BASIC | frozenset(get_args(FlowchartShape))
_WIDE_NOTE = 1.35
"""Width by height of a sticky note from which it is a rectangle rather than a square."""

_BARE: Payload = {
    "fillColor": "#ffffff",
    "fillOpacity": "0.0",
    "borderColor": "#1a1a1a",
    "borderOpacity": "1.0",
    "borderStyle": "normal",
    "borderWidth": "2.0",
    "fontFamily": "open_sans",
}
_BARE_TEXT: Payload = {"fillOpacity": "0.0", "fontFamily": "open_sans"}
"""What a drawing doesn't say is said for it: Miro's own defaults leave a border and a fill out of sight."""

_ROOM = 1.05
"""Of its measured width: what a text gets, since Miro's fonts differ a little."""


@dataclass
class ItemDraft:
    """One new item: `body` as bulk creation takes it, without its place; `parent` a frame's id or a new one's label."""

    label: str
    body: Payload
    place: Placement
    parent: str | None = None
    notes: list[str] = field(default_factory=list[str])

    @property
    def kind(self) -> str:
        return self.body["type"]

    @property
    def is_basic(self) -> bool:
        """Whether bulk creation takes it: it knows no flowchart shapes."""
        return self.body.get("data", {}).get("shape", "rectangle") in _BASIC | {"square"}


def draft_of(new: New) -> ItemDraft | str:
    """The item that a new element becomes, or why it becomes none.

    Raises:
        BadArguments: it has a number that can't be read.
    """
    make = _MAKERS.get(new.kind)
    if make is None:
        return f"{told(new.drawn.element)}: a new {new.kind[:40]} can't be made from a drawing"
    made = make(new)
    if isinstance(made, ItemDraft):
        made.parent = new.drawn.get("data-miro-parent") or new.frame
        if not (new.main or new.drawn).matrix.is_plain:
            made.notes.append("it is slanted or mirrored; only place, size and rotation are carried over.")
        made.notes = [f"{new.label}: {note}" for note in made.notes]
    return made


def _shape(new: New) -> ItemDraft | str:
    if new.main is None:
        return f"{told(new.drawn.element)} has no outline (rect, ellipse, polygon)"
    notes: list[str] = []
    outline = outline_of(new.main.element)
    named = new.main.get("data-miro-shape") or new.drawn.get("data-miro-shape")
    if outline.is_curved and new.main.name == "path" and named not in _FORMS:
        return f"{told(new.main.element)}: a free curve is none of the shapes there are"
    form, exact = (named, True) if named in _FORMS else outline.form
    if not exact:
        notes.append(f"of the shapes there are, {form} is the nearest to its outline.")
    place = _place(new.main, outline.box)
    style = _BARE | _filled(new.main, notes) | _bordered(new.main, notes)
    said = _said(new.texts)
    data: Payload = {"shape": form}
    if said.plain:
        data["content"] = html_of_text(said.paragraphs)
        style |= _lettered(new.texts[0], notes, FONT_SIZES) | _aligned(new.texts[0], outline)
    return ItemDraft(new.label, _body("shape", data, style, _size(place, turns=True)), place, notes=notes)


def _sticky_note(new: New) -> ItemDraft | str:
    box = _box(new)
    if box is None:
        return f"{told(new.drawn.element)} has no outline (rect) or data-miro-box"
    notes: list[str] = []
    place = _place(new.main or new.drawn, box)
    if new.main is not None:
        place = place.higher(place.height / PAPER_SHARE)
    style: Payload = {}
    colour = paint_of(new.main.look, "fill", "none").colour if new.main else None
    if colour:
        style["fillColor"] = nearest_note_colour(colour)
        if STICKY[style["fillColor"]] != colour:
            notes.append(f"sticky notes have named colours; {style['fillColor']} is the nearest to {colour}.")
    wide = place.width > place.height * PAPER_SHARE * _WIDE_NOTE
    data: Payload = {"content": html_of_text(_said(new.texts).paragraphs), "shape": "rectangle" if wide else "square"}
    return ItemDraft(new.label, _body("sticky_note", data, style, {"width": rounded(place.width)}), place, notes=notes)


def _text(new: New) -> ItemDraft | str:
    said = _said(new.texts)
    if not said.plain:
        return f"{told(new.drawn.element)} says nothing"
    notes: list[str] = []
    text = new.texts[0]
    size = number_of(text.element, text.look, "font-size", _FONT)
    place = _place(new.main, outline_of(new.main.element).box) if new.main else _measured(text, said, size)
    style = _BARE_TEXT | _lettered(text, notes, TEXT_SIZES)
    if anchor := {"middle": "center", "end": "right"}.get(text.look.get("text-anchor", ""), "left"):
        style["textAlign"] = anchor
    geometry: Payload = {"width": rounded(place.width), **_turned(place)}
    return ItemDraft(
        new.label, _body("text", {"content": html_of_text(said.paragraphs)}, style, geometry), place, notes=notes
    )


def _image(new: New) -> ItemDraft | str:
    if new.main is None:
        return f"{told(new.drawn.element)} has no <image>"
    element = new.main.element
    href = next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "href"), "")
    if not href.startswith("https://"):
        return f"{told(element)}: an image is taken from an https:// address alone"
    x, y = length(element, "x", 0.0), length(element, "y", 0.0)
    width, height = length(element, "width", 0.0), length(element, "height", 0.0)
    place = _place(new.main, Box(x, y, width or height, height or width))
    sized: Payload = {}
    if width > 0 or height > 0:
        sized = {"width": rounded(place.width)} if width > 0 else {"height": rounded(place.height)}
    title = next((child.text for child in element if child.tag.endswith("title") and child.text), None)
    data: Payload = {"url": href, **({"title": title.strip()} if title else {})}
    return ItemDraft(new.label, _body("image", data, {}, {**sized, **_turned(place)}), place)


def _frame(new: New) -> ItemDraft | str:
    box = _box(new)
    if box is None:
        return f"{told(new.drawn.element)} has no outline (rect) or data-miro-box"
    place = _place(new.main or new.drawn, box)
    style: Payload = {}
    fill = paint_of(new.main.look, "fill", "none") if new.main else None
    if fill and fill.colour:
        style["fillColor"] = fill.colour
    data: Payload = {"title": _said(new.texts[:1]).plain.replace("\n", " "), "format": "custom", "type": "freeform"}
    return ItemDraft(new.label, _body("frame", data, style, _size(place, turns=False)), place)


def _card(new: New) -> ItemDraft | str:
    box = _box(new)
    if box is None:
        return f"{told(new.drawn.element)} has no outline (rect) or data-miro-box"
    place = _place(new.main or new.drawn, box)
    title, rest = _said(new.texts[:1]).plain.replace("\n", " "), _said(new.texts[1:])
    data: Payload = {"title": title, **({"description": rest.plain} if rest.plain else {})}
    return ItemDraft(new.label, _body("card", data, {}, _size(place, turns=True)), place)


_MAKERS: dict[str, Callable[[New], ItemDraft | str]] = {
    "shape": _shape,
    "sticky_note": _sticky_note,
    "text": _text,
    "image": _image,
    "frame": _frame,
    "card": _card,
}


def _body(kind: str, data: Payload, style: Payload, geometry: Payload) -> Payload:
    parts = {"data": data, "style": style, "geometry": geometry}
    return {"type": kind, **{name: part for name, part in parts.items() if part}}


def _said(texts: Iterable[DrawnElement]) -> Said:
    paragraphs: list[Paragraph] = []
    for text in texts:
        paragraphs += read_text(text.element).paragraphs
    return Said(tuple(paragraphs))


def _box(new: New) -> Box | None:
    if new.main is not None:
        return outline_of(new.main.element).box
    return box_given_on(new.drawn.element)


def _place(drawn: DrawnElement, box: Box) -> Placement:
    return Placement.under(drawn.matrix, box)


def _size(place: Placement, *, turns: bool) -> Payload:
    return {"width": rounded(place.width), "height": rounded(place.height), **(_turned(place) if turns else {})}


def _turned(place: Placement) -> Payload:
    turn = rounded(place.rotation % 360)
    return {"rotation": turn} if turn % 360 else {}


def _filled(main: DrawnElement, notes: list[str]) -> Payload:
    if "fill" not in main.look:
        return {}
    paint = paint_of(main.look, "fill", "none")
    if paint.is_unknown:
        notes.append(f"fill={main.look['fill'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
        return {}
    if paint.colour is None:
        return {"fillOpacity": "0.0"}
    return {"fillColor": paint.colour, "fillOpacity": f"{paint.opacity:g}"}


def _bordered(main: DrawnElement, notes: list[str]) -> Payload:
    """Its border; what has a fill and says nothing of a stroke has none, as in SVG."""
    paint = paint_of(main.look, "stroke", "none")
    width = number_of(main.element, main.look, "stroke-width", 1.0)
    if paint.is_unknown:
        notes.append(f"stroke={main.look['stroke'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
        return {}
    if paint.colour is None or width <= 0:
        return {"borderOpacity": "0.0"} if {"stroke", "fill"} & main.look.keys() else {}
    style: Payload = {"borderColor": paint.colour, "borderOpacity": f"{paint.opacity:g}"}
    across, along = main.matrix.scales
    style["borderWidth"] = within(notes, STROKES, width * (across * along) ** 0.5, "stroke-width")
    if (dash := dash_of(main.look, width)) != "normal":
        style["borderStyle"] = dash
    return style


def _lettered(text: DrawnElement, notes: list[str], bounds: tuple[float, float]) -> Payload:
    style: Payload = {}
    colour = paint_of(text.look, "fill", "none").colour
    if colour:
        style["color"] = colour
    if "font-size" in text.look:
        size = number_of(text.element, text.look, "font-size", _FONT) * text.matrix.scales[0]
        style["fontSize"] = within(notes, bounds, size, "font-size")
    return style


def _aligned(text: DrawnElement, outline: DrawnOutline) -> Payload:
    """How a text stands in its shape: as its anchor says, else as it lies in it."""
    box, style = outline.box, {"textAlign": "center", "textAlignVertical": "middle"}
    anchor, start = text.look.get("text-anchor"), start_of(text.element)
    if start is None:
        return dict(style)
    across, down = (start[0] - box.x) / box.width, (start[1] - box.y) / box.height
    if anchor == "end":
        style["textAlign"] = "right"
    elif anchor != "middle" and across < 0.2:
        style["textAlign"] = "left"
    if down < 0.25:
        style["textAlignVertical"] = "top"
    elif down > 0.8:
        style["textAlignVertical"] = "bottom"
    return dict(style)


def _measured(text: DrawnElement, said: Said, size: float) -> Placement:
    """Where a text of its own is: its point is on the first baseline, its width is measured."""

    laid = lay_out(said.paragraphs, 1e6, size, fonts.SANS)
    width = laid.width * _ROOM + size * 0.2
    x, y = start_of(text.element) or (0.0, 0.0)
    shift = {"middle": 0.5, "end": 1.0}.get(text.look.get("text-anchor", ""), 0.0)
    top = y - {"middle": 0.7, "central": 0.7, "hanging": 0.25}.get(text.get("dominant-baseline") or "", ASCENT) * size
    return Placement.under(text.matrix, Box(x - width * shift, top, width, laid.height))
