"""Which piece of a text is which item of its frame: by text, then alike text, then place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from ...board.contents import Contents, Item
from ...text.rich_text import parse_html
from .pieces import ItemPiece

_ALIKE = 0.6
_TEXTS = {"card": "title", "frame": "title"}


def match(pieces: Sequence[ItemPiece], contents: Contents) -> list[Item]:
    """Ties pieces in frames that are there to the items in them; tells the items of those frames that nothing names."""
    taken = {piece.item.id for piece in pieces if piece.item}
    left: list[Item] = []
    for frame in [one for one in pieces if one.kind == "frame" and one.item and one.source.children]:
        assert frame.item is not None
        pool = {item.id: item for item in contents.children(frame.item.id) if item.id not in taken}
        own = [one for one in pieces if one.frame is frame and one.item is None]
        texts = {one.label: _plain(str(one.body["data"].get(_TEXTS.get(one.kind, "content")) or "")) for one in own}
        _tie(own, pool, texts, taken)
        left += pool.values()
    return left


def _tie(own: Iterable[ItemPiece], pool: dict[str, Item], texts: Mapping[str, str], taken: set[str]) -> None:
    waiting = list(own)
    said = {identifier: said_by(item) for identifier, item in pool.items()}

    def alike(piece: ItemPiece, item: Item) -> float:
        return SequenceMatcher(None, texts[piece.label], said[item.id]).ratio()

    rounds: tuple[tuple[Callable[[ItemPiece, Item], bool], Callable[[ItemPiece, Item], float]], ...] = (
        (lambda piece, item: bool(texts[piece.label]) and texts[piece.label] == said[item.id], _distance),
        (
            lambda piece, item: bool(texts[piece.label] and said[item.id]) and alike(piece, item) >= _ALIKE,
            lambda piece, item: -alike(piece, item),
        ),
        (lambda piece, item: not texts[piece.label] and not said[item.id], _distance),
    )
    for fits, cost in rounds:
        for piece in list(waiting):
            found = [item for item in pool.values() if item.kind == piece.kind and fits(piece, item)]
            if found:
                best = min(found, key=lambda item: cost(piece, item))
                piece.item = best
                taken.add(best.id)
                del pool[best.id]
                waiting.remove(piece)


def said_by(item: Item) -> str:
    return _plain(str(item.data.get(_TEXTS.get(item.kind, "content")) or ""))


def _plain(content: str) -> str:
    return "\n".join(paragraph.text.strip() for paragraph in parse_html(content)).strip()


def _distance(piece: ItemPiece, item: Item) -> float:
    sizes = abs(piece.box.width - item.width) + abs(piece.box.height - item.height)
    return math.dist(piece.box.centre, (item.x, item.y)) + sizes / 2
