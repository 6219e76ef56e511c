"""The tokens of a state diagram; keywords in any case."""

from __future__ import annotations

import re

from ..finders import direction_line, up_to, words_before_brace
from ..lexer import TokenRule, modes

SAID = "TB|BT|RL|LR"

_SPACE = TokenRule(r"[^\S\n]+")
_COMMENTS = (TokenRule(r"#[^\n]*"), TokenRule(r"%%(?!\{)[^\n]*"))
_CLASSES = (
    TokenRule(r"classDef\s+", "classDef", push="class definition"),
    TokenRule(r"class\s+", "class", push="class"),
    TokenRule(r"style\s+", "style", push="style"),
)
_STATE = TokenRule(r"state\s+", push="state")
_NOTE = TokenRule(r"note\s+", "note", push="note")
_REST = (
    TokenRule(r"\[\*\]", "[*]"),
    TokenRule(r"(?:(?!%%)[^:\n\s{-])+", "id"),
    TokenRule(r"%%[^:\n\s{-]*"),
    TokenRule(r":(?:[^:\n;]|:[^:\n;])+", "text"),
    TokenRule("-->", "-->"),
)

TABLES = modes(
    {
        "start": (
            TokenRule(r"click\b", "click"),
            TokenRule(r"href\b", "href"),
            TokenRule(r"\"[^\"]*\"", "string"),
            TokenRule(r"default\b", "default"),
            TokenRule(direction_line(SAID, re.IGNORECASE), "direction"),
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s+"),
            *_COMMENTS,
            TokenRule(r"scale\s+", "scale", push="scale"),
            TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*\{\s*", push="description"),
            *_CLASSES,
            _STATE,
            TokenRule(r"\{", "{", pop=1, push="inside"),
            _NOTE,
            TokenRule(r"(?:stateDiagram-v2|stateDiagram)\s+", "stateDiagram"),
            TokenRule(r"hide empty description\b", "hide empty"),
            *_REST,
            TokenRule(":::", ":::"),
            TokenRule(r"\Z", "newline"),
            TokenRule(".", "stray"),
        ),
        "inside": (
            _SPACE,
            *_COMMENTS,
            *_CLASSES,
            _STATE,
            TokenRule(direction_line(SAID, re.IGNORECASE), "direction"),
            TokenRule(r"\}", "}", pop=1),
            TokenRule(r"\n"),
            _NOTE,
            *_REST,
            TokenRule("--", "--"),
            TokenRule(":::", ":::"),
        ),
        "state": (
            _SPACE,
            *_COMMENTS,
            *(
                TokenRule(up_to(rf"<<{kind}>>|\[\[{kind}\]\]", re.IGNORECASE), kind, pop=1)
                for kind in ("fork", "join", "choice")
            ),
            TokenRule('"', push="state text"),
            TokenRule(r"as\s+", "as", push="state id"),
            TokenRule(words_before_brace, "several words"),
            TokenRule(r"[^\n\s{]+", "name"),
            TokenRule(r"\n", pop=1),
            TokenRule(r"\{", "{", pop=1, push="inside"),
        ),
        "state text": (TokenRule('"', pop=1), TokenRule(r"[^\"]*", "state text")),
        "state id": (TokenRule(r"(?:(?!%%)[^\n{])*", "state id", pop=1),),
        "scale": (TokenRule(r"\d+", "width"), TokenRule(r"\s+width\b", pop=1)),
        "class definition": (
            TokenRule(r"default\s+", "default class"),
            TokenRule(r"\w+\s+", "class name", pop=1, push="styles"),
        ),
        "class": (TokenRule(r"\w+(?:,\s*\w+)*", "ids", pop=1, push="styles"),),
        "style": (TokenRule(r"[\w,]+\s+", "ids", pop=1, push="styles"),),
        "styles": (TokenRule(r"[^\n]*", "styles", pop=1),),
        "note": (
            TokenRule(r"(?:left|right) of\b", "side", pop=1, push="note id"),
            TokenRule('"', pop=1, push="floating note"),
        ),
        "floating note": (
            TokenRule(r"\s*as\s*", "as", pop=1, push="floating note id"),
            TokenRule('"'),
            TokenRule(r"[^\"]*", "note text"),
        ),
        "floating note id": (TokenRule(r"(?:(?!%%)[^\n])*", "state id", pop=1),),
        "note id": (TokenRule(r"\s*(?:(?!%%)[^:\n\s-])+", "id", pop=1, push="note text"),),
        "note text": (
            TokenRule(r"\s*:[^:\n;]+", "note text", pop=1),
            TokenRule(r"(?:[^\n]*\n)*?[^\S\n]*end note\b", "note block", pop=1),
        ),
        "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
        "description": (TokenRule(r"\}", pop=1), TokenRule(r"[^}]*", "description")),
    },
    re.IGNORECASE,
)

WORDS = {
    "newline": "the end of the line",
    "id": "a state's id",
    "state id": "a state's id",
    "stateDiagram": "'stateDiagram-v2'",
    "note text": "':' and the note's text, or a line 'end note' after it",
    "note block": "'end note'",
    "side": "'left of' or 'right of'",
    "string": "text in double quotes",
    "styles": "a style such as fill:#f9f",
    "class name": "a class name",
    "width": "a number",
    "as": "'as'",
    "ids": "states' ids",
    **{sign: f"'{sign}'" for sign in ("}", "-->", "[*]", "href")},
}
EXAMPLE = "[*] --> Still"
