"""References in a step's arguments: `{"$ref": "step.path"}` stands for a part of an earlier step's answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from ...catalogue.schema import Schema, example_of
from ...errors import BadArguments

REFERENCE_EXAMPLE = '{"$ref": "frame.id"}'
_FORM = re.compile(r"[\w-]+(\.[^.\s]+)+")


@dataclass(frozen=True)
class Reference:
    """`path` leads into the answer of step `step`: names of fields, and numbers of list entries from 0."""

    step: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join((self.step, *self.path))

    def take_from(self, answer: Any) -> Any:
        """Raises:
        BadArguments: the answer has no such part.
        """
        part = answer
        for name in self.path:
            if isinstance(part, Mapping) and name in part:
                part = cast("Mapping[str, Any]", part)[name]
            elif isinstance(part, list) and name.isdecimal() and int(name) < len(cast("list[Any]", part)):
                part = cast("list[Any]", part)[int(name)]
            else:
                raise BadArguments(f"the answer of step {self.step} has no {'.'.join(self.path)}. {_offer(part)}")
        return part


def reference_in(value: Any) -> Reference | None:
    """The reference that a value is, if it is one.

    Raises:
        BadArguments: it is meant to be one and isn't of the right form.
    """
    if not isinstance(value, dict) or "$ref" not in value:
        return None
    named = cast("dict[str, Any]", value)
    target = named["$ref"]
    if len(named) > 1 or not isinstance(target, str) or not _FORM.fullmatch(target):
        raise BadArguments(f"a reference is a step's id and a path into its answer, as in {REFERENCE_EXAMPLE}")
    step, *path = target.split(".")
    return Reference(step, tuple(path))


def references_in(value: Any) -> Iterator[Reference]:
    if reference := reference_in(value):
        yield reference
    elif isinstance(value, dict):
        for part in cast("dict[str, Any]", value).values():
            yield from references_in(part)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from references_in(part)


def paths_of_references(given: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Where references stand, as in `parent.id`; of a list only that one is somewhere in it."""
    for name, value in given.items():
        if reference_in(value) or (isinstance(value, list) and any(references_in(value))):
            yield f"{above}{name}"
        elif isinstance(value, dict):
            yield from paths_of_references(cast("dict[str, Any]", value), f"{above}{name}.")


def resolve_references(value: Any, answer_of: Callable[[str], Any]) -> Any:
    """The value with every reference replaced by what it stands for."""
    return _replace(value, {}, lambda reference, _: reference.take_from(answer_of(reference.step)))


def with_stand_ins(value: Any, schema: Schema) -> Any:
    """The value with every reference replaced by something its schema allows: the same for the same reference."""
    return _replace(value, schema, _stand_in)


def _replace(value: Any, schema: Schema, replacement: Callable[[Reference, Schema], Any]) -> Any:
    if reference := reference_in(value):
        return replacement(reference, schema)
    if isinstance(value, dict):
        properties = cast("dict[str, Schema]", schema.get("properties", {}))
        members = cast("dict[str, Any]", value)
        return {name: _replace(part, properties.get(name, {}), replacement) for name, part in members.items()}
    if isinstance(value, list):
        entry = cast("Schema", schema.get("items", {}))
        return [_replace(part, entry, replacement) for part in cast("list[Any]", value)]
    return value


def _stand_in(reference: Reference, schema: Schema) -> Any:
    if schema.get("type", "string") != "string" or "enum" in schema or schema.get("format", "uuid") != "uuid":
        return example_of(schema)
    if "format" in schema:
        return str(uuid5(NAMESPACE_URL, str(reference)))
    return str(int(sha256(str(reference).encode()).hexdigest()[:15], 16)).zfill(19)


def _offer(part: Any) -> str:
    if isinstance(part, Mapping):
        return f"There is {', '.join(list(cast('Mapping[str, Any]', part))[:20]) or 'nothing'}."
    if isinstance(part, list):
        return f"There are {len(cast('list[Any]', part))} entries, counted from 0."
    return "There is nothing below."
