"""What stands behind every tool: the handler of the tools of operations, and what all tools' handlers share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from mcp.types import CallToolResult, TextContent, Tool, ToolAnnotations

from ..calls import Miro
from ..catalogue.schema import Schema
from ..errors import CallError
from ..guardrails.confirmation import Asker
from ..system.aside import aside
from ..system.progress import reporting_to
from ..text.hidden import visible, visible_value
from .additions import CREATE_EXPORT, EXPORT_RESULTS
from .arguments import CheckedCall, check
from .ask import Answers, ClientAsker, InputNeeded
from .beginning import begin_list
from .exports import Requests, export, results
from .fit import cut_to_fit, exceeds
from .logs import LOGS, read_log
from .registry import ToolSpec
from .request import McpResult, ServedTool, ToolRequest
from .results import shape_answer, to_text
from .unseen import note_unseen

Placing = Callable[[CheckedCall], Awaitable[CheckedCall]]
"""Gives a call that makes something near other items its place."""


def serve_operations(spec: ToolSpec, miro: Miro, answers: Answers, place_near: Placing) -> ServedTool:
    """One tool of operations; `answers` are what people said, shared by all tools of a server."""

    exports = Requests()

    async def call(request: ToolRequest) -> McpResult:
        async def work() -> CallToolResult:
            asker = ClientAsker(request, answers)
            checked = await exports.prepared(check(spec, request.given), request.given, miro, asker)
            if checked.near:
                checked = await place_near(checked)
            if checked.dry_run:
                return success(await foresee(checked, miro))
            value = await call_operation(checked, miro, asker, exports)
            return await aside(value, success, value)

        return await answered(work(), request)

    listed = list_tool(
        name=spec.name,
        title=spec.title,
        description=spec.description,
        schema=spec.schema,
        read_only=spec.read_only,
        destructive=spec.destructive,
        repeatable=spec.repeatable,
    )
    return ServedTool(listed, call)


def list_tool(
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
    """What `tools/list` shows of a tool."""
    return Tool(
        name=name,
        title=title,
        description=description,
        input_schema=schema,
        annotations=ToolAnnotations(
            title=title,
            read_only_hint=read_only,
            destructive_hint=destructive,
            idempotent_hint=repeatable,
            open_world_hint=True,
        ),
        _meta=dict(meta) if meta else None,
    )


async def answered(work: Coroutine[Any, Any, CallToolResult], request: ToolRequest) -> McpResult:
    """What came of a call, its failures in words; while it works it may report to the client, or ask its person."""
    try:
        with reporting_to(request.context.session.report_progress):
            return await work
    except InputNeeded as needed:
        return needed.result
    except CallError as error:
        return failure(visible(str(error)))


async def call_operation(call: CheckedCall, miro: Miro, asker: Asker, exports: Requests) -> dict[str, Any]:
    if call.operation.id in LOGS:
        return await read_log(call, miro, asker)
    if call.operation.id == CREATE_EXPORT:
        return await export(call, miro, asker, exports)
    if call.operation.id == EXPORT_RESULTS:
        return cut_to_fit(await results(call, miro, asker), call.max_tokens)
    answer = await miro.call(call.operation, call.arguments, asker, call.max_items)
    shape = partial(shape_answer, fields=fields_of(call), verbose=call.verbose, tells_when=call.operation.tells_when)
    value = await aside(answer.body, shape, answer)
    if await aside(value, exceeds, value, call.max_tokens):
        value = await begin_list(call, value, miro, asker) or await aside(value, cut_to_fit, value, call.max_tokens)
    note = note_unseen(call.arguments, answer.body)
    return value | ({"note": note} if note else {})


def fields_of(call: CheckedCall) -> tuple[str, ...]:
    """The fields that were asked for; of a change whose answer is long, what it tells and what was given."""
    given = call.arguments.model_fields_set - {"data", *call.operation.path_arguments}
    return call.fields or (call.operation.tells and (*call.operation.tells, *sorted(given)))


async def foresee(call: CheckedCall, miro: Miro) -> dict[str, Any]:
    """What a call would send and do."""
    operation = call.operation
    (foreseen,), _ = await miro.preview([(operation, call.arguments)])
    return {"dry_run": True, "sent": False, "would": operation.summary, "effect": str(operation.effect), **foreseen}


def success(value: dict[str, Any] | None, text: str | None = None) -> CallToolResult:
    """A result: the value as JSON, and a text of its own.

    All of it is content: where there is structured content, several clients show a model nothing else.
    """
    told = [to_text(visible_value(value))] if value is not None else []
    told += [visible(text)] if text is not None else []
    return CallToolResult(content=[TextContent(type="text", text=one) for one in told])


def failure(text: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
