"""Text that isn't valid Mermaid: where it stops being so, and what was expected there."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import BadArguments


class MermaidError(BadArguments):
    """`line` and `column` count from 1, in the text as it was given."""

    def __init__(self, line: int, column: int, expected: str, found: str, example: str) -> None:
        self.line = line
        self.column = column
        self.expected = expected
        self.found = found
        super().__init__(
            f"mermaid: line {line}, column {column}: expected {expected}, found {found}. Right, for example: {example}"
        )


def any_of(choices: Iterable[str]) -> str:
    """The choices as words, each once: "a, b or c"."""
    unique = list(dict.fromkeys(choices))
    return " or ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)


def quoted_source(text: str) -> str:
    """A piece of the text as a person would point at it; the end of a line or of the text has no picture."""
    shown = text.strip().partition("\n")[0] or text
    if not shown:
        return "the end of the text"
    if not shown.strip(" \t"):
        return "a space"
    if not shown.strip():
        return "the end of the line"
    return f"'{shown[:40]}…'" if len(shown) > 40 else f"'{shown}'"
