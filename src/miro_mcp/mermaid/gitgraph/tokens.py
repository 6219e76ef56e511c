"""The tokens of a git graph."""

from __future__ import annotations

from ..lexer import TokenRule, modes
from ..lines import STRING, TITLED

_END = r"(?![\w\-./])"

TABLES = modes(
    {
        "start": (
            TokenRule(r"gitGraph:", "gitGraph:"),
            TokenRule(rf"gitGraph{_END}", "gitGraph"),
            TokenRule(rf"cherry-pick{_END}", "cherry-pick"),
            *(TokenRule(rf"{word}{_END}", word) for word in ("commit", "branch", "merge")),
            TokenRule(rf"(?:checkout|switch){_END}", "checkout"),
            TokenRule(rf"(?:NORMAL|REVERSE|HIGHLIGHT){_END}", "type"),
            TokenRule(rf"(?:LR|TB|BT){_END}", "direction"),
            *(TokenRule(f"{word}:", f"{word}:") for word in ("id", "msg", "tag", "type", "order", "parent")),
            TokenRule(":", ":"),
            *TITLED,
            TokenRule(rf"(?:0|[1-9][0-9]*)(?!\.){_END}", "number"),
            TokenRule(STRING, "string"),
            TokenRule(r"\w(?:[-./\w]*[-\w])?", "name"),
        ),
    }
)
WORDS = {
    "gitGraph": "'gitGraph'",
    "newline": "the end of the line",
    "string": "a text in quotes",
    "type": "NORMAL, REVERSE or HIGHLIGHT",
    "name": "a branch",
    "number": "a number",
    ":": "':'",
}
EXAMPLE = 'commit id: "one" tag: "v1.0"'
