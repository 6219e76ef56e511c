"""Tokens of a diagram's text: each mode of its language is a table of rules, of which the first that matches counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

_SPACE = "\\s\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""White space is JavaScript's, as Mermaid's own: more than ASCII's."""

END = "end of text"
UNREAD = "unknown"


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` END ends the text; UNKNOWN is a character that no rule takes."""

    kind: str
    text: str
    start: int


class Finder(Protocol):
    """A rule that a regular expression alone would match in more than linear time; it sees the whole text first."""

    def __call__(self, at: int) -> int | None:
        """Where its match that starts here ends."""
        ...


@dataclass(frozen=True)
class TokenRule:
    """Matched text becomes a `token`, or nothing; `pop` leaves that many modes, then `push` enters one."""

    pattern: str | Callable[[str], Finder]
    token: str | None = None
    push: str | None = None
    pop: int = 0


@dataclass(frozen=True)
class _Step:
    """Rules next to each other, as one expression, or one finder."""

    rules: tuple[TokenRule, ...]
    expression: re.Pattern[str] | None


Modes = Mapping[str, tuple[_Step, ...]]


def modes(tables: Mapping[str, Iterable[TokenRule]], flags: int = 0) -> Modes:
    return {name: tuple(_steps(rules, flags)) for name, rules in tables.items()}


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""A pattern in JavaScript's sense: `\w`, `\d` and `\b` are ASCII's, `\s` is not."""
    parts: list[str] = []
    inside = False
    for piece in re.findall(r"\\.|.", pattern, re.DOTALL):
        inside = piece == "[" or (inside and piece != "]")
        parts.append(piece if piece != "\\s" else _SPACE if inside else f"[{_SPACE}]")
    return re.compile("".join(parts), re.ASCII | flags)


def tokens(text: str, tables: Modes, start: str) -> Iterator[Token]:
    """All tokens up to END; after an UNKNOWN there is nothing more."""
    stack = [start]
    finders: dict[int, Finder] = {}
    at = 0
    at_end = False
    while not at_end:
        at_end = at == len(text)
        match = _first(text, at, tables[stack[-1]], finders)
        if match is None:
            break
        rule, end = match
        for _ in range(min(rule.pop, len(stack) - 1)):
            stack.pop()
        if rule.push:
            stack.append(rule.push)
        if rule.token:
            yield Token(rule.token, text[at:end], at)
        at = end
    yield Token(END if at == len(text) else UNREAD, text[at : at + 20], at)


def _first(text: str, at: int, steps: tuple[_Step, ...], finders: dict[int, Finder]) -> tuple[TokenRule, int] | None:
    for step in steps:
        if step.expression is not None:
            match = step.expression.match(text, at)
            if match and match.lastindex:
                return step.rules[match.lastindex - 1], match.end()
            continue
        rule = step.rules[0]
        finder = finders.get(id(rule))
        if finder is None and callable(rule.pattern):
            finder = finders[id(rule)] = rule.pattern(text)
        end = finder(at) if finder else None
        if end is not None:
            return rule, end
    return None


def _steps(rules: Iterable[TokenRule], flags: int) -> Iterator[_Step]:
    plain: list[TokenRule] = []
    for rule in rules:
        if isinstance(rule.pattern, str):
            plain.append(rule)
            continue
        yield from _joined(plain, flags)
        plain = []
        yield _Step((rule,), None)
    yield from _joined(plain, flags)


def _joined(rules: list[TokenRule], flags: int) -> Iterator[_Step]:
    if rules:
        yield _Step(tuple(rules), expression("|".join(f"({rule.pattern})" for rule in rules), flags))
