"""Board members."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, DELETE, READ, WRITE, Operation, OperationGroup
from .shared import OnBoard
from .types import Email, Id, Offset, PageSize


class GetBoardMembers(OnBoard):
    limit: PageSize = ABSENT
    offset: Offset = ABSENT


class GetBoardMember(OnBoard):
    board_member_id: Id


class ShareBoard(OnBoard):
    emails: Annotated[list[Email], Field(min_length=1, max_length=20)]
    role: Literal["viewer", "commenter", "editor", "coowner", "owner"] = ABSENT
    message: str = ABSENT


class UpdateBoardMember(OnBoard):
    board_member_id: Id
    role: Literal["viewer", "commenter", "editor", "coowner", "owner"] = ABSENT


GROUP = OperationGroup(
    name="board_members",
    title="Board members",
    toolset="default",
    operations=(
        Operation(
            id="get-board-members",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/members",
            arguments=GetBoardMembers,
            summary="Who has access to a board, and as what",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="get-specific-board-member",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/boards/{board_id}/members/{board_member_id}",
            arguments=GetBoardMember,
            summary="One member's access",
            scopes=("boards:read",),
            level=1,
        ),
        Operation(
            id="share-board",
            name="share",
            effect=WRITE,
            method="POST",
            path="/v2/boards/{board_id}/members",
            arguments=ShareBoard,
            summary="Invite people by e-mail; sends them a message",
            scopes=("boards:write",),
            level=3,
            risk=4,
            why="sends invitations to any address, with roles up to co-owner",
            has_body=True,
            invites=("emails",),
        ),
        Operation(
            id="update-board-member",
            name="update",
            effect=WRITE,
            method="PATCH",
            path="/v2/boards/{board_id}/members/{board_member_id}",
            arguments=UpdateBoardMember,
            summary="Change a member's role",
            scopes=("boards:write",),
            level=2,
            risk=4,
            why="roles up to owner",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="remove-board-member",
            name="remove",
            effect=DELETE,
            method="DELETE",
            path="/v2/boards/{board_id}/members/{board_member_id}",
            arguments=GetBoardMember,
            summary="Take a member's access away",
            scopes=("boards:write",),
            level=2,
            risk=4,
            why="takes access away",
        ),
    ),
)
