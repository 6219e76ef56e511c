"""Answers that fit: no more than a model takes at once, what is left out counted, and how to go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, cast

from pydantic import Field

from ..system.aside import MANY
from ..text.token_bound import may_exceed, most_tokens
from ..text.values import texts_in
from .results import to_text

MOST_TOKENS = 25_000
"""Of an answer, unless a call asks for more (`max_tokens`)."""

LEAST_ASKED, MOST_ASKED = 1_000, 500_000

MaxTokens = Annotated[int, Field(ge=LEAST_ASKED, le=MOST_ASKED)]

_BYTES_A_TOKEN = 4
"""An answer may have so many bytes a token, too: 100 kB where 25,000 tokens are the most."""

_ROOM = 200
"""Tokens that what is said of the rest needs."""


def is_too_long(text: str, most: int) -> bool:
    size = len(text.encode("utf-8", "surrogatepass"))
    return size > most and (size > most * _BYTES_A_TOKEN or may_exceed(text, most))


def exceeds(value: dict[str, Any], most: int) -> bool:
    """Whether a value is too long; of lists that are so by far not more is written out than shows that."""
    room = most * _BYTES_A_TOKEN
    for entries in (cast("list[Any]", part) for part in value.values() if isinstance(part, list)):
        for entry in entries if len(entries) >= MANY else ():
            room -= len(to_text(entry))
            if room < 0:
                return True
    return is_too_long(to_text(value), most)


def how_many_fit(parts: Sequence[Any], most: int) -> int:
    """How many of the first entries fit, with room for what is said of the rest."""
    tokens = size = 0
    for number, part in enumerate(parts):
        text = part if isinstance(part, str) else to_text(part)
        tokens += most_tokens(text) + 1
        size += len(text.encode("utf-8", "surrogatepass")) + 1
        if tokens > most - _ROOM or size > (most - _ROOM) * _BYTES_A_TOKEN:
            return number
    return len(parts)


def cut_to_fit(value: dict[str, Any], most: int) -> dict[str, Any]:
    """A value whose long texts, and then whose long lists, are cut so that it fits; `left_out` says what is gone."""
    if not exceeds(value, most):
        return value
    longest = max((len(text) for text in texts_in(value)), default=0)
    while longest > _SHORTEST:
        longest //= 2
        cut = cast("dict[str, Any]", _with_texts_to(value, longest))
        if not is_too_long(to_text(cut), most - _ROOM):
            gone = sum(len(text) - longest for text in texts_in(value) if len(text) > longest)
            return cut | {"left_out": {"characters": gone}, "go_on": "Give max_tokens, or name the fields you need."}
    return _with_lists_cut(cast("dict[str, Any]", _with_texts_to(value, _SHORTEST)), most)


_SHORTEST = 200
"""Characters: a text that is cut keeps so many at least."""


def _with_texts_to(value: Any, length: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= length else f"{value[:length]}…(+{len(value) - length})"
    if isinstance(value, dict):
        return {name: _with_texts_to(part, length) for name, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_with_texts_to(part, length) for part in cast("list[Any]", value)]
    return value


_FEW = 20


def _entries(part: Any) -> list[Any] | None:
    """The entries of a list, or the members of an object that has many, such as ids by key."""
    if isinstance(part, list):
        return cast("list[Any]", part)
    members = cast("dict[str, Any]", part) if isinstance(part, dict) else {}
    return list(members.items()) if len(members) > _FEW else None


def _with_lists_cut(value: dict[str, Any], most: int) -> dict[str, Any]:
    lists = {name: entries for name, part in value.items() if (entries := _entries(part)) is not None}
    left: dict[str, int] = {}
    room = most - _ROOM - most_tokens(to_text({name: part for name, part in value.items() if name not in lists}))
    for name, entries in lists.items():
        kept = how_many_fit(entries, max(room, _ROOM))
        room -= most_tokens(to_text(entries[:kept]))
        if kept < len(entries):
            left[name] = len(entries) - kept
            first = entries[:kept]
            value = value | {name: dict(first) if isinstance(value[name], dict) else first}
    return value | {"left_out": left, "go_on": "Give max_tokens, or ask for less at once."}
