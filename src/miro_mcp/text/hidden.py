"""Making visible what text from strangers may hide: controls, reordering, and characters that show as nothing."""

from __future__ import annotations

import re
from typing import Any, cast

from .secrets import without_secrets

_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed; the escape of ANSI sequences among them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # soft hyphen, joiners, fillers, blanks
    "\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidirectional controls, operators
    "\u2028\u2029\ufeff\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # separators, byte order mark, annotations
    "\ud800-\udfff"  # halves of surrogate pairs
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # controls of shorthand and of musical notation
    "\U000e0000-\U000e0fff"  # tags and the supplementary variation selectors
)
"""Unicode's default ignorable code points but joiners and variation selectors, and what else shows as nothing."""
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f"
_ALL_HIDDEN = re.compile(f"[{_HIDDEN}]")
_SUSPECT = re.compile(f"[{_HIDDEN}{_JOINERS}{_SELECTORS}]")
_SHOWN = re.compile(rf"[{_HIDDEN}]|\r(?!\n)|[{_JOINERS}]|[{_SELECTORS}]")


def without_hidden(text: str) -> str:
    """Text as it is drawn: hidden characters are gone, of which XML can't even hold some."""
    return _ALL_HIDDEN.sub("", text)


def visible(text: str) -> str:
    r"""Text in which hidden characters stand as escapes like \u202e, without the server's own secrets.

    Joiners stay between two letters or signs beyond ASCII (emoji, Indic and Persian text), and a variation selector
    stays behind such a sign, or behind a digit, `#` or `*` as in keycaps.
    """
    text = without_secrets(text)
    if not _SUSPECT.search(text):
        return text
    return _SHOWN.sub(lambda match: match[0] if _is_at_home(text, match.start()) else escape_character(match[0]), text)


def visible_value(value: Any) -> Any:
    """A JSON value with every string in it, names too, made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [visible_value(part) for part in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {visible(name): visible_value(part) for name, part in cast("dict[str, Any]", value).items()}
    return value


def escape_character(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _is_at_home(text: str, index: int) -> bool:
    character = text[index]
    before = text[index - 1] if index else ""
    after = text[index + 1 : index + 2]
    if character == "\r":
        return after == "\n"
    if character in _JOINERS:
        return _is_sign(before, joined=True) and _is_sign(after)
    if "\ufe00" <= character <= "\ufe0f":
        return _is_sign(before) or before in "0123456789#*"
    return False


def _is_sign(character: str, *, joined: bool = False) -> bool:
    """Whether a character beyond ASCII shows as something; a joiner may also follow an emoji's variation selector."""
    if not character or ord(character) < 0x80:
        return False
    return (joined and character == "\ufe0f") or not _SUSPECT.match(character)
