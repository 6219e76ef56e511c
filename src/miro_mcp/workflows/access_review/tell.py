"""An access review within a number of tokens: counts first, then boards until the budget is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from ...directory.reach import FINDINGS, Finding, findings_of, ways_to
from ...directory.values import Organization, SharedBoard
from ...text.hidden import visible
from ...text.token_bound import most_tokens
from ...tools.results import to_text
from ..workflow import Outcome
from .close import HOW, Closing, Step
from .lines import AccessWords, SetKey

_FOR_HEADER = 0.4
"""Share of the budget that the header may take."""

_FOR_END = 60
"""Tokens kept for the line that says what is left out, and the frame of the steps."""

_CUTS = (None, 50, 20, 8, 3, 0)
"""People told of a list where one board alone takes more than the budget."""


def tell_access(
    organization: Organization, *, only: Sequence[Finding], start: int, budget: int, offered: Collection[str]
) -> Outcome:
    """The boards with one of the findings (all boards without any), from number `start` on, in `budget` tokens."""
    found = {board.id: findings_of(board, organization) for board in organization.boards}
    boards = sorted(
        (board for board in organization.boards if not only or set(only) & set(found[board.id])),
        key=lambda board: (organization.teams[board.team_id].name if board.team_id else "", board.name, board.id),
    )
    header = _fitting(_header(organization, found, only, len(boards)), int(budget * _FOR_HEADER))
    page = _Page(organization, Closing(organization, only), budget - _cost(*header) - _FOR_END)
    told = 0
    for board in boards[start:]:
        if not page.take(board, alone=told == 0):
            break
        told += 1
    left = len(boards) - start - told
    lines = [*header, *page.lines]
    if left > 0:
        lines.append(f"Left out: {left} boards. Go on with start {start + told}, or give a larger budget.")
    if start and start >= len(boards):
        lines.append(f"There are {len(boards)} such boards: start {start} is beyond them.")
    return Outcome(_steps(page.closing, offered) if only else None, visible("\n".join(lines)))


class _Page:
    """What is told of boards, with the sets of people that they refer to; each line counts once."""

    def __init__(self, organization: Organization, closing: Closing, room: int) -> None:
        self._organization = organization
        self._words = AccessWords(organization)
        self._room = room
        self._boards: list[str] = []
        self._sets: dict[SetKey, str] = {}
        self._names: dict[str, None] = {}
        self.closing = closing

    def take(self, board: SharedBoard, *, alone: bool) -> bool:
        """Tells a board where there is room; one that would stand alone has its lists cut until it fits."""
        steps, notes = self.closing.steps_for(board)
        for most in _CUTS if alone else (None,):
            keys = [key for key in self._words.sets_of(board) if key not in self._sets]
            line = self._words.board(board, most)
            sets = {key: self._words.set_line(key, most) for key in keys}
            ids = [*self._words.people_of(board), *(id for key in keys for id in self._words.people_in(key))]
            names = [name for name in self._organization.people.names(ids) if name not in self._names][:most]
            cost = _cost(line, *sets.values(), *names, *(to_text(step) for step in steps), *notes) + 12 * len(steps)
            if cost <= self._room or (alone and most == 0):
                self._room -= cost
                self._boards.append(line)
                self._sets |= sets
                self._names |= dict.fromkeys(names)
                self.closing.take(steps, notes)
                return True
        return False

    @property
    def lines(self) -> list[str]:
        names = [f"Names: {'; '.join(self._names)}"] if self._names else []
        return [*names, *self._sets.values(), *self._boards]


def _header(
    organization: Organization, found: dict[str, list[Finding]], only: Sequence[Finding], chosen: int
) -> Iterator[str]:
    people = organization.people
    counts = Counter(finding for findings in found.values() for finding in findings)
    named = {way.person_id for board in organization.boards for way in ways_to(board, organization)}
    external = sum(people.is_external(id) for id in named)
    inactive = sum(people.is_inactive(id) for id in named)
    yield f"{len(found)} boards: {', '.join(f'{counts[finding]} {finding}' for finding in FINDINGS)}"
    known = f"{external} external, {inactive} inactive; organization: {len(people.internal)} people"
    unknown = "who of them is external or inactive is not known"
    yield f"{len(named)} people have access by name, project, user group or team: {known if people.listed else unknown}"
    if only:
        yield f"Only {', '.join(only)}: {chosen} boards"
    yield from (f"Not looked at: {missing}" for missing in organization.missing)
    yield (
        f"Addresses without @ are at {people.home or 'no known domain'}. team, project and group stand for the people "
        "on their own lines; of several ways the highest counts. public: whoever has the link; link: whoever is "
        "invited by it joins the team."
    )
    if not only and any(counts.values()):
        closing = "; ".join(f"{finding}: {HOW[finding]}" for finding in FINDINGS if counts[finding])
        yield f"To close (only gives the steps): {closing}"


def _fitting(lines: Iterator[str], room: int) -> list[str]:
    """The lines that fit; the others are counted, and what was not looked at is never left unsaid."""
    every = list(lines)
    kept: list[str] = []
    for line in every:
        if _cost(line) <= room or len(kept) < 2:
            kept.append(line)
            room -= _cost(line)
    left = len(every) - len(kept)
    return [*kept, *([f"({left} more lines on the whole are left out: give a larger budget)"] if left else [])]


def _steps(closing: Closing, offered: Collection[str]) -> dict[str, list[Step] | list[str]]:
    absent = sorted({str(step["tool"]) for step in closing.steps} - set(offered))
    notes = [*closing.notes, *(f"This server does not offer {tool} now." for tool in absent)]
    return {"steps": closing.steps, **({"notes": notes} if notes else {})}


@lru_cache(maxsize=20_000)
def _cost_of(line: str) -> int:
    return most_tokens(f"{line}\n")


def _cost(*lines: str) -> int:
    return sum(map(_cost_of, lines))
