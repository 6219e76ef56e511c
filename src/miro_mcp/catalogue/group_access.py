"""Access of user groups."""

from typing import Literal

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import GROUP_MEMBERS, PROJECT_BOARDS, InOrganization, InTeam
from .types import BoardId, Id, PageCursor, PageSize100


class GroupsGetTeams(InOrganization):
    group_id: Id
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class GroupsGetTeam(InOrganization):
    group_id: Id
    team_id: Id


class TeamsGetGroups(InTeam):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class TeamsGetGroup(InTeam):
    group_id: Id


class BoardsGetGroups(InOrganization):
    board_id: BoardId
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class ProjectsGetGroups(InOrganization):
    project_id: Id
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT


class TeamsCreateGroup(InTeam):
    userGroupId: Id
    role: Literal["member"]


class BoardsCreateGroup(InOrganization):
    board_id: BoardId
    userGroupIds: list[Id]
    role: Literal["VIEWER", "COMMENTER", "EDITOR"]


class ProjectCreateGroup(InOrganization):
    project_id: Id
    userGroupIds: list[Id]
    role: Literal["VIEWER", "COMMENTER", "EDITOR"]


class BoardsDeleteGroups(InOrganization):
    board_id: BoardId
    group_id: Id


class ProjectDeleteGroups(InOrganization):
    project_id: Id
    group_id: Id


GROUP = OperationGroup(
    name="group_access",
    title="Access of user groups",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-groups-get-teams",
            name="list_teams_of_group",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups/{group_id}/teams",
            arguments=GroupsGetTeams,
            summary="Teams a user group is in",
            scopes=("organizations:groups:read", "organizations:teams:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-groups-get-team",
            name="get_team_of_group",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/groups/{group_id}/teams/{team_id}",
            arguments=GroupsGetTeam,
            summary="One team a user group is in",
            scopes=("organizations:groups:read", "organizations:teams:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-teams-get-groups",
            name="list_groups_of_team",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/groups",
            arguments=TeamsGetGroups,
            summary="User groups in a team",
            scopes=("organizations:groups:read", "organizations:teams:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-teams-get-group",
            name="get_group_of_team",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/groups/{group_id}",
            arguments=TeamsGetGroup,
            summary="One user group in a team",
            scopes=("organizations:groups:read", "organizations:teams:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-boards-get-groups",
            name="list_groups_of_board",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/boards/{board_id}/groups",
            arguments=BoardsGetGroups,
            summary="User groups a board is shared with",
            scopes=("organizations:groups:read", "boards:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-projects-get-groups",
            name="list_groups_of_project",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/projects/{project_id}/groups",
            arguments=ProjectsGetGroups,
            summary="User groups a project is shared with",
            scopes=("organizations:groups:read", "projects:read"),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-teams-create-group",
            name="add_to_team",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams/{team_id}/groups",
            arguments=TeamsCreateGroup,
            summary="Put a user group into a team",
            scopes=("organizations:groups:read", "organizations:teams:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="gives a whole group access to a team",
            has_body=True,
        ),
        Operation(
            id="enterprise-boards-create-group",
            name="share_board",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/boards/{board_id}/groups",
            arguments=BoardsCreateGroup,
            summary="Share a board with user groups",
            scopes=("organizations:groups:read", "boards:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="gives whole groups access to a board",
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-project-create-group",
            name="share_project",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/projects/{project_id}/groups",
            arguments=ProjectCreateGroup,
            summary="Share a project with user groups",
            scopes=("organizations:groups:read", "projects:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="gives whole groups access to a project",
            idempotent=True,
            has_body=True,
            counts=(PROJECT_BOARDS,),
        ),
        Operation(
            id="enterprise-teams-delete-group",
            name="remove_from_team",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/teams/{team_id}/groups/{group_id}",
            arguments=TeamsGetGroup,
            summary="Take a user group out of a team",
            scopes=("organizations:groups:read", "organizations:teams:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="takes a whole group out of a team",
            counts=(GROUP_MEMBERS,),
        ),
        Operation(
            id="enterprise-boards-delete-groups",
            name="unshare_board",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/boards/{board_id}/groups/{group_id}",
            arguments=BoardsDeleteGroups,
            summary="End a user group's access to a board",
            scopes=("organizations:groups:read", "boards:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="takes access away",
            counts=(GROUP_MEMBERS,),
        ),
        Operation(
            id="enterprise-project-delete-groups",
            name="unshare_project",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/projects/{project_id}/groups/{group_id}",
            arguments=ProjectDeleteGroups,
            summary="End a user group's access to a project",
            scopes=("organizations:groups:read", "projects:write"),
            level=1,
            plan="enterprise",
            risk=4,
            why="takes access away",
            counts=(PROJECT_BOARDS, GROUP_MEMBERS),
        ),
    ),
)
