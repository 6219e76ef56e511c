"""The operator's bounds: which boards, teams and organizations a call may touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from ..catalogue import OPERATIONS, Operation
from ..errors import Refused
from ..settings import Settings
from .invitations import Invitations
from .lookups import Given, Lookup, OwnToken, look_or_none, part

_BOARDS = ("board_id", "copy_from", "boardIds", "board_ids", "object_ids")
_TEAMS = ("team_id", "teamId")
_PROJECTS = ("project_id", "projectId")
_TOKEN_INFO = OPERATIONS["token-info"]
"""A read of the server's own token touches nobody's boards."""

_SHOWN = 10
"""How many of the allowed ids a refusal names, so that an assistant knows where it may go."""


class Bounds:
    """Checks a call against MIRO_ALLOWED_… and MIRO_SHARE_ALLOWED_DOMAINS; what can't be shown to be inside is out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own = OwnToken()
        self._invitations = Invitations(settings, self._own)

    async def check(self, operation: Operation, given: Given, look: Lookup) -> None:
        """Raises:
        Refused: the call leaves the bounds, or can't be shown to stay inside.
        """
        if operation is _TOKEN_INFO:
            return
        self._check_named(operation, given)
        if self._settings.allowed_teams:
            await self._check_teams(operation, given, look)
        if self._settings.allowed_orgs and "org_id" not in given:
            own = await self._own.organization(look) if operation.host == "rest" else None
            _require("organization", "MIRO_ALLOWED_ORGS", [own] if own else [], self._settings.allowed_orgs)
        await self._invitations.check(operation, given, look)

    def _check_named(self, operation: Operation, given: Given) -> None:
        """What the arguments alone show, before anything is looked up."""
        settings = self._settings
        if settings.allowed_boards and operation.makes_board:
            raise Refused(
                "A new board would not be among the boards in MIRO_ALLOWED_BOARDS, so nothing was sent. "
                "The operator can take that limit away."
            )
        if settings.allowed_boards:
            _require("board", "MIRO_ALLOWED_BOARDS", _values(given, _BOARDS), settings.allowed_boards)
        teams, organizations = _values(given, _TEAMS), _values(given, ("org_id",))
        if settings.allowed_teams and teams:
            _require("team", "MIRO_ALLOWED_TEAMS", teams, settings.allowed_teams)
        if settings.allowed_orgs and organizations:
            _require("organization", "MIRO_ALLOWED_ORGS", organizations, settings.allowed_orgs)

    async def _check_teams(self, operation: Operation, given: Given, look: Lookup) -> None:
        """Whether boards and projects are in an allowed team; a call that names none of all this is out."""
        named = _values(given, _TEAMS)
        of_boards = [await self._team_of(board, look) for board in _values(given, _BOARDS)]
        _require("team", "MIRO_ALLOWED_TEAMS", named + of_boards, self._settings.allowed_teams)
        if "{team_id}" in operation.path:
            return
        for project in _values(given, _PROJECTS):
            if not await self._is_inside(project, named + of_boards, given, look):
                raise Refused(
                    f"Nothing was sent: project {project!r} can't be shown to be in a team that the operator allows "
                    "in MIRO_ALLOWED_TEAMS."
                )

    async def _team_of(self, board: str, look: Lookup) -> str:
        return str(part(await look_or_none(look, "get-specific-board", {"board_id": board}), "team", "id") or "unknown")

    async def _is_inside(self, project: str, teams: Iterable[str], given: Given, look: Lookup) -> bool:
        organization = given.get("org_id") or await self._own.organization(look)
        for team in dict.fromkeys(teams):
            arguments = {"org_id": organization, "team_id": team, "project_id": project}
            if organization and part(await look_or_none(look, "enterprise-get-project", arguments), "id") is not None:
                return True
        return False


def _values(given: Given, names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = given.get(name)
        if isinstance(value, list):
            found += [str(one) for one in cast("list[Any]", value)]
        elif value is not None:
            found.append(str(value))
    return found


def _require(kind: str, variable: str, ids: Sequence[str], allowed: frozenset[str]) -> None:
    outside = [one for one in ids if one not in allowed]
    if ids and not outside:
        return
    told = f"{kind} {outside[0]!r} is not among those" if outside else f"this call can't be shown to stay in a {kind}"
    listed = ", ".join(sorted(allowed)[:_SHOWN]) + (", …" if len(allowed) > _SHOWN else "")
    raise Refused(f"Nothing was sent: {told} that the operator allows in {variable}. Name one of these: {listed}.")
