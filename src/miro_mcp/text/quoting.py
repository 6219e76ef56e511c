"""Other people's text in sentences: in quotation marks, on one line, with every hidden character shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .hidden import visible

_LONGEST = 120


def quoted(text: str) -> str:
    """Text in quotation marks, cut where it is long."""
    return quoted_json(text[:_LONGEST] + ("…" if len(text) > _LONGEST else ""))


def quoted_json(value: Any) -> str:
    """A whole value as JSON."""
    return visible(json.dumps(value, ensure_ascii=False))


def listed(texts: Iterable[str]) -> str:
    """Texts in quotation marks, all of them: nobody who loses or gains something is to hide in a long list."""
    return ", ".join(map(quoted, texts))
