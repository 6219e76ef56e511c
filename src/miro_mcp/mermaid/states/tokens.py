"""The tokens of a state diagram; keywords in any case."""

from __future__ import annotations

import re

from ..finders import direction_line, up_to, words_before_brace
from ..lexer import Rule, modes

SAID = "TB|BT|RL|LR"

_SPACE = Rule(r"[^\S\n]+")
_COMMENTS = (Rule(r"#[^\n]*"), Rule(r"%%(?!\{)[^\n]*"))
_CLASSES = (
    Rule(r"classDef\s+", "classDef", push="class definition"),
    Rule(r"class\s+", "class", push="class"),
    Rule(r"style\s+", "style", push="style"),
)
_STATE = Rule(r"state\s+", push="state")
_NOTE = Rule(r"note\s+", "note", push="note")
_REST = (
    Rule(r"\[\*\]", "[*]"),
    Rule(r"(?:(?!%%)[^:\n\s{-])+", "id"),
    Rule(r"%%[^:\n\s{-]*"),
    Rule(r":(?:[^:\n;]|:[^:\n;])+", "text"),
    Rule("-->", "-->"),
)

TABLES = modes(
    {
        "start": (
            Rule(r"click\b", "click"),
            Rule(r"href\b", "href"),
            Rule(r"\"[^\"]*\"", "string"),
            Rule(r"default\b", "default"),
            Rule(direction_line(SAID, re.IGNORECASE), "direction"),
            Rule(r"\n+", "newline"),
            Rule(r"\s+"),
            *_COMMENTS,
            Rule(r"scale\s+", "scale", push="scale"),
            Rule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*\{\s*", push="description"),
            *_CLASSES,
            _STATE,
            Rule(r"\{", "{", pop=1, push="inside"),
            _NOTE,
            Rule(r"(?:stateDiagram-v2|stateDiagram)\s+", "stateDiagram"),
            Rule(r"hide empty description\b", "hide empty"),
            *_REST,
            Rule(":::", ":::"),
            Rule(r"\Z", "newline"),
            Rule(".", "stray"),
        ),
        "inside": (
            _SPACE,
            *_COMMENTS,
            *_CLASSES,
            _STATE,
            Rule(direction_line(SAID, re.IGNORECASE), "direction"),
            Rule(r"\}", "}", pop=1),
            Rule(r"\n"),
            _NOTE,
            *_REST,
            Rule("--", "--"),
            Rule(":::", ":::"),
        ),
        "state": (
            _SPACE,
            *_COMMENTS,
            *(
                Rule(up_to(rf"<<{kind}>>|\[\[{kind}\]\]", re.IGNORECASE), kind, pop=1)
                for kind in ("fork", "join", "choice")
            ),
            Rule('"', push="state text"),
            Rule(r"as\s+", "as", push="state id"),
            Rule(words_before_brace, "several words"),
            Rule(r"[^\n\s{]+", "name"),
            Rule(r"\n", pop=1),
            Rule(r"\{", "{", pop=1, push="inside"),
        ),
        "state text": (Rule('"', pop=1), Rule(r"[^\"]*", "state text")),
        "state id": (Rule(r"(?:(?!%%)[^\n{])*", "state id", pop=1),),
        "scale": (Rule(r"\d+", "width"), Rule(r"\s+width\b", pop=1)),
        "class definition": (Rule(r"default\s+", "default class"), Rule(r"\w+\s+", "class name", pop=1, push="styles")),
        "class": (Rule(r"\w+(?:,\s*\w+)*", "ids", pop=1, push="styles"),),
        "style": (Rule(r"[\w,]+\s+", "ids", pop=1, push="styles"),),
        "styles": (Rule(r"[^\n]*", "styles", pop=1),),
        "note": (
            Rule(r"(?:left|right) of\b", "side", pop=1, push="note id"),
            Rule('"', pop=1, push="floating note"),
        ),
        "floating note": (
            Rule(r"\s*as\s*", "as", pop=1, push="floating note id"),
            Rule('"'),
            Rule(r"[^\"]*", "note text"),
        ),
        "floating note id": (Rule(r"(?:(?!%%)[^\n])*", "state id", pop=1),),
        "note id": (Rule(r"\s*(?:(?!%%)[^:\n\s-])+", "id", pop=1, push="note text"),),
        "note text": (
            Rule(r"\s*:[^:\n;]+", "note text", pop=1),
            Rule(r"(?:[^\n]*\n)*?[^\S\n]*end note\b", "note block", pop=1),
        ),
        "rest of line": (Rule(r"[^\n]*", "accessible text", pop=1),),
        "description": (Rule(r"\}", pop=1), Rule(r"[^}]*", "description")),
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
