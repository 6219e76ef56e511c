"""Logs."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, READ, Arguments, Operation, OperationGroup
from .shared import InOrganization
from .types import BoardId, DateTime, Email, Id, PageCursor, PageSize100, PageSize1000, Whole


class GetAuditLogs(Arguments):
    createdAfter: DateTime
    createdBefore: DateTime
    cursor: PageCursor = ABSENT
    limit: Annotated[Whole, Field(ge=1)] = ABSENT
    sorting: Literal["ASC", "DESC"] = ABSENT


class BoardContentLogs(InOrganization):
    board_ids: Annotated[list[BoardId], Field(max_length=15)] = ABSENT
    emails: Annotated[list[Email], Field(max_length=15)] = ABSENT
    from_: DateTime = Field(alias="from")
    to: DateTime
    cursor: PageCursor = ABSENT
    limit: PageSize1000 = ABSENT
    sorting: Literal["asc", "desc"] = ABSENT


class GetAiInteractionLogs(InOrganization):
    object_ids: Annotated[list[Id], Field(max_length=15)] = ABSENT
    emails: Annotated[list[Email], Field(max_length=15)] = ABSENT
    from_: DateTime = Field(alias="from")
    to: DateTime
    cursor: PageCursor = ABSENT
    limit: PageSize100 = ABSENT
    sorting: Literal["asc", "desc"] = ABSENT


GROUP = OperationGroup(
    name="logs",
    title="Logs",
    toolset="compliance",
    operations=(
        Operation(
            id="enterprise-get-audit-logs",
            name="audit",
            effect=READ,
            method="GET",
            path="/v2/audit/logs",
            arguments=GetAuditLogs,
            summary="Who did what in the organization, last 90 days",
            scopes=("auditlogs:read",),
            level=2,
            plan="enterprise",
            why="who did what, with IP and e-mail addresses",
            sensitive=True,
            tells_when=True,
        ),
        Operation(
            id="enterprise-board-content-item-logs-fetch",
            name="content",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/content-logs/items",
            arguments=BoardContentLogs,
            summary="What changed on boards, item by item",
            scopes=("contentlogs:export",),
            level=4,
            plan="enterprise",
            why="what was written on any board, by e-mail address",
            sensitive=True,
            tells_when=True,
        ),
        Operation(
            id="enterprise-get-ai-interaction-logs",
            name="ai_interactions",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/ai-interaction-logs",
            arguments=GetAiInteractionLogs,
            summary="What people asked Miro AI, and its answers",
            scopes=("aiinteractionlogs:read",),
            level=4,
            plan="enterprise_guard",
            why="people's prompts and the answers to them",
            sensitive=True,
            tells_when=True,
        ),
    ),
)
