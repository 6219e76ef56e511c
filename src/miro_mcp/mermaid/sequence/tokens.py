"""The tokens of a sequence diagram; keywords in any case."""

from __future__ import annotations

import re

from ..lexer import Finder, Rule, expression, modes

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


_COMMENT = Rule(r"#[^\n]*")
_SAME_LINE = Rule(r"[^\S\n]+")

TABLES = modes(
    {
        "start": (
            Rule(r"\n+", "newline"),
            Rule(r"\s+"),
            _COMMENT,
            Rule(r"%(?!\{)[^\n]*"),
            Rule(r"[^}]%%[^\n]*"),
            Rule(r"(?:[0-9]+(?:\.[0-9]{1,2})?|\.[0-9]{1,2})(?=[ \n]+)", "number"),
            Rule(r"box\b", "box", push="line"),
            Rule(r"participant\b", "participant", push="name"),
            Rule(r"actor\b", "actor", push="name"),
            Rule(r"create\b", "create"),
            Rule(r"destroy\b", "destroy", push="name"),
            *(Rule(rf"{word}\b", word, push="line") for word in (*BLOCKS, "else", "and", "option")),
            Rule(r"end\b", "end"),
            Rule(r"left of\b", "left of"),
            Rule(r"right of\b", "right of"),
            Rule(r"(?:links|link|properties|details)\b", "links"),
            Rule(r"over\b", "over"),
            Rule(r"note\b", "note"),
            Rule(r"activate\b", "activate", push="name"),
            Rule(r"deactivate\b", "deactivate", push="name"),
            Rule(r"title:?\s[^#\n;]+", "title"),
            Rule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*\{\s*", push="description"),
            Rule(r"sequenceDiagram\b", "sequenceDiagram"),
            Rule(r"autonumber\b", "autonumber"),
            Rule(r"off\b", "off"),
            Rule(",", ","),
            Rule(";", "newline"),
            Rule(rf"[^/\\+()<>:\n,;-]+(?:(?!{_STOPS})-*[^+<>:\n,;-]+)*", "name"),
            *(Rule(re.escape(arrow), "arrow") for arrow in _ARROW_ORDER),
            Rule(r":[^#\n;]*", "message"),
            Rule(r"\+", "+"),
            Rule("-", "-"),
            Rule(r"\(\)", "()"),
            Rule(r"\Z", "newline"),
            Rule(".", "stray"),
        ),
        "name": (
            _SAME_LINE,
            _COMMENT,
            Rule(r"@\{", "data start", push="data"),
            Rule(r"[^<>\-:\n,;@\s]+(?=@\{)", "name"),
            Rule(r"[^<>:\n,;@\s]+(?=\s+as\s)", "name", push="alias"),
            Rule(_name_to_line_end, "name", pop=1),
            Rule(r"[^<>:\n,;@]*<[^\n]*", "stray", pop=1),
            Rule(r"[^\n]+", "stray", pop=1),
        ),
        "data": (
            Rule(r"[^}]+", "data"),
            Rule(r"\}(?=\s+as\s)", "data end", pop=1, push="alias"),
            Rule(r"\}", "data end", pop=2),
        ),
        "alias": (
            _SAME_LINE,
            _COMMENT,
            Rule(r"as\b", "as", pop=2, push="line"),
            Rule("", "newline", pop=2),
        ),
        "line": (_SAME_LINE, _COMMENT, Rule(r"[^#\n;]*", "line", pop=1)),
        "rest of line": (Rule(r"[^\n]*", "accessible text", pop=1),),
        "description": (Rule(r"\}", pop=1), Rule(r"[^}]*", "description")),
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
