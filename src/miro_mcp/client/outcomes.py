"""How to find out whether a change of unknown outcome was carried out: the read that shows it."""

from __future__ import annotations

from ..catalogue import GROUPS, OPERATIONS, READ, Operation

_TOOLS = {operation.id: group.tool_of(operation) for group in GROUPS for operation in group.operations}


def how_to_check(operation: Operation) -> str:
    """A sentence that names the tool to look with, and whether the call may simply be made again."""
    if operation.effect is READ:
        return ""
    read = _read_of(operation)
    look = f"Look with {_TOOLS[read.id]} ({read.name})" if read else "Read the object it is about"
    if operation.repeatable:
        return f"{look}; making the same call again does no harm."
    return f"{look} before trying again, or it may be done twice."


def _is_plain(operation: Operation) -> bool:
    """Whether a read needs nothing but what its path names."""
    required = {name for name, field in operation.arguments.model_fields.items() if field.is_required()}
    return operation.method == "GET" and required <= set(operation.path_arguments)


_READS = {operation.path: operation for operation in OPERATIONS.values() if _is_plain(operation)}


def _read_of(operation: Operation) -> Operation | None:
    """The read of the same path; else, for what is made on a board, the list of items, which shows every kind."""
    if operation.path in _READS:
        return _READS[operation.path]
    if operation.method == "POST" and "/boards/{board_id}/" in operation.path:
        return OPERATIONS["get-items"]
    return _READS.get(operation.path.rpartition("/")[0])
