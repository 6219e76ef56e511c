"""From a layout text to a tree of elements, strictly: what isn't understood is a mistake with its place.

Parsers made for browsers can't be used: they drop `<frame>`, nest what follows `<item/>` into it, and move what is no
cell out of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .elements import (
    ALIASES,
    ATTRIBUTES,
    COMMON_ATTRIBUTES,
    ELEMENTS,
    IMPLIED_ENDS,
    IN_TEXTS,
    NAMES,
    OPTIONAL_ENDS,
    SKIPPED,
    VOID,
    Element,
)
from .mistakes import Mistakes, Place, meant, text_place

MOST_CHARACTERS, MOST_ELEMENTS, MOST_LEVELS = 300_000, 5_000, 40

_IGNORED_ATTRIBUTES = re.compile(r"data-[\w-]+|aria-[\w-]+|role|lang|dir|tabindex")


@dataclass
class LayoutTree:
    """A text as elements, and its style sheets with their places."""

    root: Element
    sheets: list[tuple[Place, str]] = field(default_factory=list[tuple[Place, str]])


def read_tree(source: str, mistakes: Mistakes) -> LayoutTree:
    """Raises:
    BadArguments: the text is too long, too deep, or has too many elements.
    """
    if len(source) > MOST_CHARACTERS:
        raise mistakes.stop((1, 1), f"the text has {len(source)} characters, and {MOST_CHARACTERS} are the most")
    reader = _Reader(mistakes)
    reader.feed(source)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    def __init__(self, mistakes: Mistakes) -> None:
        super().__init__(convert_charrefs=True)
        self._mistakes = mistakes
        self._tree = LayoutTree(Element("div", "body", (1, 1)))
        self._stack = [self._tree.root]
        self._count = 0
        self._in_title = False

    def finished(self) -> LayoutTree:
        for element in self._stack[1:]:
            if element.name not in OPTIONAL_ENDS:
                self._mistakes.add(element.place, f"<{element.written}> is never closed")
        return self._tree

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, is_closed=False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, is_closed=True)

    def handle_endtag(self, tag: str) -> None:
        name = ALIASES.get(tag, tag)
        if tag == "title":
            self._in_title = False
        if tag in SKIPPED or tag in ("body", "title") or {tag, name} & VOID or name not in ELEMENTS:
            return
        open_names = [element.name for element in self._stack[1:]]
        if name == "p" and name not in open_names:
            return  # Something in it ended it before.
        if name not in open_names:
            self._mistakes.add(self._here, f"</{tag}> closes nothing{self._open()}")
            return
        while self._stack[-1].name != name and self._stack[-1].name in OPTIONAL_ENDS:
            self._stack.pop()
        if self._stack[-1].name != name:
            self._mistakes.add(self._here, f"</{tag}> closes nothing{self._open()}")
            while self._stack[-1].name != name:
                self._stack.pop()
        self._stack.pop()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            return
        if self._stack[-1].name == "style":
            self._tree.sheets.append((self._here, data))
            return
        self._stack[-1].children.append(data)

    def unknown_decl(self, data: str) -> None:
        self._mistakes.add(self._here, f"<![{data[:20]} is not understood")

    @property
    def _here(self) -> Place:
        line, column = self.getpos()
        return line, column + 1

    def _open(self) -> str:
        last = self._stack[-1]
        if last is self._tree.root:
            return ""
        return f": <{last.written}> of line {last.place[0]}, column {last.place[1]} is open"

    def _begin(self, tag: str, given: list[tuple[str, str | None]], *, is_closed: bool) -> None:
        here = self._here
        if tag in SKIPPED:
            return
        if tag == "title":
            self._in_title = not is_closed
            return
        name = ALIASES.get(tag, tag)
        if name not in ELEMENTS:
            told = meant(tag, NAMES, 0.7) or '; a box is a <div>, one of Miro\'s shapes <shape kind="…">'
            told = re.sub(r"mean (\w+)\?", r"mean <\1>?", told)
            self._mistakes.add(here, f"there is no element <{tag}>{told}")
            return
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise self._mistakes.stop(here, f"a text has {MOST_ELEMENTS} elements at most")
        if tag == "body" and len(self._stack) == 1:
            element = self._tree.root
        else:
            while self._stack[-1].name in IMPLIED_ENDS.get(name, () if name in IN_TEXTS else ("p",)):
                self._stack.pop()
            element = Element(name, tag, here, parent=self._stack[-1])
            self._stack[-1].children.append(element)
        self._attributes(element, given)
        if is_closed or {tag, name} & VOID or element is self._tree.root:
            return
        if len(self._stack) > MOST_LEVELS:
            raise self._mistakes.stop(here, f"elements are nested {MOST_LEVELS} deep at most")
        self._stack.append(element)

    def _attributes(self, element: Element, given: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        known = COMMON_ATTRIBUTES | ATTRIBUTES.get(element.name, frozenset())
        for name, value in given:
            found = re.search(rf"(?i)[\s\"']{re.escape(name)}\s*(=\s*[\"']?)?", raw)
            place = text_place(raw, found.end() if found else 0, element.place)
            if name in element.attributes:
                self._mistakes.add(place, f"<{element.written}> has {name} twice")
            if name not in known and not _IGNORED_ATTRIBUTES.fullmatch(name):
                told = meant(name, known) or f"; it has {', '.join(sorted(known))}"
                self._mistakes.add(place, f"<{element.written}> has no attribute {name}{told}")
            element.attributes[name] = (value or "").strip()
            element.places[name] = place
