"""Draws the boards in docs/layouts on the sandbox, through MCP, and keeps the pictures beside their texts.

python tools/draw_layouts.py [NAME …]
"""

from __future__ import annotations

import asyncio
import sys

from docs_pictures import DOCS, draw_texts


async def draw(names: list[str]) -> None:
    drawn = draw_texts(DOCS / "layouts", ".html", names, "miro_layout_write", lambda text: {"html": text})
    async for name, told in drawn:
        print(name, *told["findings"], *told["notes"])


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
