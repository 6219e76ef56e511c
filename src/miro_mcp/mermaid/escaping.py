"""Keys and texts as Mermaid can take them: what its ids may be, and what must be an entity in a label."""

from __future__ import annotations

import html
import re

from .flowchart.tokens import ID, TABLES
from .labels import HTML_TAG
from .lexer import END, tokens

_IN_A_STYLE = re.compile(r"style|classDef")
_ENTITY = re.compile(r"#(?=\w+;)", re.ASCII)
_NEVER_IN_AN_ID = re.compile(r"[\s\"%:\\]|^direction$")
_ALWAYS = str.maketrans({'"': "#quot;", "<": "#lt;", "`": "#96;", "\\": "#92;", "\n": "#10;", "¶": "#182;"})
"""What would end the label, or be read as something else in it."""


def is_id(key: str) -> bool:
    """Whether a key can be written as the id of a node or subgraph."""
    return bool(key) and not _NEVER_IN_AN_ID.search(key) and all(_reads_as_id(key, after) for after in ("[", " "))


def is_edge_id(key: str) -> bool:
    if not key or _NEVER_IN_AN_ID.search(key):
        return False
    return next(tokens(f"{key}@-->", TABLES, "document")).text == f"{key}@"


def _reads_as_id(key: str, after: str) -> bool:
    read = ""
    for token in tokens(key + after, TABLES, "document"):
        if token.kind == END or len(read) >= len(key):
            break
        if token.kind not in ID:
            return False
        read += token.text
    return read == key


def quoted_label(text: str, line: str = "") -> str:
    """HTML as a label in double quotes; `line` is what else stands on its line."""
    parts: list[str] = []
    at = 0
    for tag in HTML_TAG.finditer(text):
        parts += (_entities(text[at : tag.start()]), _tag(tag))
        at = tag.end()
    label = "".join((*parts, _entities(text[at:])))
    if _IN_A_STYLE.search(line + label):
        # Mermaid takes a line with style, colon, # and semicolon for a style wherever these stand.
        label = label.replace(":", "#58;")
    start, end = len(label) - len(label.lstrip("\ufeff \xa0")), len(label.rstrip("\ufeff \xa0"))
    edge_spaces = (f"#{ord(space)};" for space in label[:start])
    return (
        '"'
        + "".join(edge_spaces)
        + label[start:end]
        + "".join(f"#{ord(space)};" for space in label[max(end, start) :])
        + '"'
        if label
        else '" "'
    )


def encoded_url(link: str) -> str:
    """A link inside double quotes."""
    return re.sub(r"[\s\"`;<>\\]", lambda match: f"%{ord(match[0]):02X}", link)


def _tag(tag: re.Match[str]) -> str:
    if tag["name"] == "br":
        return "<br/>"
    return tag[0].replace("'", "%27").replace('"', "'").replace(";", "%3B") if tag["name"] == "a" else tag[0]


def _entities(text: str) -> str:
    text = _ENTITY.sub("#35;", html.unescape(text))
    text = re.sub(r"&(?!\s)", "#amp;", text).translate(_ALWAYS)
    text = text.replace("%%", "#37;#37;").replace(":fa-", "#58;fa-").replace("ﬂ°", "#64258;°")
    return re.sub(r"direction(\s)", lambda match: f"direction#{ord(match[1])};", text)
