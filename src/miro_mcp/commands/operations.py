"""`miro-mcp operations`."""

from __future__ import annotations

import argparse
import json

from ..catalogue import GROUPS
from ..catalogue.operation import UNLISTED
from ..settings import Settings


def run(options: argparse.Namespace) -> int:
    toolsets = Settings.from_environment().toolsets
    rows = [
        {
            "operation_id": operation.id,
            "group": group.name,
            "tool": group.tool_of(operation),
            "operation": operation.name,
            "method": operation.method,
            "path": operation.path,
            "effect": str(operation.effect),
            "risk": operation.risk,
            "toolset": group.toolset,
            "scopes": list(operation.scopes),
            "level": operation.level,
        }
        for group in GROUPS
        if group.toolset != UNLISTED or UNLISTED in toolsets
        for operation in group.operations
    ]
    if options.json:
        print(json.dumps(rows, indent=1))
        return 0
    columns = ("operation_id", "tool", "operation", "effect", "risk", "toolset")
    widths = [max(len(column), *(len(str(row[column])) for row in rows)) for column in columns]
    for row in [dict(zip(columns, columns, strict=True)), *rows]:
        cells = (str(row[column]).ljust(width) for column, width in zip(columns, widths, strict=True))
        print("  ".join(cells).rstrip())
    return 0
