"""Workflow tools as the server lists and calls them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from anyio import to_thread
from mcp.types import CallToolResult, ImageContent

from ..calls import Miro
from ..catalogue import READ
from ..catalogue.check import check_arguments
from ..session import Session
from ..tools.ask import Answers, ClientAsker
from ..tools.fit import MOST_TOKENS, cut_to_fit
from ..tools.registry import ToolSpec, published
from ..tools.request import McpResult, ServedTool, ToolRequest
from ..tools.serve import answered, list_tool, success
from .workflow import Outcome, Workflow


def serve_workflow(workflow: Workflow, miro: Miro, answers: Answers, tools: Mapping[str, ToolSpec]) -> ServedTool:
    """The tool of one workflow, which may use `tools`; `answers` as for other tools."""

    async def call(request: ToolRequest) -> McpResult:
        async def work() -> CallToolResult:
            arguments = check_arguments(workflow.arguments, request.given, workflow.name, workflow.name)
            outcome = await workflow.run(arguments, Session(miro, ClientAsker(request, answers), tools))
            most: int = getattr(arguments, "max_tokens", MOST_TOKENS)
            return await to_thread.run_sync(_result_of, outcome, most)

        return await answered(work(), request)

    listed = list_tool(
        name=workflow.name,
        title=workflow.title,
        description=workflow.description,
        schema=published(workflow.arguments),
        read_only=workflow.effect is READ,
        destructive=workflow.destructive,
        repeatable=workflow.repeatable,
        meta=workflow.meta,
    )
    return ServedTool(listed, call)


def _result_of(outcome: Outcome, most: int) -> CallToolResult:
    value = outcome.value and cut_to_fit(outcome.value, most)
    result = success(value, outcome.text)
    return result.model_copy(update={"content": [*result.content, *map(_picture, outcome.pictures)]})


def _picture(png: bytes) -> ImageContent:
    return ImageContent(type="image", data=b64encode(png).decode("ascii"), mime_type="image/png")
