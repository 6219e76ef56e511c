"""Projects (spaces)."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Count, Operation, OperationGroup
from .shared import PROJECT_BOARDS, InTeam
from .types import Id, PageCursor, PageSize100


class GetProjects(InTeam):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GetProject(InTeam):
    project_id: Id


class CreateProject(InTeam):
    name: Annotated[str, Field(min_length=1, max_length=60)]


class UpdateProject(InTeam):
    project_id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]


class ProjectSharingSettings(Body):
    teamAccess: Literal["private", "view"] = ABSENT


class UpdateProjectSettings(InTeam):
    project_id: Id
    sharingPolicySettings: ProjectSharingSettings = ABSENT


GROUP = OperationGroup(
    name="projects",
    title="Projects (spaces)",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-projects",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects",
            arguments=GetProjects,
            summary="Projects of a team",
            scopes=("projects:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-project",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}",
            arguments=GetProject,
            summary="One project",
            scopes=("projects:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-project-settings",
            name="get_settings",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/settings",
            arguments=GetProject,
            summary="A project's sharing settings",
            scopes=("projects:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-create-project",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects",
            arguments=CreateProject,
            summary="Make a project",
            scopes=("projects:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            has_body=True,
        ),
        Operation(
            id="enterprise-update-project",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}",
            arguments=UpdateProject,
            summary="Rename a project",
            scopes=("projects:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-update-project-settings",
            name="update_settings",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}/settings",
            arguments=UpdateProjectSettings,
            summary="Open a project to its team, or close it",
            scopes=("projects:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="may open the project to its team",
            overwrites=True,
            idempotent=True,
            has_body=True,
            counts=(PROJECT_BOARDS,),
        ),
        Operation(
            id="enterprise-delete-project",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/teams/{team_id}/projects/{project_id}",
            arguments=GetProject,
            summary="Delete a project; its boards stay in the team",
            scopes=("projects:write",),
            level=4,
            plan="enterprise",
            risk=4,
            why="its boards and people stay in the team",
            counts=(Count("members", "enterprise-get-project-members"), PROJECT_BOARDS),
        ),
    ),
)
