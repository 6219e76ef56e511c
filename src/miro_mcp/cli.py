"""The command line: serve, operations, demo."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

from . import __version__

OPTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "--sandbox",
        "MIRO_SANDBOX",
        {"nargs": "?", "const": "1", "metavar": "PATH", "help": "run on the embedded sandbox, kept in PATH"},
    ),
    ("--toolsets", "MIRO_TOOLSETS", {"metavar": "NAMES", "help": "default, all, or a comma list of toolsets"}),
    ("--read-only", "MIRO_READ_ONLY", {"action": "store_const", "const": "1", "help": "expose reads alone"}),
    ("--upload-roots", "MIRO_UPLOAD_ROOTS", {"metavar": "FOLDERS", "help": "folders that uploads may come from"}),
    ("--http", "MIRO_HTTP", {"metavar": "HOST:PORT", "help": "serve Streamable HTTP there instead of stdio"}),
    ("--http-hosts", "MIRO_HTTP_HOSTS", {"metavar": "NAMES", "help": "names that HTTP clients reach it by"}),
    ("--log-level", "MIRO_LOG_LEVEL", {"metavar": "LEVEL", "help": "what goes to stderr: DEBUG to CRITICAL"}),
)
"""Options of `serve`: the option, the environment variable it stands for, and how it is parsed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0 when it succeeded."""
    options = _parser().parse_args(arguments)
    match options.command:
        case "operations":
            return _operations(as_json=options.json)
        case "demo":
            return _demo()
        case _:
            return _serve(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="miro-mcp", description="Miro's REST API as MCP tools.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve MCP over stdio or HTTP (without a command: over stdio)")
    for target in (parser, serve):
        for option, variable, how in OPTIONS:
            target.add_argument(option, dest=variable, default=argparse.SUPPRESS, **_named(how, variable))
    operations = commands.add_parser("operations", help="list every operation and the tool it is in")
    operations.add_argument("--json", action="store_true", help="as JSON")
    commands.add_parser("demo", help="run the main job on a fresh sandbox and show each call")
    return parser


def _named(how: dict[str, Any], variable: str) -> dict[str, Any]:
    return how | {"help": f"{how['help']} ({variable})"}


def _serve(options: argparse.Namespace) -> int:
    given = {variable: value for _, variable, _ in OPTIONS if (value := getattr(options, variable, None)) is not None}
    if given.get("MIRO_SANDBOX") == "1" and os.sep in os.environ.get("MIRO_SANDBOX", ""):
        del given["MIRO_SANDBOX"]  # A bare --sandbox keeps the file that the environment names.
    # What is made while starting stays: looking for garbage among it would cost a tenth of the start.
    gc.disable()
    from .settings import Settings, SettingsError

    try:
        from .serving import prepare

        run = prepare(Settings.from_environment(os.environ | given))
    except SettingsError as error:
        print(f"miro-mcp: {error}", file=sys.stderr)
        return 2
    gc.freeze()
    gc.enable()
    run()
    return 0


def _operations(*, as_json: bool) -> int:
    import json

    from .catalogue import GROUPS

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
        for operation in group.operations
    ]
    if as_json:
        print(json.dumps(rows, indent=1))
        return 0
    columns = ("operation_id", "tool", "operation", "effect", "risk", "toolset")
    widths = [max(len(column), *(len(str(row[column])) for row in rows)) for column in columns]
    for row in [dict(zip(columns, columns, strict=True)), *rows]:
        cells = (str(row[column]).ljust(width) for column, width in zip(columns, widths, strict=True))
        print("  ".join(cells).rstrip())
    return 0


def _demo() -> int:
    import asyncio

    from .demo import run_demo

    return asyncio.run(run_demo())
