"""The parts of README.md that follow from the code, between the marks that name them."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator

import bpe_openai
from mcp.types import Tool

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.catalogue.corrections import UNDESCRIBED
from miro_mcp.guardrails.policy import Policy
from miro_mcp.server import build_server
from miro_mcp.settings import Settings
from miro_mcp.tools.registry import build_tools

from .tables import row, table_head
from .toolsets import PURPOSES


def toolsets() -> Iterator[str]:
    yield from table_head("Toolset", "Tools", "Operations", "Tokens", "For")
    for name, purpose in (PURPOSES | {"all": "all but `unlisted`; `all,unlisted` takes both"}).items():
        tools = listed(name)
        count = sum(len(spec.operations) for spec in build_tools(Policy(settings(name))))
        yield row(f"`{name}`", str(len(tools)), str(count), f"{round(tokens(tools), -2):,}", purpose)


def listed(toolsets: str) -> list[Tool]:
    entry = build_server(settings(toolsets)).get_request_handler("tools/list")
    assert entry is not None
    return asyncio.run(entry.handler(None, None)).tools  # pyright: ignore


def settings(toolsets: str) -> Settings:
    return Settings.from_environment({"MIRO_TOOLSETS": toolsets})


def tokens(tools: list[Tool]) -> int:
    """What a model reads to know these tools: o200k_base over each tool's name, description and input schema."""
    encoding = bpe_openai.get_encoding("o200k_base")
    shown = ({"name": one.name, "description": one.description, "inputSchema": one.input_schema} for one in tools)
    return sum(len(encoding.encode(json.dumps(tool, separators=(",", ":")))) for tool in shown)


PARTS: dict[str, Callable[[], Iterator[str]]] = {"toolsets": toolsets}


def with_parts(text: str) -> str:
    """The text with what stands between each pair of marks written anew.

    Raises:
        ValueError: a pair of marks is missing.
    """
    for name, lines in PARTS.items():
        marks = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not marks.search(text):
            raise ValueError(f"README.md lacks the marks of {name}.")
        written = "\n".join(lines()) + "\n"
        text = marks.sub(lambda found: f"{found[1]}{written}{found[2]}", text)  # noqa: B023
    return re.sub(r"\b\d+ operations\b", f"{len(OPERATIONS) - len(UNDESCRIBED)} operations", text)
