"""The elements of layout text and what each takes, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .mistakes import Place

FIELDS = ("input", "textarea", "select")
"""What pages have for people to fill in: boxes with the text that stands in them."""

ALIASES = {
    **dict.fromkeys(
        ("section", "header", "footer", "main", "nav", "article", "aside", "row", "column", "label", "button", "body"),
        "div",
    ),
    **dict.fromkeys(("sticky_note", "sticky-note", "note"), "sticky"),
    **dict.fromkeys(("line", "arrow"), "connector"),
    **dict.fromkeys(FIELDS, "div"),
    "image": "img",
    "text": "p",
    "h5": "h4",
    "h6": "h4",
    "ins": "u",
    "strike": "s",
    "del": "s",
    "figure": "div",
    "figcaption": "p",
    "blockquote": "p",
}
INLINE = frozenset({"b", "strong", "i", "em", "u", "s", "a", "span", "code", "br", "small", "mark", "sup", "sub"})
TEXT_BLOCKS = frozenset({"p", "ul", "ol", "li"})
HEADINGS = {"h1": 40.0, "h2": 28.0, "h3": 22.0, "h4": 18.0}
"""Font sizes."""

TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"})
VOID = frozenset({"br", "hr", "img", "item", "col", "embed", "input"})
SKIPPED = frozenset({"html", "head", "meta", "link"})
"""What a whole page has around its body."""

IN_TEXTS = INLINE | {"connector", "style"}
"""What may stand inside of a paragraph; the beginning of anything else ends it."""

IMPLIED_ENDS: Mapping[str, frozenset[str]] = {
    "p": frozenset({"p"}),
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"tr", "td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tr", "td", "th"}),
}
"""What the beginning of an element ends."""

OPTIONAL_ENDS = frozenset({"li", "p", "td", "th", "tr", "thead", "tbody", "tfoot"})

COMMON_ATTRIBUTES = frozenset({"id", "class", "style", "near", "side"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "frame": frozenset({"title", "width", "height"}),
    "sticky": frozenset({"color", "shape", "tags", "width", "height"}),
    "card": frozenset({"title", "due", "tags", "assignee", "color", "width"}),
    "shape": frozenset({"kind", "color", "width", "height"}),
    "img": frozenset({"src", "alt", "title", "width", "height"}),
    "embed": frozenset({"src", "width"}),
    "item": frozenset({"color", "tags", "width", "height"}),
    "connector": frozenset(
        {"from", "to", "shape", "start-cap", "end-cap", "arrow", "from-side", "to-side", "color", "label"}
    ),
    "a": frozenset({"href", "target", "rel", "title"}),
    "td": frozenset({"colspan", "rowspan", "width", "align", "scope"}),
    "th": frozenset({"colspan", "rowspan", "width", "align", "scope"}),
    "table": frozenset({"width", "border", "cellpadding", "cellspacing"}),
    "col": frozenset({"width", "span"}),
    "ol": frozenset({"start", "type"}),
    "p": frozenset({"title"}),
    "div": frozenset({"title", "type", "for", "name", "value", "placeholder", "rows", "cols"}),
}
ELEMENTS = (
    frozenset({"frame", "div", "hr", "connector", "style", "table", *ATTRIBUTES})
    | INLINE
    | TEXT_BLOCKS
    | HEADINGS.keys()
    | TABLE_PARTS
)
NAMES = ELEMENTS | ALIASES.keys()


@dataclass(eq=False)
class Element:
    """One element: `name` is what it counts as, `written` what the text calls it."""

    name: str
    written: str
    place: Place
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    """Where the values of its attributes begin."""
    children: list[Element | str] = field(default_factory=list["Element | str"])
    parent: Element | None = None

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def place_of(self, attribute: str) -> Place:
        return self.places.get(attribute, self.place)

    def __str__(self) -> str:
        return f"<{self.written}> of line {self.place[0]}"
