"""Reviewing the access to boards: reads side by side, then the table."""

from __future__ import annotations

from functools import partial

from ...directory.load import note_board, own_organization_of, read_reach, read_team_names
from ...directory.looks import Looks, Raw
from ...directory.values import Organization
from ...errors import BadArguments
from ...session import Session
from ...system.parallel import run_jobs
from ...text.quoting import quoted
from ..workflow import Outcome
from .tell import tell_access
from .tool import DEFAULT_BUDGET, MOST_BOARDS, AccessReviewArguments

_SCOPES = ("board_ids", "team_id", "project_id")


async def run(arguments: AccessReviewArguments, session: Session) -> Outcome:
    """Raises:
    CallError: the boards can't be listed; what else can't be read is told.
    """
    given = [name for name in _SCOPES if name in arguments.model_fields_set]
    if len(given) > 1:
        raise BadArguments(f"miro_access_review: give {given[0]} or {given[1]}, not both. Nothing was sent.")
    organization = await own_organization_of(session)
    looks = Looks(session)
    for entry in await _boards(arguments, session, looks):
        note_board(organization, entry)
    await read_reach(looks, organization)
    if not given:
        await _look_for_unseen(looks, organization)
    organization.missing = [*looks.missing, *_not_listed(organization, everything="board_ids" not in given)]
    return tell_access(
        organization,
        only=tuple(arguments.only or ()),
        start=arguments.start or 0,
        budget=arguments.budget or DEFAULT_BUDGET,
        offered=session.tools.keys(),
    )


async def _boards(arguments: AccessReviewArguments, session: Session, looks: Looks) -> list[Raw]:
    """The boards asked for as the API tells them; those named that can't be read are noted."""
    if arguments.board_ids:
        found: dict[str, Raw] = {}

        async def read(id: str) -> None:
            board = await looks.one("boards", id, "get-specific-board", board_id=id)
            if board is not None:
                found[id] = board

        ids = list(dict.fromkeys(arguments.board_ids))
        await run_jobs([partial(read, id) for id in ids])
        return [found[id] for id in ids if id in found]
    where = {name: value for name in ("team_id", "project_id") if (value := getattr(arguments, name))}
    listed = await session.read("get-boards", max_items=MOST_BOARDS, **where)
    if listed.get("more"):
        looks.note(f"boards beyond the first {MOST_BOARDS}", "", "review them team by team, with team_id")
    return listed["data"]


async def _look_for_unseen(looks: Looks, organization: Organization) -> None:
    """Teams of which no board was seen."""
    seen = {board.team_id for board in organization.boards}
    await read_team_names(looks, organization)
    for team in organization.teams.values():
        if team.id not in seen:
            looks.note(
                "boards", f"team {quoted(team.name)} (id {team.id})", "the token sees none of it, if there are any"
            )


def _not_listed(organization: Organization, *, everything: bool) -> list[str]:
    """What Miro leaves off its lists of boards, by who is asking."""
    if not everything or organization.sees_private_boards:
        return []
    own = organization.people.label(organization.own_id)
    return [
        f"private boards that are not shared with {own}, whose token this is: Miro lists them to company admins with "
        "Content Admin permissions only"
    ]
