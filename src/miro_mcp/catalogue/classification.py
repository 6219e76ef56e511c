"""Data classification."""

from .operation import ABSENT, READ, WRITE, Operation, OperationGroup
from .shared import TEAM_BOARDS, InOrganization, InTeam
from .types import BoardId, Id, Whole


class BoardGet(InTeam):
    board_id: BoardId


class TeamSettingsSet(InTeam):
    defaultLabelId: Whole = ABSENT
    enabled: bool = ABSENT


class BoardSet(InTeam):
    board_id: BoardId
    labelId: Id = ABSENT


class TeamBoardsBulk(InTeam):
    labelId: Whole = ABSENT
    notClassifiedOnly: bool


GROUP = OperationGroup(
    name="classification",
    title="Data classification",
    toolset="compliance",
    operations=(
        Operation(
            id="enterprise-dataclassification-organization-settings-get",
            name="get_organization",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/data-classification-settings",
            arguments=InOrganization,
            summary="The organization's labels",
            scopes=("organizations:read",),
            level=2,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-dataclassification-team-settings-get",
            name="get_team",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/data-classification-settings",
            arguments=InTeam,
            summary="A team's classification settings",
            scopes=("organizations:teams:read",),
            level=2,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-dataclassification-board-get",
            name="get_board",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/teams/{team_id}/boards/{board_id}/data-classification",
            arguments=BoardGet,
            summary="A board's label",
            scopes=("boards:read",),
            level=2,
            plan="enterprise",
        ),
        Operation(
            id="enterprise-dataclassification-team-settings-set",
            name="set_team",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/data-classification-settings",
            arguments=TeamSettingsSet,
            summary="Switch classification on or off for a team, set its default label",
            scopes=("organizations:teams:write",),
            level=2,
            plan="enterprise",
            risk=4,
            why="labels that new boards get",
            overwrites=True,
            idempotent=True,
            has_body=True,
            counts=(TEAM_BOARDS,),
        ),
        Operation(
            id="enterprise-dataclassification-board-set",
            name="set_board",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/teams/{team_id}/boards/{board_id}/data-classification",
            arguments=BoardSet,
            summary="Label a board",
            scopes=("boards:write",),
            level=2,
            plan="enterprise",
            risk=4,
            why="protection follows the label",
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-dataclassification-team-boards-bulk",
            name="set_team_boards",
            effect=WRITE,
            method="PATCH",
            path="/v2/orgs/{org_id}/teams/{team_id}/data-classification",
            arguments=TeamBoardsBulk,
            summary="Label a team's boards: unlabelled ones only, or all (earlier labels are lost)",
            scopes=("boards:write",),
            level=4,
            plan="enterprise",
            risk=5,
            why="unless limited to unlabelled boards, every label of the team is lost",
            overwrites=True,
            idempotent=True,
            has_body=True,
            counts=(TEAM_BOARDS,),
        ),
    ),
)
