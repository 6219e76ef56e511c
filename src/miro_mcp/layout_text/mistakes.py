"""What is wrong with a layout text: all of it together, each with its line and column."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..errors import BadArguments

MOST_TOLD = 20

Place = tuple[int, int]
"""Line and column, both from 1."""


class Mistakes:
    """Mistakes as they are found."""

    def __init__(self) -> None:
        self._places: dict[str, list[Place]] = {}
        self._first: dict[str, tuple[Place, str]] = {}

    def add(self, place: Place, what: str, like: str = "") -> None:
        """Mistakes that are `like` each other are told once, as the first of them."""
        self._places.setdefault(like or what, []).append(place)
        self._first[like or what] = min(self._first.get(like or what, (place, what)), (place, what))

    def check(self) -> None:
        """Raises:
        BadArguments: something was wrong.
        """
        if not self._places:
            return
        told = [_told(*first, len(self._places[like])) for like, first in sorted(self._first.items(), key=_place_of)]
        more = [f"and {len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
        raise BadArguments("\n".join(["miro_layout_write: html: nothing was sent.", *told[:MOST_TOLD], *more]))

    def stop(self, place: Place, what: str) -> BadArguments:
        """The error for what can't be read on from."""
        self.add(place, what)
        try:
            self.check()
        except BadArguments as error:
            return error
        raise AssertionError("a mistake was added")


def _place_of(mistake: tuple[str, tuple[Place, str]]) -> Place:
    return mistake[1][0]


def _told(place: Place, what: str, times: int) -> str:
    line, column = place
    often = f" ({times} times, first here)" if times > 1 else ""
    return f"line {line}, column {column}: {what}{often}"


def text_place(text: str, at: int, start: Place) -> Place:
    """The place of a character of a text that begins at `start`."""
    before = text[:at]
    lines = before.count("\n")
    return (start[0] + lines, at - before.rfind("\n")) if lines else (start[0], start[1] + at)


def meant(name: str, names: Iterable[str], alike: float = 0.6) -> str:
    """A question for what was meant, or nothing."""
    near = get_close_matches(name, list(names), 1, alike)
    return f", did you mean {near[0]}?" if near else ""
