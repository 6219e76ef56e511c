"""Tools as the SDK wants them, and the handler that stands behind every tool of operations."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations

from ..calls import Miro
from ..catalogue.schema import Schema
from ..errors import CallError
from ..guardrails.confirmation import Asker
from ..system.progress import reporting_to
from ..text.hidden import visible, visible_value
from .arguments import CheckedCall, check
from .ask import ClientAsker, InputNeeded
from .registry import ToolSpec
from .results import shape, to_text

Answer = CallToolResult | InputRequiredResult


class AnyArguments(ArgModelBase):
    """Stands for arguments that are checked by the operation's own model, not by the SDK."""


class RawArguments(FuncMetadata):
    """Hands the arguments over as they came: the SDK's own parsing would rewrite text and drop unknown names."""

    def validate_arguments(self, arguments_to_validate: dict[str, Any]) -> dict[str, Any]:
        return {"given": arguments_to_validate}


def as_tool(spec: ToolSpec, miro: Miro, used: set[str]) -> Tool:
    """One tool; `used` holds the confirmations acted on, shared by all tools of a server."""
    return sdk_tool(
        partial(_handle, spec, miro, used),
        name=spec.name,
        title=spec.title,
        description=spec.description,
        schema=spec.schema,
        read_only=spec.read_only,
        destructive=spec.destructive,
        repeatable=spec.repeatable,
    )


def sdk_tool(
    handle: Callable[..., Coroutine[Any, Any, Answer]],
    *,
    name: str,
    title: str,
    description: str,
    schema: Schema,
    read_only: bool,
    destructive: bool,
    repeatable: bool,
    meta: Mapping[str, Any] | None = None,
) -> Tool:
    """A tool whose `handle` gets what was given as it came, and the context of the call."""
    return Tool(
        fn=handle,
        name=name,
        title=title,
        description=description,
        parameters=schema,
        fn_metadata=RawArguments(arg_model=AnyArguments),
        is_async=True,
        context_kwarg="context",
        annotations=ToolAnnotations(
            title=title,
            read_only_hint=read_only,
            destructive_hint=destructive,
            idempotent_hint=repeatable,
            open_world_hint=True,
        ),
        meta=dict(meta) if meta else None,
    )


async def _handle(
    spec: ToolSpec, miro: Miro, used: set[str], *, given: dict[str, Any], context: Context[Any, Any]
) -> Answer:
    async def call() -> CallToolResult:
        checked = check(spec, given)
        if checked.dry_run:
            return success(await preview(checked, miro))
        return success(await carry_out(checked, miro, ClientAsker(context, used)))

    return await answered(call(), context)


async def answered(work: Coroutine[Any, Any, CallToolResult], context: Context[Any, Any]) -> Answer:
    """What came of a call, its failures in words; while it works it may report to the client, or ask its person."""
    try:
        with reporting_to(context.report_progress):
            return await work
    except InputNeeded as needed:
        return needed.result
    except CallError as error:
        return CallToolResult(content=[TextContent(type="text", text=visible(str(error)))], is_error=True)


async def carry_out(call: CheckedCall, miro: Miro, asker: Asker) -> dict[str, Any]:
    answer = await miro.call(call.operation, call.arguments, asker, call.max_items)
    return shape(answer, fields=call.fields, verbose=call.verbose)


async def preview(call: CheckedCall, miro: Miro) -> dict[str, Any]:
    """What a call would send and do."""
    operation = call.operation
    foreseen = await miro.preview(operation, call.arguments)
    return {"dry_run": True, "sent": False, "would": operation.summary, "effect": str(operation.effect), **foreseen}


def success(value: dict[str, Any], text: str | None = None) -> CallToolResult:
    """A result; its text is the value as JSON unless there is another."""
    value = visible_value(value)
    told = to_text(value) if text is None else visible(text)
    return CallToolResult(content=[TextContent(type="text", text=told)], structured_content=value)
