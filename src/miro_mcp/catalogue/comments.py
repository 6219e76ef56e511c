"""Comments: threads of messages on a board. No description has these routes, which may vanish."""

from typing import Annotated

from pydantic import Field

from .operation import ABSENT, READ, WRITE, Operation, OperationGroup
from .shared import OnBoard
from .types import Id, Offset, PageSize

Content = Annotated[str, Field(min_length=1)]


class GetComments(OnBoard):
    limit: PageSize = ABSENT
    offset: Offset = ABSENT


class OnComment(OnBoard):
    comment_id: Id


class CreateComment(OnBoard):
    content: Content
    itemId: Id = ABSENT


class ReplyToComment(OnComment):
    content: Content


class ResolveComment(OnComment):
    resolved: bool


GROUP = OperationGroup(
    name="comments",
    title="Comments",
    toolset="unlisted",
    operations=(
        Operation(
            id="get-comments",
            name="list",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/comments",
            arguments=GetComments,
            summary="Comment threads of a board",
            scopes=("boards:read",),
            tells_when=True,
        ),
        Operation(
            id="get-comment",
            name="get",
            effect=READ,
            method="GET",
            path="/v2-experimental/boards/{board_id}/comments/{comment_id}",
            arguments=OnComment,
            summary="One thread with its messages",
            scopes=("boards:read",),
            tells_when=True,
        ),
        Operation(
            id="create-comment",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2-experimental/boards/{board_id}/comments",
            arguments=CreateComment,
            summary="Begin a thread, on an item (itemId) or on the board",
            scopes=("boards:write",),
            risk=1,
            why="adds to the board, and people may be notified",
            has_body=True,
        ),
        Operation(
            id="reply-to-comment",
            name="reply",
            effect=WRITE,
            method="POST",
            path="/v2-experimental/boards/{board_id}/comments/{comment_id}/messages",
            arguments=ReplyToComment,
            summary="Add a message to a thread",
            scopes=("boards:write",),
            risk=1,
            why="adds to the board, and people may be notified",
            has_body=True,
        ),
        Operation(
            id="resolve-comment",
            name="resolve",
            effect=WRITE,
            method="PATCH",
            path="/v2-experimental/boards/{board_id}/comments/{comment_id}",
            arguments=ResolveComment,
            summary="Mark a thread as resolved, or open it again",
            scopes=("boards:write",),
            risk=2,
            why="changes what people see as open",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
    ),
)
