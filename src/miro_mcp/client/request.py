"""One operation and its arguments as one HTTP request; pure data, nothing is sent here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from ..catalogue import Operation
from ..errors import BadArguments

LONGEST_TARGET = 8_000
"""Bytes of a path and its query: what web servers take at least."""


@dataclass(frozen=True)
class Request:
    """Everything about a request but its host and token.

    `path` is percent-encoded. `body` is the JSON body, or None for a call without one; with `files` (part name to
    paths, or the bytes of a JSON file) it is sent as multipart, each top-level field a part.
    """

    operation: Operation
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any
    files: tuple[tuple[str, Path | bytes], ...] = ()


def build(operation: Operation, given: Mapping[str, Any], files: Mapping[str, list[Path]]) -> Request:
    """Puts each given argument where the operation wants it, and adds nothing.

    `given` are the validated arguments under the API's names; `files` the checked paths of the binary parts.

    Raises:
        BadArguments: the path and query would be longer than web servers take.
    """
    path = operation.path
    for name in operation.path_arguments:
        path = path.replace(f"{{{name}}}", quote(given[name], safe=""))
    lists = {name: given[name] for name in operation.files if name in given and name not in files}
    apart = {*operation.path_arguments, *files, *lists}
    rest = {name: value for name, value in given.items() if name not in apart}
    in_query = operation.query if operation.has_body else tuple(rest)
    query = tuple((name, _text(part)) for name in in_query if name in rest for part in _parts(rest[name]))
    _check_length(path, query)
    body: Any = None
    if operation.body_is:
        body = rest[operation.body_is]
    elif operation.has_body:
        body = {name: value for name, value in rest.items() if name not in operation.query}
    written = [(name, json.dumps(value, allow_nan=False).encode("ascii")) for name, value in lists.items()]
    parts = [(name, path) for name, paths in files.items() for path in paths]
    return Request(operation, path, query, body, (*written, *parts))


def _check_length(path: str, query: tuple[tuple[str, str], ...]) -> None:
    sizes: dict[str, int] = {}
    for name, value in query:
        sizes[name] = sizes.get(name, 0) + len(quote(value, safe=""))
    if len(path) + sum(sizes.values()) > LONGEST_TARGET:
        longest = max(sizes, key=lambda name: sizes[name])
        raise BadArguments(
            f"{longest} is too long: it travels in the address, which takes {LONGEST_TARGET} bytes in all. Give less "
            "of it, in several calls where it is a list. Nothing was sent."
        )


def _parts(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
