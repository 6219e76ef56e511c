"""`miro-mcp sandbox`."""

from __future__ import annotations

import argparse
import os

from ..sandbox.serve import serve
from ..settings import Settings


def run(options: argparse.Namespace) -> int:
    named = options.path or os.environ.get("MIRO_SANDBOX", "")
    settings = Settings.from_environment({"MIRO_SANDBOX": named if os.sep in named or options.path else "1"})
    return serve(settings.sandbox_path, options.port, organization=options.organization)
