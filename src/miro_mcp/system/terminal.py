"""What stdout can show: colours and lines that are written over on a terminal, plain text elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
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


def agreed(question: str, ask: Callable[[str], str] = input) -> bool:
    """Whether a person at the terminal says yes; otherwise it says that nothing was changed."""
    if ask is input and not sys.stdin.isatty():
        print("Nothing was changed: there is nobody to ask here. Add --yes to agree.", file=sys.stderr)
        return False
    if ask(f"{question} [y/N] ").strip().lower() in ("y", "yes"):
        return True
    print("Nothing was changed.")
    return False


@cache
def _switch_on_escapes() -> None:
    """The console of Windows takes them once a shell has run in it."""
    if os.name == "nt":
        os.system("")  # noqa: S605, S607
