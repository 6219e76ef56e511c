"""The board in the chat: what hosts with MCP Apps show for `miro_board_view`."""

from __future__ import annotations

from mcp.types import Resource

from ...drawing.web.page import page, web_file
from .tool import APP_URI

EXTENSION = "io.modelcontextprotocol/ui"
"""The identifier of the Apps extension, advertised among the server's capabilities."""

MIME_TYPE = "text/html;profile=mcp-app"
"""Hosts show a page of this type only."""

_NOWHERE = {name: list[str]() for name in ("connectDomains", "resourceDomains", "frameDomains", "baseUriDomains")}

BOARD_APP = Resource(
    uri=APP_URI,
    name="board",
    title="A board",
    description="Shows a board with pan and zoom",
    mime_type=MIME_TYPE,
    _meta={"ui": {"csp": _NOWHERE, "prefersBorder": True}},
)
"""The one page, which needs nothing from anywhere."""


def app_html() -> str:
    scripts = f"(() => {{\n{web_file('viewer.js')}\n{web_file('app.js')}\n}})();"
    return page("A board", '<div class="stage"></div>', scripts, web_file("viewer.css"), "img-src data:")
