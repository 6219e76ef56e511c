"""Reading a board and telling it in few words."""

from __future__ import annotations

from anyio import to_thread

from ...board.reading.load import load
from ...session import Session
from ..workflow import Outcome
from .choose import Wanted
from .report import OverviewReport
from .tool import DEFAULT_BUDGET, OverviewArguments

_LEAST_FOR_AN_EDGE = 15
"""Tokens: with the budget it says how many connectors are worth reading."""


async def run(arguments: OverviewArguments, session: Session) -> Outcome:
    """Raises:
    CallError: see errors.py.
    """

    budget = arguments.budget or DEFAULT_BUDGET
    wanted = Wanted(
        frame_id=arguments.frame_id,
        region=arguments.region,
        kinds=frozenset(arguments.kinds) if arguments.kinds else None,
        tag=arguments.tag,
        search=arguments.search,
    )
    report = OverviewReport(wanted, budget)
    contents = await load(
        session,
        arguments.board_id,
        with_people=True,
        with_comments="miro_comments_read" in session.tools,
        most_connectors=budget // _LEAST_FOR_AN_EDGE if wanted.everything else None,
        meanwhile=report.begin,
    )
    return await to_thread.run_sync(report.end, contents)
