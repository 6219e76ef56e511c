"""`miro-mcp install`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ..install.clients import CLIENTS, Machine
from ..install.command import TOKEN, install, server_of, uninstall
from ..settings import Settings
from .given import given_settings


def run(options: argparse.Namespace) -> int:
    client = next(one for one in CLIENTS if one.name == options.client)
    machine = Machine(sys.platform, Path.home(), os.environ)
    given = given_settings(options)
    try:
        if options.undo:
            return uninstall(client, machine, yes=options.yes)
        Settings.from_environment(given)
        server = server_of(given, os.environ.get(TOKEN, "") if options.token else None)
        return install(client, machine, server, yes=options.yes)
    except OSError as error:
        print(f"miro-mcp: {error}. {client.title}'s configuration is as it was.", file=sys.stderr)
        return 1
