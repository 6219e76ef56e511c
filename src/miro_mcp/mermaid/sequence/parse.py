"""Sequence diagrams: from text to a sequence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, cast

from ...diagrams.sequence import (
    Activation,
    BlockBegin,
    BlockEnd,
    BlockSection,
    Life,
    Message,
    Note,
    NoteSide,
    Participant,
    ParticipantBox,
    Sequence,
    SequenceStep,
)
from ..css import css_colour
from ..cursor import Cursor
from ..labels import html_of
from ..lexer import END, Token
from ..source import Source, plain_text
from ..yaml import YamlError, load_yaml
from .tokens import ARROWS, BLOCKS, EXAMPLE, SECTIONS, TABLES, WORDS

_CENTRAL = "()"
_LONGEST_NUMBER = 12


@dataclass
class _Open:
    """A block that hasn't ended yet."""

    kind: str
    token: Token


def sequence_of(source: Source) -> Sequence:
    """The sequence in the text.

    Raises:
        MermaidError: the text isn't a sequence diagram.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.participants: dict[str, Participant] = {}
        self.boxes: list[ParticipantBox] = []
        self.steps: list[SequenceStep] = []
        self.title = cursor.source.title
        self.notes: dict[str, None] = {}
        self.blocks: list[_Open] = []
        self.box: int | None = None
        self.active: Counter[str] = Counter()
        self.born: str | None = None
        self.dying: str | None = None
        self.number: float | None = None
        self.step = 1.0

    def parse(self) -> Sequence:
        cursor = self.cursor
        cursor.skip("newline")
        cursor.expect("sequenceDiagram")
        while cursor.next.kind != END:
            self._line()
        if self.blocks:
            raise cursor.error("end")
        return Sequence(
            participants=tuple(self.participants.values()),
            boxes=tuple(self.boxes),
            steps=tuple(self.steps),
            title=self.title,
            notes=tuple(self.notes),
        )

    def _line(self) -> None:
        cursor = self.cursor
        if cursor.have("newline", "stray"):
            return
        kind = cursor.next.kind
        block = self.blocks[-1].kind if self.blocks else ""
        if kind in ("participant", "actor", "destroy"):
            self._participant()
        elif kind == "create":
            cursor.take()
            if cursor.next.kind not in ("participant", "actor", "destroy"):
                raise cursor.error("participant", "actor")
            self._participant(created=True)
        elif kind == "box":
            self._box()
        elif kind in BLOCKS:
            token = cursor.take()
            text = cursor.expect("line").text
            colour = _colour(text)[0] if kind == "rect" else None
            self.steps.append(BlockBegin(kind=kind, text="" if kind == "rect" else _text(text), colour=colour))
            self.blocks.append(_Open(kind, token))
            cursor.check_depth(len(self.blocks), token, "blocks")
        elif kind == "end" and self.blocks:
            cursor.take()
            self.blocks.pop()
            self.steps.append(BlockEnd())
        elif kind == SECTIONS.get(block):
            cursor.take()
            self.steps.append(BlockSection(text=_text(cursor.expect("line").text)))
        elif kind == "title":
            self.title = re.sub(r"^title:?\s", "", cursor.take().text, flags=re.IGNORECASE)
        elif kind == "accessible":
            cursor.take()
            cursor.expect("accessible text")
        elif kind == "description":
            cursor.take()
        else:
            self._sentence()
            cursor.expect("newline")

    def _sentence(self) -> None:
        cursor = self.cursor
        match cursor.next.kind:
            case "autonumber":
                self._autonumber()
            case "activate" | "deactivate" as kind:
                cursor.take()
                token = cursor.expect("name")
                self._activate(token, active=kind == "activate")
            case "note":
                self._note()
            case "links":
                cursor.take()
                self._meet(cursor.expect("name"))
                cursor.expect("message")
                self.notes["Menus of links on participants are left out."] = None
            case "name":
                self._message()
            case _:
                raise cursor.error("name", "a statement such as note, loop or alt")

    def _participant(self, *, created: bool = False) -> None:
        cursor = self.cursor
        word = cursor.take().kind
        name = cursor.expect("name")
        key = name.text.strip()
        if word == "destroy":
            # Mermaid reads `create destroy x` as `create x`.
            if created:
                self._create(name, None, "participant")
            else:
                self.dying = key
                self.steps.append(Life(participant=key, begins=False))
        else:
            data = self._data() if cursor.have("data start") else {}
            alias = None
            if cursor.have("as"):
                alias = cursor.expect("line").text
            kind = plain_text(data.get("type")) or ("actor" if word == "actor" else "participant")
            given = plain_text(data.get("alias"))
            text = (
                _text(given if given and (alias is None or alias.strip() == key) else alias) if given or alias else None
            )
            if created:
                self._create(name, text, kind)
            else:
                self._meet(name, text, kind)
        cursor.expect("newline")

    def _create(self, name: Token, text: str | None, kind: str) -> None:
        key = name.text.strip()
        if key in self.participants:
            raise self.cursor.error_at(name, "a participant that isn't there yet")
        self.born = key
        self._meet(name, text, kind)
        self.steps.append(Life(participant=key, begins=True))

    def _data(self) -> dict[str, Any]:
        start = self.cursor.next
        text = self.cursor.expect("data").text.strip()
        self.cursor.expect("data end")
        try:
            loaded = load_yaml(text + "\n" if "\n" in text else f"{{\n{text}\n}}")
        except YamlError as error:
            raise self.cursor.error_at(start, f'data such as {{ "type": "database" }} ({error})') from error
        return cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}

    def _meet(self, name: Token, text: str | None = None, kind: str = "participant") -> str:
        """A participant is there from its first mention; a later one may only rename it, or put it into a box."""
        key = name.text.strip()
        old = self.participants.get(key)
        box = self.box
        if old is not None:
            if self.box is not None and old.box is not None and self.box != old.box:
                raise self.cursor.error_at(name, "a participant that is in no other box")
            box = self.box if old.box is None else old.box
            if text is None:
                self.participants[key] = replace(old, box=box)
                return key
        self.participants[key] = Participant(key=key, text=_text(key) if text is None else text, kind=kind, box=box)
        return key

    def _box(self) -> None:
        cursor = self.cursor
        cursor.take()
        colour, title = _colour(cursor.expect("line").text)
        self.boxes.append(ParticipantBox(title=_text(title), colour=colour))
        self.box = len(self.boxes) - 1
        while not cursor.have("end"):
            if cursor.have("newline"):
                continue
            if cursor.next.kind not in ("participant", "actor", "destroy"):
                raise cursor.error("participant", "actor", "end")
            self._participant()
        self.box = None

    def _autonumber(self) -> None:
        cursor = self.cursor
        cursor.take()
        if cursor.have("off"):
            self.number = None
            return
        start = cursor.have("number")
        step = cursor.have("number") if start else None
        for number in (start, step):
            if number and len(number.text) > _LONGEST_NUMBER:
                raise cursor.error_at(number, f"a number of at most {_LONGEST_NUMBER} digits")
        # Once more without a number: it goes on from where it was.
        self.number = float(start.text) if start else 1.0 if self.number is None else self.number
        self.step = float(step.text) if step else 1.0

    def _activate(self, name: Token, *, active: bool) -> None:
        key = name.text.strip()
        if not active and self.active[key] < 1:
            raise self.cursor.error_at(name, f"an active participant: '{key}' isn't active here")
        self.active[key] += 1 if active else -1
        self.cursor.check_depth(self.active[key], name, "activations")
        self.steps.append(Activation(participant=key, active=active))

    def _note(self) -> None:
        cursor = self.cursor
        cursor.take()
        place = cursor.expect("left of", "right of", "over").kind
        names = [cursor.expect("name")]
        if place == "over" and cursor.have(","):
            names.append(cursor.expect("name"))
        keys = tuple(self._meet(name) for name in names)
        text = _text(cursor.expect("message").text.strip()[1:])
        side: NoteSide = "over" if place == "over" else "left" if place == "left of" else "right"
        self.steps.append(Note(side=side, participants=keys, text=text))

    def _message(self) -> None:
        cursor = self.cursor
        first = cursor.take()
        central = cursor.have(_CENTRAL)
        arrow = cursor.expect("arrow")
        sign = cursor.have("+", "-", _CENTRAL) if not central else cursor.have(_CENTRAL)
        second = cursor.expect("name")
        text = cursor.expect("message").text.strip()[1:]
        start, end = self._meet(first), self._meet(second)
        if self.born is not None:
            if end != self.born:
                raise cursor.error_at(second, f"a message to '{self.born}', which is created by it")
            self.born = None
        elif self.dying is not None:
            if self.dying not in (start, end):
                raise cursor.error_at(first, f"a message from or to '{self.dying}', which ends with it")
            self.dying = None
        start_cap, end_cap, dotted = ARROWS[arrow.text.lower()]
        number = None
        if self.number is not None:
            number = f"{self.number:g}"
            self.number = round(self.number + self.step, 2)
        self.steps.append(
            Message(
                start=start,
                end=end,
                text=_text(text),
                dotted=dotted,
                start_cap=start_cap,
                end_cap=end_cap,
                central=(central is not None, bool(sign and sign.kind == _CENTRAL)),
                number=number,
            )
        )
        if sign and sign.kind == "+":
            self._activate(second, active=True)
        elif sign and sign.kind == "-":
            self._activate(first, active=False)


def _text(text: str | None) -> str:
    """A message's or title's text; `wrap:` before it is for Mermaid's own layout."""
    return html_of(re.sub(r"^:?(?:no)?wrap:", "", (text or "").strip()).strip())


def _colour(text: str) -> tuple[str | None, str]:
    """A CSS colour that a line starts with, and the rest of it."""
    match = re.match(r"\s*((?:rgba?|hsla?)\s*\([^)]*\)|\w*)(.*)$", text, re.DOTALL)
    colour = css_colour(match[1]) if match and match[1] else None
    if match and (colour or match[1].lower() == "transparent"):
        return colour, match[2]
    return None, text
