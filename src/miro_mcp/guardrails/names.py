"""How other people's text is put into a question: in quotation marks, on one line, with every odd character shown."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from ..catalogue import Operation
from ..catalogue.operation import SECRETS
from ..text.hidden import visible
from .lookups import Given, part

_LONGEST = 120
_SHOWN_PEOPLE = 200
"""As many as a legal hold takes: nobody who loses or gains something is to hide in a long list."""
_SHOWN_VALUES = 10
_NAMES = ("name", "title", "displayName", "userName", "email")
_TAG = re.compile(r"<[^>]*>")


def quoted(text: str) -> str:
    """Text in quotation marks, cut where it is long."""
    return quoted_json(text[:_LONGEST] + ("…" if len(text) > _LONGEST else ""))


def quoted_json(value: Any) -> str:
    return visible(json.dumps(value, ensure_ascii=False))


def listed(texts: Iterable[str]) -> str:
    """Texts in quotation marks; of many the first ones, and how many there are."""
    every = list(texts)
    more = f" and {len(every) - _SHOWN_PEOPLE} more" if len(every) > _SHOWN_PEOPLE else ""
    return ", ".join(quoted(text) for text in every[:_SHOWN_PEOPLE]) + more


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
    for field in ("title", "content"):
        text = part(data, field)
        if isinstance(text, str):
            return " ".join(html.unescape(_TAG.sub(" ", text)).split())
    return ""


def mask(given: Given) -> dict[str, Any]:
    """The arguments with secrets replaced."""
    return {name: "(hidden)" if name in SECRETS else value for name, value in given.items()}


def secrets_in(given: Given) -> list[str]:
    return [value for name, value in given.items() if name in SECRETS and value]


def tell_arguments(operation: Operation, given: Given) -> str:
    """What a call carries beside the ids in its path, as JSON; long lists are counted, secrets never shown."""
    rest = {name: value for name, value in given.items() if name not in operation.path_arguments}
    return quoted_json({name: _shorten(value) for name, value in mask(rest).items()}) if rest else ""


def _shorten(value: Any) -> Any:
    if isinstance(value, list):
        values = cast("list[Any]", value)
        more = [f"… {len(values)} in all"] if len(values) > _SHOWN_VALUES else []
        return [_shorten(one) for one in values[:_SHOWN_VALUES]] + more
    if isinstance(value, Mapping):
        return {name: _shorten(one) for name, one in cast("Given", value).items()}
    if isinstance(value, str) and len(value) > 200:
        return value[:200] + "…"
    return value
