"""The tokens of a C4 diagram: each part and relation is a call with attributes."""

from __future__ import annotations

from ..finders import direction_line
from ..lexer import TokenRule, modes
from ..lines import ACCESSIBLE, ACCESSIBLE_MODES, ACCESSIBLE_WORDS

ELEMENTS = (
    *("Person_Ext", "Person"),
    *(
        f"{kind}{form}{external}"
        for kind in ("System", "Container", "Component")
        for form in ("", "Db", "Queue")
        for external in ("_Ext", "")
    ),
)
BOUNDARIES = (
    *("Boundary", "Enterprise_Boundary", "System_Boundary", "Container_Boundary"),
    *("Deployment_Node", "Node", "Node_L", "Node_R"),
)
RELATIONS = (
    *("Rel", "BiRel", "Rel_Up", "Rel_U", "Rel_Down", "Rel_D", "Rel_Left", "Rel_L", "Rel_Right", "Rel_R", "Rel_Back"),
    "RelIndex",
)
_UPDATES = ("UpdateElementStyle", "UpdateRelStyle", "UpdateLayoutConfig")


def _calls(names: tuple[str, ...], token: str) -> TokenRule:
    return TokenRule(rf"(?:{'|'.join(names)})\b", token, push="call")


TABLES = modes(
    {
        "start": (
            TokenRule(direction_line("TB|BT|RL|LR"), "direction"),
            TokenRule(r"title\s[^#\n;]+", "title"),
            TokenRule(r"accDescription\s[^#\n;]+", "accDescription"),
            *ACCESSIBLE,
            TokenRule(r"%%[^\n]*\n*"),
            TokenRule(r"\s*\n", "newline"),
            TokenRule(r"[^\S\n]+"),
            TokenRule(r"C4(?:Context|Container|Component|Dynamic|Deployment)\b", "C4"),
            _calls(ELEMENTS, "element"),
            _calls(BOUNDARIES, "boundary"),
            _calls(RELATIONS, "relation"),
            _calls(_UPDATES, "update"),
            TokenRule(r"\{", "{"),
            TokenRule(r"\}", "}"),
        ),
        "call": (
            TokenRule(r"\( *,", "empty", push="attributes"),
            TokenRule(r"\(", push="attributes"),
            TokenRule(r"\)", ")", pop=2),
        ),
        "attributes": (
            TokenRule(r"\)", ")", pop=2),
            TokenRule(r",,", "empty"),
            TokenRule(r","),
            TokenRule(r" *\"\"", "empty"),
            TokenRule(r" *\"", push="string"),
            TokenRule(r" *\$", push="named"),
            TokenRule(r"[^,]+", "text"),
        ),
        "string": (TokenRule(r"\"", pop=1), TokenRule(r"[^\"]*", "text")),
        "named": (TokenRule(r"[^=]*", "name", push="after name"),),
        "after name": (TokenRule(r"= *\"", pop=1, push="value"),),
        "value": (TokenRule(r"[^\"]+", "value"), TokenRule(r"\"", pop=2)),
        **ACCESSIBLE_MODES,
    }
)
WORDS = ACCESSIBLE_WORDS | {
    "newline": "the end of the line",
    "C4": "'C4Context'",
    "element": "an element such as Person",
    "text": 'attributes such as (alias, "Label")',
    "value": "a value in double quotes",
    "{": "'{'",
    ")": "')'",
}
EXAMPLE = 'Person(ann, "Ann", "Buys things")'
