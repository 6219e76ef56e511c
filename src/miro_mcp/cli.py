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
    ("--allowed-boards", "MIRO_ALLOWED_BOARDS", {"metavar": "IDS", "help": "boards that calls may touch"}),
    ("--allowed-teams", "MIRO_ALLOWED_TEAMS", {"metavar": "IDS", "help": "teams that calls may touch"}),
    ("--allowed-orgs", "MIRO_ALLOWED_ORGS", {"metavar": "IDS", "help": "organizations that calls may touch"}),
    (
        "--share-allowed-domains",
        "MIRO_SHARE_ALLOWED_DOMAINS",
        {"metavar": "DOMAINS", "help": "mail domains of people that may be invited"},
    ),
    (
        "--rules",
        "MIRO_RULES",
        {"metavar": "RISK=RULE", "help": "allow, confirm or deny by risk, as in 3=confirm,5=deny"},
    ),
    ("--confirm", "MIRO_CONFIRM", {"metavar": "HOW", "help": "ask a person (the default), allow unasked, or deny"}),
    ("--audit-log", "MIRO_AUDIT_LOG", {"metavar": "PATH", "help": "where writes and sensitive reads are recorded"}),
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
        case "audit":
            return _audit(options)
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
    audit = commands.add_parser("audit", help="show what was done: writes, deletes and sensitive reads")
    audit.add_argument("--operation", metavar="ID", help="of one operation")
    audit.add_argument("--outcome", choices=("pending", "done", "failed", "unknown", "not sent", "refused"))
    audit.add_argument("--risk", type=int, metavar="N", help="of this risk or a higher one")
    audit.add_argument("--since", metavar="TIME", help="from this time on, as 2026-01-31 or 2026-01-31T09:30")
    audit.add_argument("--last", type=int, metavar="N", help="the last N only")
    audit.add_argument("--json", action="store_true", help="as JSON lines")
    audit.add_argument("--audit-log", metavar="PATH", help="the file (MIRO_AUDIT_LOG)")
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


def _audit(options: argparse.Namespace) -> int:
    from pathlib import Path

    from .guardrails.audit import default_audit_path
    from .guardrails.audit_view import Filter, show

    named = options.audit_log or os.environ.get("MIRO_AUDIT_LOG")
    chosen = Filter(options.operation, options.outcome, options.risk, options.since, options.last)
    return show(Path(named).expanduser() if named else default_audit_path(), chosen, as_json=options.json)


def _demo() -> int:
    import asyncio

    from .demo import run_demo

    return asyncio.run(run_demo())
