"""What is in an edited SVG: groups of what is on the board, new elements, and what can't be carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from ....drawing.states import STATE, local_name, state_of
from ....errors import BadArguments
from .markup import parse_svg, told, wrong
from .outline import BODIES, LINES
from .paint import PaintSource, paint_source
from .transforms import UNMOVED, Matrix, transform_of

ID, PART, KIND, DELETE = "data-miro-id", "data-miro-part", "data-miro-kind", "data-miro-delete"
START, END = "data-miro-start", "data-miro-end"
_SILENT = frozenset({"title", "desc", "metadata", "defs", "marker", "linearGradient", "radialGradient", "symbol"})
"""Elements that draw nothing where they stand."""

_SIDES = ("x", "y", "width", "height")
_TEXTS = frozenset({None, "text", "title", "caption"})
"""Parts that are an item's own words."""

_GROUPS = frozenset({"g", "a", "svg", "switch"})


@dataclass(frozen=True)
class DrawnElement:
    """One element, where it is (`matrix`, its own transform in it) and what it inherits and says of its look."""

    element: ET.Element
    matrix: Matrix
    look: PaintSource

    @property
    def name(self) -> str:
        return local_name(self.element)

    def get(self, name: str) -> str | None:
        return self.element.get(name)


@dataclass(frozen=True)
class DrawnGroup:
    """The group of something on the board; `around` is the transform of what it stands in, `inside` what is in it."""

    id: str
    drawn: DrawnElement
    around: Matrix
    inside: tuple[DrawnElement, ...]

    @property
    def is_marked(self) -> bool:
        """Whether it is to be deleted."""
        return (self.drawn.get(DELETE) or "").strip().lower() in ("true", "1", "yes")

    @property
    def shown(self) -> str | None:
        """The state of what the edited drawing showed."""
        return self.drawn.get(STATE)

    @property
    def state(self) -> str:
        return state_of(self.drawn.element) if self.around == UNMOVED else ""

    @property
    def body(self) -> DrawnElement | None:
        """The outline: what is marked as such, else in a group without marks the first that can be one."""
        named = next((one for one in self.inside if one.get(PART) == "body"), None)
        if named is not None or any(one.get(PART) for one in self.inside):
            return named
        return next((one for one in self.inside if one.name in BODIES), None)

    def part(self, name: str, *, otherwise: bool = False) -> DrawnElement | None:
        """What is marked as this part; `otherwise` the first text that isn't marked as any."""
        named = next(self.parts(name), None)
        if named is None and otherwise:
            return next((one for one in self.inside if one.name == "text" and not one.get(PART)), None)
        return named

    def parts(self, name: str) -> Iterator[DrawnElement]:
        return (one for one in self.inside if one.get(PART) == name)


@dataclass(frozen=True)
class New:
    """A new element, or a group that becomes one item: its outline or line, and its texts."""

    label: str
    drawn: DrawnElement
    main: DrawnElement | None
    texts: tuple[DrawnElement, ...] = ()
    frame: str | None = None
    """The frame in whose group it stands."""

    @property
    def kind(self) -> str:
        given = self.drawn.get(KIND)
        if given:
            return given
        if self.drawn.get(START) is not None or self.drawn.get(END) is not None:
            return "connector"
        name = self.main.name if self.main else "text"
        return "image" if name == "image" else "shape" if self.main else "text"


@dataclass
class Drawing:
    """An edited SVG. `board` is the id of the board it was drawn from, where it tells."""

    board: str = ""
    groups: dict[str, DrawnGroup] = field(default_factory=dict[str, DrawnGroup])
    new: list[New] = field(default_factory=list[New])
    left_out: Counter[str] = field(default_factory=Counter[str])
    """What can't be carried over, in words, and how often."""


def read_drawing(svg: str) -> Drawing:
    """Raises:
    BadArguments: it is no SVG, or not one that can be carried out whole.
    """
    root = parse_svg(svg)
    drawing = Drawing(board=root.get("data-miro-board", ""))
    _Walk(drawing).over(DrawnElement(root, UNMOVED, paint_source(root)))
    return drawing


class _Walk:
    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._counts: Counter[str] = Counter()
        self._labels: set[str] = set()
        self._frame: str | None = None

    def over(self, parent: DrawnElement) -> None:
        for child in parent.element:
            self._one(parent, child)

    def _one(self, parent: DrawnElement, element: ET.Element) -> None:
        name = local_name(element)
        if name in _SILENT or (element.get(PART) and not element.get(ID)):
            return
        if name == "style":
            self._leave_out("<style> (say colours and sizes in attributes)")
            return
        drawn = _inside(parent, element)
        if element.get(ID):
            self._group(parent, drawn)
        elif element.get(DELETE):
            self._leave_out(f"{told(element)} is marked to be deleted and has no {ID}")
        elif name in _GROUPS and not (element.get(KIND) or element.get(START)):
            self._plain_group(drawn)
        else:
            self._new(drawn)

    def _group(self, parent: DrawnElement, drawn: DrawnElement) -> None:
        identifier = drawn.element.attrib[ID]
        if identifier in self._drawing.groups:
            raise BadArguments(
                wrong(f"two elements have {ID}={identifier[:60]!r}; a copy that is to be a new item has none")
            )
        inside = (drawn,) if drawn.name in BODIES | {"text"} else tuple(self._parts(drawn))
        self._drawing.groups[identifier] = DrawnGroup(identifier, drawn, parent.matrix, inside)

    def _parts(self, group: DrawnElement) -> Iterator[DrawnElement]:
        """Everything that is drawn in a group, without other items in it, which are read for themselves."""
        bodies = (child.get(PART) == "body" for child in group.element)
        in_frame = group.get(KIND) == "frame" and group.get(ID) is not None and any(bodies)
        for child in group.element:
            if local_name(child) in _SILENT:
                continue
            if child.get(ID) or (in_frame and not child.get(PART)):
                self._one_in(group, child)
                continue
            drawn = _inside(group, child)
            yield drawn
            if local_name(child) in _GROUPS:
                yield from self._parts(drawn)

    def _one_in(self, group: DrawnElement, element: ET.Element) -> None:
        """An element of its own in the group of an item, which, if that is a frame, it is in."""
        self._frame = group.get(ID) if group.get(KIND) == "frame" else None
        self._one(group, element)
        self._frame = None

    def _plain_group(self, drawn: DrawnElement) -> None:
        if drawn.name == "svg" and (drawn.get("viewBox") or drawn.get("x") or drawn.get("y")):
            self._leave_out(f"{told(drawn.element)} inside another <svg>")
            return
        if drawn.name == "a":
            self._leave_out("the link of <a> (what is in it is drawn)")
        inside = [_inside(drawn, child) for child in drawn.element if local_name(child) not in _SILENT]
        texts = tuple(one for one in inside if one.name == "text")
        others = [one for one in inside if one.name != "text"]
        is_one = len(others) == 1 and not any(one.get(ID) or one.get(PART) or one.get(KIND) for one in inside)
        if texts and is_one and (others[0].name in BODIES or others[0].get(START)):
            self._add(drawn, others[0], texts)
        else:
            self.over(drawn)

    def _new(self, drawn: DrawnElement) -> None:
        if drawn.name in _GROUPS:
            inside = list(self._parts(drawn))
            wanted = LINES if drawn.get(START) or drawn.get(KIND) == "connector" else BODIES | {"image"}
            named = [one for one in inside if one.get(PART) in ("body", "line")]
            main = next(iter(named), None) or next((one for one in inside if one.name in wanted), None)
            texts = (one for one in inside if one.name == "text" and one.get(PART) in _TEXTS)
            self._add(drawn, main, tuple(texts))
        elif drawn.name == "text":
            self._add(drawn, None, (drawn,))
        elif drawn.name in LINES and drawn.get(START) and drawn.get(END):
            self._add(drawn, drawn, ())
        elif drawn.name in ("line", "polyline") or (drawn.name == "path" and not _is_closed(drawn.element)):
            self._leave_out(f"{told(drawn.element)}: a line needs {START} and {END}, ids of what it joins")
        elif any(drawn.element.get(name, "").endswith("%") for name in _SIDES):
            self._leave_out(f"{told(drawn.element)}, whose size is in percent")
        elif drawn.name in BODIES | {"image"}:
            self._add(drawn, drawn, ())
        else:
            self._leave_out(f"<{drawn.name[:40]}>")

    def _add(self, drawn: DrawnElement, main: DrawnElement | None, texts: tuple[DrawnElement, ...]) -> None:
        given = drawn.get("id") or (main.get("id") if main else None)
        name = (drawn.get(KIND) or (main or drawn).name)[:40]
        self._counts[name] += 1
        label = f"#{given}" if given else f"{name} {self._counts[name]}"
        if label in self._labels:
            raise BadArguments(wrong(f"two new elements have id={given!r}"))
        self._labels.add(label)
        if main is not None and main is not drawn and drawn.get(START) is None and main.get(START):
            drawn = main
        self._drawing.new.append(New(label, drawn, main, texts, self._frame))

    def _leave_out(self, what: str) -> None:
        self._drawing.left_out[what] += 1


def _inside(parent: DrawnElement, element: ET.Element) -> DrawnElement:
    return DrawnElement(element, transform_of(element).after(parent.matrix), paint_source(element, parent.look))


def _is_closed(path: ET.Element) -> bool:
    return path.get("d", "").rstrip().lower().endswith("z")
