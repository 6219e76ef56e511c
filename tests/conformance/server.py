"""The real server with the tools, prompts and resources that the official conformance suite calls by name.

Takes the options of `miro-mcp serve`. What the suite sees is the server as it is served, with its own transport checks,
middleware and handlers; the fixtures below are added to what it offers and are no part of the product.
"""

import asyncio
import base64
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from mcp import types as t
from mcp.server import Server, ServerRequestContext
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.mcpserver.prompts.base import UserMessage
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, Field

from miro_mcp import cli, serving
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360f8cfc0500f000485018084a98c210000000049454e44ae426082"
    )
).decode()
SILENCE = base64.b64encode(
    bytes.fromhex("524946462400000057415645666d74201000000001000100401f0000803e0000020010006461746100000000")
).decode()
IMAGE = t.ImageContent(type="image", data=PIXEL, mime_type="image/png")


def form(message: str, **properties: dict[str, Any]) -> t.ElicitRequest:
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    return t.ElicitRequest(params=t.ElicitRequestFormParams(message=message, requested_schema=schema))


def sampling(text: str) -> t.CreateMessageRequest:
    message = t.SamplingMessage(role="user", content=t.TextContent(type="text", text=text))
    return t.CreateMessageRequest(params=t.CreateMessageRequestParams(messages=[message], max_tokens=100))


def embedded(uri: str, text: str, mime_type: str = "text/plain") -> t.EmbeddedResource:
    return t.EmbeddedResource(type="resource", resource=t.TextResourceContents(uri=uri, mime_type=mime_type, text=text))


class Reply(BaseModel):
    response: str


class Defaults(BaseModel):
    name: str = "John Doe"
    age: int = 30
    score: float = 95.5
    status: str = Field(default="active", json_schema_extra={"enum": ["active", "inactive", "pending"]})
    verified: bool = True


def _titled(*titles: str) -> list[dict[str, str]]:
    return [{"const": title.split()[0].lower(), "title": title} for title in titles]


class Choices(BaseModel):
    untitledSingle: str = Field(json_schema_extra={"enum": ["option1", "option2", "option3"]})
    titledSingle: str = Field(json_schema_extra={"oneOf": _titled("First", "Second", "Third")})
    legacyEnum: str = Field(json_schema_extra={"enum": ["opt1", "opt2"], "enumNames": ["One", "Two"]})
    untitledMulti: list[str] = Field(json_schema_extra={"items": {"type": "string", "enum": ["a", "b", "c"]}})
    titledMulti: list[str] = Field(json_schema_extra={"items": {"anyOf": _titled("First", "Second", "Third")}})


async def test_simple_text() -> str:
    return "Simple text."


async def test_image_content() -> list[t.ImageContent]:
    return [IMAGE]


async def test_audio_content() -> list[t.AudioContent]:
    return [t.AudioContent(type="audio", data=SILENCE, mime_type="audio/wav")]


async def test_embedded_resource() -> list[t.EmbeddedResource]:
    return [embedded("test://embedded-resource", "Embedded text.")]


async def test_multiple_content_types() -> list[t.TextContent | t.ImageContent | t.EmbeddedResource]:
    mixed = embedded("test://mixed-content-resource", '{"value": 1}', "application/json")
    return [t.TextContent(type="text", text="Several kinds:"), IMAGE, mixed]


async def test_error_handling() -> str:
    raise RuntimeError("meant to fail")


async def test_tool_with_logging(context: Context[Any, Any]) -> str:
    for step in ("started", "at work", "done"):
        await context.info(step)
        await asyncio.sleep(0.05)
    return "Logged."


async def test_logging_tool(context: Context[Any, Any]) -> str:
    await context.info("only for a client that asked for logs")
    return "Logged."


async def test_tool_with_progress(context: Context[Any, Any]) -> str:
    for progress in (0, 50, 100):
        await context.report_progress(progress, 100)
        await asyncio.sleep(0.05)
    return "Reported."


async def test_sampling(prompt: str, context: Context[Any, Any]) -> str:
    request = sampling(prompt).params
    result = await context.session.create_message(
        messages=request.messages, max_tokens=request.max_tokens, related_request_id=context.request_id
    )
    return f"Sampled: {result.content}"


async def test_elicitation(message: str, context: Context[Any, Any]) -> str:
    return f"Answered: {await context.elicit(message, Reply)}"


async def test_elicitation_sep1034_defaults(context: Context[Any, Any]) -> str:
    return f"Answered: {await context.elicit('Defaults of every kind', Defaults)}"


async def test_elicitation_sep1330_enums(context: Context[Any, Any]) -> str:
    return f"Answered: {await context.elicit('Choices of every kind', Choices)}"


async def test_streaming_elicitation(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    return await test_input_required_result_elicitation(context)


async def test_missing_capability(context: Context[Any, Any]) -> str:
    capabilities = context.client_capabilities
    if capabilities is None or capabilities.sampling is None:
        raise MCPError(
            code=t.MISSING_REQUIRED_CLIENT_CAPABILITY,
            message="sampling",
            data={"requiredCapabilities": {"sampling": {}}},
        )
    return "There it is."


async def test_trigger_tool_change(context: Context[Any, Any]) -> str:
    await context.notify_tools_changed()
    return "Told."


async def test_trigger_prompt_change(context: Context[Any, Any]) -> str:
    await context.notify_prompts_changed()
    return "Told."


NAME = {"user_name": form("What is your name?", name={"type": "string"})}
CONFIRM = {"confirm": form("Please confirm", ok={"type": "boolean"})}
ROOTS = {"client_roots": t.ListRootsRequest()}


async def test_input_required_result_elicitation(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    answer = (context.input_responses or {}).get("user_name")
    if not isinstance(answer, t.ElicitResult) or not (answer.content or {}).get("name"):
        return t.InputRequiredResult(input_requests=dict(NAME))
    return f"Hello, {(answer.content or {})['name']}!"


async def test_input_required_result_sampling(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    answer = (context.input_responses or {}).get("capital_question")
    if answer is None:
        return t.InputRequiredResult(input_requests={"capital_question": sampling("What is the capital of France?")})
    return f"Sampled: {answer}"


async def test_input_required_result_list_roots(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    answer = (context.input_responses or {}).get("client_roots")
    return f"Roots: {answer}" if answer else t.InputRequiredResult(input_requests=dict(ROOTS))


async def test_input_required_result_request_state(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    if not context.input_responses:
        return t.InputRequiredResult(input_requests=dict(CONFIRM), request_state="asked")
    return "state-ok" if context.request_state == "asked" else "another state"


async def test_input_required_result_tampered_state(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    return await test_input_required_result_request_state(context)


async def test_input_required_result_multiple_inputs(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    requests = {**NAME, "greeting": sampling("Generate a greeting"), **ROOTS}
    if set(context.input_responses or {}) != set(requests):
        return t.InputRequiredResult(input_requests=requests, request_state="asked")
    return "All three answered."


async def test_input_required_result_multi_round(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    match context.request_state:
        case None:
            step = form("Step 1: What is your name?", name={"type": "string"})
            return t.InputRequiredResult(input_requests={"step1": step}, request_state="first")
        case "first":
            step = form("Step 2: What is your favorite color?", color={"type": "string"})
            return t.InputRequiredResult(input_requests={"step2": step}, request_state="second")
        case _:
            return "Both answered."


async def test_input_required_result_capabilities(context: Context[Any, Any]) -> str | t.InputRequiredResult:
    capabilities = context.client_capabilities
    asked: dict[str, Any] = {}
    if capabilities and capabilities.sampling is not None:
        asked["greeting"] = sampling("Generate a greeting")
    if capabilities and capabilities.elicitation is not None:
        asked |= NAME
    return t.InputRequiredResult(input_requests=asked) if asked else "Nothing can be asked."


TOOLS = (
    test_simple_text,
    test_image_content,
    test_audio_content,
    test_embedded_resource,
    test_multiple_content_types,
    test_error_handling,
    test_tool_with_logging,
    test_logging_tool,
    test_tool_with_progress,
    test_sampling,
    test_elicitation,
    test_elicitation_sep1034_defaults,
    test_elicitation_sep1330_enums,
    test_streaming_elicitation,
    test_missing_capability,
    test_trigger_tool_change,
    test_trigger_prompt_change,
    test_input_required_result_elicitation,
    test_input_required_result_sampling,
    test_input_required_result_list_roots,
    test_input_required_result_request_state,
    test_input_required_result_tampered_state,
    test_input_required_result_multiple_inputs,
    test_input_required_result_multi_round,
    test_input_required_result_capabilities,
)


def add_prompts(server: MCPServer[Any]) -> None:
    @server.prompt(description="Fixture")
    def test_simple_prompt() -> str:
        return "A simple prompt."

    @server.prompt(description="Fixture")
    def test_prompt_with_arguments(arg1: str, arg2: str) -> str:
        return f"Prompt with {arg1} and {arg2}."

    @server.prompt(description="Fixture")
    def test_prompt_with_embedded_resource(resourceUri: str) -> list[UserMessage]:
        return [UserMessage(embedded(resourceUri, "Embedded text.")), UserMessage("Read it.")]

    @server.prompt(description="Fixture")
    def test_prompt_with_image() -> list[UserMessage]:
        return [UserMessage(IMAGE), UserMessage("Look at it.")]

    @server.prompt(description="Fixture")
    async def test_input_required_result_prompt(context: Context[Any, Any]) -> str | t.InputRequiredResult:
        if not context.input_responses:
            question = form("What context should the prompt use?", context={"type": "string"})
            return t.InputRequiredResult(input_requests={"user_context": question})
        return f"With {context.input_responses}."


def add_resources(server: MCPServer[Any]) -> None:
    @server.resource("test://static-text", mime_type="text/plain")
    def static_text() -> str:
        return "Static text."

    @server.resource("test://static-binary", mime_type="image/png")
    def static_binary() -> bytes:
        return base64.b64decode(PIXEL)

    @server.resource("test://template/{id}/data", mime_type="application/json")
    def template(id: str) -> str:
        return f'{{"id": "{id}", "templateTest": true, "data": "Data for ID: {id}"}}'

    @server.resource("test://watched-resource", mime_type="text/plain")
    def watched() -> str:
        return "Watched."


def fixtures() -> MCPServer[Any]:
    server = MCPServer[Any]("fixtures")
    for tool in TOOLS:
        server.add_tool(tool, description=tool.__name__)
    add_prompts(server)
    add_resources(server)
    return server


def build_with_fixtures(settings: Settings) -> Server[Any]:
    """The real server; what carries a fixture's name is answered by the fixtures."""
    server, added = build_server(settings), fixtures()
    bus = InMemorySubscriptionBus()

    def real(method: str) -> Callable[..., Awaitable[Any]]:
        entry = server.get_request_handler(method)
        assert entry is not None
        return entry.handler

    calls, gets, reads = real("tools/call"), real("prompts/get"), real("resources/read")
    tools, prompts, resources, templates = map(
        real, ("tools/list", "prompts/list", "resources/list", "resources/templates/list")
    )

    def context_of(context: ServerRequestContext[Any, Any], params: Any) -> Context[Any, Any]:
        return Context(request_context=context, mcp_server=added, input_params=params, subscriptions=bus)

    async def list_tools(context: ServerRequestContext[Any, Any], params: Any) -> t.ListToolsResult:
        return t.ListToolsResult(tools=[*(await tools(context, params)).tools, *await added.list_tools()])

    async def call_tool(context: ServerRequestContext[Any, Any], params: t.CallToolRequestParams) -> Any:
        if params.name not in {tool.__name__ for tool in TOOLS}:
            return await calls(context, params)
        try:
            return await added.call_tool(params.name, params.arguments or {}, context_of(context, params))
        except ToolError as error:
            return t.CallToolResult(content=[t.TextContent(type="text", text=str(error))], is_error=True)

    async def list_prompts(context: ServerRequestContext[Any, Any], params: Any) -> t.ListPromptsResult:
        return t.ListPromptsResult(prompts=[*(await prompts(context, params)).prompts, *await added.list_prompts()])

    async def get_prompt(context: ServerRequestContext[Any, Any], params: t.GetPromptRequestParams) -> Any:
        if not params.name.startswith("test_"):
            return await gets(context, params)
        return await added.get_prompt(params.name, params.arguments, context_of(context, params))

    async def list_resources(context: ServerRequestContext[Any, Any], params: Any) -> t.ListResourcesResult:
        listed = (await resources(context, params)).resources
        return t.ListResourcesResult(resources=[*listed, *await added.list_resources()])

    async def list_templates(context: ServerRequestContext[Any, Any], params: Any) -> t.ListResourceTemplatesResult:
        listed = (await templates(context, params)).resource_templates
        return t.ListResourceTemplatesResult(resource_templates=[*listed, *await added.list_resource_templates()])

    async def read_resource(context: ServerRequestContext[Any, Any], params: t.ReadResourceRequestParams) -> Any:
        uri = str(params.uri)
        if not uri.startswith("test://"):
            return await reads(context, params)
        try:
            found = await added.read_resource(uri, context_of(context, params))
        except ResourceNotFoundError:
            return await reads(context, params)
        contents: list[Any] = []
        for one in found:
            given: dict[str, Any] = {"uri": uri, "mime_type": one.mime_type}
            contents.append(
                t.TextResourceContents(**given, text=one.content)
                if isinstance(one.content, str)
                else t.BlobResourceContents(**given, blob=base64.b64encode(one.content).decode())
            )
        return t.ReadResourceResult(contents=contents)

    server.add_request_handler("tools/list", t.PaginatedRequestParams, list_tools)
    server.add_request_handler("tools/call", t.CallToolRequestParams, call_tool)
    server.add_request_handler("prompts/list", t.PaginatedRequestParams, list_prompts)
    server.add_request_handler("prompts/get", t.GetPromptRequestParams, get_prompt)
    server.add_request_handler("resources/list", t.PaginatedRequestParams, list_resources)
    server.add_request_handler("resources/templates/list", t.PaginatedRequestParams, list_templates)
    server.add_request_handler("resources/read", t.ReadResourceRequestParams, read_resource)
    server.add_request_handler("subscriptions/listen", t.SubscriptionsListenRequestParams, ListenHandler(bus))
    return server


if __name__ == "__main__":
    serving.build_server = build_with_fixtures
    sys.exit(cli.main(["serve", *sys.argv[1:]]))
