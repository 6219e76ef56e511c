"""What the overview of a board answers: its outline."""

from __future__ import annotations

from ...board.contents import Contents
from ...board.words import shortened
from ...text.quoting import quoted_json
from ...text.render import flat
from ...text.token_bound import most_tokens
from ..workflow import Outcome
from .choose import CONNECTOR, Wanted, choose
from .fit import Telling, most_lines
from .sections import OutlineSection, sections_of


class OverviewReport:
    """The part of a board that is wanted, in at most `budget` tokens of o200k_base."""

    def __init__(self, wanted: Wanted, budget: int) -> None:
        self._wanted = wanted
        self._budget = budget
        self._sections: list[OutlineSection] = []

    def begin(self, contents: Contents) -> None:
        """Tells the items of a board whose connectors aren't there yet.

        Raises:
            BadArguments: there is no such frame or tag on the board.
        """
        self._sections = sections_of(contents, choose(contents, self._wanted).items)
        lines = [line for section in self._sections for line in section.lines]
        for line in lines if len(lines) <= most_lines(self._budget) else ():
            most_tokens(line.told())  # Which is remembered, by the piece.

    def end(self, contents: Contents) -> Outcome:
        """What is answered, about the same board with its connectors."""
        wanted = self._wanted
        with_ids = wanted.kinds is not None and CONNECTOR in wanted.kinds
        choice = choose(contents, wanted)
        telling = Telling(contents, choice, _asked_for(wanted), self._sections, with_ids=with_ids)
        return Outcome(None, telling.within(self._budget).text)


def _asked_for(wanted: Wanted) -> str:
    region = wanted.region
    parts = {
        "frame_id": wanted.frame_id,
        "region": f"{region.x},{region.y} {region.width}x{region.height}" if region else None,
        "kinds": ", ".join(sorted(wanted.kinds)) if wanted.kinds else None,
        "tag": wanted.tag,
        "search": wanted.search,
    }
    return "; ".join(f"{name} {quoted_json(shortened(flat(part), 60))}" for name, part in parts.items() if part)
