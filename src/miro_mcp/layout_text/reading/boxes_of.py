"""From a tree of elements to a tree of boxes, and the lines between them; mistakes are gathered on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ...board.contents import Item
from ...text.rich_text import Paragraph, parse_html
from ..boxes import KINDS, LayoutBox
from ..elements import FIELDS, HEADINGS, INLINE, TABLE_PARTS, TEXT_BLOCKS, Element
from ..mistakes import Mistakes, meant
from ..parse import LayoutTree
from ..properties import SIDES, Declared
from ..sheet import StyleSheet
from ..style import FONT_SIZE, BoxStyle
from ..values import BLACK, Border, Length
from .defaults import (
    CELL_PADDING,
    FIELD,
    FRAME_PADDING,
    OF_TEXTS,
    PAINTING,
    RULE_COLOUR,
    SHAPE_PADDING,
    TOP_GAP,
    WIDE_PADDING,
)
from .items import ItemReader, keep_place
from .tables import read_table
from .texts import TextReader

_LONGEST_OWN_KEY = 200


@dataclass(frozen=True)
class LineGiven:
    """A line: its ends are keys of boxes, or ids of items."""

    element: Element
    style: BoxStyle
    start: str
    end: str
    caption: tuple[Paragraph, ...]


@dataclass
class LayoutDraft:
    """A text read: boxes yet to be laid out, lines, and notes on what came out otherwise than it was asked for."""

    root: LayoutBox
    lines: list[LineGiven] = field(default_factory=list[LineGiven])
    keys: dict[str, LayoutBox] = field(default_factory=dict[str, LayoutBox])
    notes: list[str] = field(default_factory=list[str])


def build_boxes(tree: LayoutTree, items: Mapping[str, Item], mistakes: Mistakes) -> LayoutDraft:
    """The boxes of a text; `items` are those on its board."""
    return _Building(tree, items, mistakes).draft()


class _Building:
    def __init__(self, tree: LayoutTree, items: Mapping[str, Item], mistakes: Mistakes) -> None:
        self._tree = tree
        self._items = items
        self._mistakes = mistakes
        self._sheet = StyleSheet(tree.sheets, mistakes)
        self._texts = TextReader(self._sheet, mistakes)
        top = BoxStyle(
            {"row-gap": Length(TOP_GAP), "column-gap": Length(TOP_GAP)} | self._sheet.declared_for(tree.root)
        )
        self._draft = LayoutDraft(LayoutBox("group", tree.root, top))
        self._reader = ItemReader(self._texts, mistakes, self._draft.notes)
        self._makers: dict[str, Callable[[Element, LayoutBox, BoxStyle], None]] = {
            "div": self._div,
            "frame": self._frame,
            "hr": self._rule,
            "table": self._table,
            "sticky": lambda element, parent, style: self._add(self._reader.sticky_note(element, style), parent),
            "card": lambda element, parent, style: self._add(self._reader.card(element, style), parent),
            "img": lambda element, parent, style: self._add(self._reader.picture(element, style), parent),
            "embed": lambda element, parent, style: self._add(self._reader.picture(element, style), parent),
            "shape": self._shape,
            "item": self._item,
            **dict.fromkeys((*TEXT_BLOCKS, *HEADINGS), self._block),
        }

    def draft(self) -> LayoutDraft:
        root = self._draft.root
        self._children(root.element.children, root, BoxStyle({"font-size": FONT_SIZE, **root.style.inherited}))
        self._check_ends()
        notes = [f"{name} ({count} times)" if count > 1 else name for name, count in self._sheet.ignored.items()]
        if notes:
            self._draft.notes.append(f"Not taken over, since nothing on a board has it: {', '.join(notes)}.")
        self._draft.notes[:] = dict.fromkeys(self._draft.notes)
        return self._draft

    def _children(self, children: Iterable[Element | str], parent: LayoutBox, inherited: BoxStyle) -> None:
        """Makes boxes of children; what is loose text between them is a text of its own."""
        loose: list[Element | str] = []
        splits = parent.style.values.get("display") in ("flex", "grid")
        for child in children:
            is_inline = isinstance(child, str) or child.name in INLINE
            if isinstance(child, Element) and is_inline and child.name != "br" and (splits or self._is_painted(child)):
                self._flush(loose, parent, inherited)
                self._block(child, parent, BoxStyle({**inherited.values, **self._sheet.declared_for(child)}))
            elif is_inline:
                loose.append(child)
            else:
                assert isinstance(child, Element)
                self._flush(loose, parent, inherited)
                self._element(child, parent, inherited)
        self._flush(loose, parent, inherited)

    def _flush(self, loose: list[Element | str], parent: LayoutBox, inherited: BoxStyle) -> None:
        if any(
            (isinstance(one, str) and one.strip()) or (isinstance(one, Element) and one.text.strip()) for one in loose
        ):
            first = next((one for one in loose if isinstance(one, Element)), parent.element)
            element = Element("p", "text", first.place, children=list(loose), parent=parent.element)
            self._text(element, element.children, parent, inherited)
        loose.clear()

    def _element(self, element: Element, parent: LayoutBox, inherited: BoxStyle) -> None:
        if element.name == "style":
            return
        if element.name == "connector":
            self._line(element)
            return
        declared = self._sheet.declared_for(element)
        if declared.get("display") == "none":
            return
        if element.name in TABLE_PARTS:
            self._mistakes.add(element.place, f"<{element.written}> stands outside of a <table>")
            return
        self._makers[element.name](element, parent, BoxStyle({**inherited.values, **declared}))

    def _add(self, box: LayoutBox, parent: LayoutBox) -> None:
        box.parent = parent
        box.declared = box.declared or frozenset(self._sheet.declared_for(box.element))
        parent.children.append(box)
        key = box.key
        if key is None:
            return
        if not key or len(key) > _LONGEST_OWN_KEY or any(mark.isspace() for mark in key):
            self._mistakes.add(box.element.place_of("id"), "an id is a word of its own, or an item's id")
        if key in self._draft.keys:
            self._mistakes.add(box.element.place_of("id"), f"id {key[:40]!r} is used twice")
        self._draft.keys[key] = box
        if box.role != "item" and (key in self._items or (key.isdigit() and len(key) > 8)):
            self._known(box, key)

    def _known(self, box: LayoutBox, key: str) -> None:
        """Ties a box to the item that it changes."""
        place, item = box.element.place_of("id"), self._items.get(key)
        if item is None:
            self._mistakes.add(
                place, f"there is no item {key} on this board; an id of your own has a letter", "no item"
            )
            return
        if KINDS[box.role] != item.kind:
            self._mistakes.add(
                place,
                f"{key} is a {item.kind}, and <{box.element.written}> makes a {KINDS[box.role]}; "
                f'<item id="{key}"/> places and recolours any',
            )
            return
        box.item = item
        name = "title" if item.kind in ("card", "frame") else "content"
        if box.role == "group" and not box.element.elements and not box.element.text.strip():
            box.role = "shape"
        if not box.paragraphs and box.is_leaf:
            box.paragraphs = tuple(parse_html(str(item.data.get(name) or "")))
            box.keeps_text = True
        keep_place(box)

    # What each element becomes.

    def _div(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        declared = self._sheet.declared_for(element)
        if element.written == "button":
            usual: Declared = {"border-radius": Length(8.0), "text-align": "center"}
            usual |= {} if style.is_painted else {"border": Border(1.0, "normal", BLACK)}
            style = style.with_defaults(usual)
        if element.written in FIELDS:
            style = style.with_defaults(FIELD)
            if not element.text.strip():
                element.children = [element.attributes.get("value") or element.attributes.get("placeholder", "")]
        if element.text.strip() and self._holds_text_alone(element, declared):
            if style.is_painted:
                self._painted(element, parent, style)
                return
            if self._is_one_text(element, declared):
                self._text(element, element.children, parent, style)
                return
        self._group(element, parent, style)

    def _group(self, element: Element, parent: LayoutBox, style: BoxStyle) -> LayoutBox:
        box = LayoutBox("group", element, style)
        self._add(box, parent)
        self._children(element.children, box, BoxStyle({"font-size": FONT_SIZE, **style.inherited}))
        return box

    def _block(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        declared = self._sheet.declared_for(element)
        if element.name in HEADINGS:
            usual: Declared = {"font-size": HEADINGS[element.name], "font-weight": True}
            style = style.changed({name: declared.get(name, value) for name, value in usual.items()})
        elif element.name in ("b", "strong", "i", "em", "u", "s", "a", "code", "mark"):
            element = Element("p", element.written, element.place, element.attributes, element.places, [element])
            element.parent = parent.element
        if style.is_painted and any(name in declared for name in PAINTING):
            self._painted(element, parent, style, declared)
            return
        children = [element] if element.name in ("ul", "ol", "li") else element.children
        self._text(element, children, parent, style, declared)

    def _text(
        self,
        element: Element,
        children: Iterable[Element | str],
        parent: LayoutBox,
        style: BoxStyle,
        declared: Declared | None = None,
    ) -> None:
        if _centres(parent.style):
            style = style.with_defaults({"text-align": "center"})
        box = LayoutBox("text", element, style, declared=frozenset(declared or ()))
        box.paragraphs = self._texts.paragraphs(children, style)
        if box.paragraphs or box.key in self._items:
            self._add(box, parent)
        elif parent.style.flow in ("grid", "row"):
            self._add(LayoutBox("group", element, style), parent)  # An empty one keeps its cell.

    def _painted(self, element: Element, parent: LayoutBox, style: BoxStyle, declared: Declared | None = None) -> None:
        """A shape with its text; where its padding is wide and it stands at the left, a shape behind a text."""
        style = style.with_defaults(SHAPE_PADDING)
        indent = style.padding[3]
        is_known = element.attributes.get("id", "") in self._items
        if indent > WIDE_PADDING and style.align in (None, "left") and not _centres(style) and not is_known:
            box = LayoutBox("group", element, style, declared=frozenset(declared or ()))
            self._add(box, parent)
            inner = Element("p", "text", element.place, children=list(element.children), parent=element)
            self._text(inner, self._said_by(element), box, BoxStyle({"font-size": FONT_SIZE, **style.inherited}))
            return
        box = LayoutBox("shape", element, style, declared=frozenset(declared or ()))
        box.paragraphs = self._texts.paragraphs(self._said_by(element), style)
        box.is_cell = element.name in ("td", "th")
        self._add(box, parent)

    def _said_by(self, element: Element) -> list[Element | str]:
        return [element] if element.name in ("ul", "ol") else list(element.children)

    def _shape(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        if not self._holds_text_alone(element, {}):
            self._mistakes.add(
                element.place, "a <shape> holds text only; a box with other things in it is a <div> with a background"
            )
        usual: Declared = {"text-align": "center", **SHAPE_PADDING}
        if not style.is_painted and element.attributes.get("id", "") not in self._items:
            usual["border"] = Border(2.0, "normal", BLACK)
        if "text-align" not in self._sheet.declared_for(element):
            style = style.changed({"text-align": "center"})
        self._add(self._reader.shape(element, style, usual), parent)

    def _frame(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        above: LayoutBox | None = parent
        while above is not None:
            if above.role == "frame":
                told = "a frame can't be inside another; make the inner one a <div> with a background"
                self._mistakes.add(element.place, told)
                break
            if above.style.is_painted:
                self._mistakes.add(element.place, f"a frame can't be inside {above.element}, which is painted")
                break
            above = above.parent
        padding: Declared = {f"padding-{side}": Length(FRAME_PADDING) for side in SIDES}
        box = LayoutBox("frame", element, self._reader.sized(element, style).with_defaults(padding))
        self._add(box, parent)
        if box.item is not None and not element.children:
            box.style = box.style.with_defaults(
                {"min-width": Length(box.item.width), "min-height": Length(box.item.height)}
            )
        self._children(element.children, box, BoxStyle({"font-size": FONT_SIZE, **box.style.inherited}))

    def _rule(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        line = style.border
        usual: Declared = {
            "height": Length(2.0), "background-color": line.colour if line else RULE_COLOUR
        }  # fmt: skip
        usual |= {} if parent.style.flow.startswith("row") else {"align-self": "stretch"}
        style = BoxStyle({name: value for name, value in style.values.items() if not name.startswith("border")})
        box = LayoutBox("shape", element, style.with_defaults(usual))
        self._add(box, parent)

    def _table(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        table = read_table(element, style, self._sheet, self._mistakes)
        if table.caption is not None:
            title = Element("h3", "caption", table.caption.place, children=table.caption.children, parent=element)
            self._element(title, parent, BoxStyle({"font-size": FONT_SIZE, **style.inherited}))
        grid = LayoutBox("group", element, table.style)
        self._add(grid, parent)
        for cell in table.cells:
            style = cell.style
            if self._holds_text_alone(cell.element, {}):
                self._painted(cell.element, grid, style, dict.fromkeys(cell.declared))
                continue
            padding: Declared = {f"padding-{side}": Length(CELL_PADDING) for side in SIDES}
            box = LayoutBox("group", cell.element, style.with_defaults(padding), cell.declared, is_cell=True)
            self._add(box, grid)
            self._children(cell.element.children, box, BoxStyle({"font-size": FONT_SIZE, **style.inherited}))

    def _item(self, element: Element, parent: LayoutBox, style: BoxStyle) -> None:
        key = element.attributes.get("id", "")
        item = self._items.get(key)
        if item is None:
            told = (
                f"there is no item {key[:40]!r} on this board" if key else '<item> needs the id of an item: id="3458…"'
            )
            self._mistakes.add(element.place_of("id"), told, "no item" if key else "")
            return
        if item.kind in ("frame", "connector"):
            self._mistakes.add(element.place_of("id"), f'{key} is a {item.kind}; <{item.kind} id="{key}"> changes it')
            return
        box = LayoutBox("item", element, style, item=item)
        if item.kind == "sticky_note":
            box.colour = self._reader.note_colour(element, style)
        elif "color" in element.attributes or style.background:
            box.colour = self._reader.theme(element, style)
        box.tags = self._reader.tags(element)
        box.style = self._reader.sized(element, box.style)
        keep_place(box)
        self._add(box, parent)

    def _line(self, element: Element) -> None:
        style = BoxStyle(self._sheet.declared_for(element))
        ends = [element.attributes.get(name, "").removeprefix("#") for name in ("from", "to")]
        for name, end in zip(("from", "to"), ends, strict=True):
            if not end:
                self._mistakes.add(element.place, f"<{element.written}> needs {name}, the id of what it joins")
        said = element.children if element.text.strip() else [element.attributes.get("label", "")]
        caption = self._texts.paragraphs(said, BoxStyle({}))
        self._draft.lines.append(LineGiven(element, style, ends[0], ends[1], caption))

    def _check_ends(self) -> None:
        for line in self._draft.lines:
            for name, end in (("from", line.start), ("to", line.end)):
                if not end:
                    continue
                place = line.element.place_of(name)
                if end in self._draft.keys:
                    box = self._draft.keys[end]
                    if box.role == "frame":
                        self._mistakes.add(place, f"a line can't end at {end[:40]!r}: a frame takes none")
                    elif box.role == "group" and not box.style.is_painted:
                        told = f"<{box.element.written}> is no item of its own; give it a background or border"
                        self._mistakes.add(place, f"a line can't end at {end[:40]!r}: {told}")
                elif end not in self._items or self._items[end].kind == "frame":
                    self._mistakes.add(place, f"nothing has the id {end[:40]!r}{meant(end, self._draft.keys)}")

    # What an element holds.

    def _is_painted(self, element: Element) -> bool:
        return BoxStyle(self._sheet.declared_for(element)).is_painted

    def _holds_text_alone(self, element: Element, declared: Declared) -> bool:
        """Whether all of it is one text: loose text, marks, and blocks of text that aren't painted."""
        splits = declared.get("display") in ("flex", "grid")
        plain = [one for one in element.children if isinstance(one, str) and one.strip()]
        if splits and not plain and len(element.elements) > 1:
            return False
        return all(
            (one.name in INLINE or one.name in TEXT_BLOCKS)
            and not self._is_painted(one)
            and all(inner.name in INLINE or inner.name in TEXT_BLOCKS for inner in _descendants(one))
            for one in element.elements
        )

    def _is_one_text(self, element: Element, declared: Declared) -> bool:
        blocks = [one for one in element.elements if one.name in TEXT_BLOCKS]
        loose = any(isinstance(one, str) and one.strip() for one in element.children)
        is_several = len(blocks) > 1 or (bool(blocks) and loose)
        sized = {"padding-top", "padding-left", "margin-top", "margin-left"} & declared.keys()
        styled = any(self._sheet.declared_for(one).keys() & OF_TEXTS for one in blocks)
        return not sized and not (is_several and (styled or declared.keys() & {"display", "row-gap", "column-gap"}))


def _descendants(element: Element) -> Iterable[Element]:
    for child in element.elements:
        yield child
        yield from _descendants(child)


def _centres(style: BoxStyle) -> bool:
    """Whether what stands in a box is centred across, so that texts in it are."""
    if style.flow == "grid":
        return style.word("justify-items", "stretch") == "center"
    return style.flow.startswith("column") and style.word("align-items", "stretch") == "center"
