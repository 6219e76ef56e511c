"""What Miro offers: every operation of its API, declared as data, one module a group."""

from collections.abc import Iterable

from . import (
    app_cards,
    app_metrics,
    board_exports,
    board_members,
    boards,
    bulk,
    cards,
    classification,
    code_widgets,
    connectors,
    docs,
    documents,
    embeds,
    flowchart_shapes,
    frames,
    group_access,
    groups,
    images,
    items,
    legal_holds,
    logs,
    mindmap_nodes,
    organizations,
    project_members,
    projects,
    scim_discovery,
    scim_groups,
    scim_users,
    shapes,
    sticky_notes,
    tags,
    team_members,
    teams,
    texts,
    tokens,
    user_group_members,
    user_groups,
)
from .operation import DELETE, READ, WRITE, Effect, Operation, OperationGroup, Toolset

GROUPS: tuple[OperationGroup, ...] = (
    boards.GROUP,
    board_members.GROUP,
    items.GROUP,
    bulk.GROUP,
    shapes.GROUP,
    sticky_notes.GROUP,
    texts.GROUP,
    cards.GROUP,
    app_cards.GROUP,
    images.GROUP,
    documents.GROUP,
    embeds.GROUP,
    docs.GROUP,
    frames.GROUP,
    connectors.GROUP,
    tags.GROUP,
    groups.GROUP,
    mindmap_nodes.GROUP,
    code_widgets.GROUP,
    flowchart_shapes.GROUP,
    organizations.GROUP,
    teams.GROUP,
    team_members.GROUP,
    projects.GROUP,
    project_members.GROUP,
    user_groups.GROUP,
    user_group_members.GROUP,
    group_access.GROUP,
    logs.GROUP,
    legal_holds.GROUP,
    board_exports.GROUP,
    classification.GROUP,
    scim_users.GROUP,
    scim_groups.GROUP,
    scim_discovery.GROUP,
    tokens.GROUP,
    app_metrics.GROUP,
)
"""Every group, in the order tools are listed."""

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
