"""What of a configuration file is never shown: tokens and keys, this server's and any other's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

_HOLDERS = frozenset({"env", "envs", "environment", "headers"})
"""Tables whose values are handed to a server, tokens among them."""

_NAMED_AS_SECRET = re.compile(r"token|secret|passw|api.?key|authorization|credential", re.IGNORECASE)
_SHORTEST, _SHORTEST_NAMED = 8, 4
"""Characters: what is shorter could be a word of the text around it."""


def texts_to_hide(value: Any, name: str = "", *, held: bool = False) -> Iterator[str]:
    """Every text in a parsed file that may be a secret; `held` says that it is handed to a server."""
    if isinstance(value, Mapping):
        for inner, one in cast("Mapping[str, Any]", value).items():
            yield from texts_to_hide(one, str(inner), held=held or str(inner).lower() in _HOLDERS)
    elif isinstance(value, list):
        before = ""
        for one in cast("list[Any]", value):
            flag, equals, given = str(one).partition("=")
            is_flag = flag.startswith("-")
            yield from texts_to_hide(
                given if is_flag and equals else one, flag if is_flag else before or name, held=held
            )
            before = flag if is_flag and not equals else ""
    elif isinstance(value, str):
        shortest = _SHORTEST_NAMED if _NAMED_AS_SECRET.search(name) else _SHORTEST if held else None
        if shortest is not None and len(value) >= shortest and not value.startswith("-"):
            yield value


def without(text: str, secrets: Iterable[str], hidden: str) -> str:
    """The text with every secret in it replaced, however it is quoted."""
    for secret in sorted(secrets, key=len, reverse=True):
        for written in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]):
            text = text.replace(written, hidden)
    return text
