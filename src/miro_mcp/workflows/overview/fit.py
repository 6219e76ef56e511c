"""Fitting an outline of a board into a number of tokens: shorter texts first, then fewer lines, evenly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from ...board.contents import Contents
from ...text.token_bound import may_exceed, most_tokens
from .choose import Choice
from .header import header_of
from .outline import EDGES, GROUPS, Block, BoardOutline, Omitted
from .sections import OutlineLine, OutlineSection, edges_of, groups_of, leaving_of, things

_LENGTHS = (400, 150, 70)
"""Characters that texts are cut to, one after the other, where not all fits."""

_FOR_HEADER = 0.4
"""Share of the budget that the header may take."""

_FOR_HEADS = 0.5
"""Share of the rest that the sections' heads may take with their counts by kind."""

_SHARES = {EDGES: 0.2, GROUPS: 0.03}
"""Shares of what the heads leave that connectors and groups get; connectors get the remainder too."""

_LEAST_LINE = 6
"""Tokens that lines take on average at least: an id alone has seven."""

_NOTE = 70
"""Tokens kept for the line that says what is left out."""

_MARK = 12
"""Tokens kept in each section for its own."""

_LOOKED_AT = 500
"""Lines by which it is told how many tokens all would take."""

_EDGE = 20
"""Tokens that a connector takes in about, where it was not read."""


class Telling:
    """A choice, told in as many tokens as are asked for. `with_ids` gives connectors' own ids too.

    Where all items are told connectors are on their lines, otherwise they have a block of their own.
    """

    def __init__(
        self,
        contents: Contents,
        choice: Choice,
        asked_for: str,
        sections: Sequence[OutlineSection],
        *,
        with_ids: bool,
    ) -> None:
        unread = contents.connectors_unread
        leaving = leaving_of(choice.connectors, with_ids=with_ids)
        self._header = header_of(contents, choice, asked_for)
        self._sections = [Block("", section.lines, section) for section in sections]
        self._groups = _block(GROUPS, groups_of(contents, choice))
        self._apart = _block(EDGES, edges_of(choice, leaving), unread)
        rest = self._apart if with_ids else _block(EDGES, edges_of(choice, leaving, on_items=False), unread)
        blocks = [*self._sections, *rest, *self._groups]
        self._whole = BoardOutline(self._header, blocks, leaving={} if with_ids else leaving)
        self._unread = unread

    def within(self, budget: int) -> BoardOutline:
        """The outline in at most so many tokens of o200k_base, from 100 on."""
        whole = self._whole
        fits = sum(len(block.lines) for block in whole.blocks) <= most_lines(budget)
        for length in (None, *_LENGTHS) if fits else ():
            _tell_all(whole, length)
            whole.note = _note(whole, self._full) if length or self._unread else ""
            if not may_exceed(whole.text, budget):
                return whole
        return _fitted(BoardOutline(self._header, [*self._sections, *self._apart, *self._groups]), budget, self._full)

    @cached_property
    def _full(self) -> int:
        """Tokens that everything takes, about: of very many lines only some are looked at."""
        whole = self._whole
        lines = [line for block in whole.blocks for line in block.lines]
        some = lines[:: max(len(lines) // _LOOKED_AT, 1)]
        cost = sum(_cost(line.told(leaving=whole.leaving)) for line in some)
        heads = (block.section.head(with_counts=True) if block.section else block.head for block in whole.blocks)
        fixed = sum(map(_cost, (*whole.header, *heads)))
        return fixed + cost * len(lines) // max(len(some), 1) + self._unread * _EDGE


def most_lines(budget: int) -> int:
    """How many lines so many tokens can have room for."""
    return budget // _LEAST_LINE


def _fitted(outline: BoardOutline, budget: int, full: int) -> BoardOutline:
    allowance = budget
    while True:
        _fit(outline, allowance)
        outline.note = _note(outline, full)
        over = most_tokens(outline.text) - budget
        if over <= 0:
            return outline
        allowance -= over


def _block(head: str, lines: Sequence[OutlineLine], unread: int = 0) -> list[Block]:
    return [Block(head, lines, unread=unread)] if lines or unread else []


def _tell_all(outline: BoardOutline, length: int | None) -> None:
    """Tells every line."""
    outline.length = length
    for block in outline.blocks:
        block.told = len(block.lines)
        block.is_named = True
        if block.section:
            block.head = block.section.head(with_counts=True, length=length)


def _note(outline: BoardOutline, full: int) -> str:
    omitted = Omitted.of(outline)
    left_out = [
        things(count, name)
        for count, name in ((omitted.items, "item"), (omitted.connectors, "connector"), (omitted.frames, "frame"))
        if count
    ]
    told = [f"Left out: {', '.join(left_out)}."] if left_out else []
    if outline.shortened:
        told.append(f"Texts are cut to {outline.length} characters.")
    return " ".join([*told, f"For more: budget (all takes about {full}), frame_id, region, kinds, tag or search."])


def _fit(outline: BoardOutline, allowance: int) -> None:
    """Tells as much as fits into the allowance, with texts at their shortest."""
    _tell_all(outline, _LENGTHS[-1])
    outline.header = _first_lines(outline.header, int(allowance * _FOR_HEADER))
    left = allowance - _NOTE - sum(map(_cost, outline.header))
    left -= _name_sections(outline, left)
    sections = [block for block in outline.blocks if block.is_named and block.section]
    others = [block for block in outline.blocks if not block.section]
    kept = {block.head: int(left * _SHARES[block.head]) for block in others}
    left -= _tell_evenly(sections, left - sum(kept.values()), outline.length)
    for block in reversed(others):
        left -= _tell_first(block, left if block.head == EDGES else kept[block.head], outline.length)


def _first_lines(lines: Sequence[str], allowance: int) -> list[str]:
    """The first of the lines that fit; the very first is cut where it doesn't."""
    first = lines[0]
    while first and _cost(first) > allowance:
        first = first[: len(first) * 3 // 4]
    kept, left = [first], allowance - _cost(first)
    for line in lines[1:]:
        if _cost(line) <= left:
            kept.append(line)
            left -= _cost(line)
    return kept


def _name_sections(outline: BoardOutline, left: int) -> int:
    """Gives each section its head, as long ones as there is room for; the tokens of them."""
    sections = [block for block in outline.blocks if block.section]
    fixed = sum(_cost(block.head) for block in outline.blocks if not block.section)
    for with_counts, share in ((True, _FOR_HEADS), (False, 1.0)):
        for block in sections:
            assert block.section
            block.head = block.section.head(with_counts=with_counts, length=outline.length)
        if sum(_cost(block.head) + _MARK for block in sections) + fixed <= left * share:
            break
    spent = fixed
    for block in sections:
        needed = _cost(block.head) + _MARK
        block.is_named = spent + needed <= left
        spent += needed if block.is_named else 0
    return spent


def _tell_evenly(blocks: Sequence[Block], allowance: int, length: int | None) -> int:
    """Gives each block the same, and what short ones don't need to the others; the tokens of it."""
    spent = 0
    by_need = sorted(blocks, key=lambda block: len(block.lines))
    for place, block in enumerate(by_need):
        share = (allowance - spent) // (len(by_need) - place)
        spent += _tell_first(block, share, length)
    return spent


def _tell_first(block: Block, allowance: int, length: int | None) -> int:
    """Tells the first lines that fit; the tokens of them."""
    block.told, spent = 0, 0
    for line in block.lines:
        cost = _cost(line.told(length))
        if spent + cost > allowance:
            break
        spent += cost
        block.told += 1
    return spent


@lru_cache(maxsize=10_000)
def _cost(line: str) -> int:
    return most_tokens(f"{line}\n")
