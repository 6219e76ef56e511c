"""Boards."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Arguments, Body, Count, Operation, OperationGroup, RiskFactor
from .shared import OnBoard
from .types import BoardId, Id, Offset, PageSize, Wanted


class GetBoards(Arguments):
    team_id: Id = ABSENT
    project_id: Id = ABSENT
    query: Annotated[str, Field(min_length=1, max_length=500)] = ABSENT
    owner: Wanted = ABSENT
    limit: PageSize = ABSENT
    offset: Offset = ABSENT
    sort: Literal["default", "last_modified", "last_opened", "last_created", "alphabetically"] = ABSENT


class PermissionsPolicy(Body):
    collaborationToolsStartAccess: Literal["all_editors", "board_owners_and_coowners"] = ABSENT
    copyAccess: Literal["anyone", "team_members", "team_editors", "board_owner"] = ABSENT
    sharingAccess: Literal["team_members_with_editing_rights", "owner_and_coowners"] = ABSENT


class SharingPolicy(Body):
    access: Literal["private", "view", "edit", "comment"] = ABSENT
    inviteToAccountAndBoardLinkAccess: Literal["viewer", "commenter", "editor", "no_access"] = ABSENT
    organizationAccess: Literal["private", "view", "comment", "edit"] = ABSENT
    teamAccess: Literal["private", "view", "comment", "edit"] = ABSENT


class BoardPolicy(Body):
    permissionsPolicy: PermissionsPolicy = ABSENT
    sharingPolicy: SharingPolicy = ABSENT


class CreateBoard(Arguments):
    description: Annotated[str, Field(max_length=300)] = ABSENT
    name: Annotated[str, Field(min_length=1, max_length=60)] = ABSENT
    policy: BoardPolicy = ABSENT
    teamId: Id = ABSENT
    projectId: Id = ABSENT


class CopyBoard(Arguments):
    copy_from: BoardId
    description: Annotated[str, Field(max_length=300)] = ABSENT
    name: Annotated[str, Field(min_length=1, max_length=60)] = ABSENT
    policy: BoardPolicy = ABSENT
    teamId: Id = ABSENT


class UpdateBoard(OnBoard):
    description: Annotated[str, Field(max_length=300)] = ABSENT
    name: Annotated[str, Field(min_length=1, max_length=60)] = ABSENT
    policy: BoardPolicy = ABSENT
    teamId: Id = ABSENT
    projectId: Id = ABSENT


_OPEN_LINK = "opens the board to the public or by link"
_OPEN_WIDE = "opens the board to everyone in the team or organization"
_OPENING = (
    RiskFactor("policy.sharingPolicy.access", _OPEN_LINK, harmless="private"),
    RiskFactor("policy.sharingPolicy.inviteToAccountAndBoardLinkAccess", _OPEN_LINK, harmless="no_access"),
    RiskFactor("policy.sharingPolicy.organizationAccess", _OPEN_WIDE, harmless="private"),
    RiskFactor("policy.sharingPolicy.teamAccess", _OPEN_WIDE, harmless="private"),
)

GROUP = OperationGroup(
    name="boards",
    title="Boards",
    toolset="default",
    operations=(
        Operation(
            id="get-boards",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards",
            arguments=GetBoards,
            summary="Find boards by team, project, owner or text",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="get-specific-board",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}",
            arguments=OnBoard,
            summary="One board: name, owner, sharing, links",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="create-board",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/boards",
            arguments=CreateBoard,
            summary="Make a board",
            scopes=("boards:write",),
            level=3,
            risk=1,
            why="4 when its policy opens it to the public or by link",
            has_body=True,
            makes_board=True,
            risk_factors=_OPENING,
            tells=("id", "name", "viewLink", "team.id", "project.id"),
        ),
        Operation(
            id="copy-board",
            name="copy",
            effect=WRITE,
            method="PUT",
            path="/v2/boards",
            arguments=CopyBoard,
            summary="Copy a board with everything on it",
            scopes=("boards:write",),
            level=4,
            risk=1,
            why="4 when it lands in another team or its policy opens it",
            has_body=True,
            query=("copy_from",),
            makes_board=True,
            risk_factors=(*_OPENING, RiskFactor("teamId", "copies the board into another team")),
            counts=(Count("items that are copied", "get-items", {"board_id": "copy_from"}),),
            tells=("id", "name", "viewLink", "team.id", "project.id"),
        ),
        Operation(
            id="update-board",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}",
            arguments=UpdateBoard,
            summary="Rename, describe, share or move a board",
            scopes=("boards:write",),
            level=2,
            risk=2,
            why="4 when it changes sharing or moves the board to another team or project",
            overwrites=True,
            idempotent=True,
            has_body=True,
            risk_factors=(
                *_OPENING,
                RiskFactor("policy", "changes who may see, edit, copy or share the board"),
                RiskFactor("teamId", "moves the board to another team"),
                RiskFactor("projectId", "moves the board into another project, whose people gain access"),
            ),
            tells=("id", "name", "viewLink", "team.id", "project.id"),
        ),
        Operation(
            id="delete-board",
            name="delete",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}",
            arguments=OnBoard,
            summary="Delete a board and all its items",
            scopes=("boards:write",),
            level=3,
            risk=4,
            why="to the trash on paid plans, restorable by hand for 90 days; otherwise gone",
            counts=(Count("items on it", "get-items"),),
        ),
    ),
)
