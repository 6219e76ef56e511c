"""The tokens of a pie chart."""

from __future__ import annotations

from ..lexer import TokenRule, modes
from ..lines import STRING, TITLED

TABLES = modes(
    {
        "start": (
            *(TokenRule(rf"{word}(?:(?=%%)|(?!\S))", word) for word in ("pie", "showData")),
            TokenRule(":", ":"),
            *TITLED,
            TokenRule(r"-?[0-9]+\.[0-9]+(?!\.)", "number"),
            TokenRule(r"-?(?:0|[1-9][0-9]*)(?!\.)", "number"),
            TokenRule(STRING, "string"),
        ),
    }
)
WORDS = {
    "pie": "'pie'",
    "newline": "the end of the line",
    "string": "a part's name in quotes",
    ":": "':'",
    "number": "a number such as 42.5",
}
EXAMPLE = '"Dogs" : 386'
