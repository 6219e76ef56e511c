"""Asking a person: the question, what counts as a yes, and the one who asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..catalogue import Operation

BY_A_PERSON = "a person, asked by the client"
UNASKED = "nobody: the operator set MIRO_CONFIRM=allow"


@dataclass(frozen=True)
class Question:
    """What a person is asked, and which words they have to type (none: a tick is enough)."""

    message: str
    binding: str
    typed: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Stands for this very question about this very call; an answer to any other is none to this one."""
        return hashlib.sha256(f"{self.binding}\n{self.message}".encode()).hexdigest()

    def is_yes(self, content: Mapping[str, Any] | None) -> bool:
        """Whether the content of an accepted form says yes to this question."""
        if self.typed:
            return str((content or {}).get("typed", "")).strip() in self.typed
        return (content or {}).get("confirm") is True

    @property
    def schema(self) -> dict[str, Any]:
        """The form: a tick, or for what can't be undone the object's name or id."""
        if self.typed:
            field = {"type": "string", "title": "Type its name or id", "minLength": 1}
            return {"type": "object", "properties": {"typed": field}, "required": ["typed"]}
        field = {"type": "boolean", "title": "Yes, do this"}
        return {"type": "object", "properties": {"confirm": field}, "required": ["confirm"]}


def bind(operation: Operation, given: Mapping[str, Any]) -> str:
    """The call itself, so that an answer can't be moved to another call."""
    return json.dumps([operation.id, given], sort_keys=True)


class Asker(Protocol):
    """Whoever can put a question to the person at the client."""

    async def ask(self, question: Question) -> None:
        """Returns when the person said yes to this very question.

        Raises:
            Refused: they said no, can't be asked, or answered something else.
        """
        ...
