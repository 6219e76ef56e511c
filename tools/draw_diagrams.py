"""Draws the diagrams in docs/diagrams on the sandbox, through MCP, and keeps the pictures beside their sources.

python tools/draw_diagrams.py [NAME …]
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from docs_pictures import DOCS, draw_texts


def given(mermaid: str) -> dict[str, Any]:
    how = "as_mind_map" if mermaid.startswith("mindmap") else "framed"
    return {"mermaid": mermaid, how: True}


async def draw(names: list[str]) -> None:
    toolsets = "default,experimental"
    drawn = draw_texts(DOCS / "diagrams", ".mmd", names, "miro_diagram_write", given, MIRO_TOOLSETS=toolsets)
    async for name, _ in drawn:
        print(name)


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1:]))
