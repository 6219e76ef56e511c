"""The tokens of a mind map; keywords in any case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..finders import after_space
from ..lexer import TokenRule, modes

OPENINGS = ("-)", "(-", "))", ")", "((", "{{", "(", "[")
_CLOSINGS = ("))", ")", "]", "}}", "(-", "-)", "((", "(")

TOPIC_MODES: Mapping[str, tuple[TokenRule, ...]] = {
    "class": (TokenRule(r".+", "class", pop=1), TokenRule(r"\n", pop=1)),
    "icon": (TokenRule(r"[^)]+", "icon"), TokenRule(r"\)", pop=1)),
    "topic": (
        TokenRule('"`', push="markdown"),
        TokenRule('"', push="string"),
        *(TokenRule(re.escape(sign), "closing", pop=1) for sign in _CLOSINGS),
        TokenRule(r"[^)\](}]+", "text"),
        TokenRule(r".+", "text"),
    ),
    "markdown": (TokenRule(r"[^`\"]+", "markdown"), TokenRule('`"', pop=1)),
    "string": (TokenRule(r"[^\"]+", "text"), TokenRule('"', pop=1)),
}
TABLES = modes(
    {
        "start": (
            TokenRule(after_space(r"%%.*"), "blank line"),
            TokenRule(r"mindmap\b", "mindmap"),
            TokenRule(":::", push="class"),
            TokenRule(r"::icon\(", push="icon"),
            TokenRule(r"\s+\n", "blank line"),
            TokenRule(r"\n+", "newline"),
            *(TokenRule(re.escape(sign), "opening", push="topic") for sign in OPENINGS),
            TokenRule(r"\s+", "indent"),
            TokenRule(r"[^(\[\n){}]+", "id"),
            TokenRule(r"\Z", "end of file"),
        ),
        **TOPIC_MODES,
    },
    re.IGNORECASE,
)
WORDS = {
    "mindmap": "'mindmap'",
    "newline": "the end of the line",
    "id": "a topic",
    "text": "the topic's text",
    "closing": "the topic's closing bracket",
}
EXAMPLE = "mindmap, below it '  Root', and below that '    Branch'"
