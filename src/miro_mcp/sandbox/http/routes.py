"""Which operation a request is for: the catalogue's paths as a tree, and those that share method and path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...catalogue import Operation

SCIM_ROOT = "/api/v1/scim"

_ANY = "{}"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class _Node:
    below: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    operations: dict[str, list[Operation]] = field(default_factory=dict[str, "list[Operation]"])


class Routes:
    """Finds operations by method and path segments; a literal segment goes before a placeholder."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        for operation in operations:
            node = self._root
            for segment in segments_of(operation):
                node = node.below.setdefault(_ANY if segment.startswith("{") else segment, _Node())
            node.operations.setdefault(operation.method, []).append(operation)

    def find(self, method: str, segments: Sequence[str]) -> list[Operation]:
        """Every operation with this method and path; none when there is no such endpoint."""
        return _find(self._root, method, segments)

    def has(self, segments: Sequence[str]) -> bool:
        """Whether there is an endpoint with this path, whatever its method."""
        return any(_find(self._root, method, segments) for method in _METHODS)


def segments_of(operation: Operation) -> list[str]:
    """The segments of an operation's path in the sandbox, placeholders in braces."""
    root = SCIM_ROOT if operation.host == "scim" else ""
    return (root + operation.path).strip("/").split("/")


def _find(node: _Node, method: str, segments: Sequence[str]) -> list[Operation]:
    if not segments:
        return node.operations.get(method, [])
    for key in (segments[0], _ANY):
        below = node.below.get(key)
        if below is not None and (found := _find(below, method, segments[1:])):
            return found
    return []


def choose_operation(candidates: Sequence[Operation], query: Mapping[str, str], *, multipart: bool) -> Operation | None:
    """The one of the operations on a path that content type and query ask for."""
    fitting = [operation for operation in candidates if bool(operation.files) == multipart]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    asked_for = (operation for operation in fitting if _asks_for(query, _telling(operation)))
    return next(asked_for, None) or next(operation for operation in fitting if not _telling(operation))


def _telling(operation: Operation) -> list[str]:
    """The query parameters that only this operation of its path demands."""
    return [
        name
        for name, argument in operation.arguments.model_fields.items()
        if argument.is_required() and name not in operation.path_arguments
    ]


def _asks_for(query: Mapping[str, str], names: Sequence[str]) -> bool:
    """Whether a query names them. An empty value counts: `?tag_id=` must be refused, not delete the item."""
    return bool(names) and all(query.get(name, "false") != "false" for name in names)
