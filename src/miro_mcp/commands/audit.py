"""`miro-mcp audit`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..guardrails.audit import default_audit_path
from ..guardrails.audit_view import Filter, show_audit


def run(options: argparse.Namespace) -> int:
    named = options.audit_log or os.environ.get("MIRO_AUDIT_LOG")
    chosen = Filter(options.operation, options.id, options.outcome, options.risk, options.since, options.last)
    return show_audit(Path(named).expanduser() if named else default_audit_path(), chosen, as_json=options.json)
