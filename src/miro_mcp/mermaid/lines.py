"""What charts that are written line by line have in common: rules of tokens, titles and descriptions for readers."""

from __future__ import annotations

from collections.abc import Mapping

from .cursor import Cursor
from .lexer import TokenRule

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


def take_accessible(cursor: Cursor) -> bool:
    """Whether a title or description for screen readers came next, which nothing is drawn of."""
    if cursor.have("accessible"):
        cursor.expect("accessible text")
        return True
    if opening := cursor.have("description"):
        cursor.close(opening, "}")
    return opening is not None
