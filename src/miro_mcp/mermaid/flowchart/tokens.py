"""The tokens of a flowchart: what a piece of text means depends on the brackets or the line it is in."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..finders import after_space, direction_line, letter
from ..lexer import Finder, Rule, modes

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


_STRINGS = (Rule('"`', push="markdown"), Rule('"', push="string"))
_INVISIBLE = Rule(after_space(r"~~~+\s*"), "link")
_ROUND_DASH = Rule(r"\(-", "(-", push="ellipse")
_OPENINGS = (
    _ROUND_DASH,
    Rule(r"\(\[", "([", push="text"),
    Rule(r"\[\[", "[[", push="text"),
    Rule(r"\[\(", "[(", push="text"),
    Rule(r"\(\(\(", "(((", push="text"),
    Rule(r"\[/", "[/", push="slanted"),
    Rule(r"\[\\", "[\\", push="slanted"),
    Rule(r"\|", "|", push="text"),
    Rule(r"\(", "(", push="text"),
    Rule(r"\[", "[", push="text"),
    Rule(r"\{", "{", push="text"),
)

_KEYWORDS = (
    Rule(r"style\b", "style"),
    Rule(r"default\b", "default"),
    Rule(r"linkStyle\b", "linkStyle"),
    Rule(r"interpolate\b", "interpolate"),
    Rule(r"classDef\b", "classDef"),
    Rule(r"class\b", "class"),
    Rule(r"href\s", "href"),
    Rule(r"click\s+", push="click"),
)

TABLES = modes(
    {
        "start": (
            Rule(r"(?:flowchart-elk|swimlane-beta|graph|flowchart)\b", "graph", push="direction"),
            Rule(r"\n+", "newline"),
            Rule(r"\s", "space"),
        ),
        "direction": (
            Rule(r"\n*\s*\n", "no direction", push="document"),
            Rule(r"\s*(?:(?:LR|RL|TB|BT|TD|BR|v)\b|[<>^])", "direction", push="document"),
        ),
        "document": (
            Rule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*\{\s*", push="description"),
            Rule(r"@\{", "data start", push="data"),
            Rule(r"call\s+", push="callback"),
            *_STRINGS,
            *_KEYWORDS,
            Rule(r"(?:flowchart-elk|swimlane-beta|graph|flowchart)\b", "graph"),
            Rule(r"subgraph\b", "subgraph"),
            Rule(r"end\b\s*", "end"),
            Rule(r"(?:_self|_blank|_parent|_top)\b", "target"),
            Rule(direction_line(SAID), "direction line"),
            Rule(_edge_id, "edge id"),
            Rule(r"[0-9]+", "number"),
            Rule("#", "#"),
            Rule(":::", ":::"),
            Rule(":", ":"),
            Rule("&", "&"),
            Rule(";", ";"),
            Rule(",", ","),
            Rule(r"\*", "*"),
            Rule(after_space(r"[xo<]?--+[-xo>]\s*"), "link"),
            Rule(after_space(r"[xo<]?--\s*"), "link start", push="edge text"),
            Rule(after_space(r"[xo<]?==+[=xo>]\s*"), "link"),
            Rule(after_space(r"[xo<]?==\s*"), "link start", push="thick edge text"),
            Rule(after_space(r"[xo<]?-?\.+-[xo>]?\s*"), "link"),
            Rule(after_space(r"[xo<]?-\.\s*"), "link start", push="dotted edge text"),
            _INVISIBLE,
            *_OPENINGS[:3],
            Rule(r"\[\|", "[|"),
            Rule(">", ">", push="text"),
            *_OPENINGS[3:7],
            Rule("<", "<"),
            Rule(r"\^", "^"),
            Rule(r"\\\|", "\\|"),
            Rule(r"v\b", "v"),
            Rule(r"(?:[A-Za-z0-9!\"#$%&'*+.`?\\_/]|-(?=[^>\-.]))+", "word"),
            Rule("-", "-"),
            Rule(letter, "letter"),
            *_OPENINGS[7:],
            Rule(r"\n+", "newline"),
            Rule(r"\s", "space"),
            Rule(r"\Z", "end of file"),
        ),
        "rest of line": (Rule(r"[^\n]*", "accessible text", pop=1),),
        "description": (Rule(r"\}", pop=1), Rule(r"[^}]*", "description")),
        "data": (Rule('"', "data", push="data string"), Rule(r"\}", pop=1), Rule(r"[^}^\"]+", "data")),
        "data string": (Rule('"', "data", pop=1), Rule(r"[^\"]+", "data string")),
        "callback": (
            Rule(r"\(\s*\)", pop=1),
            Rule(r"\(", pop=1, push="callback arguments"),
            Rule(r"[^(]*", "callback"),
        ),
        "callback arguments": (Rule(r"\)", pop=1), Rule(r"[^)]*", "callback arguments")),
        "markdown": (Rule(r"[^`\"]+", "markdown"), Rule('`"', pop=1), *_STRINGS),
        "string": (_STRINGS[0], Rule(r"[^\"]+", "string"), Rule('"', pop=1)),
        "click": (*_STRINGS, Rule(r"\s", pop=1), Rule(r"[^\s]*", "click")),
        "edge text": (
            *_STRINGS,
            Rule(after_space(r"[xo<]?--+[-xo>]\s*"), "link", pop=1),
            Rule(r"[^-\s\"xo<]+|[^-]|-(?!-)", "edge text"),
        ),
        "thick edge text": (
            *_STRINGS,
            Rule(after_space(r"[xo<]?==+[=xo>]\s*"), "link", pop=1),
            Rule(r"[^=\s\"xo<]+|[^=]", "edge text"),
        ),
        "dotted edge text": (
            *_STRINGS,
            Rule(after_space(r"[xo<]?-?\.+-[xo>]?\s*"), "link", pop=1),
            Rule(r"[^-.\s\"xo<]+|[^.]", "edge text"),
        ),
        "ellipse": (
            *_STRINGS,
            _INVISIBLE,
            Rule(r"[-/)]\)", "-)", pop=1),
            Rule(r"[^()\[\]{}\"~\s/-]+|[^()\[\]{}]", "text"),
            *_OPENINGS,
        ),
        "slanted": (
            *_STRINGS,
            _INVISIBLE,
            *_OPENINGS[:5],
            Rule(r"[\\(?=\])]\]", "\\]", pop=1),
            Rule(r"/\]", "/]", pop=1),
            Rule(r"/(?!\])|\\(?!\])|[^\\\[\](){}/]+", "text"),
            *_OPENINGS[5:],
        ),
        "text": (
            *_STRINGS,
            _INVISIBLE,
            _ROUND_DASH,
            Rule(r"\]\)", "])", pop=1),
            Rule(r"\(\[", "([", push="text"),
            Rule(r"\]\]", "]]", pop=1),
            Rule(r"\[\[", "[[", push="text"),
            Rule(r"\)\]", ")]", pop=1),
            Rule(r"\[\(", "[(", push="text"),
            Rule(r"\)\)\)", ")))", pop=1),
            Rule(r"\(\(\(", "(((", push="text"),
            Rule(r"\[/", "[/", push="slanted"),
            Rule(r"\[\\", "[\\", push="slanted"),
            Rule(r"\|", "|", pop=1),
            Rule(r"\)", ")", pop=1),
            Rule(r"\(", "(", push="text"),
            Rule(r"\]", "]", pop=1),
            Rule(r"\[", "[", push="text"),
            Rule(r"\}", "}", pop=1),
            Rule(r"\{", "{", push="text"),
            Rule(r"[^\[\](){}|\"]+", "text"),
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
