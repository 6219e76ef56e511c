"""The board in the chat: what hosts with MCP Apps show for `miro_board_view`."""

from __future__ import annotations

from mcp.server.apps import Apps, ResourceCsp

from ...drawing.web.page import page, part
from .tool import APP_URI


def board_app() -> Apps:
    """The extension with its one page, which needs nothing from anywhere."""
    apps = Apps()
    apps.add_html_resource(
        APP_URI,
        app_html(),
        name="board",
        title="A board",
        description="Shows a board with pan and zoom",
        csp=ResourceCsp(connect_domains=[], resource_domains=[], frame_domains=[], base_uri_domains=[]),
        prefers_border=True,
    )
    return apps


def app_html() -> str:
    scripts = f"(() => {{\n{part('viewer.js')}\n{part('app.js')}\n}})();"
    return page("A board", '<div class="stage"></div>', scripts, part("viewer.css"), "img-src data:")
