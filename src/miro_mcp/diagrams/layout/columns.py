"""Where the lifelines of a sequence diagram stand: as close as heads, messages and notes between them allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from ..graph import Node
from ..sequence import Life, Message, Note, Sequence
from .sizes import caption_size, node_size

_EVEN = 1.25
"""Times the mean distance of lifelines that all of them are apart, where some need less."""

_BESIDE = 36.0
"""Board units between heads, and of a line that stay visible on both sides of its text."""


def column_places(sequence: Sequence, widths: Mapping[str, float]) -> dict[str, float]:
    """The middle of each participant's column, from the left, in board units."""
    order = {participant.key: index for index, participant in enumerate(sequence.participants)}
    needed: dict[int, dict[int, float]] = {}

    def need(left: int, right: int, distance: float) -> None:
        if 0 <= left < right < len(order):
            columns = needed.setdefault(right, {})
            columns[left] = max(columns.get(left, 0.0), distance)

    keys = list(order)
    made = {step.participant for step in sequence.steps if isinstance(step, Life) and step.begins}
    for index in range(len(keys) - 1):
        need(index, index + 1, (widths[keys[index]] + widths[keys[index + 1]]) / 2 + _BESIDE)
    for step in sequence.steps:
        if isinstance(step, Message):
            text = f"{step.number}. {step.text}" if step.number else step.text
            width = caption_size(text)[0]
            start, end = sorted((order[step.start], order[step.end]))
            if start == end:
                need(start, start + 1, width + 2 * _BESIDE)
            else:
                # A message that makes a participant ends at its head, not at its lifeline.
                head = widths[step.end] / 2 if step.end in made else 0.0
                need(start, end, width + 2 * _BESIDE + head)
        elif isinstance(step, Note):
            _room_for_note(step, order, need)
    places = _placed(needed, len(keys))
    gaps = [right - left for left, right in pairwise(places)]
    if gaps:
        # Lifelines look best at even distances, as far as one long text doesn't draw all of them apart.
        even = min(max(gaps), _EVEN * sum(gaps) / len(gaps))
        for index in range(len(gaps)):
            need(index, index + 1, even)
        places = _placed(needed, len(keys))
    return dict(zip(keys, places, strict=True))


def _placed(needed: Mapping[int, Mapping[int, float]], count: int) -> list[float]:
    places: list[float] = []
    for index in range(count):
        places.append(max((places[left] + distance for left, distance in needed.get(index, {}).items()), default=0.0))
    return places


def _room_for_note(note: Note, order: Mapping[str, int], need: Callable[[int, int, float], None]) -> None:
    width = node_size(Node(key="", text=note.text))[0]
    first, *_, last = sorted(order[key] for key in (*note.participants, note.participants[0]))
    if note.side == "right":
        need(first, first + 1, width + _BESIDE)
    elif note.side == "left":
        need(first - 1, first, width + _BESIDE)
    elif first == last:
        need(first - 1, first, width / 2 + _BESIDE / 2)
        need(first, first + 1, width / 2 + _BESIDE / 2)
    else:
        need(first, last, width - 60)
