"""Workflow tools as the SDK wants them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, ImageContent

from ..calls import Miro
from ..catalogue import READ
from ..catalogue.check import check_arguments
from ..session import Session
from ..tools.ask import ClientAsker
from ..tools.registry import ToolSpec, published
from ..tools.serve import Answer, answered, sdk_tool, success
from .workflow import Workflow


def as_workflow_tool(workflow: Workflow, miro: Miro, used: set[str], tools: Mapping[str, ToolSpec]) -> Tool:
    """The tool of one workflow, which may use `tools`; `used` holds the confirmations acted on, as for other tools."""
    return sdk_tool(
        partial(_handle, workflow, miro, used, tools),
        name=workflow.name,
        title=workflow.title,
        description=workflow.description,
        schema=published(workflow.arguments),
        read_only=workflow.effect is READ,
        destructive=workflow.destructive,
        repeatable=workflow.repeatable,
        meta=workflow.meta,
    )


async def _handle(
    workflow: Workflow,
    miro: Miro,
    used: set[str],
    tools: Mapping[str, ToolSpec],
    *,
    given: dict[str, Any],
    context: Context[Any, Any],
) -> Answer:
    async def run() -> CallToolResult:
        arguments = check_arguments(workflow.arguments, given, workflow.name, workflow.name)
        outcome = await workflow.run(arguments, Session(miro, ClientAsker(context, used), tools))
        result = success(outcome.value, outcome.text)
        return result.model_copy(update={"content": [*result.content, *map(_picture, outcome.pictures)]})

    return await answered(run(), context)


def _picture(png: bytes) -> ImageContent:
    return ImageContent(type="image", data=b64encode(png).decode("ascii"), mime_type="image/png")
