"""How many tokens a text costs at most, by the beginning of o200k_base's vocabulary.

Byte pair encoding merges in order of rank, and each merge makes one token of two. So with the first ranks alone a text
never has fewer tokens than with all of them; text in many languages has a tenth to a half more.
`tools/make_vocabulary.py` writes the vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

_VOCABULARY = Path(__file__).parent / "vocabulary.bin"

_LONGEST = 64
"""Characters of a piece that is merged; a longer one, which is no word, counts a token a byte."""

_PIECE = re.compile(
    "(?P<word>[^RULON]?[UOM]*[LOM]+|[^RULON]?[UOM]+[LOM]*)|N{1,3}| ?[^ RULON]+[R/]*|[ R]*R+|[ R]+(?![^ R])|[ R]+"
)
"""How o200k_base cuts text before merging, over the classes of its characters."""

_ENDING = re.compile("'(?:s|t|re|ve|m|ll|d)", re.IGNORECASE)


_CATEGORIES = {
    **dict.fromkeys(("Lu", "Lt"), "U"),
    **dict.fromkeys(("Ll",), "L"),
    **dict.fromkeys(("Lm", "Lo"), "O"),
    **dict.fromkeys(("Mn", "Mc", "Me"), "M"),
    **dict.fromkeys(("Nd", "Nl", "No"), "N"),
}
"""Classes by Unicode category: capital, small and other letters, marks, and numbers."""


_SEPARATORS = "\x1c\x1d\x1e\x1f"
"""Space to Python, but not to Unicode's White_Space, which the tokenizer goes by."""


class _Classes(dict[int, str]):
    """The class of each character, for translating: those above, R for line ends, a space, a slash, or X."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character == "/" or character in "\r\n":
            found = "/" if character == "/" else "R"
        else:
            is_space = character.isspace() and character not in _SEPARATORS
            found = " " if is_space else _CATEGORIES.get(unicodedata.category(character), "X")
        self[code] = found
        return found


_CLASSES = _Classes()


def most_tokens(text: str) -> int:
    """An upper bound of a text's tokens in o200k_base; for figures and English it is close."""
    return sum(map(_count, _pieces(text)))


def may_exceed(text: str, most: int) -> bool:
    """Whether that bound is beyond so many tokens; no more of the text is looked at than is needed to tell."""
    if len(text) * 4 <= most or len(text.encode("utf-8", "surrogatepass")) <= most:
        return False
    return any(total > most for total in accumulate(map(_count, _pieces(text))))


def _pieces(text: str) -> Iterator[str]:
    classes = text.translate(_CLASSES)
    if "'" not in text:
        return (text[match.start() : match.end()] for match in _PIECE.finditer(classes))
    return _pieces_with_endings(text, classes)


def _pieces_with_endings(text: str, classes: str) -> Iterator[str]:
    start = 0
    while match := _PIECE.match(classes, start):
        end = match.end()
        if match["word"] and (ending := _ENDING.match(text, end)):
            end = ending.end()
        yield text[start:end]
        start = end


def _count(piece: str) -> int:
    return _merged(piece) if len(piece) <= _LONGEST else len(piece.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=50_000)
def _merged(piece: str) -> int:
    if piece.isascii() and piece.isdigit():
        return 1
    ranks = _ranks()
    parts = [bytes([byte]) for byte in piece.encode("utf-8", "surrogatepass")]
    if b"".join(parts) in ranks:
        return 1
    while len(parts) > 1:
        rank, index = min((ranks.get(parts[at] + parts[at + 1], len(ranks)), at) for at in range(len(parts) - 1))
        if rank == len(ranks):
            break
        parts[index : index + 2] = [parts[index] + parts[index + 1]]
    return len(parts)


@cache
def _ranks() -> dict[bytes, int]:
    data = zlib.decompress(_VOCABULARY.read_bytes())
    ranks: dict[bytes, int] = {}
    at = 0
    while at < len(data):
        end = at + 1 + data[at]
        ranks[data[at + 1 : end]] = len(ranks)
        at = end
    return ranks
