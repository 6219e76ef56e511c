"""Tools as the SDK wants them, and the handler that stands behind every one."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp.types import CallToolResult, ImageContent, InputRequiredResult, TextContent, ToolAnnotations

from ..calls import Miro
from ..catalogue import READ
from ..client.errors import CallError
from ..guardrails.confirmation import Asker
from ..marking import visible, visible_value
from ..progress import reporting_to
from ..workflows.workflow import Session, Workflow
from .arguments import CheckedCall, check, check_workflow
from .asking import ClientAsker, InputNeeded
from .registry import ToolSpec, published
from .results import shape, to_text


class AnyArguments(ArgModelBase):
    """Stands for arguments that are checked by the operation's own model, not by the SDK."""


class RawArguments(FuncMetadata):
    """Hands the arguments over as they came: the SDK's own parsing would rewrite text and drop unknown names."""

    def validate_arguments(self, arguments_to_validate: dict[str, Any]) -> dict[str, Any]:
        return {"given": arguments_to_validate}


def as_tool(spec: ToolSpec, miro: Miro, used: set[str]) -> Tool:
    """One tool; `used` holds the confirmations acted on, shared by all tools of a server."""
    return Tool(
        fn=partial(_handle, spec, miro, used),
        name=spec.name,
        title=spec.title,
        description=spec.description,
        parameters=spec.schema,
        fn_metadata=RawArguments(arg_model=AnyArguments),
        is_async=True,
        context_kwarg="context",
        annotations=ToolAnnotations(
            title=spec.title,
            read_only_hint=spec.read_only,
            destructive_hint=spec.destructive,
            idempotent_hint=spec.repeatable,
            open_world_hint=True,
        ),
    )


def as_workflow_tool(workflow: Workflow, miro: Miro, used: set[str], tools: Mapping[str, ToolSpec]) -> Tool:
    """The tool of one workflow, which may use `tools`."""
    return Tool(
        fn=partial(_handle_workflow, workflow, miro, used, tools),
        name=workflow.name,
        title=workflow.title,
        description=workflow.description,
        parameters=published(workflow.arguments),
        fn_metadata=RawArguments(arg_model=AnyArguments),
        is_async=True,
        context_kwarg="context",
        annotations=ToolAnnotations(
            title=workflow.title,
            read_only_hint=workflow.effect is READ,
            destructive_hint=workflow.destructive,
            idempotent_hint=workflow.repeatable,
            open_world_hint=True,
        ),
        meta=dict(workflow.meta) or None,
    )


async def _handle_workflow(
    workflow: Workflow,
    miro: Miro,
    used: set[str],
    tools: Mapping[str, ToolSpec],
    *,
    given: dict[str, Any],
    context: Context[Any, Any],
) -> CallToolResult | InputRequiredResult:
    try:
        arguments = check_workflow(workflow, given)
        with reporting_to(context.report_progress):
            outcome = await workflow.run(arguments, Session(miro, ClientAsker(context, used), tools))
    except InputNeeded as needed:
        return needed.result
    except CallError as error:
        return _failure(error)
    result = _success(outcome.value, outcome.text)
    return result.model_copy(update={"content": [*result.content, *map(_picture, outcome.pictures)]})


async def _handle(
    spec: ToolSpec, miro: Miro, used: set[str], *, given: dict[str, Any], context: Context[Any, Any]
) -> CallToolResult | InputRequiredResult:
    try:
        call = check(spec, given)
        with reporting_to(context.report_progress):
            if call.dry_run:
                return _success(await preview(call, miro))
            return _success(await carry_out(call, miro, ClientAsker(context, used)))
    except InputNeeded as needed:
        return needed.result
    except CallError as error:
        return _failure(error)


async def carry_out(call: CheckedCall, miro: Miro, asker: Asker) -> dict[str, Any]:
    answer = await miro.call(call.operation, call.arguments, asker, call.max_items)
    return shape(answer, fields=call.fields, verbose=call.verbose)


async def preview(call: CheckedCall, miro: Miro) -> dict[str, Any]:
    """What a call would send and do."""
    operation = call.operation
    foreseen = await miro.preview(operation, call.arguments)
    return {"dry_run": True, "sent": False, "would": operation.summary, "effect": str(operation.effect), **foreseen}


def _success(value: dict[str, Any], text: str | None = None) -> CallToolResult:
    value = visible_value(value)
    told = to_text(value) if text is None else visible(text)
    return CallToolResult(content=[TextContent(type="text", text=told)], structured_content=value)


def _picture(png: bytes) -> ImageContent:
    return ImageContent(type="image", data=b64encode(png).decode("ascii"), mime_type="image/png")


def _failure(error: CallError) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=visible(str(error)))], is_error=True)
