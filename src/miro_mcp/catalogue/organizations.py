"""Organizations."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, Arguments, Operation, OperationGroup
from .shared import InOrganization
from .types import Email, Id, PageCursor, PageSize100


class GetOrganizationMembers(InOrganization):
    emails: Annotated[Email, Field(min_length=1)] = ABSENT
    role: Literal[
        "organization_internal_admin",
        "organization_internal_user",
        "organization_external_user",
        "organization_team_guest_user",
        "unknown",
    ] = ABSENT
    license: Literal[
        "advanced", "standard", "basic", "full", "occasional", "free", "free_restricted", "full_trial", "unknown"
    ] = ABSENT
    active: bool = ABSENT
    cursor: PageCursor = ABSENT
    limit: PageSize100 = ABSENT


class GetOrganizationMember(InOrganization):
    member_id: Id


class PostUserSessionsReset(Arguments):
    email: Email


GROUP = OperationGroup(
    name="organizations",
    title="Organizations",
    toolset="organization",
    operations=(
        Operation(
            id="enterprise-get-organization",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}",
            arguments=InOrganization,
            summary="The organization: name, plan, licences",
            scopes=("organizations:read",),
            level=3,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-get-organization-members",
            name="list_members",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/members",
            arguments=GetOrganizationMembers,
            summary="People of the organization",
            scopes=("organizations:read",),
            level=3,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
            array_with="emails",
        ),
        Operation(
            id="enterprise-get-organization-member",
            name="get_member",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/members/{member_id}",
            arguments=GetOrganizationMember,
            summary="One person of the organization",
            scopes=("organizations:read",),
            level=3,
            plan="enterprise",
            why="personal data of people",
            sensitive=True,
        ),
        Operation(
            id="enterprise-post-user-sessions-reset",
            name="reset_sessions",
            effect=DELETE,
            method="POST",
            path="/v2/sessions/reset_all",
            arguments=PostUserSessionsReset,
            summary="Sign a person out of every device, by e-mail",
            scopes=("sessions:delete",),
            level=3,
            plan="enterprise",
            risk=4,
            why="signs one person out everywhere",
            answers="nothing",
        ),
    ),
)
