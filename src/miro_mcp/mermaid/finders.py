"""Rules of tokens that a regular expression alone would match in more than linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from .lexer import Finder, expression


def letter(text: str) -> Finder:
    """A letter beyond ASCII, of the basic plane: emoji and the like can't be in an id."""

    def find(at: int) -> int | None:
        return at + 1 if at < len(text) and "\x80" < text[at] < "\uffe0" and text[at].isalpha() else None

    return find


def direction_line(names: str, flags: int = 0) -> Callable[[str], Finder]:
    """A line, from anywhere before it says a direction to its end: it sets the direction whatever else it says."""

    def prepare(text: str) -> Finder:
        lines: dict[int, tuple[int, int]] = {}
        for match in re.finditer(rf"direction\s+(?:{names})", text, flags):
            end = text.find("\n", match.end())
            lines[text.rfind("\n", 0, match.start()) + 1] = (match.start(), end if end >= 0 else len(text))
        starts = list(lines)

        def find(at: int) -> int | None:
            index = bisect_right(starts, at) - 1
            if index < 0:
                return None
            said, end = lines[starts[index]]
            return end if at <= said else None

        return find

    return prepare


def up_to(pattern: str, flags: int = 0) -> Callable[[str], Finder]:
    """Anything up to the last place on the line where the pattern is."""

    def prepare(text: str) -> Finder:
        lines = {
            text.rfind("\n", 0, match.start()) + 1: (match.start(), match.end())
            for match in re.finditer(pattern, text, flags)
        }
        starts = list(lines)

        def find(at: int) -> int | None:
            index = bisect_right(starts, at) - 1
            if index < 0:
                return None
            start, end = lines[starts[index]]
            return end if at <= start else None

        return find

    return prepare


def words_before_brace(text: str) -> Finder:
    """Two words and, behind them on the line, a brace."""
    words = expression(r"\w+\s+\w+")
    marks = [match.start() for match in re.finditer(r"[{\n]", text)]

    def find(at: int) -> int | None:
        match = words.match(text, at)
        index = bisect_left(marks, match.end()) if match else len(marks)
        return marks[index] + 1 if index < len(marks) and text[marks[index]] == "{" else None

    return find


def said_direction(line: str, names: str, flags: int = 0) -> str:
    """The direction that such a line says: of several, the first in `names`."""
    return next(name for name in names.split("|") if re.search(rf"direction\s+{name}", line, flags))


def after_space(pattern: str, flags: int = 0) -> Callable[[str], Finder]:
    """A rule for the pattern with any white space before it, which is walked over once only."""
    space, wanted = expression(r"\s*"), expression(pattern, flags)

    def prepare(text: str) -> Finder:
        run_end = -1
        found: int | None = None

        def find(at: int) -> int | None:
            nonlocal run_end, found
            if at > run_end:
                run = space.match(text, at)
                run_end = run.end() if run else at
                match = wanted.match(text, run_end)
                found = match.end() if match else None
            return found

        return find

    return prepare
