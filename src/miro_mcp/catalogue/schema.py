"""Plain JSON Schema of argument models, read off their fields without building pydantic's own schemas."""

from __future__ import annotations

from functools import cache, reduce
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from .types import Matching, NumberWithin, Unshown

Schema = dict[str, Any]

_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_LOWEST = ("minimum", "minLength", "minItems")
_HIGHEST = ("maximum", "maxLength", "maxItems")


@cache
def schema_of(model: type[BaseModel], *, full: bool = False) -> Schema:
    """The schema of an object, with nothing but plain types, bounds, enums and examples. Not to be altered.

    A `full` one keeps the branches of a union apart as `anyOf`, and has the rules for numbers and colours written as
    text, which aren't worth showing to a model.
    """
    fields = {
        field.alias or name: field for name, field in model.model_fields.items() if full or not _says_nothing(field)
    }
    schema: Schema = {
        "type": "object",
        "properties": {
            name: _of(field.annotation, field.metadata, full) | _examples(field) for name, field in fields.items()
        },
        "additionalProperties": False,
    }
    required = [name for name, field in fields.items() if field.is_required()]
    return schema | ({"required": required} if required else {})


def merge(first: Schema, second: Schema) -> Schema:
    """The schema that allows what either allows."""
    if first == second:
        return first
    merged: Schema = {}
    types = {first.get("type"), second.get("type")}
    if types == {"integer", "number"}:
        merged["type"] = "number"
    elif len(types) == 1 and "type" in first:
        merged["type"] = first["type"]
    elif "string" in types:
        merged["type"] = "string"
    for names, pick in ((_LOWEST, min), (_HIGHEST, max)):
        merged |= {name: pick(first[name], second[name]) for name in names if name in first and name in second}
    if "enum" in first and "enum" in second:
        merged["enum"] = list(dict.fromkeys([*first["enum"], *second["enum"]]))
    if "items" in first and "items" in second:
        merged["items"] = merge(first["items"], second["items"])
    if "properties" in first and "properties" in second:
        merged["properties"] = _merge_properties(first["properties"], second["properties"])
        required = [name for name in first.get("required", ()) if name in second.get("required", ())]
        merged |= {"required": required} if required else {}
    for name in ("additionalProperties", "format", "pattern", "examples"):
        if name in first and first[name] == second.get(name):
            merged[name] = first[name]
    return merged


def example_of(schema: Schema) -> Any:
    """A value that a schema allows, with everything that is required; of an object that requires nothing one member."""
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0])
    match schema.get("type"):
        case "object":
            one = list(schema.get("properties", {}).items())[:1]
            return required_example(schema) or {name: example_of(part) for name, part in one}
        case "array":
            return [example_of(schema["items"])]
        case "integer" | "number":
            return schema.get("minimum", 100)
        case "boolean":
            return True
        case _:
            return "text"


def required_example(schema: Schema) -> Schema:
    """What an object requires, and nothing else."""
    return {name: example_of(schema["properties"][name]) for name in schema.get("required", ())}


def _says_nothing(field: FieldInfo) -> bool:
    """Whether there is one value for it, and it may be left out: it is taken, and not worth showing to a model."""
    plain = get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1
    return plain and not field.is_required()


def _merge_properties(first: dict[str, Schema], second: dict[str, Schema]) -> Schema:
    return {
        name: merge(first[name], second[name]) if name in first and name in second else (first | second)[name]
        for name in (first | second)
    }


def _of(annotation: Any, metadata: list[Any], full: bool) -> Schema:
    given = next((item.json_schema for item in metadata if isinstance(item, WithJsonSchema)), None)
    schema: Schema = dict(given) if given is not None else _of_type(annotation, full)
    if not full and any(isinstance(item, Unshown) for item in metadata):
        return {"type": "string", "examples": schema["enum"][:1]}
    for item in metadata:
        if isinstance(item, FieldInfo):
            schema |= _examples(item)
        if given is None:
            schema |= _bounds(item, "Items" if get_origin(annotation) is list else "Length", full)
    return schema


def _of_type(annotation: Any, full: bool) -> Schema:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], list(arguments[1:]), full)
    if origin is Literal:
        plain = _PLAIN[type(arguments[0])]
        named = "enum" if full or plain == "string" else "examples"  # Some models' APIs take enums of text only.
        return {"type": plain, named: list(arguments)}
    if origin is list:
        return {"type": "array", "items": _of_type(arguments[0], full)}
    if origin in (Union, UnionType):
        branches = [_of_type(argument, full) for argument in arguments]
        return {"anyOf": branches} if full else reduce(merge, branches)
    if origin is dict:
        return {"type": "object"}
    if annotation in _PLAIN:
        return {"type": _PLAIN[annotation]}
    return dict(schema_of(annotation, full=full))


def _bounds(item: Any, size: str, full: bool) -> Schema:
    match item:
        case Ge():
            return {"minimum": item.ge}
        case Le():
            return {"maximum": item.le}
        case MinLen():
            return {f"min{size}": item.min_length}
        case MaxLen():
            return {f"max{size}": item.max_length}
        case FieldInfo():
            return reduce(lambda bounds, inner: bounds | _bounds(inner, size, full), item.metadata, Schema())
        case Matching() | NumberWithin() if full:
            return item.rule
        case _:
            return {}


def _examples(field: FieldInfo) -> Schema:
    return {"examples": field.examples} if field.examples else {}
