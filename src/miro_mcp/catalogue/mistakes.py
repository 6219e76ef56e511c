"""What is wrong with arguments, told so that an assistant can put it right: the argument, the rule, a right example."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from pydantic import BaseModel

from .operation import SECRETS
from .schema import Schema, example_of, required_example, schema_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NOTHING_SENT = "Nothing was sent."
SHOWN_ERRORS = 5
SHOWN_LETTERS = 80
SHOWN_NAMES = 40

_RULES = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "finite_number": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must have {min_length} or more letters",
    "string_too_long": "may have {max_length} letters at most",
    "too_short": "must have {min_length} or more entries",
    "too_long": "may have {max_length} entries at most",
}
"""What a value must be, by the type of pydantic's error; in braces what pydantic tells of the bound."""

_TYPES = frozenset(kind for kind in _RULES if kind.endswith("_type"))

_ANYTHING: Schema = {}
_NO_BRANCH = ("union_tag_invalid", "union_tag_not_found")
_KINDS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def explain_mistakes(model: type[BaseModel], errors: list[ErrorDetails], taker: str, options: Iterable[str]) -> str:
    """Sentences on each mistake; `taker` is what takes the arguments, `options` what it takes beside the model's."""
    schema = schema_of(model, full=True)
    located = [(_locate(schema, error["loc"]), error) for error in errors]
    kinds: dict[str, list[str]] = {}
    for place, error in located:
        kinds.setdefault(place.path, []).append(error["type"])
    told = list(dict.fromkeys(_sentence(place, error, kinds[place.path], taker, options) for place, error in located))
    more = [f"And {len(told) - SHOWN_ERRORS} more."] if len(told) > SHOWN_ERRORS else []
    return " ".join([*told[:SHOWN_ERRORS], *more, NOTHING_SENT])


@dataclass(frozen=True)
class _Place:
    """Where in the arguments something is wrong: the way there, with the schema around each step, and what is there.

    `part` is one branch where the place takes several, which are `branches`.
    """

    way: tuple[tuple[Schema, int | str], ...]
    part: Schema
    branches: tuple[Schema, ...] = ()

    @property
    def choices(self) -> list[Any]:
        """The values that the place takes, in any branch."""
        return list(dict.fromkeys(one for branch in self.branches or (self.part,) for one in branch.get("enum", ())))

    @property
    def path(self) -> str:
        return _path([step for _, step in self.way])

    @property
    def example(self) -> str:
        """A right value of the argument the place is in, with everything on the way to it."""
        if not self.way:
            return ""
        value = example_of(self.part)
        for around, step in reversed(self.way[1:]):
            if "examples" in around:
                value = around["examples"][0]
            else:
                value = [value] if isinstance(step, int) else {**required_example(around), step: value}
        return example_text({str(self.way[0][1]): value})


def _locate(schema: Schema, location: tuple[int | str, ...]) -> _Place:
    """The place of an error; steps that only name a branch of a union are no part of what was passed."""
    way: list[tuple[Schema, int | str]] = []
    part: Schema = schema
    branches: tuple[Schema, ...] = ()
    for number, step in enumerate(location):
        if "anyOf" in part:
            branches = tuple(part["anyOf"])
            part = _branch(part, str(step))
            continue
        branches = ()
        if isinstance(step, int):
            way.append((part, step))
            part = _inside(part, "items")
        elif step in _inside(part, "properties"):
            way.append((part, step))
            part = _inside(_inside(part, "properties"), step)
        elif number == len(location) - 1 and part.get("type") == "object":
            way.append((part, step))
            part = _ANYTHING
    return _Place(tuple(way), part, branches)


def _inside(schema: Schema, name: str) -> Schema:
    return cast("Schema", schema.get(name, _ANYTHING))


def _branch(union: Schema, name: str) -> Schema:
    """The branch that pydantic means: it names it by the value that tells it apart, or by its type."""
    branches: list[Schema] = union["anyOf"]
    kind = "array" if name.startswith("list[") else _KINDS.get(name, "object")
    told_apart = (branch for branch in branches if name in _types(branch))
    return next(told_apart, None) or next((branch for branch in branches if branch.get("type") == kind), branches[0])


def _types(branch: Schema) -> list[str]:
    """The values of `type` that tell a branch apart."""
    return _inside(_inside(branch, "properties"), "type").get("enum", [])


def _sentence(place: _Place, error: ErrorDetails, beside: list[str], taker: str, options: Iterable[str]) -> str:
    """`beside` are the types of all errors in that place: each branch of a union reports its own."""
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown(place, taker, options)
    return f"{_fault(place, error, beside)}. {place.example}".rstrip()


def _fault(place: _Place, error: ErrorDetails, beside: list[str]) -> str:
    kind, path, value = error["type"], place.path, error.get("input")
    shown = "(hidden)" if SECRETS & {step for _, step in place.way} else shown_value(value)
    if kind == "missing":
        return f"{path} is missing"
    if kind == "literal_error" and "enum" in place.part:
        return f"{path} can't be {shown}; it is one of {_listed(place.choices)}"
    if kind in _NO_BRANCH and "anyOf" in place.part:
        return _no_branch(place, value)
    if kind == "value_error":
        fault = f"{path}: {error['msg'].removeprefix('Value error, ')}".removeprefix(": ")
        return f"{fault}, not {shown}" if isinstance(value, str | int | float) else fault
    if kind == "string_too_short" and value == "":
        required = bool(place.way) and place.way[-1][1] in place.way[-1][0].get("required", ())
        return f"{path} must not be empty" + ("" if required else "; leave it out where there is none")
    if kind in _TYPES:
        fitting = [_RULES[one].removeprefix("must be ") for one in beside if one in _TYPES]
        return f"{path} must be {' or '.join(dict.fromkeys(fitting))}, not {shown}"
    if kind in _RULES:
        return f"{path} {_RULES[kind].format(**error.get('ctx', {}))}, not {shown}"
    return f"{path}: {error['msg'][:1].lower()}{error['msg'][1:]}, not {shown}"


def _no_branch(place: _Place, value: Any) -> str:
    """Of a union it is the entry's `type` that is wrong, or isn't there."""
    types = _listed([name for branch in place.part["anyOf"] for name in _types(branch)])
    if not isinstance(value, Mapping) or "type" not in value:
        return f"{place.path}.type is missing; it is one of {types}"
    return f"{place.path}.type can't be {shown_value(cast('Mapping[str, Any]', value)['type'])}; it is one of {types}"


def _unknown(place: _Place, taker: str, options: Iterable[str]) -> str:
    around, step = place.way[-1]
    owner = _path([step for _, step in place.way[:-1]])
    beside = [] if owner else list(options)
    known = [*_inside(around, "properties"), *beside]
    required = set(cast("Iterable[str]", around.get("required", ())))
    listed = ", ".join(f"{name} (required)" if name in required else name for name in known)
    close = get_close_matches(str(step), known, 1)
    holders = [name for name, part in _inside(around, "properties").items() if step in _inside(part, "properties")]
    inside = f" It goes inside {holders[0]}." if holders else ""
    hint = f" Did you mean {close[0]}?" if close else inside
    return f"{place.path} is not an argument.{hint} {owner or taker} takes {listed or 'nothing else'}."


def example_text(value: Mapping[str, Any]) -> str:
    return f"For example {json.dumps(value, ensure_ascii=False)[1:-1]}."


def shown_value(value: Any) -> str:
    """A value as JSON, cut short; escapes keep control characters out of the message."""
    return _clip(json.dumps(value, ensure_ascii=True, default=str), SHOWN_LETTERS)


def _path(steps: Iterable[int | str]) -> str:
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{_name(step)}" for step in steps)
    return told.removeprefix(".")


def _name(step: str) -> str:
    """A member's name as it is, or in quotes where it could be misread."""
    return step if re.fullmatch(r"[\w:.-]{1,80}", step, re.ASCII) else _clip(json.dumps(step), SHOWN_NAMES)


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(value if isinstance(value, str) else json.dumps(value) for value in values)


def _clip(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
