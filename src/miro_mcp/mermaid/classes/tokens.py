"""The tokens of a class diagram."""

from __future__ import annotations

from ..finders import direction_line, letter
from ..lexer import Rule, modes

SAID = "TB|BT|RL|LR"

RELATIONS = {"<|": "extension", "|>": "extension", ">": "dependency", "<": "dependency", "*": "composition"} | {
    "o": "aggregation",
    "()": "lollipop",
}

_QUOTE = Rule('"', push="string")
_WORDS = (
    Rule(r"cssClass\b", "cssClass"),
    Rule(r"callback\b", "callback"),
    Rule(r"link\b", "link"),
    Rule(r"click\b", "click"),
    Rule(r"note for\b", "note for"),
    Rule(r"note\b", "note"),
    Rule("<<", "<<"),
    Rule(">>", ">>"),
    Rule(r"href\b", "href"),
)
_SIGNS = (
    Rule("~", push="generic"),
    Rule("`", push="literal"),
    Rule(r"(?:_self|_blank|_parent|_top)\b", "target"),
    Rule(r"<\||\|>|[<>*]|o\b|\(\)", "end of relation"),
    Rule(r"--|\.\.", "line"),
    Rule(r":[^:\n;]+", "label"),
    Rule(":::", ":::"),
    Rule("-", "word"),
    Rule(r"\.", "."),
    Rule(r"\+", "+"),
)
_REST = (
    Rule("%", "%"),
    Rule("=", "="),
    Rule(r"\w+", "word"),
    Rule(r"\[", "["),
    Rule(r"\]", "]"),
    Rule(r"[!\"#$%&'*+,.`?\\/-]", "punctuation"),
    Rule(letter, "letter"),
    Rule(r"\s", "space"),
    Rule(r"\Z", "end of file"),
)
_ANYWHERE = (*_WORDS, *_SIGNS, *_REST)

TABLES = modes(
    {
        "start": (
            Rule(direction_line(SAID), "direction"),
            Rule(r"%%[^\n]*\n*"),
            Rule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
            Rule(r"accDescr\s*\{\s*", push="description"),
            Rule(r"\s*\n+", "newline"),
            Rule(r"\s+"),
            Rule(r"classDiagram-v2\b|classDiagram\b", "classDiagram"),
            Rule(r"\[\*\]", "[*]"),
            Rule(r"call\s+", push="callback"),
            _QUOTE,
            Rule(r"style\b", "style"),
            Rule(r"classDef\b", "classDef"),
            Rule(r"namespace\b", "namespace", push="namespace"),
            Rule(r"class\b", "class", push="class"),
            *_WORDS,
            *_SIGNS,
            Rule(":", ":"),
            Rule(",", ","),
            Rule("#", "#"),
            *_REST,
        ),
        "rest of line": (Rule(r"[^\n]*", "accessible text", pop=1),),
        "description": (Rule(r"\}", pop=1), Rule(r"[^}]*", "description")),
        "callback": (
            Rule(r"\(\s*\)", pop=1),
            Rule(r"\(", pop=1, push="callback arguments"),
            Rule(r"[^(]*", "callback name"),
        ),
        "callback arguments": (Rule(r"\)", pop=1), Rule(r"[^)]*", "callback arguments")),
        "string": (Rule('"', pop=1), Rule(r"[^\"]*", "string")),
        "namespace": (
            _QUOTE,
            Rule(r"namespace\b", "namespace", push="namespace"),
            Rule(r"\s*\n+", "newline", pop=1),
            Rule(r"\s+"),
            Rule(r"\{", "{", push="namespace body"),
            Rule(r"(?=\})", pop=1),
            *_ANYWHERE,
        ),
        "namespace body": (
            _QUOTE,
            Rule(r"namespace\b", "namespace", push="namespace"),
            Rule(r"\}", "}", pop=1),
            Rule(r"\Z", "end inside braces"),
            Rule(r"\s*\n+", "newline"),
            Rule(r"\s+"),
            Rule(r"\[\*\]", "[*]"),
            Rule(r"class\b", "class", push="class"),
            *_ANYWHERE,
        ),
        "class": (
            _QUOTE,
            Rule(r"\s*\n+", "newline", pop=1),
            Rule(r"\s+"),
            Rule(r"\}", "}", pop=2),
            Rule(r"\{", "{", push="class body"),
            *_ANYWHERE,
        ),
        "class body": (
            _QUOTE,
            Rule(r"\}", "}", pop=1),
            Rule(r"\Z", "end inside braces"),
            Rule(r"\[\*\]", "[*]"),
            Rule(r"\{", "{ in a class"),
            Rule(r"\n"),
            Rule(r"[^{}\n]*", "member"),
        ),
        "generic": (_QUOTE, *_WORDS, Rule("~", pop=1), Rule(r"[^~]*", "generic")),
        "literal": (
            _QUOTE,
            *_WORDS,
            _SIGNS[0],
            Rule("`", pop=1),
            Rule(r"[^`]+", "literal"),
            Rule(r"\Z", "end of file"),
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
