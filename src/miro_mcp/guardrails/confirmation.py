"""Asking a person: the question, what counts as a yes, and the one who asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..catalogue import Operation
from ..errors import Refused
from ..text.quoting import quoted

UNASKED = "nobody: the operator set MIRO_CONFIRM=allow"

_MARKED = "Text in quotation marks comes from Miro or from the assistant, not from this server."


@dataclass(frozen=True)
class QuestionPart:
    """What a question tells of one call.

    `objects` stand for what the call touches, as it was when it was looked up, `touched` are the ids of these and of
    what was counted in them; `typed` are the words of which the person has to type one (none: a tick is enough),
    `typed_as` says what those are.
    """

    told: str
    binding: str
    objects: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    typed_as: str = ""


@dataclass(frozen=True)
class Question:
    """What a person is asked about one call, or about several that one answer is for; `of` is how many go together."""

    parts: tuple[QuestionPart, ...]
    of: int = 1

    @property
    def message(self) -> str:
        if self.of == 1:
            return f"{self.parts[0].told}\n{_MARKED}"
        listed = [f"{number}. {part.told}" for number, part in enumerate(self.parts, 1)]
        all_or_some = "all of them" if len(self.parts) == self.of else f"{len(self.parts)} of them"
        opening = f"{self.of} calls are to be made together; {all_or_some} need your yes, and one answer is for all."
        return "\n".join([opening, *listed, _MARKED])

    @property
    def about(self) -> str:
        """What it would be that is done, in one line."""
        first = self.parts[0].told.partition("\n")[0]
        several = f"Of {self.of} calls together, {len(self.parts)} need a yes; the first: "
        return first if self.of == 1 else several + first

    @property
    def digest(self) -> str:
        """Stands for this very question about these very calls; an answer to any other is none to this one."""
        bindings = [part.binding for part in self.parts]
        return hashlib.sha256(json.dumps([bindings, self.message]).encode()).hexdigest()

    @property
    def typed(self) -> dict[str, tuple[str, ...]]:
        """The fields that want a name or an id, and what each takes."""
        wanted = [(number, part.typed) for number, part in enumerate(self.parts, 1) if part.typed]
        return {"typed" if self.of == 1 else f"typed_{number}": words for number, words in wanted}

    @property
    def _has_tick(self) -> bool:
        return len(self.typed) < len(self.parts)

    def is_yes(self, content: Mapping[str, Any] | None) -> bool:
        """Whether the content of an accepted form says yes to this question."""
        given = content or {}
        ticked = given.get("confirm") is True or not self._has_tick
        return ticked and all(_is_one_of(words, given.get(field)) for field, words in self.typed.items())

    @property
    def schema(self) -> dict[str, Any]:
        """The form: a tick, and for what can't be undone each object's name or id."""
        fields: dict[str, Any] = {}
        for field, wanted in zip(self.typed, (part.typed_as for part in self.parts if part.typed), strict=True):
            which = "" if self.of == 1 else f" in number {field.removeprefix('typed_')}"
            fields[field] = {"type": "string", "title": f"Type {wanted}{which}", "minLength": 1}
        if self._has_tick:
            title = "Yes, do this" if len(self.parts) == 1 else "Yes, do all of this"
            fields["confirm"] = {"type": "boolean", "title": title}
        return {"type": "object", "properties": fields, "required": list(fields)}


def _is_one_of(words: tuple[str, ...], typed: Any) -> bool:
    """Whether one of the words was typed, as it is or as the question shows it."""
    shown = {quoted(word)[1:-1] for word in words}
    return isinstance(typed, str) and bool(typed.strip()) and typed.strip() in {*map(str.strip, words), *shown}


def bind(operation: Operation, given: Mapping[str, Any]) -> str:
    """The call itself, so that an answer can't be moved to another call."""
    return json.dumps([operation.id, given], sort_keys=True)


@dataclass(frozen=True)
class Confirmation:
    """A yes: who gave it and how, and whether time has passed since the question was made."""

    by: str
    waited: bool


class Asker(Protocol):
    """Whoever can put a question to the person at the client."""

    async def ask(self, question: Question) -> Confirmation:
        """Returns when the person said yes to this very question.

        Raises:
            Refused: they said no, can't be asked, or answered something else.
        """
        ...


@dataclass(frozen=True)
class Nobody:
    """Stands where nobody can be asked; `why` says so."""

    why: str

    async def ask(self, question: Question) -> Confirmation:
        del question
        raise Refused(self.why)
