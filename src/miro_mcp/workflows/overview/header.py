"""What comes before an outline: the board, how much is on it, where, and whose it is; first what matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, cast

from ...board.contents import Contents, Item, as_object
from ...board.geometry import around
from ...board.words import amounts, shortened, tag_word
from ...text.render import flat, one_line
from .choose import Choice
from .sections import things

_MOST_NAMES = 20
_MOST_THREADS = 5
_LONGEST = 300


def header_of(contents: Contents, choice: Choice, asked_for: str) -> list[str]:
    """The header's lines; `asked_for` names the part that was chosen, and is empty for the whole board."""
    return [shortened(line, _LONGEST) for line in _lines(contents, choice, asked_for)]


def counts_of(items: Iterable[Item]) -> dict[str, int]:
    """Items by kind, the most frequent first."""
    return dict(Counter(item.kind for item in items).most_common())


def _lines(contents: Contents, choice: Choice, asked_for: str) -> Iterator[str]:
    board = contents.board
    yield f"Board {_text(board, 'id')}: {_text(board, 'name')}"
    if asked_for:
        yield f"Asked for {asked_for}: {_amounts(len(choice.items), len(choice.connectors))}"
        yield f"On the whole board: {_amounts(len(contents.items), _all_connectors(contents))}"
    else:
        yield _amounts(len(choice.items), _all_connectors(contents))
    if counts := counts_of(choice.items.values()):
        yield f"Items: {amounts(counts.items())}"
    elif contents.items:
        yield f"There are: {amounts(counts_of(contents.items.values()).items())}"
    yield from contents.missing
    if choice.items:
        extent = around(item.box for item in choice.items.values())
        yield f"Extent: x {extent.left:.0f} to {extent.right:.0f}, y {extent.top:.0f} to {extent.bottom:.0f}"
    if people := _people(contents):
        yield f"People: {people}"
    if contents.tags:
        yield f"Tags: {_tags(contents)}"
    yield from _comments(contents)
    if description := one_line(_text(board, "description")):
        yield f"About: {description}"
    if link := _text(board, "viewLink"):
        yield link


def _amounts(items: int, connectors: int) -> str:
    return f"{things(items)}, {things(connectors, 'connector')}"


def _all_connectors(contents: Contents) -> int:
    return len(contents.connectors) + contents.connectors_unread


def _people(contents: Contents) -> str:
    """The members with their roles, or where they aren't known the owner."""
    named = [(_text(one, "name"), _text(one, "role")) for one in contents.people]
    if not named and (owner := _text(as_object(contents.board.get("owner")), "name")):
        named = [(owner, "owner")]
    shown = [f"{name} ({role})" if role else name for name, role in named[:_MOST_NAMES]]
    more = [f"and {len(named) - _MOST_NAMES} more"] if len(named) > _MOST_NAMES else []
    return ", ".join([*shown, *more])


def _tags(contents: Contents) -> str:
    uses = Counter(tag_id for tag_ids in contents.tags_of.values() for tag_id in tag_ids)
    shown = [f"{tag_word(tag.title)} {uses[tag.id]}" for tag in list(contents.tags.values())[:_MOST_NAMES]]
    more = [f"and {len(contents.tags) - _MOST_NAMES} more"] if len(contents.tags) > _MOST_NAMES else []
    return ", ".join([*shown, *more])


def _comments(contents: Contents) -> Iterator[str]:
    """How many threads are open, and the newest of these."""
    if not contents.comments:
        return
    still_open = [thread for thread in contents.comments if not thread.get("resolved")]
    yield f"Comments: {len(still_open)} open, {len(contents.comments) - len(still_open)} resolved"
    for thread in still_open[: -_MOST_THREADS - 1 : -1]:
        messages = thread.get("messages")
        said = [as_object(one) for one in cast("list[Any]", messages)] if isinstance(messages, list) else []
        item = _text(as_object(thread.get("position")), "itemId")
        author = _text(as_object(thread.get("createdBy")), "name")
        first = one_line(_text(said[0], "content")) if said else ""
        replies = f" (+{len(said) - 1})" if len(said) > 1 else ""
        yield f"- {_text(thread, 'id')}{f' on {item}' if item else ''} {author}: {first}{replies}"


def _text(value: Any, name: str) -> str:
    found = value.get(name)
    return flat(found) if isinstance(found, str) else "" if found is None else str(found)
