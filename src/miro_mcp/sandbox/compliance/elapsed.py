"""Times of the past and future, for what takes a while and what expires."""

from datetime import UTC, datetime, timedelta


def seconds_since(moment: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


def after(moment: str, span: timedelta) -> str:
    return (datetime.fromisoformat(moment) + span).isoformat(timespec="milliseconds").replace("+00:00", "Z")
