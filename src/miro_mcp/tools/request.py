"""One tool call as the SDK hands it on, and a tool as the server lists and calls it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp.server import ServerRequestContext
from mcp.types import CallToolRequestParams, CallToolResult, InputRequiredResult, Tool

Context = ServerRequestContext[Any, Any]
McpResult = CallToolResult | InputRequiredResult


@dataclass(frozen=True)
class ToolRequest:
    """What the client sent, and the connection that it came by."""

    context: Context
    params: CallToolRequestParams

    @property
    def given(self) -> Mapping[str, Any]:
        """The arguments as they came."""
        return self.params.arguments or {}


@dataclass(frozen=True)
class ServedTool:
    """A tool: what `tools/list` shows of it, and what carries a call out."""

    listed: Tool
    call: Callable[[ToolRequest], Awaitable[McpResult]]
