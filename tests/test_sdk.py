"""What this project relies on in the SDK beyond its public promises; a change there has to be noticed here."""

import asyncio
import inspect

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata


def test_a_tool_can_be_made_by_hand_from_these_parts() -> None:
    assert {
        "fn", "name", "title", "description", "parameters", "fn_metadata", "is_async", "context_kwarg", "annotations",
    } <= set(Tool.model_fields)  # fmt: skip
    assert "arg_model" in FuncMetadata.model_fields
    assert issubclass(ArgModelBase, object)
    assert "tools" in inspect.signature(MCPServer.__init__).parameters


def test_arguments_go_through_validate_arguments_alone() -> None:
    class Raw(FuncMetadata):
        def validate_arguments(self, arguments_to_validate: dict[str, object]) -> dict[str, object]:
            return {"given": arguments_to_validate}

    async def echo(given: dict[str, object]) -> str:
        return repr(given)

    tool = Tool(
        fn=echo, name="echo", description="", parameters={}, fn_metadata=Raw(arg_model=ArgModelBase), is_async=True
    )
    server = MCPServer("test", tools=[tool])
    result = asyncio.run(server.call_tool("echo", {"text": "null", "extra": '{"a": 1}'}))
    assert result.content[0].text == repr({"text": "null", "extra": '{"a": 1}'})
