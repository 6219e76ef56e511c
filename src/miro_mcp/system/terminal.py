"""What stdout can show: colours and lines that are written over on a terminal, plain text elsewhere."""

from __future__ import annotations

import os
import sys
from functools import cache

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"


def is_live() -> bool:
    """Whether escape sequences are understood: a line can be written over then."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    _switch_on_escapes()
    return True


def paint(text: str, colour: str) -> str:
    """The text in a colour, where it can be shown and NO_COLOR doesn't forbid it (https://no-color.org)."""
    if not text or not is_live() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{colour}m{text}\x1b[0m"


@cache
def _switch_on_escapes() -> None:
    """The console of Windows takes them once a shell has run in it."""
    if os.name == "nt":
        os.system("")  # noqa: S605, S607
