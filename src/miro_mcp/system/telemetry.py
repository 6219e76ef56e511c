"""What is on record as OpenTelemetry log records; where no exporter is configured they go nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from opentelemetry._logs import LogRecord, SeverityNumber, get_logger, get_logger_provider

from .. import __version__

EVENT = "miro.audit"

_WARNED = frozenset({"refused", "failed", "unknown"})
"""Outcomes that somebody may want to be told of."""


def emit_record(line: Mapping[str, Any]) -> None:
    """Sends one line of the audit log: its members as attributes `miro.…`, ids as JSON, its time as the record's."""
    warns = line.get("outcome") in _WARNED
    get_logger("miro_mcp.audit", __version__).emit(
        LogRecord(
            timestamp=_nanoseconds(str(line.get("time"))),
            severity_number=SeverityNumber.WARN if warns else SeverityNumber.INFO,
            severity_text="WARN" if warns else "INFO",
            event_name=EVENT,
            body=f"{line.get('operation')}: {line.get('outcome')}",
            attributes={f"miro.{name}": _value(value) for name, value in line.items() if value is not None},
        )
    )


def flush_records() -> bool:
    """Waits until all is sent; False where there is nowhere to send it."""
    flush = getattr(get_logger_provider(), "force_flush", None)
    return bool(flush and flush())


def _value(value: Any) -> str | int | float | bool:
    return value if isinstance(value, str | int | float | bool) else json.dumps(value)


def _nanoseconds(time: str) -> int | None:
    try:
        return int(datetime.fromisoformat(time).timestamp() * 1e9)
    except ValueError:
        return None
