"""The command line: serve, operations, install, audit, login and what belongs to it, sandbox, demo."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from . import __version__
from .settings import OPTIONS, SANDBOX_PORT, Option, SettingsError
from .system.interrupts import end_interrupted, interrupted_by_sigterm
from .system.streams.standard import open_missing, speaking

CLIENT_NAMES = ("claude-desktop", "claude-code", "cursor", "vscode", "gemini-cli", "codex", "goose")
"""Clients that `install` knows; a test holds it to the table in install/clients.py, which is read only when needed."""

_MODULES: dict[str, str] = dict.fromkeys(("login", "logout", "whoami", "doctor"), "account")
"""The module in commands/ of commands that don't have one of their own name."""

_PRINTED = ("operations", "audit")
"""Commands whose output is often read by another program."""

_ACCOUNT_OPTIONS = ("MIRO_SANDBOX", "MIRO_TOOLSETS", "MIRO_LOG_LEVEL")
"""Settings that matter to restore, login, logout, whoami and doctor."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status is 0 when it succeeded."""
    open_missing()
    try:
        with speaking(may_be_cut=True):
            options = build_parser().parse_args(arguments)
        name = options.command or "serve"
        with interrupted_by_sigterm(), speaking(may_be_cut=name in _PRINTED):
            return _run(name, options)
    except KeyboardInterrupt as error:
        return end_interrupted(error)


def _run(name: str, options: argparse.Namespace) -> int:
    # What is made while starting stays: looking for garbage among it would cost a tenth of the start.
    gc.disable()
    run = import_module(f".commands.{_MODULES.get(name, name)}", __package__).run
    gc.enable()
    try:
        return run(options)
    except SettingsError as error:
        print(f"miro-mcp: {error}", file=sys.stderr)
        return 2


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="miro-mcp", description="Miro's REST API as MCP tools.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve MCP over stdio or HTTP (without a command: over stdio)")
    install = commands.add_parser(
        "install",
        help="enter this server into a client's configuration",
        description="Shows the difference, asks, keeps a backup, and writes. Options of serve are passed on.",
        epilog="ChatGPT and agent frameworks have no file of this kind: see docs/clients.",
    )
    install.add_argument("client", choices=CLIENT_NAMES, metavar="CLIENT", help=", ".join(CLIENT_NAMES))
    install.add_argument("--undo", action="store_true", help="take it out again, back to the entry before")
    install.add_argument("--yes", action="store_true", help="write without asking")
    install.add_argument("--token", action="store_true", help="write the token in MIRO_ACCESS_TOKEN into the file")
    for target in (parser, serve, install):
        _add_options(target, OPTIONS)
    operations = commands.add_parser("operations", help="list every operation and the tool it is in")
    operations.add_argument("--json", action="store_true", help="as JSON")
    audit = commands.add_parser("audit", help="show what was done: writes, deletes and sensitive reads")
    audit.add_argument("--operation", metavar="ID", help="of one operation")
    audit.add_argument("--id", metavar="ID", help="that touched this board, item, team, person (id or e-mail address)")
    audit.add_argument("--outcome", choices=("pending", "done", "failed", "unknown", "not sent", "refused"))
    audit.add_argument("--risk", type=int, metavar="N", help="of this risk or a higher one")
    audit.add_argument("--since", metavar="TIME", help="from this time on, as 2026-01-31 or 2026-01-31T09:30")
    audit.add_argument("--last", type=int, metavar="N", help="the last N only")
    audit.add_argument("--json", action="store_true", help="as JSON lines")
    audit.add_argument("--ship", action="store_true", help="send them as OpenTelemetry log records instead")
    audit.add_argument("--audit-log", metavar="PATH", help="the file (MIRO_AUDIT_LOG)")
    restore = commands.add_parser("restore", help="make again what a call deleted or overwrote on a board")
    restore.add_argument("call", nargs="?", metavar="CALL", help="the call's id (without one: the last call)")
    restore.add_argument("--list", action="store_true", help="show the last calls, and make nothing")
    restore.add_argument("--yes", action="store_true", help="without asking")
    login = commands.add_parser("login", help="sign in to Miro in the browser, for an app of your own")
    login.add_argument(
        "--port", type=int, choices=range(1, 65536), metavar="N", help="port of the redirect address on this machine"
    )
    login.add_argument("--team-id", metavar="ID", help="the team to sign in to")
    login.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    commands.add_parser("logout", help="revoke the token and forget it")
    commands.add_parser("whoami", help="show whose token is used, its scopes and when it expires")
    doctor = commands.add_parser("doctor", help="check token, scopes, reachability and clock, and say what to do")
    for target in (restore, login, commands.choices["logout"], commands.choices["whoami"], doctor):
        _add_options(target, (option for option in OPTIONS if option.variable in _ACCOUNT_OPTIONS))
    sandbox = commands.add_parser("sandbox", help="show the sandbox's boards in the browser, live")
    sandbox.add_argument("--port", type=int, default=SANDBOX_PORT, metavar="N", help="on this machine (%(default)s)")
    sandbox.add_argument("--organization", action="store_true", help="add an organization worth reviewing, and its API")
    sandbox.add_argument("path", nargs="?", metavar="PATH", help="the sandbox's file (MIRO_SANDBOX)")
    commands.add_parser("demo", help="run the main job on a fresh sandbox and show each call")
    return parser


def _add_options(parser: argparse.ArgumentParser, options: Iterable[Option]) -> None:
    for option in options:
        if option.flag is not None:
            parser.add_argument(option.flag, dest=option.variable, default=argparse.SUPPRESS, **_parsing(option))


def _parsing(option: Option) -> dict[str, Any]:
    shown = {"help": f"{option.meaning} ({option.variable})"}
    if option.takes is None:
        return shown | {"action": "store_const", "const": option.bare}
    optional = {"nargs": "?", "const": option.bare} if option.bare else {}
    return shown | {"metavar": option.takes} | optional
