"""Times of the past and future, for what takes a while and what expires."""

from datetime import UTC, datetime, timedelta

from ..http.replies import timestamp


def seconds_since(moment: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


def after(moment: str, span: timedelta) -> str:
    return timestamp(datetime.fromisoformat(moment) + span)
