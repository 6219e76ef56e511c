"""The tokens of a kanban board, which are nearly a mind map's; keywords in any case."""

from __future__ import annotations

import re

from ..finders import after_space
from ..lexer import TokenRule, modes
from ..mindmap.tokens import OPENINGS, TOPIC_MODES

TABLES = modes(
    {
        "start": (
            TokenRule(r"@\{", "data start", push="data"),
            TokenRule(after_space(r"%%.*"), "blank line"),
            TokenRule(r"kanban\b", "kanban"),
            TokenRule(":::", push="class"),
            TokenRule(r"::icon\(", push="icon"),
            TokenRule(r"\s+\n", "blank line"),
            TokenRule(r"\n+", "newline"),
            *(TokenRule(re.escape(sign), "opening", push="topic") for sign in OPENINGS),
            TokenRule(r"\s+", "indent"),
            TokenRule(r"[^(\[\n){}@]+", "id"),
            TokenRule(r"\Z", "end of file"),
        ),
        "data": (
            TokenRule(r"\"[^\"]*\"", "data"),
            TokenRule(r"[^}^\"]+", "data"),
            TokenRule(r"\}", "data end", pop=1),
        ),
        **TOPIC_MODES,
    },
    re.IGNORECASE,
)
WORDS = {
    "kanban": "'kanban'",
    "newline": "the end of the line",
    "id": "a column or card",
    "text": "its text",
    "closing": "its closing bracket",
    "data end": "'}'",
}
EXAMPLE = "kanban, below it '  Todo', and below that '    [Write it]@{ priority: High }'"
