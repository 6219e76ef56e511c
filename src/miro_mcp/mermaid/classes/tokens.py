"""The tokens of a class diagram."""

from __future__ import annotations

from ..finders import direction_line, letter
from ..lexer import TokenRule, modes

SAID = "TB|BT|RL|LR"

RELATIONS = {"<|": "extension", "|>": "extension", ">": "dependency", "<": "dependency", "*": "composition"} | {
    "o": "aggregation",
    "()": "lollipop",
}

_QUOTE = TokenRule('"', push="string")
_WORDS = (
    TokenRule(r"cssClass\b", "cssClass"),
    TokenRule(r"callback\b", "callback"),
    TokenRule(r"link\b", "link"),
    TokenRule(r"click\b", "click"),
    TokenRule(r"note for\b", "note for"),
    TokenRule(r"note\b", "note"),
    TokenRule("<<", "<<"),
    TokenRule(">>", ">>"),
    TokenRule(r"href\b", "href"),
)
_SIGNS = (
    TokenRule("~", push="generic"),
    TokenRule("`", push="literal"),
    TokenRule(r"(?:_self|_blank|_parent|_top)\b", "target"),
    TokenRule(r"<\||\|>|[<>*]|o\b|\(\)", "end of relation"),
    TokenRule(r"--|\.\.", "line"),
    TokenRule(r":[^:\n;]+", "label"),
    TokenRule(":::", ":::"),
    TokenRule("-", "word"),
    TokenRule(r"\.", "."),
    TokenRule(r"\+", "+"),
)
_REST = (
    TokenRule("%", "%"),
    TokenRule("=", "="),
    TokenRule(r"\w+", "word"),
    TokenRule(r"\[", "["),
    TokenRule(r"\]", "]"),
    TokenRule(r"[!\"#$%&'*+,.`?\\/-]", "punctuation"),
    TokenRule(letter, "letter"),
    TokenRule(r"\s", "space"),
    TokenRule(r"\Z", "end of file"),
)
_ANYWHERE = (*_WORDS, *_SIGNS, *_REST)

TABLES = modes(
    {
        "start": (
            TokenRule(direction_line(SAID), "direction"),
            TokenRule(r"%%[^\n]*\n*"),
            TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            TokenRule(r"accDescr\s*\{\s*", push="description"),
            TokenRule(r"\s*\n+", "newline"),
            TokenRule(r"\s+"),
            TokenRule(r"classDiagram-v2\b|classDiagram\b", "classDiagram"),
            TokenRule(r"\[\*\]", "[*]"),
            TokenRule(r"call\s+", push="callback"),
            _QUOTE,
            TokenRule(r"style\b", "style"),
            TokenRule(r"classDef\b", "classDef"),
            TokenRule(r"namespace\b", "namespace", push="namespace"),
            TokenRule(r"class\b", "class", push="class"),
            *_WORDS,
            *_SIGNS,
            TokenRule(":", ":"),
            TokenRule(",", ","),
            TokenRule("#", "#"),
            *_REST,
        ),
        "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
        "description": (TokenRule(r"\}", pop=1), TokenRule(r"[^}]*", "description")),
        "callback": (
            TokenRule(r"\(\s*\)", pop=1),
            TokenRule(r"\(", pop=1, push="callback arguments"),
            TokenRule(r"[^(]*", "callback name"),
        ),
        "callback arguments": (TokenRule(r"\)", pop=1), TokenRule(r"[^)]*", "callback arguments")),
        "string": (TokenRule('"', pop=1), TokenRule(r"[^\"]*", "string")),
        "namespace": (
            _QUOTE,
            TokenRule(r"namespace\b", "namespace", push="namespace"),
            TokenRule(r"\s*\n+", "newline", pop=1),
            TokenRule(r"\s+"),
            TokenRule(r"\{", "{", push="namespace body"),
            TokenRule(r"(?=\})", pop=1),
            *_ANYWHERE,
        ),
        "namespace body": (
            _QUOTE,
            TokenRule(r"namespace\b", "namespace", push="namespace"),
            TokenRule(r"\}", "}", pop=1),
            TokenRule(r"\Z", "end inside braces"),
            TokenRule(r"\s*\n+", "newline"),
            TokenRule(r"\s+"),
            TokenRule(r"\[\*\]", "[*]"),
            TokenRule(r"class\b", "class", push="class"),
            *_ANYWHERE,
        ),
        "class": (
            _QUOTE,
            TokenRule(r"\s*\n+", "newline", pop=1),
            TokenRule(r"\s+"),
            TokenRule(r"\}", "}", pop=2),
            TokenRule(r"\{", "{", push="class body"),
            *_ANYWHERE,
        ),
        "class body": (
            _QUOTE,
            TokenRule(r"\}", "}", pop=1),
            TokenRule(r"\Z", "end inside braces"),
            TokenRule(r"\[\*\]", "[*]"),
            TokenRule(r"\{", "{ in a class"),
            TokenRule(r"\n"),
            TokenRule(r"[^{}\n]*", "member"),
        ),
        "generic": (_QUOTE, *_WORDS, TokenRule("~", pop=1), TokenRule(r"[^~]*", "generic")),
        "literal": (
            _QUOTE,
            *_WORDS,
            _SIGNS[0],
            TokenRule("`", pop=1),
            TokenRule(r"[^`]+", "literal"),
            TokenRule(r"\Z", "end of file"),
        ),
    }
)

WORDS = {
    "newline": "the end of the line",
    "end of file": "the end of the text",
    "end inside braces": "the end of the text",
    "word": "a class name",
    "letter": "a class name",
    "classDiagram": "'classDiagram'",
    "line": "a relation such as <|-- or -->",
    "string": "text in double quotes",
    "member": "a member such as +name: String",
    "callback name": "'call' and the function's name",
    "style text": "a style such as fill:#f9f",
    **{sign: f"'{sign}'" for sign in ("{", "}", "]", ">>", ",", "class", "namespace", "note", "href")},
}
EXAMPLE = "Animal <|-- Duck : is a"
