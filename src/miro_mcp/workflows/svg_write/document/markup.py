"""SVG from outside: read without entities, within limits, its numbers checked."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree as ET

from ....catalogue.numbers import can_be_meant
from ....drawing.states import local_name
from ....errors import BadArguments

MOST_CHARACTERS = 16_000_000
MOST_ELEMENTS = 250_000
DEEPEST = 60

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})(?:px)?\s*")
_NUMBERS = re.compile(_NUMBER)
_SHOWN = 4
_LONGEST_NUMBER = 60
_LONGEST_LIST = 100
"""Characters that are read of an attribute with one number, and of one with several."""


def parse_svg(svg: str) -> ET.Element:
    """The root of an SVG.

    Raises:
        BadArguments: it is no SVG, declares a document type or entities, or is beyond the limits.
    """
    if len(svg) > MOST_CHARACTERS:
        raise BadArguments(wrong(f"it has {len(svg)} characters, and {MOST_CHARACTERS} are the most"))
    parser = ET.XMLParser(target=_Builder())  # noqa: S314 (a document type, and so any entity, is refused)
    try:
        parser.feed(svg)
        root: Any = parser.close()
    except ET.ParseError as error:
        line, column = error.position
        what = str(error).partition(":")[0]
        raise BadArguments(
            wrong(f"line {line}, column {column + 1}: {what}; every element is closed, & is &amp;")
        ) from None
    except UnicodeEncodeError:
        raise BadArguments(wrong("it holds half a character (a lone surrogate)")) from None
    if local_name(root) != "svg":
        raise BadArguments(wrong(f"its root is <{local_name(root)[:40]}>"))
    return root


def wrong(what: str) -> str:
    return (
        f'miro_svg_write: svg: {what}. One is <svg xmlns="http://www.w3.org/2000/svg">…</svg>, as miro_board_view '
        "with format svg gives it. Nothing was sent."
    )


def told(element: ET.Element) -> str:
    """An element as it is named in messages: its beginning."""
    given = [f'{name.rpartition("}")[2]}="{value[:40]}"' for name, value in element.attrib.items()]
    return f"<{' '.join([local_name(element)[:40], *given[:_SHOWN]])}>"


def length(element: ET.Element, name: str, otherwise: float | None = None) -> float:
    """A number of an attribute, in board units.

    Raises:
        BadArguments: it is no number, or lies outside of what a board holds.
    """
    given = element.get(name)
    if given is None:
        if otherwise is None:
            raise BadArguments(wrong(f"{told(element)} has no {name}"))
        return otherwise
    return drawing_size(element, name, given)


def drawing_size(element: ET.Element, name: str, given: str) -> float:
    """Raises:
    BadArguments: as for `length`.
    """
    match = _LENGTH.fullmatch(given) if len(given) <= _LONGEST_NUMBER else None
    value = float(match[1]) if match else math.nan
    if not can_be_meant(value):
        raise BadArguments(wrong(f"{told(element)}: {name}={given[:40]!r} is not a number that a board can hold"))
    return value


def numbers(element: ET.Element, name: str, given: str) -> list[float]:
    """All numbers of a list.

    Raises:
        BadArguments: something else is in it.
    """
    if _NUMBERS.sub("", given).strip(" ,\t\r\n"):
        raise BadArguments(wrong(f"{told(element)}: {name}={given[:40]!r} is no list of numbers"))
    found = [float(one) for one in _NUMBERS.findall(given)]
    if not all(map(can_be_meant, found)):
        raise BadArguments(wrong(f"{told(element)}: {name} has a number that a board can't hold"))
    return found


def check_shares(element: ET.Element, name: str, given: str) -> None:
    """Raises:
    BadArguments: a number of an attribute is none that can be meant; words and units are passed over.
    """
    for word in given[:_LONGEST_LIST].replace(",", " ").split():
        try:
            value = float(word.rstrip("%px"))
        except ValueError:
            continue
        if not can_be_meant(value):
            raise BadArguments(wrong(f"{told(element)}: {name}={given[:40]!r} is not a number that a board can hold"))


class _Builder(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def doctype(self, *_: str | None) -> None:
        raise BadArguments(wrong("it declares a document type; leave <!DOCTYPE …> and all entities out"))

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise BadArguments(
                wrong(f"it has more than {MOST_ELEMENTS} elements, or elements more than {DEEPEST} deep in one another")
            )
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)
