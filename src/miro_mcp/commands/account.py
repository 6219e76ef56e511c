"""`miro-mcp login`, `logout`, `whoami` and `doctor`."""

from __future__ import annotations

import argparse

from ..account import login, logout, whoami
from ..doctor import examine
from ..settings import Settings
from ..system.logs import log_to_stderr
from .given import environment_of


def run(options: argparse.Namespace) -> int:
    settings = Settings.from_environment(environment_of(options))
    log_to_stderr(settings.log_level)
    match options.command:
        case "login":
            return login(settings, port=options.port, team_id=options.team_id, use_browser=not options.no_browser)
        case "logout":
            return logout(settings)
        case "whoami":
            return whoami(settings)
        case _:
            return examine(settings)
