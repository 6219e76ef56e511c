"""The tokens of an entity-relationship diagram; keywords in any case."""

from __future__ import annotations

import re

from ..finders import direction_line
from ..lexer import TokenRule, modes

SAID = "TB|BT|RL|LR"

_BEFORE_A_LINE = r"(?=\s+[A-Za-z_\"']|\s+[0-9]|--|\.\.|\.-|-\.)"

TABLES = modes(
    {
        "start": (
            TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*\{\s*", push="description"),
            TokenRule(direction_line(SAID, re.IGNORECASE), "direction"),
            TokenRule(r"[ \t]+"),
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\"[^\"%\n\v\x08\\]+\"", "quoted name"),
            TokenRule(r"\"[^\"]*\"", "string"),
            TokenRule(r"erDiagram\b", "erDiagram"),
            TokenRule(r"\{", "{", push="block"),
            TokenRule("#", "#"),
            TokenRule(",", ","),
            TokenRule(":::", ":::"),
            TokenRule(":", ":"),
            TokenRule(r"\[", "["),
            TokenRule(r"\]", "]"),
            TokenRule(r"style\b", "style", push="style"),
            TokenRule(r"classDef\b", "classDef", push="style"),
            TokenRule(r"class\b", "class"),
            TokenRule(r"subgraph\b", "subgraph"),
            TokenRule(r"end\b\s*", "end"),
            TokenRule(r"one or zero\b", "erd_zero_or_one"),
            TokenRule(r"one or (?:more|many)\b|1\+", "erd_one_or_many"),
            TokenRule(r"\|o\b|zero or one\b", "erd_zero_or_one"),
            TokenRule(r"zero or (?:more|many)\b|0\+|\}o\b|many\(0\)", "erd_zero_or_many"),
            TokenRule(r"many\(1\)", "erd_one_or_many"),
            TokenRule(r"many\b", "erd_zero_or_many"),
            TokenRule(r"\}\|", "erd_one_or_many"),
            TokenRule(r"one\b|only one\b", "erd_only_one"),
            TokenRule(r"[0-9]+\.[0-9]+", "name"),
            TokenRule(f"1{_BEFORE_A_LINE}", "erd_only_one"),
            TokenRule(r"1\b|[0-9]+", "number"),
            TokenRule(r"\|\|", "erd_only_one"),
            TokenRule(r"o\|", "erd_zero_or_one"),
            TokenRule(r"o\{", "erd_zero_or_many"),
            TokenRule(r"\|\{", "erd_one_or_many"),
            TokenRule(r"u(?=[.|-])", "erd_one"),
            TokenRule(r"\.\.", "dashed"),
            TokenRule(r"--|to\b", "solid"),
            TokenRule(r"optionally to\b|\.-|-\.", "dashed"),
            TokenRule(r"(?:[^\x00-\x7f]|[\w*.-])+", "word"),
            TokenRule(".", "stray"),
            TokenRule(r"\Z", "end of file"),
        ),
        "block": (
            TokenRule(r"\s+"),
            TokenRule(r"\b(?:PK|FK|UK)\b", "key"),
            TokenRule(r"[^\s]*~.*~[^\s]*", "attribute"),
            TokenRule(r"[*A-Za-z_\u00c0-\U0010ffff][A-Za-z0-9_\[\]().,\u00c0-\U0010ffff*-]*", "attribute"),
            TokenRule("`", push="backquoted"),
            TokenRule(r"\"[^\"]*\"", "comment"),
            TokenRule(r"\}", "}", pop=1),
            TokenRule(r"\?", "?"),
            TokenRule(",", ","),
            TokenRule(".", "stray"),
        ),
        "backquoted": (TokenRule(r"[^`]+", "attribute"), TokenRule("`", pop=1)),
        "style": (
            TokenRule(r"\n+", "newline", pop=1),
            TokenRule(r"\s+"),
            TokenRule(":", ":"),
            TokenRule(",", ","),
            TokenRule("#", "#"),
            TokenRule(r"(?:[^\x00-\x7f]|[\w*-])+", "style word"),
            TokenRule(";", ";"),
        ),
        "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
        "description": (TokenRule(r"\}", pop=1), TokenRule(r"[^}]*", "description")),
    },
    re.IGNORECASE,
)

CARDINALITIES = ("erd_only_one", "erd_zero_or_one", "erd_one_or_many", "erd_zero_or_many", "erd_one")

WORDS = {
    "erDiagram": "'erDiagram'",
    "newline": "the end of the line",
    "end of file": "the end of the text",
    "word": "an entity's name",
    "role": "the relationship's name, one word or text in double quotes",
    "attribute": "an attribute's type and name",
    **dict.fromkeys(CARDINALITIES, "a cardinality such as || or o{"),
    "solid": "-- or ..",
    "style text": "a style such as fill:#f9f",
    "end": "'end'",
    **{sign: f"'{sign}'" for sign in (":", "]", "}", ",", "{")},
}
EXAMPLE = "CUSTOMER ||--o{ ORDER : places"
