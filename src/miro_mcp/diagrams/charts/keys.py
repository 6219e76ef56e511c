"""Keys of a chart's parts: by what they say, so that they stay the same when something else comes or goes."""

from __future__ import annotations

from collections import Counter

from ...text.rich_text import parse_html

HELPERS = ("point:", "grid:", "tick:")
"""What keys begin with whose items nobody asked for by themselves: what lines end at, and rules and figures of axes."""

_LONGEST = 60
"""Characters of a text in a key."""


class Keys:
    """Hands out keys of one chart; of what says the same the second is numbered."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def of(self, *said: str) -> str:
        """The key of what lies under these keys or texts, the outermost first; HTML counts by its words."""
        key = own_key("/".join(part for part in map(_slug, said) if part) or "part")
        self._counts[key] += 1
        return key if self._counts[key] == 1 else f"{key}~{self._counts[key]}"


def own_key(said: str) -> str:
    """A key of what somebody said, which must not be taken for a helper's."""
    return f"_{said}" if is_helper(said) else said


def is_helper(key: str) -> bool:
    return key.startswith(HELPERS)


def _slug(text: str) -> str:
    is_plain = "<" not in text and "&" not in text
    words = " ".join((text if is_plain else " ".join(paragraph.text for paragraph in parse_html(text))).split())
    return words[:_LONGEST]
