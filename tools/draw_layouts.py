"""Draws the boards in docs/layouts on the sandbox, through MCP, and keeps the pictures beside their texts.

python tools/draw_layouts.py [NAME …]
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from base64 import b64decode
from pathlib import Path

from mcp import Client
from mcp.types import ImageContent

from miro_mcp.server import build_server
from miro_mcp.settings import Settings

FOLDER = Path(__file__).parent.parent / "docs" / "layouts"


async def draw(names: list[str]) -> None:
    sources = [FOLDER / f"{name}.html" for name in names] or sorted(FOLDER.glob("*.html"))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment(
            {"MIRO_SANDBOX": f"{folder}/sandbox.db", "MIRO_AUDIT_LOG": f"{folder}/audit.jsonl"}
        )
        async with Client(build_server(settings)) as client:
            for source in sources:
                made = await client.call_tool("miro_boards_write", {"operation": "create", "name": source.stem})
                given = {"board_id": json.loads(made.content[0].text)["id"], "html": source.read_text("utf-8")}
                result = await client.call_tool("miro_layout_write", given)
                pictures = [block for block in result.content if isinstance(block, ImageContent)]
                if result.is_error or not pictures:
                    raise SystemExit(f"{source.name}: {result.content[0]}")
                source.with_suffix(".png").write_bytes(b64decode(pictures[0].data))
                told = json.loads(result.content[0].text)
                print(source.stem, *told["findings"], *told["notes"])


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
