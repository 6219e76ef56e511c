"""`miro-mcp demo`."""

from __future__ import annotations

import argparse
import asyncio

from ..demo import run_demo


def run(_: argparse.Namespace) -> int:
    return asyncio.run(run_demo())
