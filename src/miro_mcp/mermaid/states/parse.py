"""A state diagram as it stands in its text: statements in documents, of which composite states have their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..finders import said_direction
from ..lexer import END, Token
from ..source import Source
from .tokens import EXAMPLE, SAID, TABLES, WORDS

EDGE = "[*]"


@dataclass
class State:
    """`kind` is state, fork, join, choice or divider; `doc` what is inside a composite state."""

    id: str
    token: Token
    kind: str = "state"
    texts: list[str] = field(default_factory=list[str])
    doc: list[Statement] | None = None
    note: StateNote | None = None


@dataclass(frozen=True)
class StateNote:
    left: bool
    text: str


@dataclass(frozen=True)
class Transition:
    start: State
    end: State
    text: str


Statement = State | Transition


@dataclass
class StateChart:
    statements: list[Statement] = field(default_factory=list["Statement"])
    directions: dict[int, str] = field(default_factory=dict[int, str])
    """By the identity of a document."""
    style_classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    styles: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    links: dict[str, str] = field(default_factory=dict[str, str])


def states_of(cursor: Cursor) -> StateChart:
    """Raises:
    MermaidError: the text isn't a state diagram.
    """
    return _Parser(cursor).parse()


def cursor_of(source: Source) -> Cursor:
    return Cursor(source, TABLES, WORDS, EXAMPLE)


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.chart = StateChart()
        self.open: list[list[Statement]] = [self.chart.statements]
        self.dividers = 0

    def parse(self) -> StateChart:
        cursor = self.cursor
        cursor.skip("newline")
        cursor.expect("stateDiagram")
        while cursor.next.kind != END:
            self._line()
        if len(self.open) > 1:
            raise cursor.error("}")
        return self.chart

    def _line(self) -> None:
        cursor = self.cursor
        if cursor.have("newline", "hide empty", "description"):
            return
        match cursor.next.kind:
            case "}" if len(self.open) > 1:
                cursor.take()
                self.open.pop()
            case "scale":
                cursor.take()
                cursor.expect("width")
            case "accessible":
                cursor.take()
                cursor.expect("accessible text")
            case "direction":
                said = said_direction(cursor.take().text, SAID, re.IGNORECASE)
                self.chart.directions.setdefault(id(self.open[-1]), said)
            case "classDef" | "class" | "style":
                self._styles()
            case "click":
                self._click()
            case "note":
                self._note()
            case "fork" | "join" | "choice":
                token = cursor.take()
                name = token.text[: -10 if token.kind == "choice" else -8].strip()
                self._add(State(name, token, token.kind))
            case "--":
                self.dividers += 1
                self._add(State(f"divider-id-{self.dividers}", cursor.take(), "divider"))
            case "name":
                # As in Mermaid, `state x` alone makes no state: it needs a body or another mention.
                token = cursor.take()
                state = State(token.text, token)
                if self._inside(state):
                    self.open[-2].append(state)
            case "state text":
                self._described()
            case _:
                self._transition()

    def _add(self, statement: Statement) -> None:
        self.open[-1].append(statement)

    def _inside(self, state: State) -> bool:
        """Whether it has a body, which is then open."""
        opening = self.cursor.have("{")
        if not opening:
            return False
        state.doc = []
        self.cursor.check_depth(len(self.open), opening, "states")
        self.open.append(state.doc)
        return True

    def _described(self) -> None:
        cursor = self.cursor
        text = cursor.take().text.strip()
        cursor.expect("as")
        token = cursor.expect("state id")
        name, *more = token.text.split(":")
        state = State(name.strip(), token, texts=[text, *more[:1]])
        self._add(state)
        self._inside(state)

    def _transition(self) -> None:
        cursor = self.cursor
        start = self._state()
        if cursor.have("-->"):
            end = self._state()
            text = cursor.have("text")
            self._add(Transition(start, end, text.text.removeprefix(":").strip() if text else ""))
            return
        if text := cursor.have("text"):
            start.texts.append(text.text.removeprefix(":").strip())
        self._add(start)

    def _state(self) -> State:
        token = self.cursor.expect("id", "[*]")
        state = State(token.text.strip(), token)
        if self.cursor.have(":::"):
            name = self.cursor.expect("id").text.strip()
            self.chart.classes.setdefault(state.id, []).append(name)
        return state

    def _note(self) -> None:
        cursor = self.cursor
        cursor.take()
        if side := cursor.have("side"):
            token = cursor.expect("id")
            text = cursor.expect("note text", "note block")
            said = text.text.strip()
            said = said[: -len("end note")].strip() if text.kind == "note block" else said.removeprefix(":").strip()
            self._add(State(token.text.strip(), token, note=StateNote(side.text.lower().startswith("left"), said)))
            return
        # A note that belongs to no state: Mermaid takes it and draws nothing.
        cursor.expect("note text", "side")
        cursor.expect("as")
        cursor.expect("state id")

    def _styles(self) -> None:
        cursor, chart = self.cursor, self.chart
        kind = cursor.take().kind
        names = cursor.expect("class name" if kind == "classDef" else "ids").text.strip()
        styles = cursor.expect("styles").text.strip()
        if kind == "classDef":
            chart.style_classes.setdefault(names, []).extend(styles.split(","))
            return
        for name in names.split(","):
            if kind == "class":
                chart.classes.setdefault(name.strip(), []).append(styles)
            else:
                chart.styles[name.strip()] = styles.split(",")

    def _click(self) -> None:
        cursor = self.cursor
        cursor.take()
        state = self._state()
        if cursor.have("href"):
            url = cursor.expect("string")
        else:
            url = cursor.expect("string", "href")
            cursor.expect("string")
        cursor.expect("newline")
        self.chart.links[state.id] = url.text.strip('"')
