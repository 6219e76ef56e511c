"""The tokens of an architecture diagram."""

from __future__ import annotations

from ..lexer import TokenRule, modes
from ..lines import STRING, TITLED

_END = r"(?![\w-])"

TABLES = modes(
    {
        "start": (
            TokenRule(r"architecture-beta(?:(?=%%)|(?!\S))", "architecture-beta"),
            *(TokenRule(rf"{word}{_END}", word) for word in ("junction", "service", "align", "group")),
            TokenRule(rf"(?:column|row){_END}", "row"),
            TokenRule(rf"in{_END}", "in"),
            TokenRule(r"--", "--"),
            TokenRule(r":", ":"),
            TokenRule(r"-", "-"),
            TokenRule(r"[LRTB]", "side"),
            TokenRule(r"\{group\}", "{group}"),
            TokenRule(r"[<>]", "arrow"),
            *TITLED,
            TokenRule(STRING, "string"),
            TokenRule(r"\w(?:[-\w]*\w)?", "id"),
            TokenRule(r"\([\w\-:]+\)", "icon"),
            TokenRule(rf"\[(?:{STRING}|[^\[\]\n]+)\]", "label"),
        ),
    }
)
WORDS = {
    "architecture-beta": "'architecture-beta'",
    "newline": "the end of the line",
    "id": "an id, which can't begin with L, R, T or B",
    "side": "a side: L, R, T or B",
    ":": "':'",
    "--": "'--'",
    "label": "a title such as [API]",
    "row": "row or column",
    "-": "'-'",
}
EXAMPLE = "api:R --> L:db"
