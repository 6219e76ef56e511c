"""Notes, cards, shapes, pictures and existing items: their attributes, checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ...board.colours import STICKY, TAG, nearest_note_colour
from ...drawing.items.notes import PAPER_SHARE
from ...drawing.items.outlines import OUTLINES
from ...text.rich_text import Paragraph
from ..boxes import CardGiven, LayoutBox, TagGiven
from ..elements import HEADINGS, TEXT_BLOCKS, Element
from ..mistakes import Mistakes, meant
from ..properties import Declared
from ..style import BoxStyle
from ..values import Colour, Length, positive_length, read_colour
from .texts import TextReader

NOTE_SIDE, WIDE_NOTE = 199.0, 350.0
"""Board units: the paper of a new note."""

SHAPE_ALIASES = {
    "diamond": "rhombus",
    "ellipse": "circle",
    "oval": "circle",
    "rounded_rectangle": "round_rectangle",
    "round": "round_rectangle",
    "square": "rectangle",
    "cylinder": "can",
    "database": "can",
    "arrow": "right_arrow",
    "callout": "wedge_round_rectangle_callout",
    "speech_bubble": "wedge_round_rectangle_callout",
    "pill": "flow_chart_terminator",
    "terminator": "flow_chart_terminator",
    "document": "flow_chart_document",
    "decision": "flow_chart_decision",
    "process": "flow_chart_process",
}
_TAG_ALIASES = {"orange": "yellow", "purple": "violet", "pink": "magenta", "grey": "gray", "teal": "cyan"}
MOST_TAGS, LONGEST_TAG = 8, 120
_IMAGE, _EMBED = (400.0, 300.0), (800.0, 450.0)


class ItemReader:
    """Reads what is an item of its own kind; `notes` gets what came out otherwise than it was asked for."""

    def __init__(self, texts: TextReader, mistakes: Mistakes, notes: list[str]) -> None:
        self._texts = texts
        self._mistakes = mistakes
        self._notes = notes

    def sticky_note(self, element: Element, style: BoxStyle) -> LayoutBox:
        is_wide = element.attributes.get("shape") == "rectangle"
        if element.attributes.get("shape", "square") not in ("square", "rectangle"):
            self._mistakes.add(element.place_of("shape"), "a note's shape is square or rectangle")
        box = LayoutBox("sticky_note", element, self.sized(element, style))
        box.paragraphs = _bulleted(self._texts.paragraphs(element.children, BoxStyle({})))
        box.natural = (WIDE_NOTE if is_wide else NOTE_SIDE, NOTE_SIDE)
        box.colour = self.note_colour(element, style)
        box.tags = self.tags(element)
        return box

    def card(self, element: Element, style: BoxStyle) -> LayoutBox:
        box = LayoutBox("card", element, self.sized(element, style))
        title = element.attributes.get("title")
        blocks = [one for one in element.elements if one.name in TEXT_BLOCKS]
        headings = [one for one in element.elements if one.name in HEADINGS]
        rest: Sequence[Element | str] = [one for one in element.children if one not in blocks]
        plain = BoxStyle({})
        if title is not None:
            box.paragraphs = self._texts.paragraphs([title], plain)
            described = element.children
        else:
            box.paragraphs = self._texts.paragraphs(headings[:1] or rest, plain)
            described: Sequence[Element | str] = [*(rest if headings else []), *blocks]
            described = [one for one in described if one not in headings[:1]]
        if not box.paragraphs and blocks and title is None:
            box.paragraphs, described = self._texts.paragraphs(blocks[:1], plain), blocks[1:]
        box.natural = (320.0, 94.0)
        box.tags = self.tags(element)
        box.colour = self.theme(element, style)
        box.card = CardGiven(
            self._texts.paragraphs(described, plain), self._due(element), element.attributes.get("assignee") or None
        )
        return box

    def shape(self, element: Element, style: BoxStyle, defaults: Declared) -> LayoutBox:
        kind = element.attributes.get("kind", "rectangle").lower().replace("-", "_").replace(" ", "_")
        kind = SHAPE_ALIASES.get(kind, kind)
        if kind not in OUTLINES and f"flow_chart_{kind}" in OUTLINES:
            kind = f"flow_chart_{kind}"
        if kind not in OUTLINES:
            some = meant(kind, [*OUTLINES, *SHAPE_ALIASES]) or f"; some are {', '.join(list(OUTLINES)[:8])}"
            self._mistakes.add(element.place_of("kind"), f"there is no shape {kind[:40]!r}{some}")
            kind = "rectangle"
        given = self._colour(element, "color")
        if given:
            style = style.changed({"background-color": given, "color": None})
        box = LayoutBox("shape", element, self.sized(element, style).with_defaults(defaults))
        box.paragraphs = self._texts.paragraphs(element.children, box.style)
        box.form, box.is_explicit = kind, True
        return box

    def picture(self, element: Element, style: BoxStyle) -> LayoutBox:
        box = LayoutBox("image" if element.name == "img" else "embed", element, self.sized(element, style))
        box.source = element.attributes.get("src", "")
        if not re.match(r"https?://", box.source):
            self._mistakes.add(element.place_of("src"), f"<{element.written}> needs src, a web address like https://…")
        box.natural = _IMAGE if element.name == "img" else _EMBED
        return box

    def sized(self, element: Element, style: BoxStyle) -> BoxStyle:
        """The style with the size that attributes give."""
        given: Declared = {}
        for name in ("width", "height"):
            written = element.attributes.get(name)
            if written is None:
                continue
            try:
                given[name] = positive_length(written)
            except ValueError as error:
                told = f"{name}={written[:20]!r} is no length; it is {error}"
                self._mistakes.add(element.place_of(name), told)
        return style.with_defaults(given)

    def note_colour(self, element: Element, style: BoxStyle) -> str | None:
        """A note's colour by name, from its attribute or its background; None where neither says one."""
        written = element.attributes.get("color", "").lower().replace(" ", "_").replace("-", "_")
        if written in STICKY:
            return written
        given = self._colour(element, "color", f"; a note's are {', '.join(STICKY)}") or style.background
        if given is None:
            return None
        name = nearest_note_colour(given.hex)
        if STICKY[name] != given.hex and "color" not in element.attributes:
            self._notes.append(f"Notes have named colours: {name} is the nearest to {given.hex}.")
        return name

    def tags(self, element: Element) -> tuple[TagGiven, ...] | None:
        """None where the attribute isn't there: an item keeps the tags it has."""
        if "tags" not in element.attributes:
            return None
        found: dict[str, TagGiven] = {}
        place = element.place_of("tags")
        for part in element.attributes["tags"].split(","):
            title, _, named = (one.strip() for one in part.partition(":"))
            if not title:
                continue
            if len(title) > LONGEST_TAG:
                self._mistakes.add(place, f"a tag has {LONGEST_TAG} characters at most")
            found.setdefault(title, TagGiven(title, self._tag_colour(named, element) if named else None))
        if len(found) > MOST_TAGS:
            self._mistakes.add(place, f"an item has {MOST_TAGS} tags at most")
        return tuple(found.values())

    def _tag_colour(self, named: str, element: Element) -> str | None:
        name = named.lower().replace(" ", "_").replace("-", "_")
        if name in TAG:
            return name
        if name in _TAG_ALIASES:
            self._notes.append(f"Tags have no {name}; {_TAG_ALIASES[name]} is the nearest.")
            return _TAG_ALIASES[name]
        self._mistakes.add(
            element.place_of("tags"),
            f"there is no tag colour {named[:40]!r}; they are {', '.join(TAG)}, as in High:red",
        )
        return None

    def theme(self, element: Element, style: BoxStyle) -> str | None:
        """The colour of what isn't a note, from its attribute or its background."""
        given = self._colour(element, "color") or style.background
        return given.hex if given else None

    def _colour(self, element: Element, attribute: str, more: str = "") -> Colour | None:
        written = element.attributes.get(attribute, "").lower()
        if not written:
            return None
        try:
            return read_colour(written)
        except ValueError as error:
            self._mistakes.add(
                element.place_of(attribute), f"{attribute}={written[:40]!r} is not understood; it is {error}{more}"
            )
            return None

    def _due(self, element: Element) -> str | None:
        given = element.attributes.get("due")
        if not given:
            return None
        try:
            date.fromisoformat(given[:10])
            if len(given) > 10 and not re.fullmatch(r"T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", given[10:]):
                raise ValueError
        except ValueError:
            self._mistakes.add(element.place_of("due"), f"due={given[:40]!r} is no day; one is 2026-12-11")
            return None
        return given if len(given) > 10 else f"{given}T00:00:00Z"


def keep_place(box: LayoutBox) -> None:
    """Gives a box that is an item already the item's size where nothing else is said."""
    item = box.item
    if item is None:
        return
    width, height = item.size
    paper = PAPER_SHARE if item.kind == "sticky_note" else 1.0
    sized = box.style.is_given("width", "height", "flex-grow", "min-width", "min-height")
    if box.role in ("item", "sticky_note", "card", "image", "embed"):
        box.natural = (width, height * paper)
        if box.role == "card" or item.kind == "card":
            box.known_height = None if box.role == "card" and box.paragraphs and not _says_the_same(box) else height
    elif not sized and not box.children:
        sizes: Declared = {"min-width": Length(width), "min-height": Length(height), "max-width": Length(width)}
        box.style = box.style.changed(sizes if box.role != "text" else {"width": Length(width)})


def _says_the_same(box: LayoutBox) -> bool:
    return box.item is not None and str(box.item.data.get("title") or "").strip() == box.text


def _bulleted(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Lists as lines with their bullets: Miro takes lists out of notes."""
    for paragraph in paragraphs:
        if paragraph.bullet and paragraph.pieces:
            first = paragraph.pieces[0]
            paragraph.pieces[0] = first._replace(text=f"{paragraph.bullet} {first.text}")
            paragraph.bullet, paragraph.indent = "", 0
    return tuple(paragraphs)
