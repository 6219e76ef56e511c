"""The tokens of a sequence diagram; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import Finder, TokenRule, expression, modes

# Stroke caps at the start and end, and whether the line is dotted, by arrow. Half heads are drawn whole.
_HALF = "stealth"
ARROWS: dict[str, tuple[str, str, bool]] = {
    "->>": ("none", "filled_triangle", False),
    "<<->>": ("filled_triangle", "filled_triangle", False),
    "-->>": ("none", "filled_triangle", True),
    "<<-->>": ("filled_triangle", "filled_triangle", True),
    "->": ("none", "none", False),
    "-->": ("none", "none", True),
    "-x": ("none", "erd_one", False),
    "--x": ("none", "erd_one", True),
    "-)": ("none", "stealth", False),
    "--)": ("none", "stealth", True),
    **{
        dashes + head: ("none", _HALF, dashes == "--") for dashes in ("--", "-") for head in ("|\\", "|/", "\\\\", "//")
    },
    **{
        head + dashes: (_HALF, "none", dashes == "--") for dashes in ("--", "-") for head in ("/|", "\\|", "//", "\\\\")
    },
}
_ARROW_ORDER = (
    *("->>", "<<->>", "-->>", "<<-->>", "->", "-->", "-x", "--x", "-)", "--)"),
    *(dashes + head for dashes in ("--",) for head in ("|\\", "|/", "\\\\", "//")),
    *(head + "--" for head in ("/|", "\\|", "//", "\\\\")),
    *("-" + head for head in ("|\\", "|/", "\\\\", "//")),
    *(head + "-" for head in ("/|", "\\|", "//", "\\\\")),
)

BLOCKS = ("loop", "rect", "opt", "alt", "par_over", "par", "critical", "break")
SECTIONS = {"alt": "else", "par": "and", "par_over": "and", "critical": "option"}

_STOPS = r"-x|--|-\)|-\|\\|-\\|-/|-\|/|/\|-|\\\|-|//-|\\\\-|\(\)"
"""Where a name ends because an arrow begins."""


def _name_to_line_end(text: str) -> Finder:
    """A name up to the end of its line, a semicolon, or the last # that a comment may start with."""
    run = expression(r"[^<>:\n,;@]+")

    def find(at: int) -> int | None:
        match = run.match(text, at)
        if not match:
            return None
        end = match.end()
        if end == len(text) or text[end] in "\n;":
            return end
        comment = text.rfind("#", at + 1, end)
        return comment if comment > at else None

    return find


_COMMENT = TokenRule(r"#[^\n]*")
_SAME_LINE = TokenRule(r"[^\S\n]+")

TABLES = modes(
    {
        "start": (
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s+"),
            _COMMENT,
            TokenRule(r"%(?!\{)[^\n]*"),
            TokenRule(r"[^}]%%[^\n]*"),
            TokenRule(r"(?:[0-9]+(?:\.[0-9]{1,2})?|\.[0-9]{1,2})(?=[ \n]+)", "number"),
            TokenRule(r"box\b", "box", push="line"),
            TokenRule(r"participant\b", "participant", push="name"),
            TokenRule(r"actor\b", "actor", push="name"),
            TokenRule(r"create\b", "create"),
            TokenRule(r"destroy\b", "destroy", push="name"),
            *(TokenRule(rf"{word}\b", word, push="line") for word in (*BLOCKS, "else", "and", "option")),
            TokenRule(r"end\b", "end"),
            TokenRule(r"left of\b", "left of"),
            TokenRule(r"right of\b", "right of"),
            TokenRule(r"(?:links|link|properties|details)\b", "links"),
            TokenRule(r"over\b", "over"),
            TokenRule(r"note\b", "note"),
            TokenRule(r"activate\b", "activate", push="name"),
            TokenRule(r"deactivate\b", "deactivate", push="name"),
            TokenRule(r"title:?\s[^#\n;]+", "title"),
            TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*\{\s*", push="description"),
            TokenRule(r"sequenceDiagram\b", "sequenceDiagram"),
            TokenRule(r"autonumber\b", "autonumber"),
            TokenRule(r"off\b", "off"),
            TokenRule(",", ","),
            TokenRule(";", "newline"),
            TokenRule(rf"[^/\\+()<>:\n,;-]+(?:(?!{_STOPS})-*[^+<>:\n,;-]+)*", "name"),
            *(TokenRule(re.escape(arrow), "arrow") for arrow in _ARROW_ORDER),
            TokenRule(r":[^#\n;]*", "message"),
            TokenRule(r"\+", "+"),
            TokenRule("-", "-"),
            TokenRule(r"\(\)", "()"),
            TokenRule(r"\Z", "newline"),
            TokenRule(".", "stray"),
        ),
        "name": (
            _SAME_LINE,
            _COMMENT,
            TokenRule(r"@\{", "data start", push="data"),
            TokenRule(r"[^<>\-:\n,;@\s]+(?=@\{)", "name"),
            TokenRule(r"[^<>:\n,;@\s]+(?=\s+as\s)", "name", push="alias"),
            TokenRule(_name_to_line_end, "name", pop=1),
            TokenRule(r"[^<>:\n,;@]*<[^\n]*", "stray", pop=1),
            TokenRule(r"[^\n]+", "stray", pop=1),
        ),
        "data": (
            TokenRule(r"[^}]+", "data"),
            TokenRule(r"\}(?=\s+as\s)", "data end", pop=1, push="alias"),
            TokenRule(r"\}", "data end", pop=2),
        ),
        "alias": (_SAME_LINE, _COMMENT, TokenRule(r"as\b", "as", pop=2, push="line"), TokenRule("", "newline", pop=2)),
        "line": (_SAME_LINE, _COMMENT, TokenRule(r"[^#\n;]*", "line", pop=1)),
        "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
        "description": (TokenRule(r"\}", pop=1), TokenRule(r"[^}]*", "description")),
    },
    re.IGNORECASE,
)

WORDS = {
    "newline": "the end of the line",
    "name": "a participant",
    "arrow": "an arrow such as ->>",
    "message": "':' and the message's text",
    "sequenceDiagram": "'sequenceDiagram'",
    "participant": "'participant'",
    "actor": "'actor'",
    "end": "'end'",
    "line": "text",
    "data end": "'}'",
    "left of": "'left of'",
    "right of": "'right of'",
    "over": "'over'",
    ",": "','",
}
EXAMPLE = "Alice->>Bob: Hello"
