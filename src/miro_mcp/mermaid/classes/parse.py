"""Class diagrams: from text to classes, notes and relations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ...diagrams.graph import Direction, Edge, Group, LineStyle, Node
from ..boxes import METHOD, note_node
from ..css import DIRECTIONS
from ..cursor import Cursor
from ..finders import said_direction
from ..labels import html_of, markdown_of, web_link
from ..lexer import END, Token
from ..source import Source
from .tokens import EXAMPLE, RELATIONS, SAID, TABLES, WORDS

_NAME = ("word", "letter")
_STYLE = frozenset({"word", ":", "space", "#", "style", "%", "label"})
_CAPS = {
    "extension": "triangle",
    "dependency": "stealth",
    "composition": "filled_diamond",
    "aggregation": "diamond",
    "lollipop": "oval",
}


@dataclass
class ParsedClass:
    """`generic` is the type in its name: `List~int~`."""

    key: str
    generic: str
    label: str
    annotations: list[str] = field(default_factory=list[str])
    attributes: list[str] = field(default_factory=list[str])
    methods: list[str] = field(default_factory=list[str])
    classes: list[str] = field(default_factory=lambda: ["default"])
    styles: list[str] = field(default_factory=list[str])
    namespace: str | None = None
    link: str | None = None


@dataclass
class ClassChart:
    """A class diagram as it stands in its text; `losses` is what Miro can't show."""

    classes: dict[str, ParsedClass] = field(default_factory=dict[str, ParsedClass])
    notes: list[Node] = field(default_factory=list[Node])
    interfaces: list[Node] = field(default_factory=list[Node])
    edges: list[Edge] = field(default_factory=list[Edge])
    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    direction: Direction = "down"
    style_classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    losses: dict[str, None] = field(default_factory=dict[str, None])


def parse(source: Source) -> ClassChart:
    """The classes, notes and relations in the text.

    Raises:
        MermaidError: the text isn't a class diagram.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.chart = ClassChart()
        self.inside: list[str] = []

    def parse(self) -> ClassChart:
        cursor = self.cursor
        cursor.expect("classDiagram")
        cursor.expect("newline")
        while True:
            self._statement()
            if cursor.have("end of file"):
                break
            cursor.expect("newline", "end of file")
            if cursor.have("end of file"):
                break
        if cursor.next.kind != END:
            raise cursor.error("end of file")
        return self.chart

    def _statement(self) -> None:
        cursor = self.cursor
        match cursor.next.kind:
            case "direction":
                self.chart.direction = DIRECTIONS[said_direction(cursor.take().text, SAID)]
            case "namespace":
                self._namespace()
            case "class":
                self._class()
            case "<<":
                cursor.take()
                annotation = cursor.expect(*_NAME).text
                cursor.expect(">>")
                token = cursor.next
                self._there(self._name(), token).annotations.append(annotation)
            case "note for" | "note":
                self._note()
            case "click" | "callback" | "link":
                self._click()
            case "style":
                cursor.take()
                styled = self.chart.classes.get(cursor.expect("word").text)
                styles = self._styles()
                if styled:
                    styled.styles += styles
            case "cssClass":
                cursor.take()
                keys = cursor.expect("string").text
                self._set_class(keys, cursor.expect("word").text)
            case "classDef":
                self._class_definition()
            case "accessible":
                cursor.take()
                cursor.expect("accessible text")
            case "description":
                cursor.take()
            case _:
                self._relation()

    def _name(self) -> str:
        """The name of a class, and its generic type."""
        name = self._dotted_name()
        generic = self.cursor.have("generic")
        return f"{name}~{generic.text}~" if generic else name

    def _dotted_name(self) -> str:
        """Words, dots between them, or text in backquotes."""
        cursor = self.cursor
        parts: list[str] = []
        while True:
            if literal := cursor.have("literal"):
                parts.append(literal.text)
                break
            parts.append(cursor.expect(*_NAME).text)
            if cursor.have("."):
                parts.append(".")
            elif cursor.next.kind not in (*_NAME, "literal"):
                break
        return "".join(parts)

    def _add(self, name: str) -> ParsedClass:
        key, _, generic = name.partition("~")
        if not key:
            key, generic = name, ""
        return self.chart.classes.setdefault(key, ParsedClass(key, generic.split("~")[0], key))

    def _there(self, name: str, token: Token) -> ParsedClass:
        key = name.partition("~")[0]
        if key not in self.chart.classes:
            raise self.cursor.error_at(token, "a class that is there already")
        return self.chart.classes[key]

    def _class(self) -> ParsedClass:
        cursor = self.cursor
        cursor.take()
        entry = self._add(self._name())
        if cursor.have("["):
            entry.label = cursor.expect("string").text
            cursor.expect("]")
        if cursor.have(":::"):
            entry.classes.append(cursor.expect(*_NAME).text)
        elif cursor.have("<<"):
            entry.annotations.append(cursor.expect(*_NAME).text)
            cursor.expect(">>")
        if cursor.have("{"):
            while member := cursor.have("member"):
                self._member(entry, member, member.text)
            cursor.expect("}", "member")
        return entry

    def _member(self, entry: ParsedClass, token: Token, text: str) -> None:
        text = text.strip()
        if text.startswith("<<") and text.endswith(">>"):
            entry.annotations.append(text[2:-2])
        elif text.find(")") > 0:
            if not METHOD.match(text):
                raise self.cursor.error_at(token, "a method such as +name(type) result")
            entry.methods.append(text)
        elif text:
            entry.attributes.append(text)

    def _namespace(self) -> None:
        """A namespace with its classes, notes and namespaces; nested ones are walked with a list, not recursion."""
        cursor = self.cursor
        depth = len(self.inside)
        self._open_namespace()
        while len(self.inside) > depth:
            match cursor.next.kind:
                case "class":
                    self._class().namespace = self.inside[-1]
                case "note" | "note for":
                    self._note()
                case "namespace":
                    self._open_namespace()
                    continue
                case _:
                    raise cursor.error("class", "note", "namespace")
            while True:
                ended = cursor.have("newline")
                if cursor.have("}"):
                    self.inside.pop()
                    if len(self.inside) == depth:
                        return
                elif ended:
                    break
                else:
                    raise cursor.error("newline", "}")

    def _open_namespace(self) -> None:
        cursor = self.cursor
        cursor.take()
        name = self._dotted_name()
        label = None
        if cursor.have("["):
            label = cursor.expect("string").text
            cursor.expect("]")
        key = ".".join((*self.inside[-1:], name))
        parts = key.split(".")
        cursor.check_depth(len(parts), cursor.next, "namespaces")
        for end in range(1, len(parts) + 1):
            path = ".".join(parts[:end])
            parent = ".".join(parts[: end - 1]) or None
            self.chart.groups.setdefault(path, Group(key=path, title=html_of(parts[end - 1]), parent=parent))
        if label:
            self.chart.groups[key] = replace(self.chart.groups[key], title=html_of(label))
        self.inside.append(key)
        cursor.expect("{")
        cursor.have("newline")

    def _note(self) -> None:
        cursor = self.cursor
        about = None
        if cursor.take().kind == "note for":
            about = self._name().partition("~")[0]
        text = cursor.expect("string").text
        key = f"note{len(self.chart.notes)}"
        self.chart.notes.append(note_node(key, markdown_of(text), self.inside[-1] if self.inside else None))
        if about in self.chart.classes:
            self._edge(Edge(key="", start=key, end=about, end_cap="none", line="dashed"))

    def _relation(self) -> None:
        cursor = self.cursor
        if cursor.have("member", "separator"):
            return
        first = self._name()
        if label := cursor.have("label"):
            self._member(self._add(first), label, label.text.removeprefix(":"))
            return
        start_text = cursor.have("string")
        if not start_text and cursor.next.kind not in ("line", "end of relation"):
            return
        start_type = cursor.have("end of relation")
        line: LineStyle = "normal" if cursor.expect("line").text == "--" else "dashed"
        end_type = cursor.have("end of relation")
        end_text = cursor.have("string")
        second = self._name()
        label = cursor.have("label")
        start, end = self._ends(first, second, _type(start_type), _type(end_type))
        self._edge(
            Edge(
                key="",
                start=start,
                end=end,
                text=markdown_of(label.text.removeprefix(":").strip()) if label else "",
                start_text=html_of(start_text.text.strip()) if start_text else "",
                end_text=html_of(end_text.text.strip()) if end_text else "",
                start_cap=_CAPS.get(_type(start_type), "none"),
                end_cap=_CAPS.get(_type(end_type), "none"),
                line=line,
            )
        )

    def _ends(self, first: str, second: str, start: str, end: str) -> tuple[str, str]:
        """Keys of the ends; what a lollipop stands at is an interface, not a class."""
        if start == "lollipop" and not end:
            return self._interface(first), self._add(second).key
        if end == "lollipop" and not start:
            return self._add(first).key, self._interface(second)
        return self._add(first).key, self._add(second).key

    def _interface(self, name: str) -> str:
        key = f"interface{len(self.chart.interfaces)}"
        self.chart.interfaces.append(Node(key=key, text=html_of(name), shape="circle"))
        return key

    def _edge(self, edge: Edge) -> None:
        self.chart.edges.append(replace(edge, key=f"id_{edge.start}_{edge.end}_{len(self.chart.edges) + 1}"))

    def _class_definition(self) -> None:
        cursor = self.cursor
        cursor.take()
        names = [cursor.expect("word").text]
        while cursor.have(","):
            names.append(cursor.expect("word").text)
        styles = self._styles()
        for name in names:
            self.chart.style_classes.setdefault(name, []).extend(styles)

    def _styles(self) -> list[str]:
        styles: list[str] = []
        while True:
            style = self.cursor.text_of(_STYLE)
            if not style:
                raise self.cursor.error("style text")
            styles.append(style)
            if not self.cursor.have(","):
                return styles

    def _set_class(self, keys: str, name: str) -> None:
        for key in keys.split(","):
            if found := self.chart.classes.get(key.partition("~")[0].strip()):
                found.classes.append(name)

    def _click(self) -> None:
        cursor = self.cursor
        kind = cursor.take().kind
        key = self._name().partition("~")[0]
        if kind == "callback" or (kind == "click" and cursor.next.kind != "href"):
            cursor.expect("string" if kind == "callback" else "callback name")
            if kind == "click":
                cursor.have("callback arguments")
            cursor.have("string")
            self.chart.losses[f"{key}: a click calls a function, which a board can't."] = None
            return
        if kind == "click":
            cursor.expect("href")
        url = cursor.expect("string").text
        cursor.have("string")
        cursor.have("target")
        if key in self.chart.classes:
            self.chart.classes[key].link = web_link(url)


def _type(token: Token | None) -> str:
    return RELATIONS[token.text] if token else ""
