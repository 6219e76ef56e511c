"""Team members."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import InTeam
from .types import Email, Id, PageCursor, PageSize100


class GetTeamMembers(InTeam):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT
    role: Literal["member", "admin", "non_team", "team_guest"] = ABSENT


class GetTeamMember(InTeam):
    member_id: Id


class InviteTeamMember(InTeam):
    email: Email
    role: Literal["member", "admin"] = ABSENT


class UpdateTeamMember(InTeam):
    member_id: Id
    role: Literal["member", "admin"] = ABSENT


GROUP = OperationGroup(
    name="team_members",
    title="Team members",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-team-members",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/members",
            arguments=GetTeamMembers,
            summary="People of a team",
            scopes=("organizations:teams:read",),
            level=2,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-get-team-member",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/members/{member_id}",
            arguments=GetTeamMember,
            summary="One person of a team",
            scopes=("organizations:teams:read",),
            level=1,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-invite-team-member",
            name="invite",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams/{team_id}/members",
            arguments=InviteTeamMember,
            summary="Add a person of the organization to a team",
            scopes=("organizations:teams:write",),
            level=2,
            plan="enterprise",
            risk=4,
            why="gives access, up to admin",
            has_body=True,
            invites=("email",),
        ),
        Operation(
            id="enterprise-update-team-member",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/members/{member_id}",
            arguments=UpdateTeamMember,
            summary="Change a person's role in a team",
            scopes=("organizations:teams:write",),
            level=2,
            plan="enterprise",
            risk=4,
            why="can make admins",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-delete-team-member",
            name="remove",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/teams/{team_id}/members/{member_id}",
            arguments=GetTeamMember,
            summary="Take a person out of a team; their boards change owner",
            scopes=("organizations:teams:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="takes access away; boards change owner",
        ),
    ),
)
