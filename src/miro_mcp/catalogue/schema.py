"""Plain JSON Schema of argument models, read off their fields without building pydantic's own schemas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

Schema = dict[str, Any]

_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_LOWEST = ("minimum", "minLength", "minItems")
_HIGHEST = ("maximum", "maxLength", "maxItems")


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """The schema of an object: flat, with nothing but plain types, bounds and enums. Not to be altered."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    schema: Schema = {
        "type": "object",
        "properties": {name: _of(field.annotation, field.metadata) for name, field in fields.items()},
        "additionalProperties": False,
    }
    for name, field in fields.items():
        if field.examples:
            schema["properties"][name] = {**schema["properties"][name], "examples": field.examples}
    required = [name for name, field in fields.items() if field.is_required()]
    return schema | ({"required": required} if required else {})


def merge(first: Schema, second: Schema) -> Schema:
    """The schema that allows what either allows."""
    if first == second:
        return first
    merged: Schema = {}
    if first.get("type") == second.get("type") and "type" in first:
        merged["type"] = first["type"]
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
        if name in first and first.get(name) == second.get(name):
            merged[name] = first[name]
    return merged


def _merge_properties(first: Mapping[str, Schema], second: Mapping[str, Schema]) -> Schema:
    return {
        name: merge(first[name], second[name]) if name in first and name in second else first.get(name) or second[name]
        for name in [*first, *(name for name in second if name not in first)]
    }


def _of(annotation: Any, metadata: list[Any]) -> Schema:
    given = next((item.json_schema for item in metadata if isinstance(item, WithJsonSchema)), None)
    if given is not None:
        return dict(given)
    return _of_type(annotation) | _bounds(metadata, is_list=get_origin(annotation) is list)


def _of_type(annotation: Any) -> Schema:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(arguments[0], list(arguments[1:]))
    if origin is Literal:
        kind = "boolean" if isinstance(arguments[0], bool) else "string"
        return {"type": kind, "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _of_type(arguments[0])}
    if origin in (Union, UnionType):
        return _of_union([_of_type(argument) for argument in arguments])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return schema_of(annotation)
    return {"type": _PLAIN[annotation]}


def _of_union(branches: list[Schema]) -> Schema:
    numbers = [branch for branch in branches if branch["type"] in ("integer", "number")]
    if len(numbers) == len(branches):
        branches = [{**branch, "type": "number"} for branch in branches]
    return reduce(merge, branches)


def _bounds(metadata: list[Any], *, is_list: bool) -> Schema:
    size = "Items" if is_list else "Length"
    bounds: Schema = {}
    for item in metadata:
        match item:
            case Ge():
                bounds["minimum"] = item.ge
            case Le():
                bounds["maximum"] = item.le
            case MinLen():
                bounds[f"min{size}"] = item.min_length
            case MaxLen():
                bounds[f"max{size}"] = item.max_length
            case FieldInfo():
                bounds |= _bounds(item.metadata, is_list=is_list)
                if item.examples:
                    bounds["examples"] = item.examples
            case _:
                if hasattr(item, "json_schema_extra_bounds"):
                    bounds |= item.json_schema_extra_bounds
    return bounds
