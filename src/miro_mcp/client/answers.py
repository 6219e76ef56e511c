"""What Miro tells as HTML though it is none: decoded once, before anybody sees it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, cast

_ESCAPED = {"frame": ("title",), "embed": ("title", "url", "description")}
"""Members of `data` that come escaped (seen live), by the type of the item."""


def decoded(body: Any) -> Any:
    """A body whose items have their titles and addresses as people wrote them. Other texts are HTML, and stay so."""
    if isinstance(body, list):
        return [decoded(entry) for entry in cast("list[Any]", body)]
    if not isinstance(body, dict):
        return body
    members = cast("dict[str, Any]", body)
    data: Any = members.get("data")
    if isinstance(data, list):
        return {**members, "data": decoded(data)}
    names = _ESCAPED.get(str(members.get("type")), ())
    if not names or not isinstance(data, Mapping):
        return members
    texts = {name: text for name, text in cast("Mapping[str, Any]", data).items() if isinstance(text, str)}
    plain = {name: html.unescape(texts[name]) for name in names if name in texts}
    return {**members, "data": {**cast("Mapping[str, Any]", data), **plain}}
