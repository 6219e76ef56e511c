"""Asking a person: the question, what counts as a yes, and the one who asks."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
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

    `level` is its risk, `act` what it does, `whom` the object it does it to and `where`, in words; `more` are the lines
    of `told` on what else comes of it. `objects` stand for what the call touches, as it was when it was looked up;
    `subject` is the id of what it is done to, `touched` that and the ids of what was counted in it; `along` says what
    goes along with each of its kind;
    `typed` are the words of which the person has to type one (none: a tick is enough), `typed_as` says what those are.
    """

    told: str
    binding: str
    level: int = 0
    act: str = ""
    whom: str = ""
    where: str = ""
    more: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    subject: str = ""
    along: str = ""
    touched: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    typed_as: str = ""

    @property
    def headline(self) -> str:
        told = [self.act, *([self.whom] if self.whom else []), *(line.removeprefix("- ") for line in self.more[:1])]
        return ": ".join(told)


MOST_GRAVE, MOST_LINES, MOST_LETTERS = 20, 200, 24_000
"""Calls of risk 4 and 5, lines and characters of a question: nobody answers a longer one rightly."""

GRAVE = 4
"""The risk from which each call is told in full, and has a yes of its own."""

_A_LINE = 8
"""Entries of a list that stand on one line."""


@dataclass(frozen=True)
class Question:
    """What a person is asked about one call, or about several that go together; `of` is how many those are."""

    parts: tuple[QuestionPart, ...]
    of: int = 1

    @property
    def message(self) -> str:
        if self.of == 1:
            return f"{self.parts[0].told}\n{_MARKED}"
        return "\n".join([*self._opening, *self._headlines, *self._groups, *self._details, _MARKED])

    @property
    def _numbered(self) -> list[tuple[int, QuestionPart]]:
        """The calls, the gravest first."""
        return list(enumerate(sorted(self.parts, key=lambda part: -part.level), 1))

    @property
    def _grave(self) -> list[tuple[int, QuestionPart]]:
        """The calls of risk 4 and 5."""
        return [one for one in self._numbered if one[1].level >= GRAVE]

    @property
    def _opening(self) -> list[str]:
        asked, others = len(self.parts), self.of - len(self.parts)
        counts = Counter((part.level, part.act) for part in self.parts)
        kinds = [f"{act}: {count} (risk {level})" for (level, act), count in sorted(counts.items(), reverse=True)]
        need = "needs" if asked == 1 else "need"
        which = f"{asked} of {self.of} steps {need} your yes" if others else f"{self.of} steps need your yes"
        along = f", and the {_steps(others)} that {'needs' if others == 1 else 'need'} no yes" if others else ""
        return [
            f"{which}; they are made together: {'; '.join(kinds)}.",
            f"One answer is for all: a no to any of them stops {'it' if asked == 1 else 'all of them'}{along}.",
        ]

    @property
    def _headlines(self) -> list[str]:
        return [f"{number}. Risk {part.level} of 5. {part.headline}" for number, part in self._grave]

    @property
    def _groups(self) -> list[str]:
        """The other calls: those that do the same are one line with a count, their objects follow below."""
        alike: dict[str, list[QuestionPart]] = {}
        for _, part in self._numbered:
            if part.level < GRAVE:
                alike.setdefault(f"{part.act} ({part.where})" if part.where else part.act, []).append(part)
        lines: list[str] = []
        for act, parts in alike.items():
            lines.append(f"{act}: {len(parts)}")
            whom = [part.whom for part in parts]
            lines += [f"  {', '.join(whom[at : at + _A_LINE])}" for at in range(0, len(whom), _A_LINE)]
            lines += [f"  {along}" for along in dict.fromkeys(part.along for part in parts if part.along)]
            lines += [f"  {part.whom}: {more.removeprefix('- ')}" for part in parts for more in part.more]
        return lines

    @property
    def _details(self) -> list[str]:
        told = [f"{number}. {part.told}" for number, part in self._grave]
        return ["In full:", *told] if told else []

    @property
    def about(self) -> str:
        """What it would be that is done, in one line."""
        first = self.parts[0].told.partition("\n")[0]
        several = f"Of {self.of} steps together, {len(self.parts)} need a yes; the first: "
        return first if self.of == 1 else several + first

    @property
    def calls(self) -> str:
        """Stands for the calls alone, whatever is told of them."""
        return hashlib.sha256(json.dumps([part.binding for part in self.parts]).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """Stands for this very question about these very calls; an answer to any other is none to this one."""
        bindings = [part.binding for part in self.parts]
        return hashlib.sha256(json.dumps([bindings, self.message]).encode()).hexdigest()

    def check_size(self) -> None:
        """Raises:
        Refused: it is too large to be answered rightly.
        """
        message = self.message
        grave, lines = len(self._grave), message.count("\n") + 1
        if grave <= MOST_GRAVE and lines <= MOST_LINES and len(message) <= MOST_LETTERS:
            return
        many = f"{grave} of these calls are of risk 4 or 5" if grave > MOST_GRAVE else f"it would have {lines} lines"
        how = f"at most {MOST_GRAVE} of risk 4 or 5 at a time" if grave > MOST_GRAVE else "a part at a time"
        raise Refused(
            f"The question to the person would be too large to be answered rightly ({many}, {len(message):,} "
            f"characters), so they were not asked and nothing was sent. Split it: {how}."
        )

    @property
    def typed(self) -> dict[str, tuple[str, ...]]:
        """The fields that want a name or an id, and what each takes."""
        wanted = [(number, part.typed) for number, part in self._numbered if part.typed]
        return {"typed" if self.of == 1 else f"typed_{number}": words for number, words in wanted}

    @property
    def ticks(self) -> dict[str, str]:
        """The boxes to be ticked, with their words: one for each call of risk 4, one for all that are of less."""
        unticked = [(number, part) for number, part in self._numbered if not part.typed]
        if self.of == 1:
            return {"confirm": "Yes, do this"} if unticked else {}
        own = {f"yes_{number}": f"Yes, {number}: {part.act}"[:120] for number, part in unticked if part.level >= GRAVE}
        others = "Yes, do all of the others" if own or self.typed else "Yes, do all of this"
        return own | ({"confirm": others} if len(own) < len(unticked) else {})

    def is_yes(self, content: Mapping[str, Any] | None) -> bool:
        """Whether the content of an accepted form says yes to this question."""
        given = content or {}
        ticked = all(given.get(field) is True for field in self.ticks)
        return ticked and all(_is_one_of(words, given.get(field)) for field, words in self.typed.items())

    @property
    def schema(self) -> dict[str, Any]:
        """The form: a tick, and for what can't be undone each object's name or id."""
        fields: dict[str, Any] = {}
        for field, wanted in zip(self.typed, (part.typed_as for _, part in self._numbered if part.typed), strict=True):
            which = "" if self.of == 1 else f" in number {field.removeprefix('typed_')}"
            fields[field] = {"type": "string", "title": f"Type {wanted}{which}", "minLength": 1}
        fields |= {field: {"type": "boolean", "title": title} for field, title in self.ticks.items()}
        return {"type": "object", "properties": fields, "required": list(fields)}


def _steps(count: int) -> str:
    return f"{count} step" if count == 1 else f"{count} steps"


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
