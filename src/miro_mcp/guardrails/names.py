"""What objects are called, and what a call carries, as questions tell it; secrets are shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..catalogue import Operation
from ..catalogue.operation import SECRETS
from ..text.quoting import quoted, quoted_json
from ..text.rich_text import parse_html
from .lookups import Given, part

_NAMES = ("name", "title", "displayName", "userName", "email")


def names_of(found: Any) -> list[str]:
    """What an object is called, the best name first: its name, else what stands on it."""
    values = [part(found, field) for field in _NAMES]
    names = [value.strip() for value in values if isinstance(value, str) and value.strip()]
    return names or [text for text in (_written_on(found),) if text]


def named(found: Any, other: str) -> str:
    """An object's name with its id; the id alone where the name isn't known."""
    name = next(iter(names_of(found)), None)
    return f"{quoted(name)} (id {quoted(other)})" if name else f"with id {quoted(other)}"


def _written_on(found: Any) -> str:
    """The title or text of an item, without its markup."""
    data = part(found, "data", "nodeView", "data") or part(found, "data")
    texts = (part(data, field) for field in ("title", "content"))
    return next((without_markup(text) for text in texts if isinstance(text, str)), "")


def without_markup(html: Any) -> str:
    """A text without its markup, on one line; nothing where there is none."""
    if not isinstance(html, str):
        return ""
    return " ".join(" ".join(paragraph.text for paragraph in parse_html(html, whole=True)).split())


def mask(given: Given) -> dict[str, Any]:
    """The arguments with secrets replaced."""
    return {name: "(hidden)" if name in SECRETS else value for name, value in given.items()}


def secrets_in(given: Given) -> list[str]:
    return [value for name, value in given.items() if name in SECRETS and value]


def describe_arguments(operation: Operation, given: Given) -> str:
    """What a call carries beside the ids in its path, as JSON; long texts are cut, secrets never shown."""
    rest = {name: value for name, value in given.items() if name not in operation.path_arguments}
    return quoted_json({name: _shorten(value) for name, value in mask(rest).items()}) if rest else ""


def _shorten(value: Any) -> Any:
    if isinstance(value, list):
        return [_shorten(one) for one in cast("list[Any]", value)]
    if isinstance(value, Mapping):
        return {name: _shorten(one) for name, one in cast("Given", value).items()}
    if isinstance(value, str) and len(value) > 200:
        return value[:200] + "…"
    return value
