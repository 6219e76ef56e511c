"""The tokens of a requirement diagram; keywords in any case."""

from __future__ import annotations

import re

from ..finders import direction_line
from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS

SAID = "TB|BT|RL|LR"
TYPES = {
    "requirement": "Requirement",
    "functionalrequirement": "Functional requirement",
    "interfacerequirement": "Interface requirement",
    "performancerequirement": "Performance requirement",
    "physicalrequirement": "Physical requirement",
    "designconstraint": "Design constraint",
}
RELATIONS = ("contains", "copies", "derives", "satisfies", "verifies", "refines", "traces")
_WORD = TokenRule(r"\w+", "word")

TABLES = modes(
    {
        "start": (
            TokenRule(r"title\s[^#\n;]+", "title"),
            *ACCESSIBLE,
            TokenRule(direction_line(SAID, re.IGNORECASE), "direction"),
            TokenRule(r"\n+", "newline"),
            TokenRule(r"\s+"),
            TokenRule(r"#[^\n]*"),
            TokenRule(r"%[^\n]*"),
            TokenRule(r"requirementDiagram\b", "requirementDiagram"),
            TokenRule(r"\{", "{"),
            TokenRule(r"\}", "}"),
            TokenRule(r":{3}", ":::"),
            TokenRule(r":", ":"),
            *(TokenRule(rf"{word}\b", word) for word in ("id", "text", "risk", "verifyMethod")),
            TokenRule(rf"(?:{'|'.join(TYPES)})\b", "requirement"),
            TokenRule(r"(?:low|medium|high)\b", "risk level"),
            TokenRule(r"(?:analysis|demonstration|inspection|test)\b", "verification"),
            TokenRule(r"element\b", "element"),
            TokenRule(rf"(?:{'|'.join(RELATIONS)})\b", "relation"),
            TokenRule(r"type\b", "type"),
            TokenRule(r"docref\b", "docref"),
            *(TokenRule(rf"{word}\b", word, push="style") for word in ("style", "classDef", "class")),
            TokenRule(r"<-", "<-"),
            TokenRule(r"->", "->"),
            TokenRule(r"-", "-"),
            TokenRule(r"\"", push="string"),
            TokenRule(r"\w[^:,\r\n{<>\-=]*", "name"),
            TokenRule(r",", ","),
        ),
        "string": (TokenRule(r"\"", pop=1), TokenRule(r"[^\"]*", "quoted")),
        "style": (
            _WORD,
            *(TokenRule(sign, sign) for sign in (":", ";", "-", "#", ",")),
            TokenRule(r" "),
            TokenRule(r"\"", push="string"),
            TokenRule(r"\n", pop=1),
        ),
        **ACCESSIBLE_MODES,
    },
    re.IGNORECASE,
)
WORDS = ACCESSIBLE_WORDS | {
    "newline": "the end of the line",
    "requirementDiagram": "'requirementDiagram'",
    "name": "a name",
    "{": "'{'",
    ":": "':'",
    "risk level": "low, medium or high",
    "verification": "analysis, demonstration, inspection or test",
    "relation": "a relation such as satisfies",
    "word": "a name",
    "-": "'-'",
    "->": "'->'",
}
EXAMPLE = "engine - satisfies -> speed"
