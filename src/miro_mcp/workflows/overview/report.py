"""What the overview of a board answers: its outline."""

from __future__ import annotations

from ...board.contents import Contents
from ...board.words import shortened
from ...text.quoting import quoted_json
from ...text.render import flat
from ..workflow import Outcome
from .choose import CONNECTOR, Wanted, choose
from .fit import Telling


def report_overview(contents: Contents, wanted: Wanted, budget: int) -> Outcome:
    """The part of a board that is wanted, in at most `budget` tokens of o200k_base.

    Raises:
        BadArguments: there is no such frame or tag on the board.
    """
    choice = choose(contents, wanted)
    with_ids = wanted.kinds is not None and CONNECTOR in wanted.kinds
    telling = Telling(contents, choice, _asked_for(wanted), with_ids=with_ids)
    return Outcome(None, telling.within(budget).text)


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
