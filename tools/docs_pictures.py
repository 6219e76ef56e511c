"""Draws the texts of a folder of docs on the sandbox, through MCP, and keeps each picture beside its text."""

from __future__ import annotations

import json
import tempfile
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from mcp import Client
from mcp.types import ImageContent

from miro_mcp.server import build_server
from miro_mcp.settings import Settings

DOCS = Path(__file__).parent.parent / "docs"


async def draw_texts(
    folder: Path, suffix: str, names: Sequence[str], tool: str, given: Callable[[str], dict[str, Any]], **settings: str
) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Draws the named texts, or all; each name with what the tool answered. `given` makes its arguments of a text."""
    sources = [folder / f"{name}{suffix}" for name in names] or sorted(folder.glob(f"*{suffix}"))
    with tempfile.TemporaryDirectory() as place:
        environment = {"MIRO_SANDBOX": f"{place}/sandbox.db", "MIRO_AUDIT_LOG": f"{place}/audit.jsonl", **settings}
        async with Client(build_server(Settings.from_environment(environment))) as client:
            for source in sources:
                made = await client.call_tool("miro_boards_write", {"operation": "create", "name": source.stem})
                board_id = json.loads(made.content[0].text)["id"]
                result = await client.call_tool(tool, {"board_id": board_id, **given(source.read_text("utf-8"))})
                pictures = [block for block in result.content if isinstance(block, ImageContent)]
                if result.is_error or not pictures:
                    raise SystemExit(f"{source.name}: {result.content[0]}")
                source.with_suffix(".png").write_bytes(b64decode(pictures[0].data))
                yield source.stem, json.loads(result.content[0].text)
