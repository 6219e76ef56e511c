"""The tokens of a flowchart: what a piece of text means depends on the brackets or the line it is in."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..finders import after_space, direction_line, letter
from ..lexer import Finder, TokenRule, modes

SAID = "TB|BT|RL|LR|TD"
"""Directions of subgraphs; of several on a line the first here counts."""

ID = frozenset({"number", "word", "v", "-", "default", ",", ":", "&", "#", "*", "letter"})
"""Tokens that an id is made of."""


def _edge_id(text: str) -> Finder:
    """Anything without space or quote up to the last @ that no brace or quote follows: `e1@-->`."""
    runs: dict[int, int] = {}
    for match in re.finditer(r"[^\s\"]+", text) if "@" in text else ():
        for at in reversed([at for at, character in enumerate(match[0], match.start()) if character == "@"]):
            if text[at + 1 : at + 2] not in ("", "{", '"'):
                runs[match.start()] = at
                break
    starts = list(runs)

    def find(at: int) -> int | None:
        index = bisect_right(starts, at) - 1
        return runs[starts[index]] + 1 if index >= 0 and at < runs[starts[index]] else None

    return find


_STRINGS = (TokenRule('"`', push="markdown"), TokenRule('"', push="string"))
_INVISIBLE = TokenRule(after_space(r"~~~+\s*"), "link")
_ROUND_DASH = TokenRule(r"\(-", "(-", push="ellipse")
_OPENINGS = (
    _ROUND_DASH,
    TokenRule(r"\(\[", "([", push="text"),
    TokenRule(r"\[\[", "[[", push="text"),
    TokenRule(r"\[\(", "[(", push="text"),
    TokenRule(r"\(\(\(", "(((", push="text"),
    TokenRule(r"\[/", "[/", push="slanted"),
    TokenRule(r"\[\\", "[\\", push="slanted"),
    TokenRule(r"\|", "|", push="text"),
    TokenRule(r"\(", "(", push="text"),
    TokenRule(r"\[", "[", push="text"),
    TokenRule(r"\{", "{", push="text"),
)

_KEYWORDS = (
    TokenRule(r"style\b", "style"),
    TokenRule(r"default\b", "default"),
    TokenRule(r"linkStyle\b", "linkStyle"),
    TokenRule(r"interpolate\b", "interpolate"),
    TokenRule(r"classDef\b", "classDef"),
    TokenRule(r"class\b", "class"),
    TokenRule(r"href\s", "href"),
    TokenRule(r"click\s+", push="click"),
)

TABLES = modes(
    {
        "start": (
            TokenRule(r"(?:flowchart-elk|swimlane-beta|graph|flowchart)\b", "graph", push="direction"),
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s", "space"),
        ),
        "direction": (
            TokenRule(r"\n*\s*\n", "no direction", push="document"),
            TokenRule(r"\s*(?:(?:LR|RL|TB|BT|TD|BR|v)\b|[<>^])", "direction", push="document"),
        ),
        "document": (
            TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*\{\s*", push="description"),
            TokenRule(r"@\{", "data start", push="data"),
            TokenRule(r"call\s+", push="callback"),
            *_STRINGS,
            *_KEYWORDS,
            TokenRule(r"(?:flowchart-elk|swimlane-beta|graph|flowchart)\b", "graph"),
            TokenRule(r"subgraph\b", "subgraph"),
            TokenRule(r"end\b\s*", "end"),
            TokenRule(r"(?:_self|_blank|_parent|_top)\b", "target"),
            TokenRule(direction_line(SAID), "direction line"),
            TokenRule(_edge_id, "edge id"),
            TokenRule(r"[0-9]+", "number"),
            TokenRule("#", "#"),
            TokenRule(":::", ":::"),
            TokenRule(":", ":"),
            TokenRule("&", "&"),
            TokenRule(";", ";"),
            TokenRule(",", ","),
            TokenRule(r"\*", "*"),
            TokenRule(after_space(r"[xo<]?--+[-xo>]\s*"), "link"),
            TokenRule(after_space(r"[xo<]?--\s*"), "link start", push="edge text"),
            TokenRule(after_space(r"[xo<]?==+[=xo>]\s*"), "link"),
            TokenRule(after_space(r"[xo<]?==\s*"), "link start", push="thick edge text"),
            TokenRule(after_space(r"[xo<]?-?\.+-[xo>]?\s*"), "link"),
            TokenRule(after_space(r"[xo<]?-\.\s*"), "link start", push="dotted edge text"),
            _INVISIBLE,
            *_OPENINGS[:3],
            TokenRule(r"\[\|", "[|"),
            TokenRule(">", ">", push="text"),
            *_OPENINGS[3:7],
            TokenRule("<", "<"),
            TokenRule(r"\^", "^"),
            TokenRule(r"\\\|", "\\|"),
            TokenRule(r"v\b", "v"),
            TokenRule(r"(?:[A-Za-z0-9!\"#$%&'*+.`?\\_/]|-(?=[^>\-.]))+", "word"),
            TokenRule("-", "-"),
            TokenRule(letter, "letter"),
            *_OPENINGS[7:],
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s", "space"),
            TokenRule(r"\Z", "end of file"),
        ),
        "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
        "description": (TokenRule(r"\}", pop=1), TokenRule(r"[^}]*", "description")),
        "data": (TokenRule('"', "data", push="data string"), TokenRule(r"\}", pop=1), TokenRule(r"[^}^\"]+", "data")),
        "data string": (TokenRule('"', "data", pop=1), TokenRule(r"[^\"]+", "data string")),
        "callback": (
            TokenRule(r"\(\s*\)", pop=1),
            TokenRule(r"\(", pop=1, push="callback arguments"),
            TokenRule(r"[^(]*", "callback"),
        ),
        "callback arguments": (TokenRule(r"\)", pop=1), TokenRule(r"[^)]*", "callback arguments")),
        "markdown": (TokenRule(r"[^`\"]+", "markdown"), TokenRule('`"', pop=1), *_STRINGS),
        "string": (_STRINGS[0], TokenRule(r"[^\"]+", "string"), TokenRule('"', pop=1)),
        "click": (*_STRINGS, TokenRule(r"\s", pop=1), TokenRule(r"[^\s]*", "click")),
        "edge text": (
            *_STRINGS,
            TokenRule(after_space(r"[xo<]?--+[-xo>]\s*"), "link", pop=1),
            TokenRule(r"[^-\s\"xo<]+|[^-]|-(?!-)", "edge text"),
        ),
        "thick edge text": (
            *_STRINGS,
            TokenRule(after_space(r"[xo<]?==+[=xo>]\s*"), "link", pop=1),
            TokenRule(r"[^=\s\"xo<]+|[^=]", "edge text"),
        ),
        "dotted edge text": (
            *_STRINGS,
            TokenRule(after_space(r"[xo<]?-?\.+-[xo>]?\s*"), "link", pop=1),
            TokenRule(r"[^-.\s\"xo<]+|[^.]", "edge text"),
        ),
        "ellipse": (
            *_STRINGS,
            _INVISIBLE,
            TokenRule(r"[-/)]\)", "-)", pop=1),
            TokenRule(r"[^()\[\]{}\"~\s/-]+|[^()\[\]{}]", "text"),
            *_OPENINGS,
        ),
        "slanted": (
            *_STRINGS,
            _INVISIBLE,
            *_OPENINGS[:5],
            TokenRule(r"[\\(?=\])]\]", "\\]", pop=1),
            TokenRule(r"/\]", "/]", pop=1),
            TokenRule(r"/(?!\])|\\(?!\])|[^\\\[\](){}/]+", "text"),
            *_OPENINGS[5:],
        ),
        "text": (
            *_STRINGS,
            _INVISIBLE,
            _ROUND_DASH,
            TokenRule(r"\]\)", "])", pop=1),
            TokenRule(r"\(\[", "([", push="text"),
            TokenRule(r"\]\]", "]]", pop=1),
            TokenRule(r"\[\[", "[[", push="text"),
            TokenRule(r"\)\]", ")]", pop=1),
            TokenRule(r"\[\(", "[(", push="text"),
            TokenRule(r"\)\)\)", ")))", pop=1),
            TokenRule(r"\(\(\(", "(((", push="text"),
            TokenRule(r"\[/", "[/", push="slanted"),
            TokenRule(r"\[\\", "[\\", push="slanted"),
            TokenRule(r"\|", "|", pop=1),
            TokenRule(r"\)", ")", pop=1),
            TokenRule(r"\(", "(", push="text"),
            TokenRule(r"\]", "]", pop=1),
            TokenRule(r"\[", "[", push="text"),
            TokenRule(r"\}", "}", pop=1),
            TokenRule(r"\{", "{", push="text"),
            TokenRule(r"[^\[\](){}|\"]+", "text"),
        ),
    }
)

WORDS = {
    "graph": "'flowchart' or 'graph'",
    "direction": "a direction (TB, TD, BT, LR or RL)",
    "no direction": "the end of the line",
    "newline": "the end of the line",
    "end of file": "the end of the text",
    "word": "a node id",
    "space": "a space",
    "link": "a link such as -->",
    "string": "text in double quotes",
    "text": "text",
    "edge text": "the link's text",
    "number": "a link's number",
    "end": "'end'",
    "callback": "the function's name",
    "data": "data such as { shape: circle }",
    "style text": "a style such as fill:#f9f",
    **{
        sign: f"'{sign}'"
        for sign in (";", "]", ")", "}", "|", "])", "]]", ")]", ")))", "-)", "\\]", "/]", "&", ":", ",")
    },
}
EXAMPLE = "A[Start] -->|go| B{Choice}"
