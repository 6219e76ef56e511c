"""The tokens of a user journey; keywords in any case."""

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
            TokenRule(r"journey\b", "journey"),
            TokenRule(r"title\s[^#\n;]+", "title"),
            *ACCESSIBLE,
            TokenRule(r"section\s[^#:\n;]+", "section"),
            TokenRule(r"[^#:\n;]+", "task"),
            TokenRule(r":[^#\n;]+", "data"),
            TokenRule(":", ":"),
            TokenRule(".", "stray"),
        ),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
WORDS = ACCESSIBLE_WORDS | {"journey": "'journey'", "data": "':', the task's score and who takes part"}
EXAMPLE = "Make tea: 5: Me, Cat"
