"""From what an assistant passes to an operation and its checked arguments, or one message that helps it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ..catalogue import Operation
from ..catalogue.check import check_arguments
from ..catalogue.mistakes import NOTHING_SENT, example_text, shown_value
from ..catalogue.operation import Arguments, as_meant
from ..errors import BadArguments
from .additions import ADDITIONS, MADE
from .fit import LEAST_ASKED, MOST_ASKED, MOST_TOKENS
from .registry import MAX_ITEMS, NEAR_OPTIONS, NEAR_SIDES, PLACED_NEAR, NearSide, ToolSpec


@dataclass(frozen=True)
class CheckedCall:
    """An operation, its validated arguments, and the server's own options."""

    operation: Operation
    arguments: Arguments
    fields: tuple[str, ...] = ()
    verbose: bool = False
    max_items: int | None = None
    max_tokens: int = MOST_TOKENS
    dry_run: bool = False
    near: tuple[str, ...] = ()
    """Ids of items that a new one is put beside, in free space; `side` is that of theirs."""
    side: NearSide | None = None
    added: Arguments | None = None
    """Those of the server's own that this operation takes: see additions.py."""


def check(tool: ToolSpec, given: Mapping[str, Any]) -> CheckedCall:
    """Raises:
    BadArguments: names the argument, the rule it broke, and a right example.
    """
    operation = _operation(tool, given)
    _check_are_its_own(tool, operation, given)
    options = {
        name: as_meant(value, _OPTIONS[name])
        for name, value in given.items()
        if name in tool.options and value is not None
    }
    if "fields" in options:
        options["fields"] = [part.strip() if isinstance(part, str) else part for part in _comma_list(options["fields"])]
    _check_options(tool, operation, options)
    _check_near(tool, operation, options, given)
    model = ADDITIONS.get(operation.id)
    added = {name: given[name] for name in (model.model_fields if model else ()) if given.get(name) is not None}
    arguments = {
        name: value
        for name, value in given.items()
        if name != "operation"
        and name not in tool.options
        and name not in added
        and (value is not None or name not in tool.operations_by_argument)
    }
    made, make = MADE.get(operation.id, (None, str))
    if made and made not in arguments:
        arguments[made] = make()
    called = f"{tool.name} {operation.name}"
    own = [*tool.options, *(model.model_fields if model else ())]
    return CheckedCall(
        operation=operation,
        arguments=check_arguments(operation.arguments, arguments, called, operation.name, own),
        added=check_arguments(model, added, called, operation.name) if model else None,
        fields=tuple(options.get("fields", ())),
        verbose=options.get("verbose", False),
        max_items=options.get("max_items"),
        max_tokens=options.get("max_tokens", MOST_TOKENS),
        dry_run=options.get("dry_run", False),
        near=tuple(options.get("near", ())),
        side=options.get("side"),
    )


_OPTIONS = {
    "fields": list[str], "verbose": bool, "dry_run": bool, "max_items": int, "max_tokens": int, "near": list[str],
    "side": str,
}  # fmt: skip


def _comma_list(fields: list[Any]) -> list[Any]:
    return fields[0].split(",") if len(fields) == 1 and isinstance(fields[0], str) else fields


def _check_are_its_own(tool: ToolSpec, operation: Operation, given: Mapping[str, Any]) -> None:
    """Refuses arguments that only other operations of the tool take."""
    for name, value in given.items():
        takers = tool.operations_by_argument.get(name, ())
        if value is not None and takers and operation.name not in takers:
            also = f"{', '.join(takers)} {'takes' if len(takers) == 1 else 'take'} it"
            raise BadArguments(
                f"{tool.name} {operation.name}: {name} is not an argument of {operation.name}, though {also}. "
                f"Leave it out, or call {takers[0]}. {NOTHING_SENT}"
            )


def _operation(tool: ToolSpec, given: Mapping[str, Any]) -> Operation:
    name = given.get("operation")
    if name is None and "operation" not in given and len(tool.operations) == 1:
        return next(iter(tool.operations.values()))
    if not isinstance(name, str) or name not in tool.operations:
        told = "is missing" if "operation" not in given else f"can't be {shown_value(name)}"
        one_of = "one of " if len(tool.operations) > 1 else ""
        listed, example = ", ".join(tool.operations), next(iter(tool.operations))
        raise BadArguments(
            f'{tool.name}: operation {told}. It is {one_of}{listed}; for example "operation": "{example}". '
            f"{NOTHING_SENT}"
        )
    return tool.operations[name]


def _check_near(tool: ToolSpec, operation: Operation, options: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuses `near` and `side` where nothing can be put beside anything, or not so."""
    if not options.keys() & NEAR_OPTIONS.keys():
        return
    near: Any = options.get("near")
    told = ""
    if operation.id not in PLACED_NEAR:
        told = f"near and side are for create, not for {operation.name}."
    elif (
        not isinstance(near, list)
        or not near
        or not all(isinstance(one, str) and one for one in cast("list[Any]", near))
    ):
        told = 'near is a list of ids of items on the board, as in "near": ["3458764517517818867"].'
    elif options.get("side", "right") not in NEAR_SIDES:
        told = f'side is one of {", ".join(NEAR_SIDES)}; for example "side": "right".'
    elif given.get("position") is not None or given.get("parent") is not None:
        told = "near finds position and parent itself; leave them out, or near."
    if told:
        raise BadArguments(f"{tool.name} {operation.name}: {told} {NOTHING_SENT}")


def _check_options(tool: ToolSpec, operation: Operation, options: Mapping[str, Any]) -> None:
    def refuse(name: str, rule: str, example: Any) -> None:
        shown = example_text({name: example})
        raise BadArguments(f"{tool.name} {operation.name}: {name} {rule}. {shown} {NOTHING_SENT}")

    for name in ("verbose", "dry_run"):
        if name in options and not isinstance(options[name], bool):
            refuse(name, f"must be true or false, not {shown_value(options[name])}", True)
    fields = options.get("fields", [])
    if not isinstance(fields, list) or not all(isinstance(field, str) and field for field in cast("list[Any]", fields)):
        refuse("fields", "must be a list of field names", ["id", "data.content"])
    tokens = options.get("max_tokens", MOST_TOKENS)
    if not isinstance(tokens, int) or isinstance(tokens, bool) or not LEAST_ASKED <= tokens <= MOST_ASKED:
        rule = f"must be a whole number from {LEAST_ASKED} to {MOST_ASKED}, not {shown_value(tokens)}"
        refuse("max_tokens", rule, 50_000)
    if "max_items" in options:
        count = options["max_items"]
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_ITEMS:
            refuse("max_items", f"must be a whole number from 1 to {MAX_ITEMS}, not {shown_value(count)}", 100)
        if operation.paging is None:
            refuse("max_items", "is for operations that list things; this one answers with everything at once", 100)
