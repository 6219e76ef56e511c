"""The tokens of an entity-relationship diagram; keywords in any case."""

from __future__ import annotations

import re

from ..finders import direction_line
from ..lexer import Rule, modes

SAID = "TB|BT|RL|LR"

_BEFORE_A_LINE = r"(?=\s+[A-Za-z_\"']|\s+[0-9]|--|\.\.|\.-|-\.)"

TABLES = modes(
    {
        "start": (
            Rule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*\{\s*", push="description"),
            Rule(direction_line(SAID, re.IGNORECASE), "direction"),
            Rule(r"[ \t]+"),
            Rule(r"\n+", "newline"),
            Rule(r"\"[^\"%\n\v\x08\\]+\"", "quoted name"),
            Rule(r"\"[^\"]*\"", "string"),
            Rule(r"erDiagram\b", "erDiagram"),
            Rule(r"\{", "{", push="block"),
            Rule("#", "#"),
            Rule(",", ","),
            Rule(":::", ":::"),
            Rule(":", ":"),
            Rule(r"\[", "["),
            Rule(r"\]", "]"),
            Rule(r"style\b", "style", push="style"),
            Rule(r"classDef\b", "classDef", push="style"),
            Rule(r"class\b", "class"),
            Rule(r"subgraph\b", "subgraph"),
            Rule(r"end\b\s*", "end"),
            Rule(r"one or zero\b", "erd_zero_or_one"),
            Rule(r"one or (?:more|many)\b|1\+", "erd_one_or_many"),
            Rule(r"\|o\b|zero or one\b", "erd_zero_or_one"),
            Rule(r"zero or (?:more|many)\b|0\+|\}o\b|many\(0\)", "erd_zero_or_many"),
            Rule(r"many\(1\)", "erd_one_or_many"),
            Rule(r"many\b", "erd_zero_or_many"),
            Rule(r"\}\|", "erd_one_or_many"),
            Rule(r"one\b|only one\b", "erd_only_one"),
            Rule(r"[0-9]+\.[0-9]+", "name"),
            Rule(f"1{_BEFORE_A_LINE}", "erd_only_one"),
            Rule(r"1\b|[0-9]+", "number"),
            Rule(r"\|\|", "erd_only_one"),
            Rule(r"o\|", "erd_zero_or_one"),
            Rule(r"o\{", "erd_zero_or_many"),
            Rule(r"\|\{", "erd_one_or_many"),
            Rule(r"u(?=[.|-])", "erd_one"),
            Rule(r"\.\.", "dashed"),
            Rule(r"--|to\b", "solid"),
            Rule(r"optionally to\b|\.-|-\.", "dashed"),
            Rule(r"(?:[^\x00-\x7f]|[\w*.-])+", "word"),
            Rule(".", "stray"),
            Rule(r"\Z", "end of file"),
        ),
        "block": (
            Rule(r"\s+"),
            Rule(r"\b(?:PK|FK|UK)\b", "key"),
            Rule(r"[^\s]*~.*~[^\s]*", "attribute"),
            Rule(r"[*A-Za-z_\u00c0-\U0010ffff][A-Za-z0-9_\[\]().,\u00c0-\U0010ffff*-]*", "attribute"),
            Rule("`", push="backquoted"),
            Rule(r"\"[^\"]*\"", "comment"),
            Rule(r"\}", "}", pop=1),
            Rule(r"\?", "?"),
            Rule(",", ","),
            Rule(".", "stray"),
        ),
        "backquoted": (Rule(r"[^`]+", "attribute"), Rule("`", pop=1)),
        "style": (
            Rule(r"\n+", "newline", pop=1),
            Rule(r"\s+"),
            Rule(":", ":"),
            Rule(",", ","),
            Rule("#", "#"),
            Rule(r"(?:[^\x00-\x7f]|[\w*-])+", "style word"),
            Rule(";", ";"),
        ),
        "rest of line": (Rule(r"[^\n]*", "accessible text", pop=1),),
        "description": (Rule(r"\}", pop=1), Rule(r"[^}]*", "description")),
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
