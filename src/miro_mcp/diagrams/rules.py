"""Rules in boxes of classes and tables: lines of dashes, since a shape's text has no others."""

from __future__ import annotations

import re

from .graph import RULE
from .layout.sizes import FONT_SIZE, text_block

_DASHES = re.compile(f"{RULE[0]}{{{len(RULE)},}}")
_INSET, _SLACK = 24.0, 0.96
"""Board units that Miro keeps free at both sides of a text, and the share of the rest that is sure not to wrap."""


def with_full_rules(content: str, width: float, font_size: float | None = None) -> str:
    """A content whose rules run through a box of this width, in board units."""
    if RULE not in content:
        return content
    dash = text_block(RULE, 10_000.0, font_size or FONT_SIZE)[0] / len(RULE)
    dashes = max(len(RULE), int((width - _INSET) * _SLACK / dash))
    return _DASHES.sub(RULE[0] * dashes, content)


def with_short_rules(content: str) -> str:
    """The same content however wide its box is."""
    return _DASHES.sub(RULE, content)
