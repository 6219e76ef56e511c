"""Connectors: what an edit changed about one, and new lines as the connectors they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ...board.contents import Connector
from ...board.write import Payload
from ...drawing.svg import num
from ...text.rich_text import parse_html
from .document.markup import told
from .document.outline import outline_of
from .document.paint import cap_of, dash_of, number_of, paint_of
from .document.parse import END, START, DrawnElement, DrawnGroup, New
from .document.texts import changed_html, html_of_text, read_text
from .document.transforms import UNMOVED
from .numbers import FONT_SIZES, SAME, STROKES, within

_SHAPES = frozenset({"straight", "elbowed", "curved"})
_LONGEST_CAPTION = 200
_MOST_CAPTIONS = 20
_ENDS = (("startItem", START), ("endItem", END))


@dataclass
class LineChange:
    """What is to be sent for one connector; an end may be the label of a new element."""

    connector: Connector
    body: Payload = field(default_factory=dict[str, Any])
    what: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])

    def set(self, name: str, value: Any, what: str) -> None:
        self.body[name] = value
        self.what.append(what)

    def set_style(self, name: str, value: str, what: str) -> None:
        self.body.setdefault("style", {})[name] = value
        if what not in self.what:
            self.what.append(what)


@dataclass
class NewLine:
    """A connector to be made: `body` with ends that are ids on the board or labels of new elements."""

    label: str
    body: Payload
    notes: list[str]


def line_change_of(connector: Connector, shown: DrawnGroup, edited: DrawnGroup) -> LineChange:
    """Raises:
    BadArguments: a number in the edited group can't be read.
    """
    change = LineChange(connector)
    for name, attribute in _ENDS:
        given = edited.drawn.get(attribute)
        if given and given != shown.drawn.get(attribute):
            change.set(name, {"id": given}, name)
    shape = edited.drawn.get("data-miro-shape")
    if shape and shape != shown.drawn.get("data-miro-shape"):
        if shape in _SHAPES:
            change.set("shape", shape, "shape")
        else:
            change.notes.append(f"its shape is one of {', '.join(sorted(_SHAPES))}.")
    if edited.drawn.matrix != UNMOVED:
        change.notes.append("a line goes where its items are; its transform was left out.")
    line, before = edited.part("line") or _plain_line(edited), shown.part("line")
    if line and before:
        _stroke(change, before, line)
    _caps(change, line, edited)
    _captions(change, shown, edited)
    return change


def new_line(new: New) -> NewLine | str:
    """The connector that a new line becomes, or why it becomes none.

    Raises:
        BadArguments: it has a number that can't be read.
    """
    start, end = new.drawn.get(START), new.drawn.get(END)
    if not start or not end:
        return f"{told(new.drawn.element)}: a line needs {START} and {END}, ids of what it joins"
    notes: list[str] = []
    body: Payload = {"startItem": {"id": start}, "endItem": {"id": end}, "shape": _shape_of(new)}
    captions = [caption for text in new.texts if (caption := html_of_text(read_text(text.element).paragraphs))]
    if captions:
        shares = [100 * (at + 1) / (len(captions) + 1) for at in range(len(captions))]
        body["captions"] = [
            _caption(notes, {"content": caption, "position": f"{num(share)}%"})
            for caption, share in zip(captions, shares, strict=True)
        ][:_MOST_CAPTIONS]
    body["style"] = _style(new, notes)
    return NewLine(new.label, body, [f"{new.label}: {note}" for note in notes])


def _plain_line(group: DrawnGroup) -> DrawnElement | None:
    plain = (one for one in group.inside if one.name in ("line", "polyline", "path") and not one.get("data-miro-part"))
    return next(plain, None)


def _stroke(change: LineChange, before: DrawnElement, after: DrawnElement) -> None:
    was, now = paint_of(before.look, "stroke", "none"), paint_of(after.look, "stroke", "none")
    widths = [number_of(one.element, one.look, "stroke-width", 1.0) for one in (before, after)]
    dashes = [dash_of(one.look, width) for one, width in zip((before, after), widths, strict=True)]
    if "stroke" in after.look and now.colour is None:
        change.notes.append(f"stroke={after.look['stroke'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
    elif "stroke" in after.look and now.colour and now.colour != was.colour:
        change.set_style("strokeColor", now.colour, "stroke")
    if "stroke-width" in after.look and abs(widths[0] - widths[1]) > SAME:
        change.set_style("strokeWidth", within(change.notes, STROKES, widths[1], "stroke-width"), "stroke width")
    if dashes[0] != dashes[1]:
        change.set_style("strokeStyle", dashes[1], "dash")


def _caps(change: LineChange, line: DrawnElement | None, edited: DrawnGroup) -> None:
    for end in ("start", "end"):
        cap = cap_of(edited.drawn.element, edited.drawn.look, end)
        cap = cap or (cap_of(line.element, line.look, end) if line else None)
        name = f"{end}StrokeCap"
        if cap and cap != change.connector.style.get(name):
            change.set_style(name, cap, f"{end} cap")


def _captions(change: LineChange, shown: DrawnGroup, edited: DrawnGroup) -> None:
    before, after = list(shown.parts("caption")), list(edited.parts("caption"))
    after += [one for one in edited.inside if one.name == "text" and not one.get("data-miro-part")]
    given = change.connector.raw.get("captions")
    raws = [cast("Mapping[str, Any]", one) for one in cast("list[Any]", given or []) if isinstance(one, Mapping)]
    if len(after) < len(before):
        if edited.part("line"):
            change.notes.append("a caption isn't in the SVG, and stays; to take it away, leave an empty <text>.")
        return
    captions: list[Payload] = []
    changed = False
    for at, text in enumerate(after):
        said = read_text(text.element)
        was = read_text(before[at].element) if at < len(before) else None
        raw: Payload = dict(raws[at]) if at < len(raws) and was is not None else {}
        content = str(raw.get("content") or "")
        if was is not None and was.told == said.told:
            captions.append(_kept(raw))
            continue
        if said.is_cut:
            change.notes.append("not all of a caption was shown, so it stays.")
            captions.append(_kept(raw))
            continue
        changed = True
        if said.plain:
            now = changed_html(content, was, said, in_paragraphs=True) if was else html_of_text(said.paragraphs)
            captions.append(_caption(change.notes, _kept(raw) | {"content": now}))
    if changed:
        change.set("captions", captions[:_MOST_CAPTIONS], "captions")
    _caption_letters(change, before, after)


def _caption_letters(change: LineChange, before: list[DrawnElement], after: list[DrawnElement]) -> None:
    for was, now in zip(before, after, strict=False):
        colour = paint_of(now.look, "fill", "none").colour
        if "fill" in now.element.attrib and colour and colour != paint_of(was.look, "fill", "none").colour:
            change.set_style("color", colour, "text colour")
        sizes = [number_of(one.element, one.look, "font-size", 14.0) for one in (was, now)]
        if "font-size" in now.look and abs(sizes[0] - sizes[1]) > SAME:
            change.set_style("fontSize", within(change.notes, FONT_SIZES, sizes[1], "font-size"), "font size")


def _kept(raw: Mapping[str, Any]) -> Payload:
    """What of a caption the API takes back."""
    return {name: raw[name] for name in ("content", "position", "textAlignVertical") if raw.get(name) is not None}


def _caption(notes: list[str], caption: Payload) -> Payload:
    content = caption["content"]
    if len(content) <= _LONGEST_CAPTION:
        return caption
    notes.append(f"a caption has {_LONGEST_CAPTION} characters at most, its markup among them; it was cut.")
    return caption | {"content": _without_tags(content)[:_LONGEST_CAPTION]}


def _without_tags(content: str) -> str:
    return "\n".join(paragraph.text for paragraph in parse_html(content))


def _shape_of(new: New) -> str:
    named = new.drawn.get("data-miro-shape") or (new.main.get("data-miro-shape") if new.main else None)
    if named in _SHAPES:
        return named
    if new.main is None:
        return "straight"
    outline = outline_of(new.main.element)
    return "curved" if outline.is_curved else "straight" if len(outline.points) == 2 else "elbowed"


def _style(new: New, notes: list[str]) -> Payload:
    style: Payload = {}
    line = new.main or new.drawn
    stroke = paint_of(line.look, "stroke", "none")
    if stroke.colour:
        style["strokeColor"] = stroke.colour
    elif stroke.is_unknown:
        notes.append(f"stroke={line.look['stroke'][:40]!r} can't be carried over, a colour like #2d9bf0 can.")
    width = number_of(line.element, line.look, "stroke-width", 1.0)
    if "stroke-width" in line.look:
        style["strokeWidth"] = within(notes, STROKES, width, "stroke-width")
    if (dash := dash_of(line.look, width)) != "normal":
        style["strokeStyle"] = dash
    copied = any(child.get("data-miro-part") == "cap" for child in new.drawn.element)
    for end in ("start", "end"):
        cap = cap_of(new.drawn.element, new.drawn.look, end) or cap_of(line.element, line.look, end)
        if cap or not copied:
            style[f"{end}StrokeCap"] = cap or "none"
    for text in new.texts[:1]:
        colour = paint_of(text.look, "fill", "none").colour
        style |= {"color": colour} if colour else {}
        if "font-size" in text.look:
            size = number_of(text.element, text.look, "font-size", 14.0)
            style["fontSize"] = within(notes, FONT_SIZES, size, "font-size")
    return style
