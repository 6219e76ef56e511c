"""The tokens of a block diagram."""

from __future__ import annotations

import re

from ..lexer import TokenRule, modes

_LINKS = (
    TokenRule(r"\s*[xo<]?--+[-xo>]\s*", "link"),
    TokenRule(r"\s*[xo<]?==+[=xo>]\s*", "link"),
    TokenRule(r"\s*[xo<]?-?\.+-[xo>]?\s*", "link"),
)
_OPENINGS = (
    *("-)", "(-", "))", ")", "(((", "((", "{{", "{", ">", "([", "(", "[[", "[|", "[(", ")))", "[\\", "[/", "["),
)
_CLOSINGS = (*("(((", ")))", "))", "}}", "}", "(-", "-)", "((", "]]", "(", "])", "\\]", "/]", ")]", ")", "]>", "]"),)
_STRING = (TokenRule(r"\"`", push="markdown"), TokenRule(r"\"", push="string"))

TABLES = modes(
    {
        "start": (
            TokenRule(r"block-beta\b", "block"),
            TokenRule(r"block:", "block:"),
            TokenRule(r"block\b", "block"),
            TokenRule(r"\s+"),
            TokenRule(r"columns\s+auto\b", "columns"),
            TokenRule(r"columns\s+\d+", "columns"),
            *_STRING,
            TokenRule(r"space:\d+", "space"),
            TokenRule(r"space\b", "space"),
            TokenRule(r"(?:default|linkStyle|interpolate)\b", "stray"),
            TokenRule(r"classDef\s+", "classDef", push="class definition"),
            TokenRule(r"class\s+", "class", push="classes"),
            TokenRule(r"style\s+", "style", push="styled"),
            TokenRule(r"acc(?:Title\s*:|Descr\s*[:{])\s*", "stray"),
            TokenRule(r"end\b\s*", "end"),
            *(TokenRule(re.escape(sign), "opening", push="node") for sign in _OPENINGS),
            TokenRule(r"<\[", "arrow", push="arrow"),
            TokenRule(r"[^(\[\n\-){}\s<>:=]+", "id"),
            *_LINKS,
            TokenRule(r"\s*[xo<]?(?:--|==|-\.)\s*", "link with text", push="link"),
            TokenRule(r":\d+", "size"),
        ),
        "markdown": (TokenRule(r"[^`\"]+", "markdown"), TokenRule(r"`\"", pop=1)),
        "string": (TokenRule(r"\"", pop=1), TokenRule(r"[^\"]*", "string")),
        "node": (*(TokenRule(re.escape(sign), "closing", pop=1) for sign in _CLOSINGS), *_STRING),
        "arrow": (*_STRING, TokenRule(r"\]>\s*\(", push="directions")),
        "directions": (
            TokenRule(r",?\s*(?:right|left|x|y|up|down)\s*", "direction"),
            TokenRule(r"\)\s*", "arrow end", pop=2),
        ),
        "link": (
            TokenRule(r"\"`", push="markdown"),
            TokenRule(r"\"", "link text", push="string"),
            *(TokenRule(rule.pattern, rule.token, pop=1) for rule in _LINKS),
        ),
        "class definition": (TokenRule(r"\w+\s+", "name", pop=1, push="rest of line"),),
        "classes": (TokenRule(r"\w+(?:,\s*\w+)*", "names", pop=1, push="rest of line"),),
        "styled": (TokenRule(r"\w+(?:,\s*\w+)*", "names", pop=1, push="rest of line"),),
        "rest of line": (TokenRule(r"[^\n]*", "rest", pop=1),),
    }
)
WORDS = {
    "block": "'block'",
    "id": "a block's id",
    "string": "a text in double quotes",
    "closing": "the block's closing bracket",
    "end": "'end'",
    "direction": "a direction such as right",
    "arrow end": "')'",
    "link": "a link such as -->",
    "name": "a class name",
    "names": "ids of blocks",
}
EXAMPLE = 'a["One"] --> b'
