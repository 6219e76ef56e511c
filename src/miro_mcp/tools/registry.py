"""From groups of operations to tools: names, descriptions, schemas and hints, all from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal, get_args

from ..catalogue import GROUPS, READ, Operation
from ..catalogue.operation import Arguments
from ..catalogue.schema import Schema, merge, schema_of
from ..guardrails.policy import Policy
from .additions import ADDITIONS, MADE

MAX_ITEMS = 10_000
_PAGING = frozenset({"cursor", "limit", "offset"})

READ_OPTIONS: dict[str, Schema] = {
    "fields": {"type": "array", "items": {"type": "string"}},
    "verbose": {"type": "boolean"},
    "max_tokens": {"type": "integer"},
}
PAGING_OPTIONS: dict[str, Schema] = {"max_items": {"type": "integer", "minimum": 1, "maximum": MAX_ITEMS}}
CHANGE_OPTIONS: dict[str, Schema] = {"dry_run": {"type": "boolean"}}
NearSide = Literal["top", "right", "bottom", "left"]
NEAR_SIDES: tuple[NearSide, ...] = get_args(NearSide)
NEAR_OPTIONS: dict[str, Schema] = {
    "near": {"type": "array", "items": {"type": "string"}},
    "side": {"type": "string", "enum": list(NEAR_SIDES)},
}
PLACED_NEAR = frozenset({"create-sticky-note-item", "create-shape-item", "create-text-item", "create-card-item"})
"""Operations whose new item may be put beside others."""


@dataclass(frozen=True)
class ToolSpec:
    """One tool: a group's exposed operations of one effect, by the names that `operation` takes."""

    name: str
    title: str
    operations: dict[str, Operation]

    @property
    def read_only(self) -> bool:
        return all(operation.effect is READ for operation in self.operations.values())

    @property
    def destructive(self) -> bool:
        return any(operation.destructive for operation in self.operations.values())

    @property
    def repeatable(self) -> bool:
        return all(operation.repeatable for operation in self.operations.values())

    @property
    def options(self) -> dict[str, Schema]:
        """Arguments that are the server's own for all of them, beside those of the API."""
        if not self.read_only:
            takes_near = any(operation.id in PLACED_NEAR for operation in self.operations.values())
            return CHANGE_OPTIONS | (NEAR_OPTIONS if takes_near else {})
        paged = any(operation.paging for operation in self.operations.values())
        return READ_OPTIONS | (PAGING_OPTIONS if paged else {})

    @property
    def additions(self) -> dict[str, Schema]:
        """Arguments that are the server's own for some of them."""
        added = [ADDITIONS[operation.id] for operation in self.operations.values() if operation.id in ADDITIONS]
        return {name: schema for model in added for name, schema in published(model)["properties"].items()}

    @cached_property
    def operations_by_argument(self) -> dict[str, list[str]]:
        """The names of the operations that take each argument."""
        takers: dict[str, list[str]] = {}
        for name, operation in self.operations.items():
            for argument, field in operation.arguments.model_fields.items():
                takers.setdefault(field.alias or argument, []).append(name)
            for argument in _added(operation):
                takers.setdefault(argument, []).append(name)
        return takers

    @property
    def schema(self) -> Schema:
        """The input schema: one flat object that allows what any of the operations allows."""
        models = (operation.arguments for operation in self.operations.values())
        merged = _without_examples(reduce(merge, (schema_of(model) for model in models)))
        return {
            "type": "object",
            "properties": {
                "operation": {"type": "string", "enum": list(self.operations)},
                **merged["properties"],
                **self.additions,
                **self.options,
            },
            "required": ["operation", *merged.get("required", [])],
            "additionalProperties": False,
        }

    @property
    def description(self) -> str:
        """One line an operation: what it does, and the arguments that not all of the tool's operations share."""
        argument_sets = [_arguments(operation) for operation in self.operations.values()]
        shared = reduce(set[str].__and__, (set(arguments) for arguments in argument_sets))
        return "\n".join(
            f"{name}{_signature(argument for argument in arguments if argument not in shared)}: {operation.summary}"
            for (name, operation), arguments in zip(self.operations.items(), argument_sets, strict=True)
        )


def published(model: type[Arguments]) -> Schema:
    """The input schema of a tool that takes one model's arguments."""
    return _without_examples(schema_of(model))


def build_tools(policy: Policy) -> list[ToolSpec]:
    """Every tool the policy exposes, in the catalogue's order."""
    titles = {group.name: group.title for group in GROUPS}
    operations: dict[str, dict[str, Operation]] = {}
    for group in GROUPS:
        for operation in group.operations:
            if policy.exposes(operation):
                operations.setdefault(group.tool_of(operation), {})[operation.name] = operation
    return [ToolSpec(name, _title(name, titles), members) for name, members in operations.items()]


def _without_examples(schema: Schema) -> Schema:
    """Examples are for error messages: the model would pay for them in every conversation."""
    plain = {name: part for name, part in schema.items() if name != "examples"}
    if "properties" in plain:
        plain["properties"] = {name: _without_examples(part) for name, part in plain["properties"].items()}
    if "items" in plain:
        plain["items"] = _without_examples(plain["items"])
    return plain


def _title(tool: str, titles: dict[str, str]) -> str:
    group, _, effect = tool.removeprefix("miro_").rpartition("_")
    return f"{titles[group]}: {effect}"


def _arguments(operation: Operation) -> list[str]:
    """Argument names, required ones first, optional ones marked with a question mark, those of every list left out."""
    fields = operation.arguments.model_fields
    made, _ = MADE.get(operation.id, ("", None))
    named = [
        (field.alias or name, field.is_required() and name != made)
        for name, field in fields.items()
        if name not in _PAGING
    ]
    named += [(name, False) for name in _added(operation)]
    return [name for name, required in named if required] + [f"{name}?" for name, required in named if not required]


def _added(operation: Operation) -> list[str]:
    return list(ADDITIONS[operation.id].model_fields) if operation.id in ADDITIONS else []


def _signature(arguments: Iterable[str]) -> str:
    listed = ", ".join(arguments)
    return f"({listed})" if listed else ""
