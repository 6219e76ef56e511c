"""The tokens of a timeline; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS, COMMENTS

TABLES = modes(
    {
        "start": (
            *COMMENTS,
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s+"),
            TokenRule(r"#[^\n]*"),
            TokenRule(r"timeline[ \t]+LR\b", "timeline"),
            TokenRule(r"timeline[ \t]+TD\b", "timeline down"),
            TokenRule(r"timeline\b", "timeline"),
            TokenRule(r"title\s[^\n]+", "title"),
            *ACCESSIBLE,
            TokenRule(r"section\s[^:\n]+", "section"),
            TokenRule(r":\s(?:[^:\n]|:(?!\s))+", "event"),
            TokenRule(r"[^#:\n]+", "period"),
            TokenRule(".", "stray"),
        ),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
WORDS = ACCESSIBLE_WORDS | {"timeline": "'timeline'", "period": "a period", "event": "':' and an event"}
EXAMPLE = "2026 : Started : First release"
