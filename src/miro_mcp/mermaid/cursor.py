"""Walking over tokens, and saying what was expected where a walk stops."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from .errors import MermaidError, any_of, quoted_source
from .lexer import END, UNREAD, Modes, Token, tokens
from .source import Source

MOST_DEPTH = 50
"""Levels that anything may be inside each other; a person can't see through ten."""


@dataclass
class Cursor:
    """`words` says a token kind to a person; `example` is a right piece of the language."""

    source: Source
    tables: Modes
    words: Mapping[str, str]
    example: str
    mode: str = "start"
    _tokens: Iterator[Token] = field(init=False)
    _ahead: list[Token] = field(init=False, default_factory=list[Token])

    def __post_init__(self) -> None:
        self._tokens = tokens(self.source.text, self.tables, self.mode)

    @property
    def next(self) -> Token:
        return self.peek(0)

    def peek(self, distance: int) -> Token:
        while len(self._ahead) <= distance:
            if self._ahead and self._ahead[-1].kind in (END, UNREAD):
                return self._ahead[-1]
            self._ahead.append(next(self._tokens))
        return self._ahead[distance]

    def take(self) -> Token:
        token = self.next
        if token.kind not in (END, UNREAD):
            self._ahead.pop(0)
        return token

    def have(self, *kinds: str) -> Token | None:
        """The next token if it is one of these, taken."""
        return self.take() if self.next.kind in kinds else None

    def expect(self, *kinds: str) -> Token:
        if self.next.kind not in kinds:
            raise self.error(*kinds)
        return self.take()

    def close(self, opening: Token, *kinds: str) -> Token:
        """The bracket that closes an earlier one."""
        if self.next.kind in kinds:
            return self.take()
        line, column = self.source.place(opening.start)
        expected = any_of(self.words.get(kind, kind) for kind in kinds)
        raise self.error_at(self.next, f"{expected} to close '{opening.text.strip()}' (line {line}, column {column})")

    def skip(self, *kinds: str) -> bool:
        """Takes all that come next of these; whether there were any."""
        found = False
        while self.have(*kinds):
            found = True
        return found

    def text_of(self, kinds: Collection[str]) -> str:
        """The text of all tokens of these kinds that come next."""
        parts: list[str] = []
        while self.next.kind in kinds:
            parts.append(self.take().text)
        return "".join(parts)

    def check_depth(self, depth: int, token: Token, what: str) -> None:
        """Raises:
        MermaidError: `token` begins what would be the one too many inside each other.
        """
        if depth > MOST_DEPTH:
            raise self.error_at(token, f"at most {MOST_DEPTH} {what} inside each other")

    def error(self, *kinds: str) -> MermaidError:
        """What was expected here instead, kinds of tokens or words."""
        return self.error_at(self.next, any_of(self.words.get(kind, kind) for kind in kinds))

    def error_at(self, token: Token, expected: str) -> MermaidError:
        found = "the end of the text" if token.kind == END else quoted_source(token.text)
        start = token.start + (len(token.text) - len(token.text.lstrip()) if token.text.strip() else 0)
        return self.source.error(start, expected, found, self.example)
