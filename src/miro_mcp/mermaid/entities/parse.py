"""Entity-relationship diagrams: from text to entities and relationships."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...diagrams.graph import Direction, Edge
from ..boxes import generics
from ..css import DIRECTIONS
from ..cursor import Cursor
from ..finders import said_direction
from ..labels import html_of, markdown_of
from ..lexer import END
from ..source import Source
from .tokens import CARDINALITIES, EXAMPLE, SAID, TABLES, WORDS

_ENTITY = ("word", "quoted name", "number", "name")
_STYLE = frozenset({"style word", "number", ":", "#"})
_SEPARATOR = (";", "newline", "end of file")


@dataclass
class Entity:
    key: str
    alias: str = ""
    attributes: list[str] = field(default_factory=list[str])
    classes: list[str] = field(default_factory=lambda: ["default"])
    styles: list[str] = field(default_factory=list[str])


@dataclass
class EntityGroup:
    key: str
    title: str
    opened: int
    members: list[str] = field(default_factory=list[str])
    direction: Direction | None = None
    classes: list[str] = field(default_factory=list[str])
    styles: list[str] = field(default_factory=list[str])


@dataclass
class EntityChart:
    """An entity-relationship diagram as it stands in its text; `owner` is the subgraph that something is in."""

    entities: dict[str, Entity] = field(default_factory=dict[str, Entity])
    edges: list[Edge] = field(default_factory=list[Edge])
    subgraphs: dict[str, EntityGroup] = field(default_factory=dict[str, EntityGroup])
    owner: dict[str, str] = field(default_factory=dict[str, str])
    direction: Direction = "down"
    style_classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def parse(source: Source) -> EntityChart:
    """The entities and relationships in the text.

    Raises:
        MermaidError: the text isn't an entity-relationship diagram.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.chart = EntityChart()
        self.open: list[EntityGroup] = []
        self.opened = 0

    def parse(self) -> EntityChart:
        cursor = self.cursor
        cursor.expect("erDiagram")
        while cursor.next.kind != END:
            self._line()
        if self.open:
            raise cursor.error("end")
        return self.chart

    def _line(self) -> None:
        cursor = self.cursor
        if cursor.have("newline", "end of file"):
            return
        match cursor.next.kind:
            case "accessible":
                cursor.take()
                cursor.expect("accessible text")
            case "description":
                cursor.take()
            case "direction":
                direction = DIRECTIONS[said_direction(cursor.take().text.upper(), SAID, re.IGNORECASE)]
                if self.open:
                    self.open[-1].direction = direction
                else:
                    self.chart.direction = direction
            case "classDef":
                cursor.take()
                names = self._list()
                styles = self._styles()
                for name in names:
                    self.chart.style_classes.setdefault(name, []).extend(styles)
            case "style":
                cursor.take()
                names = self._list()
                styles = self._styles()
                for item in self._items(names):
                    item.styles += styles
            case "class":
                cursor.take()
                names = self._list()
                self._set_class(names, self._list())
            case "subgraph":
                self._subgraph()
            case "end" if self.open:
                cursor.take()
                self._end()
            case _:
                self._entity()

    def _name(self) -> str:
        return self.cursor.expect(*_ENTITY).text.replace('"', "")

    def _entity(self) -> None:
        cursor = self.cursor
        first = self._name()
        if cursor.have("["):
            self._add(first, self._name())
            cursor.expect("]")
            classes = self._classes()
            self._block(first)
            self._set_class([first], classes)
            return
        classes = self._classes()
        if cursor.next.kind in CARDINALITIES:
            self._relationship(first, classes)
        else:
            self._add(first)
            self._block(first)
            self._set_class([first], classes)

    def _relationship(self, first: str, classes: list[str]) -> None:
        cursor = self.cursor
        start_cap = cursor.take().kind
        line = cursor.expect("solid", "dashed").kind
        end_cap = cursor.expect(*CARDINALITIES).kind
        second = self._name()
        second_classes = self._classes()
        cursor.expect(":")
        if cursor.next.kind not in ("string", "quoted name", "word"):
            raise cursor.error("role")
        role = cursor.take().text.replace('"', "")
        self._add(first)
        self._add(second)
        self.chart.edges.append(
            Edge(
                key=f"{first}_{second}_{len(self.chart.edges)}",
                start=first,
                end=second,
                text=markdown_of(role),
                start_cap=start_cap,
                end_cap=end_cap,
                line="dashed" if line == "dashed" else "normal",
            )
        )
        self._set_class([first], classes)
        self._set_class([second], second_classes)

    def _add(self, key: str, alias: str = "") -> None:
        entity = self.chart.entities.setdefault(key, Entity(key))
        entity.alias = entity.alias or alias
        if self.open:
            self.open[-1].members.append(key)

    def _classes(self) -> list[str]:
        return self._list() if self.cursor.have(":::") else []

    def _block(self, key: str) -> None:
        cursor = self.cursor
        if not cursor.have("{"):
            return
        while not cursor.have("}"):
            kind = cursor.expect("attribute", "}").text + ("?" if cursor.have("?") else "")
            name = cursor.expect("attribute").text
            keys: list[str] = []
            if token := cursor.have("key"):
                keys.append(token.text)
                while cursor.have(","):
                    keys.append(cursor.expect("key").text)
            comment = cursor.have("comment")
            said = [f"{html_of(generics(kind).replace('<', '&lt;'))} {html_of(name)}", ", ".join(keys)]
            said.append(f"<em>{markdown_of(comment.text.strip(chr(34)))}</em>" if comment else "")
            self.chart.entities[key].attributes.append(" ".join(filter(None, said)))

    def _list(self) -> list[str]:
        names = [self.cursor.expect("word", "style word").text]
        while self.cursor.have(","):
            names.append(self.cursor.expect("word", "style word").text)
        return names

    def _styles(self) -> list[str]:
        styles: list[str] = []
        while True:
            style = self.cursor.text_of(_STYLE)
            if not style:
                raise self.cursor.error("style text")
            styles.append(style)
            if not self.cursor.have(","):
                self.cursor.expect(*_SEPARATOR)
                return styles

    def _items(self, names: list[str]) -> list[Entity | EntityGroup]:
        return [items[name] for name in names for items in (self.chart.entities, self.chart.subgraphs) if name in items]

    def _set_class(self, names: list[str], classes: list[str]) -> None:
        for item in self._items(names):
            item.classes += classes

    def _subgraph(self) -> None:
        cursor = self.cursor
        cursor.take()
        name = title = self._name()
        if cursor.have("["):
            words = [self._name()]
            while cursor.next.kind in _ENTITY:
                words.append(self._name())
            title = " ".join(words)
            cursor.expect("]")
        cursor.expect(*_SEPARATOR)
        self.opened += 1
        self.open.append(EntityGroup(name.strip(), title, self.opened))

    def _end(self) -> None:
        """Its members are what no other subgraph has had before."""
        subgraph = self.open.pop()
        for member in subgraph.members:
            if member != subgraph.key:
                self.chart.owner.setdefault(member, subgraph.key)
        self.chart.subgraphs[subgraph.key] = subgraph
        if self.open:
            self.open[-1].members.append(subgraph.key)
