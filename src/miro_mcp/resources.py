"""Boards as MCP resources: their list, and each in words and as a picture, read under the same rules as by tools."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError
from pydantic import ValidationError

from .calls import Miro
from .errors import ApiError, CallError
from .guardrails.confirmation import Nobody
from .session import Session
from .settings import Settings
from .text.hidden import visible, visible_value
from .tools.registry import ToolSpec
from .workflows.overview.tool import OVERVIEW, OverviewArguments
from .workflows.view.tool import VIEW, ViewBoard

BOARDS = "miro://boards"
BOARD = f"{BOARDS}/{{board_id}}"

MOST_BOARDS = 50
"""Boards listed: a page of the API's list, in its own order."""

_UNASKED = "The operator has reads confirmed, and nobody is asked for a resource: call the tool instead."

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
        uri=BOARD,
        name="board",
        title="Board in words",
        description="An outline of a board, as miro_board_overview tells it.",
        mime_type="text/plain",
        render=_in_words,
    ),
    BoardResource(
        uri=f"{BOARD}/view.svg",
        name="board_view",
        title="Board as a picture",
        description="A whole board as SVG; each item is a group with data-miro-id.",
        mime_type="image/svg+xml",
        render=_as_svg,
    ),
)
"""Every resource of a board."""


def add_resources(server: MCPServer[Any], miro: Miro, settings: Settings, tools: Mapping[str, ToolSpec]) -> None:
    """Adds them all to a server."""
    session = Session(miro, Nobody(_UNASKED), tools)

    @server.resource(
        BOARDS,
        name="boards",
        title="Boards",
        description="Boards that can be read here, with their ids.",
        mime_type="application/json",
    )
    async def boards() -> str:
        return await _answered(_list_boards(session, settings.allowed_boards))

    for resource in BOARD_RESOURCES:
        _add(server, resource, session)
    del boards


def _add(server: MCPServer[Any], resource: BoardResource, session: Session) -> None:
    @server.resource(
        resource.uri,
        name=resource.name,
        title=resource.title,
        description=resource.description,
        mime_type=resource.mime_type,
    )
    async def read(board_id: str) -> str:
        return await _answered(resource.render(session, board_id))

    del read


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
    return BOARD.format(board_id=board.get("id"))


async def _answered(work: Awaitable[str]) -> str:
    """What the work answers; its failures as the SDK wants them, with their own words."""
    try:
        return await work
    except CallError as error:
        is_missing = isinstance(error, ApiError) and error.status == 404
        raise (ResourceNotFoundError if is_missing else ResourceError)(visible(str(error))) from error
    except ValidationError as error:
        raise ResourceNotFoundError(
            "There is no board with such an id. For example miro://boards/uXjVOD6LSME="
        ) from error
