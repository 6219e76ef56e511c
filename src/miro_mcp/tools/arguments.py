"""From what an assistant passes to an operation and its checked arguments, or one message that helps it on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from ..catalogue import Operation
from ..catalogue.operation import Arguments
from ..catalogue.schema import schema_of
from ..client.errors import BadArguments
from ..guardrails.wording import SECRETS
from .registry import ToolSpec

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from ..workflows import Workflow

SHOWN_ERRORS = 5
MAX_ITEMS = 10_000


@dataclass(frozen=True)
class CheckedCall:
    """An operation, its validated arguments, and the server's own options."""

    operation: Operation
    arguments: Arguments
    fields: tuple[str, ...] = ()
    verbose: bool = False
    max_items: int | None = None
    dry_run: bool = False


def check(tool: ToolSpec, given: Mapping[str, Any]) -> CheckedCall:
    """Raises:
    BadArguments: names the argument, the rule it broke, and a right example.
    """
    _refuse_unsendable(tool.name, given)
    operation = _operation(tool, given)
    options = {name: value for name, value in given.items() if name in tool.options}
    _check_options(tool, operation, options)
    arguments = {name: value for name, value in given.items() if name != "operation" and name not in tool.options}
    return CheckedCall(
        operation=operation,
        arguments=_validate(operation.arguments, arguments, tool.name, operation.name, tool.options),
        fields=tuple(options.get("fields", ())),
        verbose=options.get("verbose", False),
        max_items=options.get("max_items"),
        dry_run=options.get("dry_run", False),
    )


NOTHING_SENT = "Nothing was sent."


def check_workflow(workflow: Workflow, given: Mapping[str, Any]) -> Arguments:
    """Raises:
    BadArguments: names the argument, the rule it broke, and a right example.
    """
    _refuse_unsendable(workflow.name, given)
    return _validate(workflow.arguments, given, workflow.name)


def _validate(
    model: type[Arguments], given: Mapping[str, Any], tool: str, operation: str = "", options: Iterable[str] = ()
) -> Arguments:
    called = f"{tool} {operation}".rstrip()
    try:
        return model.model_validate(given, by_alias=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
        raise BadArguments(_explain(model, errors, called, operation or tool, options)) from None
    except RecursionError:
        raise BadArguments(f"{called}: the arguments are nested too deeply. {NOTHING_SENT}") from None


def _refuse_unsendable(tool: str, given: Mapping[str, Any]) -> None:
    try:
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        raise BadArguments(f"{tool}: some text holds half of a surrogate pair. {NOTHING_SENT}") from None
    except (ValueError, RecursionError):
        raise BadArguments(
            f"{tool}: the arguments hold a number that is not finite, or are nested too deeply. {NOTHING_SENT}"
        ) from None


def _operation(tool: ToolSpec, given: Mapping[str, Any]) -> Operation:
    name = given.get("operation")
    if name is None and "operation" not in given and len(tool.operations) == 1:
        return next(iter(tool.operations.values()))
    if not isinstance(name, str) or name not in tool.operations:
        told = "is missing" if "operation" not in given else f"can't be {_show(name)}"
        example = next(iter(tool.operations))
        raise BadArguments(
            f'{tool.name}: operation {told}. It is one of {", ".join(tool.operations)}; for example "operation": '
            f'"{example}". {NOTHING_SENT}'
        )
    return tool.operations[name]


def _check_options(tool: ToolSpec, operation: Operation, options: Mapping[str, Any]) -> None:
    def refuse(name: str, rule: str, example: Any) -> None:
        raise BadArguments(f"{tool.name} {operation.name}: {name} {rule}. {_example({name: example})} {NOTHING_SENT}")

    for name in ("verbose", "dry_run"):
        if name in options and not isinstance(options[name], bool):
            refuse(name, f"must be true or false, not {_show(options[name])}", True)
    fields = options.get("fields", [])
    if not isinstance(fields, list) or not all(isinstance(field, str) and field for field in cast("list[Any]", fields)):
        refuse("fields", "must be a list of field names", ["id", "data.content"])
    if "max_items" in options:
        count = options["max_items"]
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_ITEMS:
            refuse("max_items", f"must be a whole number from 1 to {MAX_ITEMS}, not {_show(count)}", 100)
        if operation.paging is None:
            refuse("max_items", "is for operations that list things; this one answers with everything at once", 100)


def _explain(
    model: type[Arguments], errors: list[ErrorDetails], called: str, taker: str, options: Iterable[str]
) -> str:
    schema = schema_of(model)
    told = list(dict.fromkeys(_sentence(taker, options, schema, error) for error in errors))
    more = f" And {len(told) - SHOWN_ERRORS} more." if len(told) > SHOWN_ERRORS else ""
    return f"{called}: {' '.join(told[:SHOWN_ERRORS])}{more} {NOTHING_SENT}"


def _sentence(taker: str, options: Iterable[str], schema: Mapping[str, Any], error: ErrorDetails) -> str:
    path, part, parent = _locate(schema, error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown(taker, options, path, parent)
    rule = _RULES.get(kind, "")
    value = "(hidden)" if SECRETS & set(path.split(".")) else error.get("input")
    if kind == "missing":
        sentence = f"{path} is missing"
    elif kind in ("literal_error", "union_tag_invalid", "union_tag_not_found") and "enum" in part:
        sentence = f"{path} can't be {_show(value)}; it is one of {', '.join(map(_plain, part['enum']))}"
    elif kind == "value_error":
        sentence = f"{path or 'the arguments'}: {error['msg'].removeprefix('Value error, ')}" + (
            f", not {_show(value)}" if isinstance(value, str | int | float) else ""
        )
    elif rule:
        sentence = f"{path} {rule.format(**_bounds(part))}, not {_show(value)}"
    else:
        sentence = f"{path}: {error['msg'][:1].lower()}{error['msg'][1:]}, not {_show(value)}"
    top = path.split(".")[0].split("[")[0]
    shown = _example({top: example_of(schema["properties"][top])}) if top in schema["properties"] else ""
    return f"{sentence}. {shown}".rstrip()


_RULES = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "finite_number": "must be a finite number",
}


def _bounds(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part.get(name) for name in ("minimum", "maximum", "minLength", "maxLength")}


def _unknown(taker: str, options: Iterable[str], path: str, parent: Mapping[str, Any]) -> str:
    owner, _, name = path.rpartition(".")
    known = list(cast("Mapping[str, Any]", parent.get("properties", {})))
    top = not owner
    required = set(cast("Iterable[str]", parent.get("required", ())))
    listed = [f"{argument} (required)" if argument in required else argument for argument in known]
    if top:
        listed += options
    close = get_close_matches(name, [*known, *(options if top else ())], 1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"{path} is not an argument.{hint} {owner or taker} takes {', '.join(listed) or 'nothing else'}."


def _locate(
    schema: Mapping[str, Any], location: tuple[int | str, ...]
) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """Dotted path of an error's place, the schema there and the schema of the object around it.

    Steps that only name a branch of a union are left out: they are no part of what was passed.
    """
    path: str = ""
    part: Mapping[str, Any] = schema
    parent: Mapping[str, Any] = schema
    for index, step in enumerate(location):
        properties = cast("Mapping[str, Any]", part.get("properties", {}))
        if isinstance(step, int):
            path, parent, part = f"{path}[{step}]", part, part.get("items", {})
        elif step in properties:
            path, parent, part = f"{path}.{step}".lstrip("."), part, properties[step]
        elif index == len(location) - 1 and part.get("type") == "object":
            path, parent, part = f"{path}.{_escape(step)}".lstrip("."), part, {}
    return path, part, parent


def example_of(schema: Mapping[str, Any]) -> Any:
    """A value that a schema allows, with everything that is required and nothing else."""
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            properties = cast("dict[str, Any]", schema.get("properties", {}))
            names = cast("list[str]", schema.get("required") or list(properties)[:1])
            return {name: example_of(properties[name]) for name in names}
        case "array":
            return [example_of(cast("Mapping[str, Any]", schema["items"]))]
        case "integer" | "number":
            return schema.get("minimum", 100)
        case "boolean":
            return True
        case _:
            return "text"


def _example(value: Mapping[str, Any]) -> str:
    return f"For example {json.dumps(value, ensure_ascii=False)[1:-1]}."


def _show(value: Any) -> str:
    """A value as JSON, cut short; escapes keep control characters out of the message."""
    return _clip(json.dumps(value, ensure_ascii=True, default=str))


def _escape(name: str) -> str:
    return _clip(json.dumps(name)[1:-1])


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _clip(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
