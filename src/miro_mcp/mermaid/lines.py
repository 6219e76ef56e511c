"""What charts that are written line by line have in common: rules of tokens, titles and descriptions for readers."""

from __future__ import annotations

from collections.abc import Mapping

from .cursor import Cursor
from .lexer import END, TokenRule

ACCESSIBLE = (
    TokenRule(r"accTitle\s*:\s*", "accessible", push="rest of line"),
    TokenRule(r"accDescr\s*:\s*", "accessible", push="rest of line"),
    TokenRule(r"accDescr\s*\{\s*", "description", push="description"),
)
COMMENTS = (TokenRule(r"%(?!\{)[^\n]*"), TokenRule(r"[^}]%%[^\n]*"))
ACCESSIBLE_MODES: Mapping[str, tuple[TokenRule, ...]] = {
    "rest of line": (TokenRule(r"[^\n]*", "accessible text", pop=1),),
    "description": (TokenRule(r"\}", "}", pop=1), TokenRule(r"[^}]*")),
}
ACCESSIBLE_WORDS = {"}": "'}'"}

TITLED = (
    TokenRule(r"[\t ]*accDescr(?:[\t ]*:[^\n]*?(?=%%)|[\t ]*:[^\n]*|\s*\{[^}]*\})", "about"),
    TokenRule(r"[\t ]*accTitle[\t ]*:(?:[^\n]*?(?=%%)|[^\n]*)", "about"),
    TokenRule(r"[\t ]*title(?:[\t ][^\n]*?(?=%%)|[\t ][^\n]*|)(?!\w)", "title"),
    TokenRule(r"[\t ]*%%[^\n]*"),
    TokenRule(r"[\t ]+"),
    TokenRule(r"\n", "newline"),
)
"""What every kind of Mermaid's newer grammars has: titles, comments, spaces and line ends."""

STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"


def unquoted(text: str) -> str:
    """The text of a string in quotes of either kind."""
    return text[1:-1].replace('\\"', '"').replace("\\'", "'")


def end_line(cursor: Cursor) -> None:
    """Takes the end of the line, which the text's own is too."""
    if cursor.next.kind != END:
        cursor.expect("newline")


def take_title(cursor: Cursor) -> str | None:
    """The title in a line that says one, or nothing of one for screen readers; None of other lines."""
    token = cursor.have("title", "about")
    if token is None:
        return None
    end_line(cursor)
    return token.text.strip()[5:].strip() if token.kind == "title" else ""


def take_accessible(cursor: Cursor) -> bool:
    """Whether a title or description for screen readers came next, which nothing is drawn of."""
    if cursor.have("accessible"):
        cursor.expect("accessible text")
        return True
    if opening := cursor.have("description"):
        cursor.close(opening, "}")
    return opening is not None
