"""User groups."""

from typing import Annotated

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Count, Operation, OperationGroup
from .shared import GROUP_MEMBERS, InOrganization
from .types import Id, PageCursor, PageSize100


class GetGroups(InOrganization):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetGroup(InOrganization):
    group_id: Id


class CreateUserGroup(InOrganization):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    description: Annotated[str, Field(max_length=300)] = ABSENT


class UpdateUserGroup(InOrganization):
    group_id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)] = ABSENT
    description: Annotated[str, Field(max_length=300)] = ABSENT


GROUP = OperationGroup(
    name="user_groups",
    title="User groups",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-groups",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups",
            arguments=GetGroups,
            summary="User groups of the organization",
            scopes=("organizations:groups:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-group",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups/{group_id}",
            arguments=GetGroup,
            summary="One user group",
            scopes=("organizations:groups:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-create-group",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/groups",
            arguments=CreateUserGroup,
            summary="Make a user group",
            scopes=("organizations:groups:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            has_body=True,
        ),
        Operation(
            id="enterprise-update-group",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/groups/{group_id}",
            arguments=UpdateUserGroup,
            summary="Rename or describe a user group",
            scopes=("organizations:groups:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-delete-group",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/groups/{group_id}",
            arguments=GetGroup,
            summary="Delete a user group; all access through it ends",
            scopes=("organizations:groups:write",),
            level=4,
            plan="enterprise",
            risk=5,
            why="all access given through the group ends",
            counts=(GROUP_MEMBERS, Count("teams it is in", "enterprise-groups-get-teams")),
        ),
    ),
)
