"""The tokens of a quadrant chart; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS

_SHARE = r"1|0(?:.\d+)?"
_FRESH = r"(?<![ \t])"
"""Not within a run of spaces: where it didn't match at the run's start, it needn't be looked for at each of them."""

_LETTERS = frozenset({"letters", "digits", "other letters", ",", "&", "#", "*", "+", "=", ".", "_", "sign"})

TEXT = _LETTERS | {"space", "-"}
"""What a text goes on with; it begins with less."""

TEXT_START = _LETTERS | {"string", "markdown"}
STYLE = frozenset({"letters", "digits", "-", ":", "#", "space"})
NAME = frozenset({"letters", "digits", "-", ",", ":", "&", "#", "*", "other letters"})

TABLES = modes(
    {
        "start": (
            TokenRule(r"%%(?!\{)[^\n]*"),
            TokenRule(r"[^}]%%[^\n]*"),
            TokenRule(r"[\n\r]+", "newline"),
            TokenRule(r"%%[^\n]*"),
            TokenRule(r"title\b", "title", push="title"),
            *ACCESSIBLE,
            TokenRule(rf"{_FRESH} *x-axis *", "x-axis"),
            TokenRule(rf"{_FRESH} *y-axis *", "y-axis"),
            TokenRule(rf"{_FRESH} *(?<!-)--+> *", "-->"),
            *(TokenRule(rf"{_FRESH} *quadrant-{number} *", f"quadrant-{number}") for number in range(1, 5)),
            TokenRule(r"classDef\b", "classDef"),
            TokenRule(r"\"`", push="markdown"),
            TokenRule(r"\"", push="string"),
            TokenRule(r":::", push="class"),
            TokenRule(rf"{_FRESH}\s*:\s*\[\s*", "point", push="point"),
            TokenRule(rf"{_FRESH} *quadrantChart *", "quadrantChart"),
            TokenRule(r"[A-Za-z]+", "letters"),
            TokenRule(r"[^\x00-\x7F]+", "other letters"),
            *(TokenRule(re.escape(sign), sign) for sign in (":", "+", ",", "=", "*", "#", "_", ".", "&", "-")),
            TokenRule(r"[0-9]+", "digits"),
            TokenRule(r"\s", "space"),
            TokenRule(";", "newline"),
            TokenRule(r"[!$%'`?\\/]", "sign"),
        ),
        "title": (TokenRule(r"[^\n]*", "text", pop=1),),
        "markdown": (TokenRule(r"[^`\"]+", "markdown"), TokenRule(r"`\"", pop=1)),
        "string": (TokenRule(r"\"", pop=1), TokenRule(r"[^\"]*", "string")),
        "class": (TokenRule(r"\w+", "class", pop=1),),
        "point": (TokenRule(_SHARE, "x", push="after x"), TokenRule(r"\s*\] *", pop=1)),
        "after x": (TokenRule(r"\s*,\s*", pop=1, push="y"),),
        "y": (TokenRule(_SHARE, "y", pop=1),),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
WORDS = ACCESSIBLE_WORDS | {
    "newline": "the end of the line",
    "letters": "a text",
    "point": "':' and a point such as [0.3, 0.6]",
    "x": "a number from 0 to 1",
    "y": "a number from 0 to 1",
    "space": "a space",
}
EXAMPLE = "Campaign A: [0.3, 0.6]"
