"""What is said anywhere in a value of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value, however deep; the names of members are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in cast("Mapping[str, Any]", value).values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in cast("list[Any]", value):
            yield from texts_in(member)
