"""`miro-mcp serve`."""

from __future__ import annotations

import argparse
import gc

from ..serving import prepare
from ..settings import Settings
from .given import environment_of


def run(options: argparse.Namespace) -> int:
    serve = prepare(Settings.from_environment(environment_of(options)))
    gc.freeze()
    gc.enable()
    serve()
    return 0
