"""The tokens of a Gantt chart; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

TABLES = modes(
    {
        "start": (
            *ACCESSIBLE,
            TokenRule(r"[^}]%%[^\n]*"),
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s+"),
            TokenRule(r"%[^\n]*"),
            TokenRule(r"href\s+\"", push="href"),
            TokenRule(r"call\s+", push="call"),
            TokenRule(r"click\s+", push="click"),
            TokenRule(r"gantt\b", "gantt"),
            TokenRule(r"dateFormat\s[^#\n;]+", "dateFormat"),
            TokenRule(r"inclusiveEndDates\b", "inclusiveEndDates"),
            TokenRule(r"topAxis\b", "ignored"),
            TokenRule(r"axisFormat\s[^#\n;]+", "axisFormat"),
            TokenRule(r"tickInterval\s[^#\n;]+", "tickInterval"),
            TokenRule(r"includes\s[^#\n;]+", "includes"),
            TokenRule(r"excludes\s[^#\n;]+", "excludes"),
            TokenRule(r"todayMarker\s[^\n;]+", "ignored"),
            TokenRule(rf"weekday\s+(?:{_DAYS})\b", "ignored"),
            TokenRule(r"weekend\s+(?:friday|saturday)\b", "weekend"),
            TokenRule(r"\d\d\d\d-\d\d-\d\d\b", "date"),
            TokenRule(r"title\s[^\n]+", "title"),
            TokenRule(r"accDescription\s[^#\n;]+", "stray"),
            TokenRule(r"section\s[^\n]+", "section"),
            TokenRule(r"[^:\n]+", "task"),
            TokenRule(r":[^#\n;]+", "data"),
            TokenRule(":", ":"),
            TokenRule(".", "stray"),
        ),
        "href": (TokenRule('"', "end", pop=1), TokenRule(r"[^\"]*", "href")),
        "call": (
            TokenRule(r"\(\s*\)", "end", pop=1),
            TokenRule(r"\(", pop=1, push="arguments"),
            TokenRule(r"[^(]*", "call"),
        ),
        "arguments": (TokenRule(r"\)", "end", pop=1), TokenRule(r"[^)]*")),
        "click": (TokenRule(r"\s", pop=1), TokenRule(r"\S*", "click")),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
WORDS = ACCESSIBLE_WORDS | {
    "newline": "the end of the line",
    "gantt": "'gantt'",
    "data": "':' and the task's times, such as ': a1, 2026-01-31, 3d'",
    "href": "href and a URL in double quotes",
    "call": "call and a function's name",
    "end": "its end, '\"' or ')'",
}
EXAMPLE = "Build it :a1, 2026-01-31, 3d"
