"""Project members."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import InTeam
from .types import Email, Id, PageCursor, PageSize100


class GetProjectMembers(InTeam):
    project_id: Id
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetProjectMember(InTeam):
    project_id: Id
    member_id: Id


class AddProjectMember(InTeam):
    project_id: Id
    email: Email
    role: Literal["owner", "editor", "viewer", "commentator", "coowner"]


class UpdateProjectMember(InTeam):
    project_id: Id
    member_id: Id
    role: Literal["owner", "editor", "viewer", "commentator", "coowner"] = ABSENT


GROUP = OperationGroup(
    name="project_members",
    title="Project members",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-project-members",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/members",
            arguments=GetProjectMembers,
            summary="People of a project",
            scopes=("projects:read",),
            level=1,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-get-project-member",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/members/{member_id}",
            arguments=GetProjectMember,
            summary="One person of a project",
            scopes=("projects:read",),
            level=1,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-add-project-member",
            name="add",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/members",
            arguments=AddProjectMember,
            summary="Give a person access to a project",
            scopes=("projects:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="gives access, up to owner",
            has_body=True,
            invites=("email",),
        ),
        Operation(
            id="enterprise-update-project-member",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/members/{member_id}",
            arguments=UpdateProjectMember,
            summary="Change a person's role in a project",
            scopes=("projects:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="roles up to owner",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-delete-project-member",
            name="remove",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/members/{member_id}",
            arguments=GetProjectMember,
            summary="Take a person out of a project",
            scopes=("projects:write",),
            level=4,
            plan="enterprise",
            risk=4,
            why="takes access away",
        ),
    ),
)
