"""Settings of a team, and those that new teams start with."""

from typing import Any

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..http.replies import merged
from ..identity import ORGANIZATION_ID
from ..store import Document
from .places import organization_of, team_of

TEAM_SETTINGS = "team_settings"
"""Kind of document with what a team has changed; its scope and id are the team's."""

_DEFAULTS: Document = {
    "teamAccountDiscoverySettings": {"accountDiscovery": "request"},
    "teamCollaborationSettings": {"coOwnerRole": "enabled"},
    "teamCopyAccessLevelSettings": {"copyAccessLevel": "team_members", "copyAccessLevelLimitation": "anyone"},
    "teamInvitationSettings": {"inviteExternalUsers": "allowed", "whoCanInvite": "all_members"},
    "teamSharingPolicySettings": {
        "allowListedDomains": ["northwind.example"],
        "createAssetAccessLevel": "all_members",
        "defaultBoardAccess": "edit",
        "defaultBoardSharingAccess": "team_members_with_editing_rights",
        "defaultOrganizationAccess": "private",
        "defaultProjectAccess": "view",
        "moveBoardToAccount": "allowed",
        "restrictAllowedDomains": "disabled",
        "sharingOnAccount": "allowed",
        "sharingOnOrganization": "allowed",
        "sharingViaPublicLink": "not_allowed",
    },
}


@handles("enterprise-get-default-team-settings")
def get_defaults(call: ApiCall) -> Reply:
    organization_of(call)
    return Reply(200, _shown({}))


@handles("enterprise-get-team-settings")
def get(call: ApiCall) -> Reply:
    team_id = team_of(call)["id"]
    return Reply(200, _shown(_changed(call, team_id), teamId=team_id))


@handles("enterprise-update-team-settings")
@audited("team_settings_changed", "team")
def update(call: ApiCall) -> Reply:
    team_id = team_of(call)["id"]
    given = {name: call.arguments[name] for name in _DEFAULTS if name in call.arguments}
    after = merged(_changed(call, team_id), given)
    call.store.remove(TEAM_SETTINGS, team_id, team_id)
    call.store.add(TEAM_SETTINGS, team_id, team_id, after)
    return Reply(200, _shown(after, teamId=team_id))


def _changed(call: ApiCall, team_id: str) -> Document:
    return call.store.get(TEAM_SETTINGS, team_id, team_id) or {}


def _shown(changed: Document, **more: Any) -> Document:
    return merged(_DEFAULTS, changed) | {"organizationId": ORGANIZATION_ID, **more, "type": "team-settings"}
