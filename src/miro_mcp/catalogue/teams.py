"""Teams."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Body, Count, Operation, OperationGroup
from .shared import TEAM_BOARDS, InOrganization, InTeam
from .types import PageCursor, PageSize100, Wanted


class GetTeams(InOrganization):
    limit: PageSize100 = ABSENT
    cursor: PageCursor = ABSENT
    name: Wanted = ABSENT


class CreateTeam(InOrganization):
    name: Annotated[str, Field(min_length=1, max_length=60)]


class UpdateTeam(InTeam):
    name: Annotated[str, Field(min_length=1, max_length=60)] = ABSENT


class DiscoverySettings(Body):
    accountDiscovery: Literal["hidden", "request", "join"] = ABSENT


class CollaborationSettings(Body):
    coOwnerRole: Literal["enabled", "disabled"] = ABSENT


class CopyAccessSettings(Body):
    copyAccessLevel: Literal["anyone", "team_members", "team_editors", "board_owner"] = ABSENT
    copyAccessLevelLimitation: Literal["anyone", "team_members"] = ABSENT


class InvitationSettings(Body):
    inviteExternalUsers: Literal["allowed", "not_allowed"] = ABSENT
    whoCanInvite: Literal["only_org_admins", "admins", "all_members"] = ABSENT


class TeamSharingSettings(Body):
    allowListedDomains: list[str] = ABSENT
    createAssetAccessLevel: Literal["company_admins", "admins", "all_members"] = ABSENT
    defaultBoardAccess: Literal["private", "view", "comment", "edit"] = ABSENT
    defaultBoardSharingAccess: Literal["team_members_with_editing_rights", "owner_and_coowners"] = ABSENT
    defaultOrganizationAccess: Literal["private", "view", "comment", "edit"] = ABSENT
    defaultProjectAccess: Literal["private", "view"] = ABSENT
    moveBoardToAccount: Literal["allowed", "not_allowed"] = ABSENT
    restrictAllowedDomains: Literal["enabled", "enabled_with_external_user_access", "disabled"] = ABSENT
    sharingOnAccount: Literal["allowed", "not_allowed"] = ABSENT
    sharingOnOrganization: Literal["allowed", "allowed_with_editing", "not_allowed"] = ABSENT
    sharingViaPublicLink: Literal["allowed", "allowed_with_editing", "not_allowed"] = ABSENT


class UpdateTeamSettings(InTeam):
    teamAccountDiscoverySettings: DiscoverySettings = ABSENT
    teamCollaborationSettings: CollaborationSettings = ABSENT
    teamCopyAccessLevelSettings: CopyAccessSettings = ABSENT
    teamInvitationSettings: InvitationSettings = ABSENT
    teamSharingPolicySettings: TeamSharingSettings = ABSENT


_MEMBERS = Count("members", "enterprise-get-team-members")

GROUP = OperationGroup(
    name="teams",
    title="Teams",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-teams",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams",
            arguments=GetTeams,
            summary="Teams of the organization",
            scopes=("organizations:teams:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-team",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}",
            arguments=InTeam,
            summary="One team",
            scopes=("organizations:teams:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-team-settings",
            name="get_settings",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/settings",
            arguments=InTeam,
            summary="A team's settings",
            scopes=("organizations:teams:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-default-team-settings",
            name="get_default_settings",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/default_teams_settings",
            arguments=InOrganization,
            summary="Settings that new teams start with",
            scopes=("organizations:teams:read",),
            level=1,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-create-team",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams",
            arguments=CreateTeam,
            summary="Make a team",
            scopes=("organizations:teams:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            has_body=True,
        ),
        Operation(
            id="enterprise-update-team",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}",
            arguments=UpdateTeam,
            summary="Rename a team",
            scopes=("organizations:teams:write",),
            level=1,
            plan="enterprise",
            risk=4,
            why="changes how the organization is built",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-update-team-settings",
            name="update_settings",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/settings",
            arguments=UpdateTeamSettings,
            summary="Change who may share, invite, copy and discover in a team",
            scopes=("organizations:teams:write",),
            level=2,
            plan="enterprise",
            risk=5,
            why="can open public links, outside invitations and default access",
            overwrites=True,
            idempotent=True,
            has_body=True,
            counts=(_MEMBERS, TEAM_BOARDS),
        ),
        Operation(
            id="enterprise-delete-team",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/orgs/{org_id}/teams/{team_id}",
            arguments=InTeam,
            summary="Delete a team with all its boards",
            scopes=("organizations:teams:write",),
            level=4,
            plan="enterprise",
            risk=5,
            why="every board and template of the team goes; admins may have 90 days to restore",
            counts=(_MEMBERS, TEAM_BOARDS),
        ),
    ),
)
