"""The tokens of an XY chart; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS

_BEFORE = (TokenRule(r"%%(?!\{)[^\n]*"), TokenRule(r"[^}]%%[^\n]*"))
_KEYWORDS = (
    TokenRule(r"[\n\r]+", "newline"),
    TokenRule(r"title\b", "title"),
    *ACCESSIBLE,
    TokenRule(r"xychart(?:-beta)?\b", "xychart"),
    TokenRule(r"vertical|horizontal", "orientation"),
    TokenRule(r"x-axis\b", "x-axis", push="axis"),
    TokenRule(r"y-axis\b", "y-axis", push="axis"),
)
_PLOTS = (TokenRule(r"line\b", "line", push="plot"), TokenRule(r"bar\b", "bar", push="plot"))
_NUMBER = TokenRule(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)", "number")
_CLOSING = TokenRule(r"\]", "]", pop=1)
_REST = (
    TokenRule(r"\"", push="string"),
    TokenRule(r"\[", "["),
    TokenRule(r"\]", "]"),
    TokenRule(r"[A-Za-z]+", "letters"),
    *(TokenRule(re.escape(sign), sign) for sign in (":", ",")),
    TokenRule(r"[+=*#_.&-]", "sign"),
    TokenRule(r"[0-9]+", "digits"),
    TokenRule(r"\s+"),
    TokenRule(";", "newline"),
)
_END_OF_LINE = TokenRule(r"\n", "newline", pop=1)

TABLES = modes(
    {
        "start": (*_BEFORE, *_KEYWORDS, *_PLOTS, *_REST),
        "axis": (
            *_BEFORE,
            _END_OF_LINE,
            *_KEYWORDS,
            TokenRule(r"\[", "[", push="categories"),
            TokenRule("-->", "-->"),
            *_PLOTS,
            _NUMBER,
            *_REST,
        ),
        "categories": (*_BEFORE, *_KEYWORDS, *_PLOTS, _CLOSING, *_REST),
        "plot": (*_BEFORE, _END_OF_LINE, *_KEYWORDS, *_PLOTS, TokenRule(r"\[", "[", push="values"), *_REST),
        "values": (*_BEFORE, *_KEYWORDS, *_PLOTS, _NUMBER, _CLOSING, *_REST),
        "string": (TokenRule(r"\"", pop=1), TokenRule(r"[^\"]*", "string")),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
TEXT = frozenset({"letters", "digits", "sign"})
WORDS = ACCESSIBLE_WORDS | {
    "newline": "the end of the line",
    "xychart": "'xychart-beta'",
    "letters": "a word, or a text in double quotes",
    "number": "a number",
    "[": "'['",
    "]": "']'",
    "-->": "'-->'",
}
EXAMPLE = 'bar "Sales" [5000, 6000, 7500]'
