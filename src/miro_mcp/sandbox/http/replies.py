"""What replies have in common: times, links, and documents merged with changes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import quote, urlencode

from ..store import Document
from .handlers import ApiCall


def now() -> str:
    return timestamp(datetime.now(UTC))


def timestamp(moment: datetime) -> str:
    """A time in UTC, as it is kept."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ago(days: float) -> str:
    """The time so many days before now."""
    return timestamp(datetime.now(UTC) - timedelta(days=days))


def in_whole_seconds(value: Any) -> Any:
    """A body with its times as boards and items have them; they are kept more exactly, to tell what came first."""
    if isinstance(value, list):
        return [in_whole_seconds(member) for member in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    members = cast("Document", value).items()
    times = {name for name, member in members if name.endswith("At") and isinstance(member, str)}
    return {name: _FRACTION.sub("Z", member) if name in times else in_whole_seconds(member) for name, member in members}


_FRACTION = re.compile(r"\.\d{3}Z$", re.ASCII)


def seconds_since(moment: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


def after(moment: str, span: timedelta) -> str:
    return timestamp(datetime.fromisoformat(moment) + span)


def link(call: ApiCall, *segments: str, version: str = "v2", **query: str | int) -> str:
    """A URL of this API: its version, then the segments."""
    path = "/".join(quote(segment, safe="") for segment in segments)
    return f"{call.base_url}/{version}/{path}" + (f"?{urlencode(query)}" if query else "")


def own_link(call: ApiCall, **query: str | int) -> str:
    """The URL of this call, with another query."""
    path = call.operation.path
    for name in call.operation.path_arguments:
        path = path.replace(f"{{{name}}}", quote(call.arguments[name], safe=""))
    return call.base_url + path + (f"?{urlencode(query)}" if query else "")


def merged(before: Mapping[str, Any], changes: Mapping[str, Any]) -> Document:
    """A copy with the changes put in, objects inside objects member by member."""
    result = dict(before)
    for name, value in changes.items():
        old = result.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            result[name] = merged(cast("Document", old), cast("Document", value))
        else:
            result[name] = value
    return result
