"""`miro-mcp audit`: prints the recorded calls, filtered."""

from __future__ import annotations

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ..guardrails.audit import default_audit_path, read_entries
from ..system.telemetry import emit_record, flush_records
from ..text.hidden import visible

_COLUMNS = 100
_PENDING = "no answer was recorded: the outcome is unknown"


def run(options: argparse.Namespace) -> int:
    named = options.audit_log or os.environ.get("MIRO_AUDIT_LOG")
    chosen = Filter(options.operation, options.id, options.outcome, options.risk, options.since, options.last)
    path = Path(named).expanduser() if named else default_audit_path()
    return ship_audit(path, chosen) if options.ship else show_audit(path, chosen, as_json=options.json)


@dataclass(frozen=True)
class Filter:
    """Which calls are shown; None lets all pass."""

    operation: str | None = None
    id: str | None = None
    outcome: str | None = None
    risk: int | None = None
    since: str | None = None
    last: int | None = None

    def takes(self, entry: Mapping[str, Any]) -> bool:
        return (
            self.operation in (None, entry.get("operation"))
            and (self.id is None or self.id in _ids(entry))
            and self.outcome in (None, entry.get("outcome"))
            and (self.risk is None or int(entry.get("risk", 0)) >= self.risk)
            and (self.since is None or str(entry.get("time", "")) >= self.since)
        )


def show_audit(path: Path, chosen: Filter, *, as_json: bool) -> int:
    """Prints the chosen calls, oldest first, and says so when there are none."""
    entries = _chosen(path, chosen)
    for entry in entries:
        print(json.dumps(entry) if as_json else _row(entry))
    if not entries and not as_json:
        print(f"No such call is on record in {path}.")
    return 0


def ship_audit(path: Path, chosen: Filter) -> int:
    """Sends the chosen calls as OpenTelemetry log records; the exit status is 1 where no exporter is configured."""
    entries = _chosen(path, chosen)
    for entry in entries:
        emit_record(entry)
    if not flush_records():
        print("No exporter of OpenTelemetry log records is configured: see docs/administrators.md.", file=sys.stderr)
        return 1
    print(f"{len(entries)} calls were sent.")
    return 0


def _chosen(path: Path, chosen: Filter) -> list[dict[str, Any]]:
    entries = [entry for entry in read_entries(path) if chosen.takes(entry)]
    return entries[-chosen.last :] if chosen.last else entries


def _ids(entry: Mapping[str, Any]) -> Iterator[str]:
    for value in dict(entry.get("ids") or {}).values():
        yield from map(str, cast("list[Any]", value)) if isinstance(value, list) else (str(value),)


def _row(entry: Mapping[str, Any]) -> str:
    outcome = str(entry.get("outcome"))
    told = _PENDING if outcome == "pending" else outcome
    status = f" {entry['status']}" if entry.get("status") else ""
    duration = f" in {entry['duration_ms']} ms" if entry.get("duration_ms") is not None else ""
    ids = " ".join(f"{name}={value}" for name, value in dict(entry.get("ids") or {}).items())
    by = f", confirmed by {entry['confirmed_by']}" if entry.get("confirmed_by") else ""
    person = f"person {entry['person']}" if entry.get("person") else ""
    step = f"step {entry['step']}" if entry.get("step") else ""
    process = f"process {entry['pid']}" if entry.get("pid") else ""
    asked_by = ", ".join(filter(None, [str(entry.get("client") or ""), step, person, process]))
    row = visible(
        f"{entry.get('time')}  {entry.get('operation')}  risk {entry.get('risk')}  {told}{status}{duration}  "
        f"{entry.get('decision')}{by}: {entry.get('why')}  {ids}{f'  ({asked_by})' if asked_by else ''}"
    )
    return textwrap.fill(row, _COLUMNS, subsequent_indent="    ", drop_whitespace=True, break_on_hyphens=False)
