"""What Miro offers: every operation of its API, declared as data, one module a group."""

from collections.abc import Iterable
from importlib import import_module

from .operation import DELETE, READ, WRITE, Effect, Operation, OperationGroup, Toolset

_MODULES = (
    "boards", "board_members", "items", "bulk", "shapes", "sticky_notes", "texts", "cards", "app_cards", "images",
    "documents", "embeds", "docs", "frames", "connectors", "tags", "groups", "mindmap_nodes", "code_widgets",
    "flowchart_shapes", "organizations", "teams", "team_members", "projects", "project_members", "user_groups",
    "user_group_members", "group_access", "logs", "legal_holds", "board_exports", "classification", "scim_users",
    "scim_groups", "scim_discovery", "tokens", "app_metrics", "comments", "native_diagrams", "data_tables",
)  # fmt: skip
"""Every group's module, in the order tools are listed."""

GROUPS: tuple[OperationGroup, ...] = tuple(import_module(f".{name}", __package__).GROUP for name in _MODULES)

OPERATIONS: dict[str, Operation] = {operation.id: operation for group in GROUPS for operation in group.operations}
"""Every operation by the API description's operation id."""


def check_ids(ids: Iterable[str]) -> None:
    """Raises:
    ValueError: some are not ids of operations.
    """
    if unknown := [one for one in ids if one not in OPERATIONS]:
        raise ValueError(f"not operations of the catalogue: {', '.join(unknown)}")


check_ids(count.read for operation in OPERATIONS.values() for count in operation.counts)

__all__ = [
    "DELETE", "GROUPS", "OPERATIONS", "READ", "WRITE", "Effect", "Operation", "OperationGroup", "Toolset", "check_ids",
]  # fmt: skip
