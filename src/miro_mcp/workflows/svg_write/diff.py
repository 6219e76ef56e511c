"""What an edit changed about an item: its group as it is drawn now beside the edited one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...board.colours import STICKY, nearest_note_colour
from ...board.contents import Item
from ...drawing.items.outlines import OUTLINES
from ...text.rich_text import LONGEST_TEXT
from .document.outline import outline_of
from .document.paint import PaintSource, dash_of, number_of, paint_of
from .document.parse import DrawnElement, DrawnGroup
from .document.place import Placement, place_of
from .document.texts import Said, changed_html, read_text
from .numbers import FONT_SIZES, SAME, STROKES, TEXT_SIZES, rounded, within
from .rules import PLAIN_TEXTS, Rules, rules_of

_ALIGNED = {"middle": "center", "end": "right", "start": "left"}
_PLAIN = frozenset({"id", "class", "style", "transform"})
_SEEN = {
    "body": frozenset({"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "points", "d"})
    | {"fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap"}
    | {"stroke-linejoin"}
    | _PLAIN,
    "text": frozenset({"x", "y", "fill", "font-size", "font-family", "text-anchor", "font-weight"})
    | {"font-style", "text-decoration"}
    | _PLAIN,
    "group": _PLAIN,
}
"""Attributes that are looked at, or that say nothing."""


@dataclass
class Change:
    """What is to be sent for one item: parts of a body, words for what changed, notes on what can't be.

    `place` is where the item goes, None where it stays; its position is written once it is known where its frame goes.
    """

    item: Item
    body: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    what: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    place: Placement | None = None
    parent: str | None = None
    """The frame it is put into; an empty text takes it out."""

    def set(self, part: str, name: str, value: Any, what: str) -> None:
        self.body.setdefault(part, {})[name] = value
        if what not in self.what:
            self.what.append(what)

    def note(self, what: str) -> None:
        self.notes.append(what)


def change_of(item: Item, shown: DrawnGroup, edited: DrawnGroup) -> Change:
    """Raises:
    BadArguments: a number in the edited group can't be read.
    """
    change = Change(item)
    rules = rules_of(item.kind)
    if rules.update is None:
        change.note("the API can't change mind-map nodes; it was left as it is.")
        return change
    _placed(change, rules, shown, edited)
    _texts(change, rules, shown, edited)
    _painted(change, rules, shown, edited)
    if item.kind == "shape":
        _form(change, shown, edited)
    _parent(change, rules, shown, edited)
    change.notes += _unseen(shown, edited)
    return change


def _placed(change: Change, rules: Rules, shown: DrawnGroup, edited: DrawnGroup) -> None:
    before, after = place_of(shown), place_of(edited, shown)
    if before is None or after is None:
        return
    if not edited.drawn.matrix.is_plain:
        change.note("a transform slants or mirrors it; only place, size and rotation are carried over.")
    item = change.item
    dx, dy = after.x - before.x, after.y - before.y
    moved = max(abs(dx), abs(dy)) > SAME
    wider, higher = abs(after.width - before.width) > SAME, abs(after.height - before.height) > SAME
    if moved or wider or higher:
        change.place = Placement(item.x + dx, item.y + dy, after.width, after.height, after.rotation)
    if moved:
        change.what.append("position")
    _sized(change, rules, before, after, wider=wider, higher=higher)
    turn = (after.rotation - before.rotation + 180) % 360 - 180
    if abs(turn) > SAME:
        if rules.turns:
            change.set("geometry", "rotation", rounded(after.rotation % 360), "rotation")
        else:
            change.note("it can't be turned.")


def _sized(change: Change, rules: Rules, before: Placement, after: Placement, *, wider: bool, higher: bool) -> None:
    if not wider and not higher:
        return
    if rules.size == "none":
        change.note("its size can't be changed.")
    elif rules.size == "width" and not wider:
        change.note("its height follows from its text and width.")
    elif rules.size == "both":
        for name, changed in (("width", wider), ("height", higher)):
            if changed:
                change.set("geometry", name, rounded(getattr(after, name)), "size")
    else:
        name = "width" if wider else "height"
        change.set("geometry", name, rounded(getattr(after, name)), "size")
        share = after.width / before.width - after.height / before.height
        if rules.size == "ratio" and abs(share) > 0.01:
            change.note(f"it keeps its proportions: only its {name} was taken.")


def _texts(change: Change, rules: Rules, shown: DrawnGroup, edited: DrawnGroup) -> None:
    item = change.item
    for at, (part, name) in enumerate(rules.texts.items()):
        before, after = shown.part(part), edited.part(part, otherwise=at == 0)
        if after is None:
            if before is not None and edited.body is not None:
                change.note(f"its {name} isn't in the SVG, and stays; to empty it, leave an empty <text>.")
            continue
        was, said = read_text(before.element) if before else Said(()), read_text(after.element)
        if [one for one in was.told if one != _EMPTY] == [one for one in said.told if one != _EMPTY]:
            continue
        content = str(item.data.get(name) or "")
        if said.is_cut or (before is not None and len(content) > LONGEST_TEXT):
            change.note(f"not all of its {name} was shown, so it stays; without data-miro-cut it would be replaced.")
        elif name in PLAIN_TEXTS:
            change.set("data", name, said.plain.replace("\n", " "), name)
        else:
            change.set("data", name, changed_html(content, was, said, in_paragraphs=name == "content"), "text")


_EMPTY: tuple[str, tuple[Any, ...]] = ("", ())


def _painted(change: Change, rules: Rules, shown: DrawnGroup, edited: DrawnGroup) -> None:
    before, after = shown.body, edited.body
    if rules.fill_part != "body":
        before, after = shown.part(rules.fill_part), edited.part(rules.fill_part)
    if before and after:
        _filled(change, rules, before.look, after.look)
    if shown.body and edited.body:
        _bordered(change, rules, shown.body, edited.body)
    part = next(iter(rules.texts), "text")
    text, edited_text = shown.part(part), edited.part(part, otherwise=True)
    if text and edited_text:
        _lettered(change, rules, text, edited_text)


def _filled(change: Change, rules: Rules, before: PaintSource, after: PaintSource) -> None:
    if "fill" not in after:
        return
    was, now = paint_of(before, "fill", "none"), paint_of(after, "fill", "none")
    if now.is_unknown:
        change.note(f"fill={after['fill'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
    elif was == now:
        return
    elif rules.fill is None:
        change.note("its fill can't be changed.")
    elif now.colour is None or now.opacity == 0:
        if rules.fill_opacity:
            change.set("style", "fillOpacity", "0.0", "fill")
        else:
            change.note("it can't be without a fill.")
    else:
        if change.item.kind == "sticky_note":
            _note_colour(change, now.colour)
        elif was.colour != now.colour:
            change.set("style", rules.fill, now.colour, "fill")
        if abs(was.opacity - now.opacity) > SAME / 2:
            if rules.fill_opacity:
                change.set("style", "fillOpacity", f"{now.opacity:g}", "fill")
            else:
                change.note("its opacity can't be changed.")


def _note_colour(change: Change, colour: str) -> None:
    name = nearest_note_colour(colour)
    if STICKY[name] != colour:
        change.note(f"sticky notes have named colours; {name} is the nearest to {colour}.")
    if name != change.item.style.get("fillColor", "light_yellow"):
        change.set("style", "fillColor", name, "fill")


def _bordered(change: Change, rules: Rules, before: DrawnElement, after: DrawnElement) -> None:
    was, now = paint_of(before.look, "stroke", "none"), paint_of(after.look, "stroke", "none")
    widths = [number_of(one.element, one.look, "stroke-width", 1.0) for one in (before, after)]
    dashes = [dash_of(one.look, width) for one, width in zip((before, after), widths, strict=True)]
    given = after.look.keys()
    if not rules.border:
        if ("stroke" in given and was != now) or ("stroke-width" in given and widths[0] != widths[1]):
            change.note("its border can't be changed.")
        return
    if "stroke" in given and now.is_unknown:
        change.note(f"stroke={after.look['stroke'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
    elif "stroke" in given:
        if now.colour and was.colour != now.colour:
            change.set("style", "borderColor", now.colour, "stroke")
        if abs(was.opacity - now.opacity) > SAME / 2:
            change.set("style", "borderOpacity", f"{now.opacity:g}", "stroke")
    if "stroke-width" in given and abs(widths[0] - widths[1]) > SAME:
        change.set("style", "borderWidth", within(change.notes, STROKES, widths[1], "stroke-width"), "stroke width")
    if dashes[0] != dashes[1]:
        change.set("style", "borderStyle", dashes[1], "dash")


def _lettered(change: Change, rules: Rules, before: DrawnElement, after: DrawnElement) -> None:
    was, now = paint_of(before.look, "fill", "none"), paint_of(after.look, "fill", "none")
    sizes = [number_of(one.element, one.look, "font-size", 14.0) for one in (before, after)]
    anchors = [one.get("text-anchor") for one in (before, after)]
    recoloured = "fill" in after.element.attrib and was.colour != now.colour
    resized = "font-size" in after.look and abs(sizes[0] - sizes[1]) > SAME
    if not rules.letters:
        if recoloured:
            change.note("the colour of its text can't be changed.")
        return
    if recoloured and now.colour:
        change.set("style", "color", now.colour, "text colour")
    elif recoloured:
        change.note("its text can't be without a colour.")
    if resized:
        bounds = FONT_SIZES if change.item.kind == "shape" else TEXT_SIZES
        change.set("style", "fontSize", within(change.notes, bounds, sizes[1], "font-size"), "font size")
    if anchors[0] != anchors[1] and anchors[1] in _ALIGNED:
        change.set("style", "textAlign", _ALIGNED[anchors[1]], "alignment")


def _form(change: Change, shown: DrawnGroup, edited: DrawnGroup) -> None:
    before, after = shown.body, edited.body
    if before is None or after is None:
        return
    named = after.get("data-miro-shape")
    if named is not None and named != before.get("data-miro-shape"):
        if named in OUTLINES:
            change.set("data", "shape", named, "shape")
        else:
            change.note(f"there is no shape {named[:40]!r}.")
        return
    outline = outline_of(after.element)
    if outline.looks_like(outline_of(before.element)):
        return
    form, exact = outline.form
    change.set("data", "shape", form, "shape")
    if not exact:
        change.note(f"of the shapes there are, {form} is the nearest to its new outline.")


def _parent(change: Change, rules: Rules, shown: DrawnGroup, edited: DrawnGroup) -> None:
    given = edited.drawn.get("data-miro-parent")
    if given is None or given == (shown.drawn.get("data-miro-parent") or ""):
        return
    if not rules.in_frames:
        change.note("a frame can't be in another.")
        return
    change.parent = given
    change.what.append("parent")


def _unseen(shown: DrawnGroup, edited: DrawnGroup) -> Iterator[str]:
    for part, before, after in (
        ("group", shown.drawn, edited.drawn),
        ("body", shown.body, edited.body),
        ("text", shown.part("text"), edited.part("text")),
        ("text", shown.part("title"), edited.part("title")),
    ):
        if before is None or after is None:
            continue
        given = after.element.attrib.items() - before.element.attrib.items()
        unseen = sorted(name for name, _ in given if name not in _SEEN[part] and not name.startswith("data-miro-"))
        if unseen:
            yield f"{', '.join(unseen)[:200]} of its {part} can't be carried over."
    more = _decorations(edited) - _decorations(shown)
    more.pop("text", None)
    if more:
        yield f"what was added inside its group can't be carried over: {', '.join(sorted(more))[:200]}."


def _decorations(group: DrawnGroup) -> Counter[str]:
    """What is in a group beside its body."""
    return Counter(one.name for one in group.inside if one is not group.body)
