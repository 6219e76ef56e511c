"""Boards as MCP resources: their list, and each in words and as a picture, read under the same rules as by tools."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)
from pydantic import ValidationError

from .calls import Miro
from .errors import ApiError, CallError
from .guardrails.confirmation import Nobody
from .session import Session
from .settings import Settings
from .text.hidden import visible, visible_value
from .tools.registry import ToolSpec
from .tools.request import Context
from .workflows.overview.tool import OVERVIEW, OverviewArguments
from .workflows.view.app import BOARD_APP, app_html
from .workflows.view.tool import VIEW, ViewBoard

BOARDS_URI = "miro://boards"
BOARD_URI = f"{BOARDS_URI}/{{board_id}}"

Read = tuple[str, str | None, dict[str, Any] | None]
"""A resource's text, MIME type and `_meta`."""

MOST_BOARDS = 50
"""Boards listed: a page of the API's list, in its own order."""

_UNASKED = "The operator has reads confirmed, and nobody is asked for a resource: call the tool instead."

_BOARD_LIST = Resource(
    uri=BOARDS_URI,
    name="boards",
    title="Boards",
    description="Boards that can be read here, with their ids.",
    mime_type="application/json",
)

_SHOWN = ("id", "name", "description", "modifiedAt", "viewLink")


@dataclass(frozen=True, kw_only=True)
class BoardResource:
    """What there is at a URI for every board: `render` makes its text, from a session and the board's id."""

    uri: str
    name: str
    title: str
    description: str
    mime_type: str
    render: Callable[[Session, str], Awaitable[str]]


async def _in_words(session: Session, board_id: str) -> str:
    return (await OVERVIEW.run(OverviewArguments(board_id=board_id), session)).text or ""


async def _as_svg(session: Session, board_id: str) -> str:
    return (await VIEW.run(ViewBoard(board_id=board_id, format="svg"), session)).text or ""


BOARD_RESOURCES = (
    BoardResource(
        uri=BOARD_URI,
        name="board",
        title="Board in words",
        description="An outline of a board, as miro_board_overview tells it.",
        mime_type="text/plain",
        render=_in_words,
    ),
    BoardResource(
        uri=f"{BOARD_URI}/view.svg",
        name="board_view",
        title="Board as a picture",
        description="A whole board as SVG; each item is a group with data-miro-id.",
        mime_type="image/svg+xml",
        render=_as_svg,
    ),
)
"""Every resource of a board."""


class ResourceHandlers:
    """The list of boards, every board by its templates, and the page that shows one; nothing unless it is `shown`."""

    def __init__(self, miro: Miro, settings: Settings, tools: Mapping[str, ToolSpec], *, shown: bool) -> None:
        self._session = Session(miro, Nobody(_UNASKED), tools)
        self._allowed = settings.allowed_boards
        self._resources = [BOARD_APP, _BOARD_LIST] if shown else []
        self._templates = BOARD_RESOURCES if shown else ()

    async def list_all(self, _: Context, __: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(resources=self._resources)

    async def list_templates(self, _: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(
            resource_templates=[
                ResourceTemplate(
                    uri_template=one.uri,
                    name=one.name,
                    title=one.title,
                    description=one.description,
                    mime_type=one.mime_type,
                )
                for one in self._templates
            ]
        )

    async def read(self, _: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        """Raises:
        MCPError: there is no such resource, or it can't be read now; the message says which.
        """
        uri = str(params.uri)
        text, mime_type, meta = await _answered(self._read(uri), uri)
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, text=text, mime_type=mime_type, _meta=meta)])

    async def _read(self, uri: str) -> Read:
        for resource in self._resources:
            if uri == resource.uri:
                text = app_html() if resource is BOARD_APP else await _list_boards(self._session, self._allowed)
                return text, resource.mime_type, resource.meta
        for one in self._templates:
            head, tail = one.uri.split("{board_id}")
            board_id = unquote(uri[len(head) : len(uri) - len(tail)])
            if uri.startswith(head) and uri.endswith(tail) and board_id and "/" not in board_id:
                return await one.render(self._session, board_id), one.mime_type, None
        raise MCPError(code=INVALID_PARAMS, message=f"Unknown resource: {uri}", data={"uri": uri})


async def _list_boards(session: Session, allowed: frozenset[str]) -> str:
    if allowed:  # Listing boards is refused then, since it would reach beyond them.
        boards = [await session.read("get-specific-board", board_id=board_id) for board_id in sorted(allowed)]
        total = len(boards)
    else:
        page = await session.read("get-boards", limit=MOST_BOARDS)
        boards, total = page.get("data", []), page.get("total")
    told = [{name: board[name] for name in _SHOWN if board.get(name)} | {"uri": _uri(board)} for board in boards]
    return json.dumps(visible_value({"boards": told, "total": total}), ensure_ascii=False)


def _uri(board: Mapping[str, Any]) -> str:
    return BOARD_URI.format(board_id=board.get("id"))


async def _answered(work: Coroutine[Any, Any, Read], uri: str) -> Read:
    """What the work answers; its failures as protocol errors, with their own words."""
    try:
        return await work
    except CallError as error:
        code = INVALID_PARAMS if isinstance(error, ApiError) and error.status == 404 else INTERNAL_ERROR
        raise MCPError(code=code, message=visible(str(error)), data={"uri": uri}) from error
    except ValidationError as error:
        message = "There is no board with such an id. For example miro://boards/uXjVOD6LSME="
        raise MCPError(code=INVALID_PARAMS, message=message, data={"uri": uri}) from error
