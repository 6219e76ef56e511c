"""User group members."""

from typing import Annotated

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import GROUP_MEMBERS, InOrganization
from .types import Email, Id, PageCursor, PageSize100


class GetGroupMembers(InOrganization):
    group_id: Id
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetGroupMember(InOrganization):
    group_id: Id
    member_id: Id


class CreateGroupMember(InOrganization):
    group_id: Id
    email: Email


class UpdateGroupMembers(InOrganization):
    group_id: Id
    membersToAdd: Annotated[list[str], Field(max_length=500)] = ABSENT
    membersToRemove: Annotated[list[str], Field(max_length=500)] = ABSENT


GROUP = OperationGroup(
    name="user_group_members",
    title="User group members",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-group-members",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups/{group_id}/members",
            arguments=GetGroupMembers,
            summary="People of a user group",
            scopes=("organizations:groups:read",),
            level=1,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-get-group-member",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups/{group_id}/members/{member_id}",
            arguments=GetGroupMember,
            summary="One person of a user group",
            scopes=("organizations:groups:read",),
            level=1,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-create-group-member",
            name="add",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/groups/{group_id}/members",
            arguments=CreateGroupMember,
            summary="Add a person to a user group",
            scopes=("organizations:groups:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="gives access",
            has_body=True,
            invites=("email",),
        ),
        Operation(
            id="enterprise-update-group-members",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/groups/{group_id}/members",
            arguments=UpdateGroupMembers,
            summary="Add and remove many people at once, by e-mail or id",
            scopes=("organizations:groups:write",),
            level=1,
            per_item=True,
            plan="enterprise",
            risk=5,
            why="up to 500 people at once",
            overwrites=True,
            idempotent=True,
            has_body=True,
            invites=("membersToAdd",),
            counts=(GROUP_MEMBERS,),
            answers="array",
        ),
        Operation(
            id="enterprise-delete-group-member",
            name="remove",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/groups/{group_id}/members/{member_id}",
            arguments=GetGroupMember,
            summary="Take a person out of a user group",
            scopes=("organizations:groups:write",),
            level=4,
            plan="enterprise",
            risk=4,
            why="takes access away",
        ),
    ),
)
